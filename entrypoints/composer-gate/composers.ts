/** The composers of a document: by the rules of the site, or as the reviewer pointed at one. */
import type { ComposerPlace } from '../../utils/composer/types.ts';
import { above } from '../../utils/page/surroundings.ts';
import { ownDom } from '../../utils/runtime.ts';

/** The shadow root of any element, closed ones too. */
export function rootOf(element: Element): ShadowRoot | null {
  const { openOrClosedShadowRoot: own } = element as { openOrClosedShadowRoot?: ShadowRoot | null };
  if (own !== undefined) return own;
  return (element instanceof HTMLElement && ownDom()?.openOrClosedShadowRoot(element)) || element.shadowRoot;
}

/** A field that a place names. */
export interface Composer {
  readonly field: HTMLElement;
  readonly place: ComposerPlace;
}

/** Longest text that is read, in UTF-16 code units; from the second on without line breaks, which take a layout. */
const MOST = 200_000;
const LAID_OUT = 50_000;

const isPlain = (field: Element): field is HTMLTextAreaElement => 'value' in field;

/** What a field holds. */
export function textOf(field: HTMLElement): string {
  if (isPlain(field)) return field.value.slice(0, MOST);
  const bare = field.textContent ?? '';
  // biome-ignore lint/performance/useDomNodeTextContent: the lines of an editor are elements
  const text = bare.length > LAID_OUT ? bare : field.innerText;
  return text
    .replaceAll('\u00a0', ' ')
    .replaceAll('\u200b', '')
    .replaceAll('\r', '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, MOST);
}

/** The elements that an event went through, innermost first, inside closed roots as far as pointer or focus tell. */
export function pathOf(event: Event): Element[] {
  const path = event.composedPath().filter((node): node is Element => node instanceof Element);
  const inner: Element[] = [];
  for (let top = path[0], root = top && rootOf(top); top && root; root = top && rootOf(top)) {
    const { clientX, clientY } = event as MouseEvent;
    const next: Element | null =
      event instanceof KeyboardEvent ? root.activeElement : root.elementFromPoint(clientX ?? -1, clientY ?? -1);
    if (!next || next === top || inner.includes(next)) break;
    const chain: Element[] = [];
    for (let node: Node | null = next; node && node !== root; node = node.parentNode)
      if (node instanceof Element) chain.push(node);
    inner.unshift(...chain);
    top = next;
  }
  return [...inner, ...path];
}

function fits(element: Element, place: ComposerPlace): boolean {
  try {
    return element.matches(place.field) && (place.where === null || isHere(element, place.where));
  } catch {
    return false;
  }
}

function isHere(element: Element, signature: string): boolean {
  for (let node: Node | null = element; node; node = above(node)) {
    if (node instanceof ShadowRoot || node instanceof Document) {
      if (node.querySelector(signature)) return true;
    }
  }
  return false;
}

/** The composer that one of these elements is, or is in. */
export function composerIn(path: readonly Element[], places: readonly ComposerPlace[]): Composer | null {
  for (const element of path) {
    if (!(element instanceof HTMLElement)) continue;
    const place = places.find((one) => fits(element, one));
    if (place) return { field: element, place };
  }
  return null;
}

const MOST_ROOTS = 60;
const MOST_ELEMENTS = 20_000;

/** All composers of the page, as far as one look goes. Dear: for when something is pressed, not for every key. */
export function composersOf(page: Document, places: readonly ComposerPlace[]): Composer[] {
  if (places.length === 0) return [];
  const found: Composer[] = [];
  const roots: (Document | ShadowRoot)[] = [page];
  let left = MOST_ELEMENTS;
  for (const root of roots) {
    for (const place of places) {
      try {
        for (const field of root.querySelectorAll<HTMLElement>(place.field)) {
          if (found.some((one) => one.field === field) || !fits(field, place)) continue;
          found.push({ field, place });
        }
      } catch {
        // Not a selector in this browser.
      }
    }
    const all = root.querySelectorAll('*');
    for (let at = all.length - 1; at >= 0 && left > 0; at -= 1, left -= 1) {
      const inner = rootOf(all[at] as Element);
      if (inner && roots.length < MOST_ROOTS) roots.push(inner);
    }
  }
  return found;
}

/** A field for more than one line. */
export const isWritten = (element: HTMLElement): boolean =>
  element.localName === 'textarea' || (element.isContentEditable && !element.parentElement?.isContentEditable);

/** What names a field to those who made the page, and stays when it is rendered anew. */
const marks = ['data-testid', 'data-test-id', 'id', 'name', 'aria-label', 'placeholder', 'role', 'class'];

/** A selector that finds this field and nothing else where it stands; null where nothing tells it apart. */
export function selectorOf(field: Element): string | null {
  const root = field.getRootNode() as Document | ShadowRoot;
  for (const mark of marks) {
    const value = field.getAttribute(mark);
    if (!value || value.length > 200) continue;
    const selector = `${field.localName}[${mark}="${CSS.escape(value)}"]`;
    if (root.querySelectorAll(selector).length === 1) return selector;
  }
  const bare = field.localName === 'textarea' ? 'textarea' : `${field.localName}[contenteditable]`;
  return root.querySelectorAll(bare).length === 1 ? bare : null;
}
