/** Where an insertion or removal could stand in several places, puts it where a person would have. */
import type { Units } from './words.ts';

const at = (units: Units, i: number) => units.start[i] ?? units.text.length;

/** True where units `i` and `k` are the same text, blank included. */
function equalUnits(units: Units, i: number, k: number): boolean {
  const length = at(units, i + 1) - at(units, i);
  if (length !== at(units, k + 1) - at(units, k)) return false;
  return units.text.startsWith(units.text.slice(at(units, i), at(units, i + 1)), at(units, k));
}

/** How good a place to cut lies before unit `i`: a new line, a new sentence, a new word, the middle of something. */
function cutQuality(units: Units, i: number): number {
  const place = at(units, i);
  if (place === 0 || place === units.text.length) return 4;
  const before = units.text.slice(Math.max(0, place - 3), place);
  if (/[\n\r\u2028\u2029]$/.test(before)) return 4;
  if (/[.!?:;…。！？]["'”’)]?\s+$/u.test(before)) return 3;
  return /\s$/.test(before) ? 2 : units.isWord[i] && units.isWord[i - 1] ? 1 : 0;
}

/** How far a run is moved at most, in units. */
const REACH = 200;

/** Moves the run `[from, to)` of changed units left and right over equal text; returns by how much it stands best, negative for left. */
function bestShift(units: Units, from: number, to: number, roomLeft: number, roomRight: number): number {
  let best = 0;
  let quality = cutQuality(units, from) + cutQuality(units, to);
  const consider = (shift: number) => {
    const found = cutQuality(units, from + shift) + cutQuality(units, to + shift);
    if (found > quality) [best, quality] = [shift, found];
  };
  for (let k = 1; k <= roomRight && equalUnits(units, from + k - 1, to + k - 1); k++) consider(k);
  for (let k = 1; k <= roomLeft && equalUnits(units, from - k, to - k); k++) consider(-k);
  return best;
}

/**
 * Improves an alignment in place. `match[i]` is the partner in `b` of unit `i` of `a`, or -1. Only runs that were removed
 * from, or added between, matched text on both sides are moved; both texts stay what they are. Yields now and then.
 */
export function* slideRuns(a: Units, b: Units, match: Int32Array): Generator<void, void> {
  const count = match.length;
  let j = 0;
  // How many matched units in a row stand before the run: that far it may go left.
  let roomLeft = 0;
  let runs = 0;
  for (let i = 0; i <= count; ) {
    if (i < count && match[i] === j) {
      roomLeft++;
      i++;
      j++;
      continue;
    }
    if (++runs % 200 === 0) yield;
    const [fromI, fromJ] = [i, j];
    while (i < count && match[i] === -1) i++;
    j = i < count ? (match[i] ?? 0) : b.coreEnd.length;
    let roomRight = 0;
    while (roomRight < REACH && i + roomRight < count && match[i + roomRight] === j + roomRight) roomRight++;
    const left = Math.min(REACH, roomLeft);
    let shift = 0;
    if (j === fromJ && i > fromI) {
      shift = bestShift(a, fromI, i, left, roomRight);
      for (let k = 0; k < shift; k++) [match[fromI + k], match[i + k]] = [fromJ + k, -1];
      for (let k = -1; k >= shift; k--) [match[i + k], match[fromI + k]] = [fromJ + k, -1];
    } else if (i === fromI && j > fromJ) {
      shift = bestShift(b, fromJ, j, left, roomRight);
      for (let k = 0; k < shift; k++) match[i + k] = fromJ + k;
      for (let k = -1; k >= shift; k--) match[i + k] = j + k;
    }
    if (i >= count) break;
    i += Math.max(0, shift);
    j += Math.max(0, shift);
    roomLeft = shift < 0 ? -shift : 0;
  }
}
