/**
 * Puts a text where the reviewer writes, by means that the site's own input handling takes for typing or pasting, and never
 * sends it: no key press, no form, and no paragraph break outside of a paste, which editors may take for Enter.
 */
import { type Field, fieldOf, type RootOf } from './field.ts';

/** ms in which an editor that renders in its own time must show the text. */
const SHOWN_MS = 1_000;
const LOOK_EVERY_MS = 30;

const isPlain = (field: Field): field is HTMLTextAreaElement | HTMLInputElement => 'value' in field;
const textOf = (field: Field): string => (isPlain(field) ? field.value : (field.textContent ?? ''));
/** What editors do not change about a text: they turn spaces and line ends into others. */
const bare = (text: string): string => text.replace(/\s+/g, '');

/** The property as the browser made it; a page's framework may have put its own on the element. */
function setValue(field: HTMLTextAreaElement | HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
}

function intoPlain(field: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  const before = field.value;
  // As typed: it can be undone, and is told of by `beforeinput` and `input`.
  if (field.ownerDocument.execCommand('insertText', false, text) && field.value !== before) return;
  const [start, end] = [field.selectionStart ?? before.length, field.selectionEnd ?? before.length];
  setValue(field, before.slice(0, start) + text + before.slice(end));
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText', data: text }));
}

/** A paste, which rich editors turn into their own kind of lines; whether one has taken it. */
function paste(field: HTMLElement, text: string): boolean {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  // Firefox lets the page read only what it makes itself, from these two.
  const init = { clipboardData: data, dataType: 'text/plain', data: text };
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, ...init });
  return !field.dispatchEvent(event);
}

function intoRich(field: HTMLElement, text: string): void {
  const page = field.ownerDocument;
  const selection = page.getSelection();
  if (!selection?.anchorNode || !field.contains(selection.anchorNode)) {
    selection?.selectAllChildren(field);
    selection?.collapseToEnd();
  }
  if (paste(field, text)) return;
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) page.execCommand('insertLineBreak');
    if (line !== '') page.execCommand('insertText', false, line);
  }
}

/** Inserts, replacing what is selected there; false where there is no such place, or it does not take the text. */
export async function insertText(text: string, rootOf: RootOf, page: Document = document): Promise<boolean> {
  const field = fieldOf(page, rootOf);
  const sought = bare(text);
  if (!field || sought === '') return false;
  const before = bare(textOf(field)).split(sought).length;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: 'nearest' });
  if (isPlain(field)) intoPlain(field, text.replace(/\r\n?/g, '\n'));
  else intoRich(field, text.replace(/\r\n?/g, '\n'));
  const isThere = () => bare(textOf(field)).split(sought).length > before || bare(textOf(field)) === sought;
  for (const until = performance.now() + SHOWN_MS; performance.now() < until; ) {
    if (isThere()) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return isThere();
}
