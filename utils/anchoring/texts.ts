/** Two texts as numbers, and which word of one is which of the other: what every finding is carried over with. */
import { align } from '../review/align.ts';
import { numbered } from '../review/diff.ts';
import { splitWords, type Units } from '../review/words.ts';
import { matchMoved } from './moved.ts';

/** Words in a row that count as a trace of kinship. */
const SHINGLE = 4;
/**
 * Below this share of common rows of words two texts are strangers, stock phrases or not. Of a text with every fifth word
 * changed 0.4 stay.
 */
const KIN = 0.2;
/** How many units are handled between two pauses. */
const STRIDE = 4_000;

/** One text: its units, and the number of each unit's core. Equal cores have equal numbers in both texts. */
export interface Side {
  readonly units: Units;
  readonly ids: Int32Array;
}

export interface Pair {
  readonly before: Side;
  readonly now: Side;
  /** For each unit before, the unit now, or -1. Mostly rising; what was moved is not. */
  readonly match: Int32Array;
}

const rowHash = (ids: Int32Array, at: number) => {
  let hash = 0x2545f491;
  for (let k = 0; k < SHINGLE; k++) hash = Math.imul(hash ^ (ids[at + k] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
  return hash;
};

/** Whether two texts have rows of words in common: one may be a part of the other. */
function* areKin(a: Int32Array, b: Int32Array): Generator<void, boolean> {
  const [small, large] = a.length < b.length ? [a, b] : [b, a];
  const rows = small.length - SHINGLE + 1;
  if (rows < 1) return true;
  const seen = new Set<number>();
  for (let i = 0; i + SHINGLE <= large.length; i++) {
    seen.add(rowHash(large, i));
    if (i % STRIDE === STRIDE - 1) yield;
  }
  const own = new Set<number>();
  for (let i = 0; i < rows; i++) own.add(rowHash(small, i));
  let common = 0;
  for (const row of own) if (seen.has(row)) common++;
  return common >= Math.max(1, own.size * KIN);
}

/** Aligns two texts word by word; null where they are strangers to each other. */
export function* compareTexts(before: string, now: string): Generator<void, Pair | null> {
  const numbers = new Map<string, number>();
  const sideOf = function* (text: string): Generator<void, Side> {
    const units = yield* splitWords(text);
    return { units, ids: yield* numbered(units, numbers) };
  };
  const a = yield* sideOf(before);
  const b = yield* sideOf(now);
  if (!(yield* areKin(a.ids, b.ids))) return null;
  const { match } = yield* align(a.ids, b.ids);
  yield* matchMoved(a, b, match);
  joinNeighbors(a.ids, b.ids, match);
  return { before: a, now: b, match };
}

/**
 * What stands beside a matched unit in both texts is matched too, where both are free or matched to something that nothing
 * beside them goes along with: an alignment in order spends the marks of a paragraph that was moved on another's.
 */
function joinNeighbors(a: Int32Array, b: Int32Array, match: Int32Array): void {
  const origin = new Int32Array(b.length).fill(-1);
  for (const [i, j] of match.entries()) if (j >= 0) origin[j] = i;
  const isLone = (i: number) => {
    const j = match[i] as number;
    return (j === 0 || match[i - 1] !== j - 1) && match[i + 1] !== j + 1;
  };
  const join = (i: number, j: number) => {
    if (j < 0 || j >= b.length || a[i] !== b[j] || match[i] === j) return;
    const other = origin[j] as number;
    if ((match[i] !== -1 && !isLone(i)) || (other !== -1 && !isLone(other))) return;
    if (match[i] !== -1) origin[match[i] as number] = -1;
    if (other !== -1) match[other] = -1;
    match[i] = j;
    origin[j] = i;
  };
  for (let i = 1; i < a.length; i++) if ((match[i - 1] ?? -1) >= 0) join(i, (match[i - 1] as number) + 1);
  for (let i = a.length - 2; i >= 0; i--) if ((match[i + 1] ?? -1) > 0) join(i, (match[i + 1] as number) - 1);
}
