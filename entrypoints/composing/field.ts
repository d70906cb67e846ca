/** Where the reviewer writes on the page. */

/** The shadow root of any element, closed ones too. */
export type RootOf = (element: Element) => ShadowRoot | null;

export type Field = HTMLTextAreaElement | HTMLInputElement | HTMLElement;

/** Elements that are looked at for a shadow root, and roots that are looked into. */
const MOST_ELEMENTS = 20_000;
const MOST_ROOTS = 100;
/** What is smaller, in CSS px, nobody writes a message in: editors keep tiny fields for their own ends. */
const LEAST = { width: 60, height: 14 };

const writable = 'textarea,[contenteditable]:not([contenteditable="false" i]),input[type=text],input:not([type])';

/** The document and the shadow roots in it, as far as one look goes. */
function rootsOf(page: Document, rootOf: RootOf): (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [page];
  let left = MOST_ELEMENTS;
  // The list grows while it is gone through.
  for (const root of roots) {
    const all = root.querySelectorAll('*');
    for (let index = all.length - 1; index >= 0 && left > 0; index -= 1, left -= 1) {
      const inner = rootOf(all[index] as Element);
      if (inner && roots.length < MOST_ROOTS) roots.push(inner);
    }
  }
  return roots;
}

function isUsable(field: Element): field is Field {
  if (!(field instanceof HTMLElement)) return false;
  const { width, height } = field.getBoundingClientRect();
  if (width < LEAST.width || height < LEAST.height || getComputedStyle(field).visibility !== 'visible') return false;
  return field.isContentEditable || (!(field as HTMLInputElement).disabled && !(field as HTMLInputElement).readOnly);
}

/** How much speaks for it: where something is selected, then where several lines can be written, then what comes last. */
function weightOf(field: Field, selection: Selection | null): number {
  if (selection?.anchorNode && field.contains(selection.anchorNode) && field.isContentEditable) return 2;
  return field.localName === 'input' ? 0 : 1;
}

/** The field, or null where there is none. Composers stand after the conversation, so the last one wins. */
export function fieldOf(page: Document, rootOf: RootOf): Field | null {
  const fields = rootsOf(page, rootOf)
    .flatMap((root) => [...root.querySelectorAll(writable)])
    .filter((field) => !field.parentElement?.closest('[contenteditable]:not([contenteditable="false" i])'))
    .filter(isUsable);
  const selection = page.getSelection();
  let best: Field | null = null;
  for (const field of fields) {
    if (best === null || weightOf(field, selection) >= weightOf(best, selection)) best = field;
  }
  return best;
}
