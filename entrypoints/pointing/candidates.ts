/** Which elements of a page the picker offers: what may be one whole message. Reads only, and never more than it must. */
import type { Extension } from '../../utils/handover.ts';
import { above, isShown } from '../../utils/page/surroundings.ts';

/** Most elements that are looked at for a list of candidates. */
const MOST_LOOKED_AT = 6_000;
const MOST_CANDIDATES = 400;
/** How far a click in the text climbs to reach the message around it. */
const MOST_STEPS = 14;
/** How many elements inside one are looked at to tell a message from a column of messages. */
const MOST_INSIDE = 150;

/** What stands for itself on a page, the parts of a text among it; such parts repeat inside a message and say nothing by that. */
const block = /^(?:div|section|article|aside|main|li|p|pre|[uod]l|dd|t[rd]|table|blockquote|h\d|.+-.+)$/;
const holder = /^(?:div|section|article|aside|main|.+-.+)$/;
const top = /^(?:html|body)$/;

const hasText = (element: Element) => /\S/.test(element.textContent ?? '');
const isLong = (element: Element) => (element.textContent ?? '').trim().length >= 20;
const inside = (element: Element, rootOf: Extension['rootOf']): readonly Element[] => {
  const root = rootOf(element);
  return [...(root?.children ?? []), ...element.children];
};

/** Alike in the way that a page makes messages alike: tag, and a class or a role in common, or neither has any. */
function areAlike(a: Element, b: Element): boolean {
  if (a.localName !== b.localName || a.getAttribute('role') !== b.getAttribute('role')) return false;
  if (a.classList.length === 0 || b.classList.length === 0) return a.classList.length === b.classList.length;
  return [...a.classList].some((name) => b.classList.contains(name));
}

const siblings = (element: Element): readonly Element[] => [...((above(element) as Element | null)?.children ?? [])];

/** It stands in a row of its kind. */
function repeats(element: Element): boolean {
  return siblings(element).some((other) => other !== element && areAlike(other, element) && hasText(other));
}

const mayBeMessage = (element: Element) => holder.test(element.localName);

/** A list item is prose in an answer, and a message where the list is the conversation. */
const isListOfBlocks = (element: Element) =>
  element.localName === 'li' && element.querySelector('p,div,section,article') !== null;

/**
 * The message around an element that was pointed at: the nearest one around it that stands in a row of its kind, else
 * the nearest block.
 */
export function messageAround(element: Element): Element {
  let nearest: Element | null = null;
  let node: Node | null = element;
  for (let step = 0; node && step < MOST_STEPS; step += 1, node = above(node)) {
    if (!(node instanceof Element)) continue;
    if (top.test(node.localName)) break;
    if (block.test(node.localName)) nearest ??= node;
    if ((mayBeMessage(node) || isListOfBlocks(node)) && hasText(node) && repeats(node)) return node;
  }
  return nearest ?? element;
}

/** The element around, for the keyboard; null at the top. */
export function climb(element: Element): Element | null {
  for (let node = above(element); node; node = above(node)) {
    if (node instanceof Element) return top.test(node.localName) ? null : node;
  }
  return null;
}

/** The first element inside that shows text; null where there is none. */
export function descend(element: Element, rootOf: Extension['rootOf']): Element | null {
  return inside(element, rootOf).find((child) => hasText(child) && isShown(child)) ?? null;
}

/** The element `step` places beside it that shows text; null at either end. */
export function beside(element: Element, step: 1 | -1): Element | null {
  const row = siblings(element).filter((each) => each === element || (hasText(each) && isShown(each)));
  const next = row[row.indexOf(element) + step];
  return next ?? null;
}

/** What may be a message, in document order, through shadow roots: for going through them by keyboard. */
export function candidatesIn(document: Document, overlay: Element, rootOf: Extension['rootOf']): readonly Element[] {
  const found: Element[] = [];
  let looked = 0;
  const visit = (element: Element) => {
    looked += 1;
    if (element === overlay || looked > MOST_LOOKED_AT || found.length >= MOST_CANDIDATES) return;
    const isMessage =
      (mayBeMessage(element) || isListOfBlocks(element)) &&
      (element.textContent ?? '').trim().length >= 2 &&
      !element.closest('nav,[role=navigation],[role=menu],[role=tablist],[role=toolbar]') &&
      repeats(element) &&
      isShown(element);
    // The outermost row of its kind is the message; but a row of columns, or of conversations, is not.
    if (isMessage && !holdsRows(element)) found.push(element);
    else for (const child of inside(element, rootOf)) visit(child);
  };
  visit(document.body);
  return found;
}

/** Among what it holds, something repeats that is no prose: a column, not a message. Looks at the first of it only. */
function holdsRows(element: Element): boolean {
  const all = element.getElementsByTagName('*');
  for (let index = -1; index < Math.min(all.length, MOST_INSIDE); index += 1) {
    const parent = index < 0 ? element : (all[index] as Element);
    if (parent.childElementCount < 3) continue;
    const rows = [...parent.children].slice(0, 8).filter((child) => mayBeMessage(child) && isLong(child));
    if (rows.some((row) => rows.filter((other) => areAlike(row, other)).length >= 3)) return true;
  }
  return false;
}
