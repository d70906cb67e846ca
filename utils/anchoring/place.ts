/** Where one span of a text is in another, by the words that both have. */
import { agreement } from './agreement.ts';
import type { Pair, Side } from './texts.ts';
import type { Place, Why } from './types.ts';

/** So much of a span's characters must be there still, or it is gone; and it may not have grown beyond so many times its length. */
const LEAST_KEPT = 0.5;
const MOST_GROWN = 1.5;
/**
 * Where more than so much of a span and of the `AROUND` units to either side changed, what is left says less: the more
 * changed, the more of the span must be kept, and its place must reach over nearly all of it.
 */
const DENSE = 0.08;
const AROUND = 60;
const KEPT_PER_CHANGED = 1.5;
const MOST_KEPT = 0.9;
const LEAST_REACHED = 0.85;
/** Units that must agree around a span, both directions together, if the texts have so many. */
const LEAST_AGREED = 8;
/** So much of the line that a span is in must agree, or `LEAST_AGREED` units of it. */
const OWN = 0.4;
/** How far doubles are compared, in units to either side. */
const FAR = 400;
/** A double is told apart by so many units, and by so many times those that it has ahead itself; beyond `MUCH` they are not counted. */
const APART = 5;
const TIMES = 3;
const MUCH = 40;
/** A double shares so much of the line that the span is in as its own place does. */
const LIKE = 0.75;
/** Nearer than this it is no double, but a word that stands there twice. */
const BESIDE = 8;
/** Units that may have come between two kept ones of a long span, and of any span. */
const LOOSE = 12;
const CLOSE = 2;
/** Most doubles that are compared with; beyond them nothing is told apart. */
const MOST_DOUBLES = 64;
/** How far around a unit rows are looked for by which its doubles are found. */
const NEAR = 9;
/** Units in a row by which doubles are found. */
const ROW = 3;
/** How many units are handled between two pauses. */
const STRIDE = 2_000;

/** Answers where spans are. Made once for two texts, asked for each span. */
export interface Placer {
  place(start: number, end: number): Place | Why;
  /** Whether a part of the text now is known to be another part of the text before than [start, end). */
  isTaken(place: Place, start: number, end: number): boolean;
}

const startOf = ({ units }: Side, i: number) => units.start[i] ?? units.text.length;
const coreEndOf = ({ units }: Side, i: number) => units.coreEnd[i] ?? units.text.length;

