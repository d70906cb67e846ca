/** Which key press is meant for the overlay. */
import type { Extension } from '../../utils/handover.ts';

export { actionOf, isKey, pressOf } from '../../utils/keyboard.ts';

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
