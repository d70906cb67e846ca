/** Which key press is meant for the overlay. */
import type { Extension } from '../../utils/handover.ts';
import type { Action, PageState } from '../../utils/messaging/contract.ts';

/** Silence after typing before a single key counts, in ms: a page can take the focus away in the middle of a word. */
export const AFTER_TYPING_MS = 600;

const textField = [
  'input:not([type=button],[type=checkbox],[type=radio],[type=submit],[type=reset],[type=range],[type=color],[type=file],[type=image])',
  'textarea',
  'select',
  ...['textbox', 'searchbox', 'combobox', 'spinbutton'].map((role) => `[role=${role}]`),
].join();

/** True where a press would end up as text: fields, editable regions, `EditContext`, in shadow roots of any kind. */
export function isTyping(event: KeyboardEvent, rootOf: Extension['rootOf']): boolean {
  let element = event.composedPath()[0];
  while (element instanceof Element) {
    const inner = rootOf(element)?.activeElement;
    if (!inner) break;
    element = inner;
  }
  return (
    element instanceof HTMLElement &&
    (element.isContentEditable ||
      element.matches(textField) ||
      (element as { editContext?: unknown }).editContext != null ||
      element.ownerDocument.designMode === 'on')
  );
}

/** How a key was pressed: alone, with the chord, or in a way that is not ours. */
export function pressOf(event: KeyboardEvent, chord: string): 'single' | 'chord' | null {
  const held = [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift', event.metaKey && 'Meta'];
  const names = held.filter(Boolean);
  const wanted = chord.split('+');
  if (names.length === wanted.length && wanted.every((name) => names.includes(name as never))) {
    // AltGr is Ctrl and Alt at once on some systems, and writes a character.
    return event.getModifierState('AltGraph') ? null : 'chord';
  }
  if (names.length === 0) return 'single';
  return names.length === 1 && event.shiftKey && /^[^a-z]$/i.test(event.key) ? 'single' : null;
}

/**
 * Whether the event is the key `wanted` (as `KeyboardEvent.key`, lowercase). The place on the keyboard decides where the
 * character cannot: Alt writes other characters on a Mac, some layouts have no Latin letters, some shift their digits.
 */
export function isKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>, wanted: string): boolean {
  if (key.toLowerCase() === wanted || code === `Digit${wanted}`) return true;
  return !/^[ -~]$/.test(key) && code === `Key${wanted.toUpperCase()}`;
}

/** The action whose key was pressed. */
export function actionOf(event: Pick<KeyboardEvent, 'key' | 'code'>, keys: PageState['keys']): Action | null {
  return (Object.keys(keys) as Action[]).find((action) => isKey(event, keys[action])) ?? null;
}