/** The unit that holds the character at `at`; blanks belong to the unit before them. */
function unitAt({ units: { start, coreEnd } }: Side, at: number): number {
  let low = 0;
  let high = coreEnd.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((start[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where rows of units begin in a text, by the row that begins at `at` of another. */
type Rows = (at: number, of: Int32Array) => readonly number[];

function* rowsOf(ids: Int32Array): Generator<void, Rows> {
  const rows = new Map<number, number[]>();
  const hash = (of: Int32Array, at: number) => {
    let sum = 0;
    for (let k = 0; k < ROW; k++) sum = Math.imul(sum ^ (of[at + k] ?? 0), 0x9e3779b1) ^ (sum >>> 15);
    return sum;
  };
  for (let i = 0; i + ROW <= ids.length; i++) {
    const key = hash(ids, i);
    const list = rows.get(key);
    if (list) list.push(i);
    else rows.set(key, [i]);
    if (i % STRIDE === STRIDE - 1) yield;
  }
  return (at, of) => rows.get(hash(of, at)) ?? [];
}

/** Makes what answers for two texts; yields now and then. */
export function* createPlacer({ before, now, match }: Pair): Generator<void, Placer> {
  const [a, b] = [before.ids, now.ids];
  const rowsNow = yield* rowsOf(b);
  const rowsBefore = yield* rowsOf(a);
  const matchOf = (i: number) => match[i] ?? -1;

  const isBreak = (i: number) => before.units.text.charCodeAt(startOf(before, i)) === 10;
  /** How many units of its line come before a unit and after it, the unit included. */
  function lineAround(i: number): { before: number; after: number } {
    let [from, to] = [i, i];
    while (from > 0 && !isBreak(from - 1)) from--;
    while (to + 1 < a.length && !isBreak(to + 1)) to++;
    return { before: i - from + 1, after: to - i + 1 };
  }

  /**
   * Places in `ids` that may be doubles of the unit `i`: those where its rarest neighborhood stands too. Null where there are
   * too many to be compared.
   */
  function doublesOf(i: number, ids: Int32Array, rowsIn: Rows): ReadonlySet<number> | null {
    const rows: { at: number; found: readonly number[] }[] = [];
    let isCrowded = false;
    for (let at = Math.max(0, i - NEAR); at <= i + NEAR - ROW && at + ROW <= a.length; at++) {
      const found = rowsIn(at, a);
      if (found.length > MOST_DOUBLES) isCrowded = true;
      else if (found.length > 0) rows.push({ at, found });
    }
    if (isCrowded && rows.length === 0) return null;
    const doubles = new Set<number>();
    for (const { at, found } of rows.sort((x, y) => x.found.length - y.found.length).slice(0, ROW)) {
      for (const row of found) if (ids[row + i - at] === a[i]) doubles.add(row + i - at);
    }
    return doubles;
  }

  /** Whether the unit `i`, which is taken for `j`, is that one: no other unit now could be it, and no other before could be `j`. */
  function isSure(i: number, j: number): true | Why {
    const [left, right] = [agreement(a, i, b, j, -1, FAR), agreement(a, i, b, j, 1, FAR)];
    const { before: room, after } = lineAround(i);
    const inLine = (l: number, r: number) => Math.min(l, room) + Math.min(r, after);
    // A word that went and one that stands beside the same neighbor are not the same word.
    if (inLine(left, right) - 1 < Math.min(LEAST_AGREED, OWN * (room + after - 1))) return 'gone';
    const isWhole = room + after > 2 && inLine(left, right) === room + after;
    if (left + right - 1 < Math.min(LEAST_AGREED, a.length, b.length) && !isWhole) return 'gone';
    const more = (x: number, y: number) => Math.max(0, Math.min(x, y + MUCH) - y);
    const rivals = (x: number, y: number) => {
      const [l, r] = [agreement(a, x, b, y, -1, FAR), agreement(a, x, b, y, 1, FAR)];
      if (Math.abs(x - i) + Math.abs(y - j) < BESIDE) return l + r > left + right;
      if (inLine(l, r) < LIKE * inLine(left, right)) return false;
      return more(left, l) + more(right, r) < APART + TIMES * (more(l, left) + more(r, right));
    };
    const others = doublesOf(i, b, rowsNow);
    const twins = doublesOf(i, a, rowsBefore);
    if (!others || !twins) return 'ambiguous';
    for (const other of others) if (other !== j && rivals(i, other)) return 'ambiguous';
    for (const twin of twins) if (twin !== i && rivals(twin, j)) return 'ambiguous';
    return true;
  }

  /** A place between two characters, where something is missing. */
  function placePoint(at: number): Place | Why {
    const i = unitAt(before, at);
    const inside = i >= 0 && at > startOf(before, i);
    const [left, right] = inside && at < coreEndOf(before, i) ? [i, i] : inside ? [i, i + 1] : [i - 1, i];
    const [l, r] = [matchOf(left), matchOf(right)];
    const point = (place: number) => ({ start: place, end: place });
    const known = l >= 0 ? left : right;
    const sure = matchOf(known) >= 0 ? isSure(known, matchOf(known)) : 'gone';
    if (sure !== true) return sure;
    if (left === right) return point(startOf(now, l) + at - startOf(before, left));
    if (l >= 0 && r >= 0 && (r <= l || r - l > LOOSE)) return 'gone';
    if (r >= 0 && (r === l + 1 || l < 0) && at === startOf(before, right)) return point(startOf(now, r));
    if (l < 0) return point(startOf(now, r));
    const blank = at - coreEndOf(before, left);
    return point(Math.min(coreEndOf(now, l) + Math.max(0, blank), startOf(now, l + 1)));
  }

  /** A line break came between two units that none was between. */
  function isTorn(i: number, k: number, j: number, l: number): boolean {
    const has = (side: Side, from: number, to: number) =>
      side.units.text.slice(startOf(side, from), startOf(side, to)).includes('\n');
    return l - j > 1 && has(now, j, l) && !has(before, i, k);
  }

  /** The longest row of kept units of [first, last] that are together now: from, to, and the characters kept. */
  function together(first: number, last: number, charsOf: (i: number) => number) {
    let best = { from: -1, to: -1, kept: 0 };
    let run = best;
    const loose = Math.min(LOOSE, CLOSE + (last - first) / 2);
    for (let i = first; i <= last; i++) {
      if (matchOf(i) < 0) continue;
      const step = matchOf(i) - matchOf(run.to);
      const isNext =
        run.to >= 0 && step > 0 && step <= 2 * (i - run.to) + loose && !isTorn(run.to, i, matchOf(run.to), matchOf(i));
      run = isNext ? { ...run, to: i, kept: run.kept + charsOf(i) } : { from: i, to: i, kept: charsOf(i) };
      if (run.kept > best.kept) best = run;
    }
    return best;
  }

  /** What share of these units and of those around them changed. */
  function changedAround(first: number, last: number): number {
    const [from, to] = [Math.max(0, first - AROUND), Math.min(a.length - 1, last + AROUND)];
    let changed = 0;
    for (let i = from; i <= to; i++) if (matchOf(i) < 0) changed++;
    return changed / (to - from + 1);
  }

  function place(start: number, end: number): Place | Why {
    if (start === end) return placePoint(start);
    const { text } = before.units;
    if (text.slice(0, start).trim() === '' && text.slice(end).trim() === '') {
      // What is said of the whole message is said of the whole message.
      return { start: 0, end: now.units.text.length };
    }
    const charsOf = (i: number) =>
      Math.max(0, Math.min(end, coreEndOf(before, i)) - Math.max(start, startOf(before, i)));
    let first = unitAt(before, start);
    let last = unitAt(before, end - 1);
    while (first < last && charsOf(first) === 0) first++;
    while (last > first && charsOf(last) === 0) last--;
    const charsFrom = (from: number, to: number) => {
      let sum = 0;
      for (let i = from; i <= to; i++) sum += charsOf(i);
      return sum;
    };
    const total = charsFrom(first, last);
    const run = together(first, last, charsOf);
    const { kept } = run;
    const over = changedAround(first, last) - DENSE;
    const leastKept = Math.min(MOST_KEPT, LEAST_KEPT + Math.max(0, over) * KEPT_PER_CHANGED);
    if (kept === 0 || kept < total * leastKept) return 'gone';

    let middle = Math.max(run.from, (run.from + run.to) >> 1);
    while (matchOf(middle) < 0) middle--;
    const sure = isSure(middle, matchOf(middle));
    if (sure !== true) return sure;

    let { from, to } = run;
    let [f, t] = [matchOf(from), matchOf(to)];
    // Words that go on beside the kept ones, although the alignment gave them away.
    while (from > first && f > 0 && a[from - 1] === b[f - 1]) [from, f] = [from - 1, f - 1];
    while (to < last && t + 1 < b.length && a[to + 1] === b[t + 1]) [to, t] = [to + 1, t + 1];
    const isCut = (i: number, offset: number) => offset > startOf(before, i) && offset < coreEndOf(before, i);
    let [reachedFrom, reachedTo] = [from, to];
    let placeStart = startOf(now, f) + Math.max(0, from === first ? start - startOf(before, first) : 0);
    let placeEnd =
      to === last
        ? startOf(now, t) + Math.min(end, coreEndOf(before, last)) - startOf(before, last)
        : coreEndOf(now, t);
    // Words at its edges in whose place others stand now, no more than they were, between it and a neighbor that stayed.
    const outerStart = first === 0 ? -1 : matchOf(first - 1);
    const cameBefore = first === 0 || outerStart >= 0 ? f - outerStart - 1 : -1;
    if (from > first && !isCut(first, start) && cameBefore >= 0 && cameBefore <= from - first) {
      placeStart = startOf(now, f - cameBefore);
      reachedFrom = first;
    }
    const outerEnd = last === a.length - 1 ? b.length : matchOf(last + 1);
    const cameAfter = outerEnd - t - 1;
    if (to < last && !isCut(last, end) && cameAfter >= 0 && cameAfter <= last - to) {
      placeEnd = coreEndOf(now, outerEnd - 1);
      reachedTo = last;
    }
    if (over > 0 && charsFrom(reachedFrom, reachedTo) < total * LEAST_REACHED) return 'gone';
    if (placeEnd - placeStart > MOST_GROWN * (end - start) + CLOSE) return 'gone';
    return placeStart < placeEnd ? { start: placeStart, end: placeEnd } : 'gone';
  }

  let origins: Int32Array | null = null;
  return {
    place,
    isTaken(found, start, end) {
      if (!origins) {
        origins = new Int32Array(b.length).fill(-1);
        for (const [i, j] of match.entries()) if (j >= 0) origins[j] = i;
      }
      const last = unitAt(now, Math.max(found.start, found.end - 1));
      for (let j = Math.max(0, unitAt(now, found.start)); j <= last; j++) {
        const i = origins[j] ?? -1;
        if (i >= 0 && (coreEndOf(before, i) <= start || startOf(before, i) >= end)) return true;
      }
      return false;
    },
  };
}
