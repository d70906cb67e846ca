/** The text that the reviewer has selected on the page, in open and closed shadow roots too. */
import type { Extension } from '../../utils/handover.ts';
import { focusedElement } from '../../utils/page/frame.ts';

/** Most elements that are looked through for roots that may hold the selection. */
const MOST_LOOKED_AT = 20_000;

function rootsIn(document: Document, rootOf: Extension['rootOf']): ShadowRoot[] {
  const found: ShadowRoot[] = [];
  let looked = 0;
  const search = (scope: Document | ShadowRoot) => {
    for (const element of scope.querySelectorAll('*')) {
      looked += 1;
      if (looked > MOST_LOOKED_AT) return;
      const root = rootOf(element);
      if (!root) continue;
      found.push(root);
      search(root);
    }
  };
  search(document);
  return found;
}

type Composed = { getComposedRanges?: (options: { shadowRoots: ShadowRoot[] }) => StaticRange[] };

/** What is selected is in a text field: it is no text of the page, and a range would hold what the field began with. */
function isInField(selection: Selection, rootOf: Extension['rootOf']): boolean {
  const field = focusedElement(rootOf) as Partial<HTMLTextAreaElement> | null;
  const text = String(selection);
  return text !== '' && field?.value?.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0) === text;
}

/** Null where nothing is selected that has text. */
export function selectedRange(document: Document, rootOf: Extension['rootOf']): Range | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || isInField(selection, rootOf)) return null;
  const range = selection.getRangeAt(0);
  if (!range.collapsed && range.toString().trim() !== '') return range;
  // Of a selection inside a shadow root, the document sees only the host.
  const [inside] = (selection as Composed).getComposedRanges?.({ shadowRoots: rootsIn(document, rootOf) }) ?? [];
  if (!inside || inside.collapsed) return null;
  const found = document.createRange();
  found.setStart(inside.startContainer, inside.startOffset);
  found.setEnd(inside.endContainer, inside.endOffset);
  return found.toString().trim() === '' ? null : found;
}
