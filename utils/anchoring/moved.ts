/** What was moved: a diff sees it go here and come there. */

import { align } from '../review/align.ts';
import { agreement } from './agreement.ts';
import type { Side } from './texts.ts';

/** Units in a row, on neither side matched yet and occurring once among those, that show a move. */
const ROW = 4;
/** Fewer units than this are no move, but chance, if they are not all of their line. */
const LEAST = 6;
/** How many units are handled between two pauses. */
const STRIDE = 4_000;
/** The longest stretch that is followed in one direction. */
const MOST = 20_000;

/** Rows of free units by their words: where each begins; -1 where it does more than once. */
function* freeRows(ids: Int32Array, isFree: (i: number) => boolean): Generator<void, Map<string, number>> {
  const rows = new Map<string, number>();
  let run = 0;
  for (let i = 0; i < ids.length; i++) {
    run = isFree(i) ? run + 1 : 0;
    if (run >= ROW) {
      const key = ids.subarray(i - ROW + 1, i + 1).join();
      rows.set(key, rows.has(key) ? -1 : i - ROW + 1);
    }
    if (i % STRIDE === STRIDE - 1) yield;
  }
  return rows;
}

/** Lines of two units and more that are free as a whole, by their words: where each begins; -1 where it does more than once. */
function* freeLines(
  side: Side,
  isFree: (i: number) => boolean,
): Generator<void, Map<string, readonly [number, number]>> {
  const { ids, units } = side;
  const lines = new Map<string, readonly [number, number]>();
  let from = 0;
  for (let i = 0; i <= ids.length; i++) {
    if (i % STRIDE === STRIDE - 1) yield;
    if (i < ids.length && units.text.charCodeAt(units.start[i] ?? 0) !== 10) continue;
    const key = i - from >= 2 && i - from < LEAST ? ids.subarray(from, i).join() : '';
    let free = key !== '';
    for (let k = from; k < i && free; k++) free = isFree(k);
    if (free) lines.set(key, lines.has(key) ? [-1, 0] : [from, i - from]);
    from = i + 1;
  }
  return lines;
}

/** The units of the line around one, from and to. */
function lineAround({ units, ids }: Side, i: number): readonly [number, number] {
  const isBreak = (at: number) => units.text.charCodeAt(units.start[at] ?? 0) === 10;
  let [from, to] = [i, i + 1];
  while (from > 0 && !isBreak(from - 1)) from--;
  while (to < ids.length && !isBreak(to)) to++;
  return [from, to];
}

/** Of two lines that are one, what is free in both is aligned too, up to their ends. */
function* settle(before: Side, now: Side, match: Int32Array, taken: Uint8Array, [i, j]: readonly [number, number]) {
  const [aFrom, aTo] = lineAround(before, i);
  const [bFrom, bTo] = lineAround(now, j);
  const { match: inLine } = yield* align(before.ids.subarray(aFrom, aTo), now.ids.subarray(bFrom, bTo));
  for (const [at, to] of inLine.entries()) {
    if (to < 0 || match[aFrom + at] !== -1 || taken[bFrom + to] !== 0) continue;
    match[aFrom + at] = bFrom + to;
    taken[bFrom + to] = 1;
  }
}

/** Adds to `match` what an alignment in order has to leave out. */
export function* matchMoved(before: Side, now: Side, match: Int32Array): Generator<void, void> {
  const [a, b] = [before.ids, now.ids];
  const taken = new Uint8Array(b.length);
  for (const j of match) if (j >= 0) taken[j] = 1;
  const gone = yield* freeRows(a, (i) => match[i] === -1);
  const come = yield* freeRows(b, (j) => taken[j] === 0);
  for (const [row, i] of gone) {
    const j = come.get(row) ?? -1;
    if (i < 0 || j < 0 || match[i] !== -1 || taken[j] !== 0) continue;
    const pairs: [number, number][] = [];
    const add = (x: number, y: number) => void pairs.push([x, y]);
    agreement(a, i, b, j, 1, MOST, add);
    agreement(a, i - 1, b, j - 1, -1, MOST, add);
    const free = pairs.filter(([x, y]) => match[x] === -1 && taken[y] === 0);
    if (free.length < LEAST) continue;
    for (const [x, y] of free) {
      match[x] = y;
      taken[y] = 1;
    }
    yield* settle(before, now, match, taken, free[free.length >> 1] as [number, number]);
  }
  const lines = yield* freeLines(before, (i) => match[i] === -1);
  if (lines.size === 0) return;
  const linesNow = yield* freeLines(now, (j) => taken[j] === 0);
  for (const [line, [i, length]] of lines) {
    const [j] = linesNow.get(line) ?? [-1];
    for (let k = 0; i >= 0 && j >= 0 && k < length; k++) match[i + k] = j + k;
  }
}
