/** What the page shows around a spot. Reads only; forces at most one layout, in the frame that asks. */
import { type Box, overlap, type Size } from './box.ts';

/** The node above, through shadow roots. */
export const above = (node: Node): Node | null => node.parentNode ?? (node as ShadowRoot).host ?? null;

/** `outer` holds `inner`, through shadow roots. */
export function holds(outer: Node, inner: Node): boolean {
  for (let node: Node | null = inner; node; node = above(node)) if (node === outer) return true;
  return false;
}

/** The modal dialog around an element: the rest of the page is inert while it is open. */
export function modalAround(element: Element): Element | null {
  for (let node: Node | null = element; node; node = above(node)) {
    if (node instanceof HTMLDialogElement && node.matches(':modal')) return node;
  }
  return null;
}

/** The visible area for content, without scroll bars. */
export const viewSize = (): Size => ({
  width: document.documentElement.clientWidth || innerWidth,
  height: innerHeight,
});

/** Elements that clip or scroll `element`, innermost first. Costs a computed style per ancestor: keep the answer. */
export function clippersOf(element: Element): readonly Element[] {
  const found: Element[] = [];
  for (let node = above(element); node && node !== document.documentElement; node = above(node)) {
    if (node instanceof Element && node !== document.body && getComputedStyle(node).overflowY !== 'visible') {
      found.push(node);
    }
  }
  return found;
}

/** The part of the viewport in which something inside `clippers` can show. */
export function clipBox(clippers: readonly Element[]): Box {
  const { width, height } = viewSize();
  return clippers
    .filter((element) => element.isConnected)
    .reduce((box: Box, element) => overlap(box, element.getBoundingClientRect()), {
      left: 0,
      top: 0,
      right: width,
      bottom: height,
    });
}

/** The answer's place: as wide as its text, as high as the whole message. */
export function answerBox({ element, body }: { readonly element: Element; readonly body: readonly Element[] }): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const texts = body.map((part) => part.getBoundingClientRect()).filter(({ width }) => width > 0);
  if (texts.length === 0) return { left, top, right, bottom };
  return {
    left: Math.min(...texts.map((box) => box.left)),
    right: Math.max(...texts.map((box) => box.right)),
    top,
    bottom,
  };
}

/** A person can see it: it is drawn, not hidden, and larger than a dot. */
export function isShown(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width >= 24 && height >= 12 && element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
}

/** Opacities of an element and of all around it leave too little to read. */
export function isFaded(element: Element): boolean {
  let opacity = 1;
  for (let node: Node | null = element; node; node = above(node)) {
    if (node instanceof Element) opacity *= Number(getComputedStyle(node).opacity);
  }
  return opacity < 0.2;
}

const control =
  'a[href],button,input,textarea,select,summary,[role=button],[role=menuitem],[role=tab],[contenteditable=true],[tabindex="0"]';
const picture = /^(?:img|svg|video|canvas|iframe|picture|path)$/i;

const openRootOf = (element: Element) => element.shadowRoot;

/** The innermost element of the page at a point, as if the overlay were not there; inside the roots that `rootOf` opens. */
export function elementAt(
  x: number,
  y: number,
  overlay: Element,
  rootOf: (element: Element) => ShadowRoot | null = openRootOf,
): Element | null {
  let root: Document | ShadowRoot | null = document;
  let found: Element | null = null;
  while (root) {
    const own = (element: Element | null) => element && element !== overlay && element.getRootNode() === root;
    const first: Element | null = root.elementFromPoint(x, y);
    const next: Element | null = own(first) ? first : (root.elementsFromPoint(x, y).find(own) ?? null);
    if (!next) break;
    found = next;
    root = rootOf(next);
  }
  return found;
}

function hasTextAt(element: Element, x: number, y: number): boolean {
  const range = document.createRange();
  for (const node of [...element.childNodes].slice(0, 40)) {
    if (node.nodeType !== Node.TEXT_NODE || !node.nodeValue?.trim()) continue;
    if (node.nodeValue.length > 4_000) return true;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (x >= box.left - 2 && x <= box.right + 2 && y >= box.top - 1 && y <= box.bottom + 1) return true;
    }
  }
  return false;
}

/**
 * How much a toolbar in `box` would cover: a control counts 4, the answer's own text 3, other text or a picture 2, what
 * else is neither the answer nor its background 1, for each of 10 points. 0 is free. Stops counting at `most`.
 */
export function costOf(box: Box, answer: Element, overlay: Element, most: number): number {
  let cost = 0;
  for (const fy of [0.2, 0.8]) {
    for (const fx of [0.02, 0.25, 0.5, 0.75, 0.98]) {
      if (cost >= most) return cost;
      const x = box.left + (box.right - box.left) * fx;
      const y = box.top + (box.bottom - box.top) * fy;
      const element = elementAt(x, y, overlay);
      if (!element || (element !== answer && holds(element, answer))) continue;
      if (element.closest(control) && !holds(element.closest(control) as Element, answer)) cost += 4;
      else if (picture.test(element.localName) || hasTextAt(element, x, y)) cost += holds(answer, element) ? 3 : 2;
      else if (!holds(answer, element)) cost += 1;
    }
  }
  return cost;
}
