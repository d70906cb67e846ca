/** Goes over a page once, bounded, and groups what speaks for an author by the selector that finds it again. */
import { type Mark, marksOf, maybeMarked } from './marks.ts';
import type { Side } from './words.ts';

/** A page of so many elements is looked at whole, in about 5 ms. */
const wholeLimit = 3_000;
/** Of a larger one, what looks marked, and what is around composers and growing text. */
const markedLimit = 600;
const windowBefore = 1_500;
const windowAfter = 300;
const groupLimit = 200;
/** Of each kind of sign the last ones: the newest messages are on the page for sure. */
const eachLimit = 300;

export interface Marked {
  readonly mark: Mark;
  readonly elements: readonly Element[];
  /** Where the mark is a name: all that were seen. */
  readonly names: ReadonlySet<string>;
}

/** Where an element stands in a list in document order. */
export function indexIn(all: ArrayLike<Element>, element: Element): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = all[middle] as Element;
    if (at === element) return middle;
    if (at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The elements worth a look, without repetition. */
function worthALook(root: ParentNode, points: readonly Element[]): Iterable<Element> {
  const all = root.querySelectorAll('*');
  if (all.length <= wholeLimit) return all;
  const chosen = new Set(maybeMarked.flatMap((name) => Array.from(root.querySelectorAll(name)).slice(-markedLimit)));
  for (const point of points.slice(0, 3)) {
    const at = indexIn(all, point);
    for (let index = Math.max(0, at - windowBefore); index < Math.min(all.length, at + windowAfter); index += 1) {
      chosen.add(all[index] as Element);
    }
  }
  return chosen;
}

/** The marks of each side on a root. `points`: elements around which a conversation may be. `authors`: folded names of AIs. */
export function collectMarks(
  root: ParentNode,
  points: readonly Element[],
  authors?: ReadonlySet<string>,
): Readonly<Record<Side, readonly Marked[]>> {
  const groups = new Map<string, { mark: Mark; elements: Element[]; names: Set<string> }>();
  for (const element of worthALook(root, points)) {
    for (const mark of marksOf(element, authors)) {
      const key = `${mark.side}${mark.kind}${mark.selector}`;
      const known = groups.get(key);
      if (known) {
        known.elements.push(element);
        known.names.add(mark.what);
      } else if (groups.size < groupLimit) groups.set(key, { mark, elements: [element], names: new Set([mark.what]) });
    }
  }
  const of = (side: Side) => [...groups.values()].filter(({ mark }) => mark.side === side);
  for (const { elements } of groups.values()) elements.splice(0, elements.length - eachLimit);
  return { ai: of('ai'), user: of('user'), agent: of('agent') };
}
