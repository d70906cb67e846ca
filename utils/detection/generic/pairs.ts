/**
 * Finds two kinds of elements that take turns, wherever they stand: what a conversation looks like when nothing on it says
 * who is who. Works on names that elements share, so wrappers and nesting do not matter. Bounded, without layout.
 */
import { indexIn } from './collect.ts';
import type { Setting } from './guess.ts';
import { controls, isProse, letters } from './reading.ts';
import { describe, namesOf } from './selectors.ts';
import { splitsOf } from './split.ts';

/** Nodes that are read, elements of one kind, and kinds that are compared with each other. */
const nodeLimit = 3_000;
const membersLimit = 120;
const kindLimit = 28;
/** Kinds that are divided further by what their members have and have not. */
const dividedLimit = 6;

/** Elements that one selector finds. */
export interface Kind {
  readonly selector: string;
  readonly members: readonly Element[];
  /** Letters in them. */
  readonly size: number;
}

export interface Pair {
  readonly one: Kind;
  readonly other: Kind;
  /** How often neighbors are of different kinds, 0 to 1. */
  readonly alternation: number;
  /** How much of the text of the page they hold together, 0 to 1. */
  readonly share: number;
}

/** Where an element begins and ends among those read, and how many letters are in it. */
interface Place {
  readonly at: number;
  end: number;
  size: number;
}

type Around = Pick<Setting, 'composers' | 'isLate'>;
type Places = ReadonlyMap<Element, Place>;

const unread = `${controls},[hidden],[aria-hidden="true"],header,footer`;

