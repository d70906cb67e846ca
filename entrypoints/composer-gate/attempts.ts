/** Which events are about to send what stands in a composer, and how each is done again. */
import { isSendKey, sendControlIn } from '../../utils/composer/send-controls.ts';
import type { ComposerPlace } from '../../utils/composer/types.ts';
import { type Composer, composerIn } from './composers.ts';

/**
 * `part`: one event of a press that sends when it is whole; pages may send at any of them. `key`, `press`, `submit`: the one
 * that decides.
 */
export interface Attempt {
  readonly composer: Composer;
  readonly kind: 'key' | 'press' | 'submit' | 'part';
  /** The button, or null where there is none. */
  readonly control: HTMLElement | null;
  readonly modifiers: { readonly ctrlKey: boolean; readonly metaKey: boolean };
}

/** Events of a press that come before or beside `click`, and of a key beside `keydown`. */
const parts = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'touchstart', 'touchend', 'dblclick'];
const keys = ['keydown', 'keypress', 'keyup'];

/** All that is listened to. */
export const watched = [...parts, ...keys, 'click', 'beforeinput', 'submit'] as const;

/** An Enter that was pressed this long ago explains a new line no more, in ms. */
const ENTER_MS = 150;

export function createAttempts(
  places: () => readonly ComposerPlace[],
  composers: () => readonly Composer[],
): (event: Event, path: readonly Element[]) => Attempt | null {
  let enterAt = Number.NEGATIVE_INFINITY;
  const none = { ctrlKey: false, metaKey: false };

  function ofControl(path: readonly Element[], kind: Attempt['kind']): Attempt | null {
    for (const composer of composers()) {
      if (!composer.field.isConnected) continue;
      const control = sendControlIn(path, composer.field, composer.place);
      if (control) return { composer, kind, control: control as HTMLElement, modifiers: none };
    }
    return null;
  }

  function ofKey(event: KeyboardEvent, path: readonly Element[]): Attempt | null {
    if (event.key !== 'Enter' && event.key !== ' ') return null;
    const composer = composerIn(path, places());
    // On the button itself a key is a press, whose click follows by itself.
    if (!composer) return ofControl(path, 'part');
    if (event.type === 'keydown') enterAt = event.isTrusted ? performance.now() : enterAt;
    if (!isSendKey(event, composer.place.enter)) return null;
    const { ctrlKey, metaKey } = event;
    return {
      composer,
      kind: event.type === 'keydown' ? 'key' : 'part',
      control: null,
      modifiers: { ctrlKey, metaKey },
    };
  }

  function ofForm(form: EventTarget | null, submitter: HTMLElement | null): Attempt | null {
    const composer = composers().find(
      ({ field }) =>
        form instanceof HTMLFormElement && (form.contains(field) || (field as HTMLInputElement).form === form),
    );
    return composer ? { composer, kind: 'submit', control: submitter, modifiers: none } : null;
  }

  return (event, path) => {
    switch (event.type) {
      case 'keydown':
      case 'keypress':
      case 'keyup':
        return ofKey(event as KeyboardEvent, path);
      case 'beforeinput': {
        // A keyboard on a screen may tell of no key at all.
        if ((event as InputEvent).inputType !== 'insertParagraph') return null;
        if (event.isTrusted && performance.now() - enterAt < ENTER_MS) return null;
        const composer = composerIn(path, places());
        if (!composer || composer.place.enter === 'line') return null;
        return { composer, kind: 'key', control: null, modifiers: none };
      }
      case 'submit':
        return ofForm(event.composedPath()[0] ?? null, (event as SubmitEvent).submitter);
      case 'click':
        return ofControl(path, 'press');
      default:
        return ofControl(path, 'part');
    }
  };
}

const pointer = ['pointerdown', 'mousedown', 'pointerup', 'mouseup'];

function press(control: HTMLElement): void {
  const { left, top, width, height } = control.getBoundingClientRect();
  const where = { clientX: left + width / 2, clientY: top + height / 2, button: 0, detail: 1 };
  const init = { bubbles: true, cancelable: true, composed: true, ...where };
  for (const type of pointer) {
    control.dispatchEvent(
      type.startsWith('p') ? new PointerEvent(type, { ...init, isPrimary: true }) : new MouseEvent(type, init),
    );
  }
  control.click();
}

function enter(field: HTMLElement, modifiers: Attempt['modifiers']): void {
  const init = { key: 'Enter', code: 'Enter', keyCode: 13, which: 13, bubbles: true, cancelable: true, composed: true };
  const send = (type: string) => field.dispatchEvent(new KeyboardEvent(type, { ...init, ...modifiers }));
  const taken = !send('keydown');
  const typed = !taken && send('keypress');
  send('keyup');
  // What the browser does by itself where nobody takes the key.
  const { form } = field as HTMLInputElement;
  if (typed && field.localName === 'input') form?.requestSubmit();
}

/** Does again what was held; the page sees an event of a script. */
export function replay({ composer, kind, control, modifiers }: Attempt): void {
  if (kind === 'key') enter(composer.field, modifiers);
  else if (kind === 'press' && control?.isConnected) press(control);
  else if (kind === 'submit') {
    const form = (composer.field as HTMLInputElement).form ?? composer.field.closest('form');
    const submitter = control?.isConnected && form?.contains(control) ? control : null;
    form?.requestSubmit(submitter);
  }
}
