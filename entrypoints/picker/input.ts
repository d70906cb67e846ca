/** Pointer and keys of the reviewer, as commands. Nothing of it reaches the page below. */
import type { PickerCommand, PickerView } from '../../components/picker/view.ts';

/** Height of a line in CSS px, where a wheel counts in lines. */
const LINE = 16;

const whilePointing: Readonly<Record<string, PickerCommand>> = {
  ArrowUp: { do: 'climb' },
  ArrowDown: { do: 'descend' },
  ArrowLeft: { do: 'beside', step: -1 },
  ArrowRight: { do: 'beside', step: 1 },
  Enter: { do: 'take' },
  Escape: { do: 'leave' },
};

const whileChoosing: Readonly<Record<string, PickerCommand>> = {
  ArrowUp: { do: 'wider' },
  ArrowDown: { do: 'narrower' },
  ArrowLeft: { do: 'jump', step: -1 },
  ArrowRight: { do: 'jump', step: 1 },
  n: { do: 'not' },
  e: { do: 'another' },
  o: { do: 'only' },
  a: { do: 'author' },
  Escape: { do: 'leave' },
};

/** What a key means; null where it is the browser's, as Enter on a button is. */
export function commandOf(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>,
  kind: PickerView['kind'],
): PickerCommand | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (kind === 'pointing' && event.key === 'Tab') return { do: 'candidate', step: event.shiftKey ? -1 : 1 };
  const keys = kind === 'pointing' ? whilePointing : kind === 'choosing' ? whileChoosing : {};
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return keys[key] ?? (event.key === 'Escape' ? { do: 'leave' } : null);
}

/** Keeps Tab among the controls of the panel: what is below it is covered. */
function turnAround(event: KeyboardEvent, page: Document): void {
  const stops = [...page.querySelectorAll<HTMLElement>('button:enabled')];
  const end = event.shiftKey ? stops[0] : stops.at(-1);
  if (page.activeElement !== end && page.activeElement !== page.body) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

const closing = /^(?:leave|only)$/;

/** Listens for as long as the document lives. */
export function hear(kind: () => PickerView['kind'], send: (command: PickerCommand) => void, page = document): void {
  const view = page.defaultView as Window;
  const onPanel = ({ target }: Event) =>
    target instanceof Element && target.closest('.pick-panel,.pick-notice') !== null;
  let moved: PointerEvent | null = null;
  /** A key that takes this frame away does so when it is let go, or the page would get its end. */
  let held: { readonly key: string; readonly command: PickerCommand } | null = null;

  page.addEventListener('pointermove', (event) => {
    if (!event.isTrusted || kind() !== 'pointing') return;
    if (!page.hasFocus()) view.focus();
    if (!moved) {
      view.requestAnimationFrame(() => {
        if (moved) send({ do: 'point', x: moved.clientX, y: moved.clientY });
        moved = null;
      });
    }
    moved = event;
  });
  const away = (event: Event) => {
    moved = null;
    if (event.isTrusted && kind() === 'pointing') send({ do: 'away' });
  };
  page.documentElement.addEventListener('pointerleave', away);
  // The reviewer points in another frame, whose picker has taken the keyboard.
  view.addEventListener('blur', away);
  page.addEventListener('click', (event) => {
    if (!event.isTrusted || onPanel(event) || event.button !== 0) return;
    moved = null;
    send({ do: 'take', x: event.clientX, y: event.clientY });
  });
  page.addEventListener(
    'wheel',
    (event) => {
      if (!event.isTrusted || onPanel(event) || event.ctrlKey) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? view.innerHeight : 1;
      const { clientX: x, clientY: y } = event;
      send({ do: 'scroll', x, y, dx: event.deltaX * unit, dy: event.deltaY * unit });
    },
    { passive: false },
  );
  page.addEventListener('contextmenu', (event) => event.preventDefault());
  page.addEventListener('keydown', (event) => {
    if (!event.isTrusted || event.isComposing) return;
    const command = commandOf(event, kind());
    if (command) {
      event.preventDefault();
      if (closing.test(command.do)) held = { key: event.key, command };
      else if (!event.repeat || /^(?:Arrow|Tab)/.test(event.key)) send(command);
    } else if (event.key === 'Tab' && kind() === 'choosing') turnAround(event, page);
  });
  page.addEventListener('keyup', (event) => {
    const { key, command } = held ?? {};
    held = null;
    if (event.isTrusted && command && event.key === key) send(command);
  });
}