/** Reads the page in document order; of a large one what stands before the composer. */
function placesUnder(top: Element, composer: Element | undefined): Places {
  const places = new Map<Element, Place>([[top, { at: 0, end: 0, size: 0 }]]);
  const walker = top.ownerDocument.createTreeWalker(top, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.nodeType === 1 && (node as Element).matches(unread) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  const all = top.getElementsByTagName('*');
  if (all.length > nodeLimit / 2 && composer && top.contains(composer)) {
    const start = all[Math.max(0, indexIn(all, composer) - nodeLimit / 2)];
    if (start) walker.currentNode = start;
  }
  for (let node = walker.nextNode(), at = 1; node && at < nodeLimit; node = walker.nextNode(), at += 1) {
    const isText = node.nodeType === 3;
    const size = isText ? letters((node.nodeValue ?? '').slice(0, 1_000)) : 0;
    if (!isText) places.set(node as Element, { at, end: at, size: 0 });
    else if (size === 0) continue;
    for (let up = node.parentElement; up; up = up.parentElement) {
      const place = places.get(up);
      if (place) {
        place.end = at;
        place.size += size;
      }
      if (up === top) break;
    }
  }
  return places;
}

/** What an element may be found by: its names, or its tag in a parent that has one. */
function keysOf(element: Element): readonly string[] {
  const own = element.localName.includes('-') ? [element.localName, ...namesOf(element)] : namesOf(element);
  const parent = element.parentElement;
  return own.length === 0 && parent ? [`${describe(parent)} > ${element.localName}:not([class])`] : own.slice(0, 8);
}

function kindsUnder(top: Element, places: Places, { composers, isLate }: Around): readonly Kind[] {
  const groups = new Map<string, Element[]>();
  for (const [element, { size }] of places) {
    if (element === top || size < 2 || (isProse(element) && element.localName !== 'li')) continue;
    if (composers.some((composer) => element.contains(composer))) continue;
    for (const key of keysOf(element)) {
      const group = groups.get(key);
      if (group) group.push(element);
      else groups.set(key, [element]);
    }
  }
  const kindOf = (selector: string, found: readonly Element[]): Kind => {
    const members: Element[] = [];
    let [end, size] = [-1, 0];
    for (const element of found) {
      const place = places.get(element);
      if (!place || place.at <= end) continue;
      members.push(element);
      end = place.end;
      size += place.size;
    }
    return { selector, members, size };
  };
  const kinds = [...groups]
    .filter(([, found]) => found.length <= membersLimit)
    .map(([selector, found]) => kindOf(selector, found))
    .sort((a, b) => b.size - a.size || a.selector.length - b.selector.length);
  const derived = kinds
    .filter(({ members }) => members.length >= 2)
    .slice(0, dividedLimit)
    .flatMap(({ selector, members }) =>
      (isLate() ? [] : splitsOf(members))
        .filter(({ alternation }) => alternation >= 0.5)
        .slice(0, 8)
        .map(({ condition, one }) => kindOf(`${selector}${condition}`, one)),
    );
  const seen = new Set<string>();
  // Names that find the same elements are one kind; the first is the best name.
  const distinct = [...kinds, ...derived].filter(({ members }) => {
    const key = members.map((member) => places.get(member)?.at).join();
    return !seen.has(key) && seen.add(key);
  });
  return distinct.sort((a, b) => b.size - a.size).slice(0, kindLimit);
}

/** Whose turn it is, in document order; null where one holds another. */
function turnsOf(one: readonly Element[], other: readonly Element[], places: Places): readonly boolean[] | null {
  const turns: boolean[] = [];
  let [left, right, end] = [0, 0, -1];
  while (left < one.length || right < other.length) {
    const a = places.get(one[left] as Element);
    const b = places.get(other[right] as Element);
    const isOne = b === undefined || (a !== undefined && a.at <= b.at);
    const next = (isOne ? a : b) as Place;
    if (next.at <= end) return null;
    end = next.end;
    turns.push(isOne);
    if (isOne) left += 1;
    else right += 1;
  }
  return turns;
}

/** All pairs of kinds that take turns, the likeliest first: those that alternate and hold most of what the page says. */
export function pairsUnder(root: Document | ShadowRoot, around: Around, most = 12): readonly Pair[] {
  const top = 'body' in root ? root.body : root.firstElementChild;
  if (!top || around.isLate()) return [];
  const pairs: Pair[] = [];
  for (const part of 'body' in root ? [top] : Array.from(root.children).slice(0, 4)) {
    const places = placesUnder(part, around.composers.at(-1));
    const total = Math.max(1, places.get(part)?.size ?? 1);
    const kinds = kindsUnder(part, places, around);
    for (const [at, one] of kinds.entries()) {
      if (around.isLate()) break;
      for (const other of kinds.slice(at + 1)) {
        const turns = turnsOf(one.members, other.members, places);
        if (!turns) continue;
        const changes = turns.slice(1).filter((turn, index) => turn !== turns[index]).length;
        const alternation = changes / Math.max(1, turns.length - 1);
        if (alternation >= 0.5) pairs.push({ one, other, alternation, share: (one.size + other.size) / total });
      }
    }
  }
  // Two elements always alternate: three turns say more, and four say enough.
  const trust = ({ one, other }: Pair) =>
    [0, 0.7, 1][Math.min(one.members.length, 2) + Math.min(other.members.length, 2) - 2] ?? 0;
  const isPlain = ({ selector }: Kind) => /^\S+$/.test(selector) && !selector.includes(':');
  const rank = (pair: Pair) =>
    0.7 * pair.alternation +
    pair.share +
    trust(pair) -
    // What an element has is a weaker name than what it is.
    (isPlain(pair.one) && isPlain(pair.other) ? 0 : 0.1);
  const sides = pairs.filter(({ one, other, alternation }) => alternation === 1 && isPlain(one) && isPlain(other));
  /** Rows of both sides are no side. */
  const holdsBoth = ({ members }: Kind) =>
    members.length > 2 &&
    sides.some(
      ({ one, other }) =>
        one.members.length + other.members.length === members.length &&
        [...one.members, ...other.members].every((member) => members.includes(member)),
    );
  return pairs
    .filter(({ one, other }) => !holdsBoth(one) && !holdsBoth(other))
    .sort((a, b) => rank(b) - rank(a))
    .slice(0, most);
}
