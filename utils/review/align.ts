/**
 * Aligns two sequences of numbers: which element of one is which of the other, in order. Built for prose: rare rows of
 * elements are matched first and split the problem, Myers' algorithm settles what lies between.
 */
import { diff_core } from 'fast-myers-diff';

/** Below this many elements on both sides together, Myers' algorithm is asked at once. */
const SMALL = 192;
/** Lengths of the rows that anchor, longest first: a row of three that occurs once on each side is hardly a coincidence. */
const ROWS = [3, 2, 1];
/** Comparisons that one gap may cost beyond its length; about 4 ms. Then the gap is taken as replaced. */
const GAP_BUDGET = 120_000;
/** Comparisons that one alignment may cost in all. */
const TOTAL_BUDGET = 20_000_000;
/** How many elements are hashed between two pauses. */
const STRIDE = 4_000;

/** `match[i]` is the index in `after` that element `i` of `before` corresponds to, or -1. Rising wherever it is not -1. */
export interface Alignment {
  readonly match: Int32Array;
  /** False where some stretch was too different to be worth the time and was taken as replaced. */
  readonly exact: boolean;
}

type Gap = readonly [aFrom: number, aTo: number, bFrom: number, bTo: number];

type Pair = readonly [i: number, j: number];

class OverBudget extends Error {}

/** Pairs of positions at which the same row of `length` elements begins that occurs once in either gap, rising on both sides. */
function* uniqueRows(a: Int32Array, b: Int32Array, [aFrom, aTo, bFrom, bTo]: Gap, length: number) {
  const rowHash = (ids: Int32Array, at: number) => {
    let hash = 0x2545f491;
    for (let k = 0; k < length; k++) hash = Math.imul(hash ^ (ids[at + k] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
    return hash;
  };
  // Hash table with open addressing; per slot the position + 1 where its row was seen, 0 where never, -1 where more than once.
  const mask = 2 ** Math.ceil(Math.log2(2 * (aTo - aFrom) + 2)) - 1;
  const hashes = new Int32Array(mask + 1);
  const inA = new Int32Array(mask + 1);
  const inB = new Int32Array(mask + 1);
  const slotOf = (hash: number) => {
    let slot = (hash ^ (hash >>> 16)) & mask;
    while (inA[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  };
  for (let i = aFrom; i + length <= aTo; i++) {
    const hash = rowHash(a, i);
    const slot = slotOf(hash);
    inA[slot] = inA[slot] === 0 ? i + 1 : -1;
    hashes[slot] = hash;
    if ((i - aFrom) % STRIDE === STRIDE - 1) yield;
  }
  for (let j = bFrom; j + length <= bTo; j++) {
    const slot = slotOf(rowHash(b, j));
    if ((inA[slot] ?? 0) > 0) inB[slot] = inB[slot] === 0 ? j + 1 : -1;
    if ((j - bFrom) % STRIDE === STRIDE - 1) yield;
  }
  const pairs: Pair[] = [];
  for (let i = aFrom; i + length <= aTo; i++) {
    const slot = slotOf(rowHash(a, i));
    const j = (inB[slot] ?? 0) - 1;
    if ((i - aFrom) % STRIDE === STRIDE - 1) yield;
    if (inA[slot] !== i + 1 || j < 0) continue;
    // Rows with equal hashes need not be equal.
    let k = 0;
    while (k < length && a[i + k] === b[j + k]) k++;
    if (k === length) pairs.push([i, j]);
  }
  return yield* longestRising(pairs);
}

/** The longest part of `pairs` (rising in the first number) that rises in the second number as well; patience sorting. */
function* longestRising(pairs: readonly Pair[]): Generator<void, Pair[]> {
  const tops: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (let p = 0; p < pairs.length; p++) {
    const j = pairs[p]?.[1] ?? 0;
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < j) low = middle + 1;
      else high = middle;
    }
    before[p] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = p;
    if (p % STRIDE === STRIDE - 1) yield;
  }
  const rising: Pair[] = [];
  for (let p = tops.at(-1) ?? -1; p >= 0; p = before[p] ?? -1) {
    const pair = pairs[p];
    if (pair) rising.push(pair);
  }
  return rising.reverse();
}

/**
 * Aligns `a` with `b`; yields now and then so that the caller can pause. Cost: linear in the lengths where rows of
 * elements are rare, as in prose; bounded by `GAP_BUDGET` and `TOTAL_BUDGET` where they are not.
 */
export function* align(a: Int32Array, b: Int32Array): Generator<void, Alignment> {
  const match = new Int32Array(a.length).fill(-1);
  const gaps: Gap[] = [[0, a.length, 0, b.length]];
  let exact = true;
  let spent = 0;

  const myers = ([aFrom, aTo, bFrom, bTo]: Gap) => {
    let left = Math.min(GAP_BUDGET + 2 * (aTo - aFrom + bTo - bFrom), TOTAL_BUDGET - spent);
    spent += left;
    const same = (i: number, j: number) => {
      if (--left < 0) throw new OverBudget();
      return a[i] === b[j];
    };
    let i = aFrom;
    let j = bFrom;
    const matched: number[] = [];
    const take = (until: number) => {
      for (; i < until; i++, j++) matched.push(i, j);
    };
    try {
      for (const [aStart, aEnd, , bEnd] of diff_core(aFrom, aTo - aFrom, bFrom, bTo - bFrom, same)) {
        take(aStart);
        i = aEnd;
        j = bEnd;
      }
      take(aTo);
    } catch (thrown) {
      if (!(thrown instanceof OverBudget)) throw thrown;
      exact = false;
      return;
    } finally {
      spent -= Math.max(0, left);
    }
    for (let m = 0; m < matched.length; m += 2) match[matched[m] ?? 0] = matched[m + 1] ?? 0;
  };

  for (let gap = gaps.pop(); gap; gap = gaps.pop()) {
    let [aFrom, aTo, bFrom, bTo] = gap;
    while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) match[aFrom++] = bFrom++;
    while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) match[--aTo] = --bTo;
    if (aFrom === aTo || bFrom === bTo) continue;
    const rest: Gap = [aFrom, aTo, bFrom, bTo];
    if (aTo - aFrom + bTo - bFrom > SMALL) {
      let anchors: readonly Pair[] = [];
      for (const length of ROWS) {
        anchors = yield* uniqueRows(a, b, rest, length);
        if (anchors.length > 0) break;
      }
      if (anchors.length > 0) {
        let [i, j] = [aFrom, bFrom];
        for (const [ai, bj] of anchors) {
          // Each gap but the first starts with its anchor, which the trimming above matches.
          if (ai > i || bj > j) gaps.push([i, ai, j, bj]);
          [i, j] = [ai, bj];
        }
        gaps.push([i, aTo, j, bTo]);
        continue;
      }
    }
    myers(rest);
    yield;
  }
  return { match, exact };
}
