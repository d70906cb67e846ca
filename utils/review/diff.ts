/** What changed between two texts, word by word, in runs that a person can read. */
import { align } from './align.ts';
import { type Blocks, finish, newBlocks } from './diff-blocks.ts';
import { slideRuns } from './slide.ts';
import { splitWords, type Units } from './words.ts';

/** A stretch of text that stayed, went, or came. */
export interface DiffRun {
  readonly op: 'same' | 'removed' | 'added';
  readonly text: string;
}

interface DiffStats {
  /** Words; in Chinese, Japanese, Thai and the like as `Intl.Segmenter` finds them. */
  readonly added: number;
  readonly removed: number;
  /** Share of the characters of the text before that stayed, 0 to 1; 1 where there was none. */
  readonly kept: number;
}

export interface TextDiff {
  /** The `same` and `removed` runs joined are the text before, `same` and `added` the text after. No two neighbors share an `op`. */
  readonly runs: readonly DiffRun[];
  readonly stats: DiffStats;
  /** False where some stretch was too different to compare word by word and is given as replaced as a whole. */
  readonly exact: boolean;
}

/** How many words are handled between two pauses. */
const STRIDE = 4_000;

/**
 * Compares two texts; yields now and then so that the caller can pause between slices of a few milliseconds
 * (`diffInSlices` does). Method: equal ends are cut off; the rest is split into words, aligned by rows of words that are
 * unique on both sides (as in patience diff), and by Myers' algorithm in between (O(ND), fast-myers-diff). Costs are
 * bounded: a stretch that exceeds its budget of comparisons is given as replaced, and `exact` is false.
 */
export function* diffSteps(before: string, after: string): Generator<void, TextDiff> {
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  const a = yield* splitWords(before.slice(head, before.length - tail));
  const b = yield* splitWords(after.slice(head, after.length - tail));
  const numbers = new Map<string, number>();
  const { match, exact } = yield* align(yield* numbered(a, numbers), yield* numbered(b, numbers));

  yield* slideRuns(a, b, match);

  const blocks = newBlocks();
  blocks.same(before.slice(0, head), 0);
  yield* fill(blocks, a, b, match);
  blocks.same(before.slice(before.length - tail), 0);
  const { runs, sums } = yield* finish(blocks.list);
  const kept = before.length === 0 ? 1 : sums.sameLength / before.length;
  return { runs, stats: { added: sums.addedWords, removed: sums.removedWords, kept }, exact };
}

/** `diffSteps` in one go: for texts of a few thousand words, or where nobody waits. */
export function diffText(before: string, after: string): TextDiff {
  const steps = diffSteps(before, after);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** True where cutting just before `at` can split neither a word nor a grapheme, whatever stands further away. */
function isSafeCut(text: string, at: number): boolean {
  const left = text.charCodeAt(at - 1);
  const right = text.charCodeAt(at);
  return (left === 10 || left === 32) && right > 32 && right < 127;
}

/** So many characters of equal text are left on either side of the changes, so that `slideRuns` has room. */
const MARGIN = 400;

/** Length of the common beginning, back to the last place that is safe to cut in both. */
function commonHead(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === a.length && at === b.length) return at;
  // The character after the cut must be common as well.
  at -= 1 + MARGIN;
  while (at > 0 && !isSafeCut(a, at)) at--;
  return Math.max(0, at);
}

/** Length of the common end after the first `head` characters, forward to the first place that is safe to cut in both. */
function commonTail(a: string, b: string, head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  // The character before the cut must be common as well.
  length -= 1 + MARGIN;
  while (length > 0 && !isSafeCut(a, a.length - length)) length--;
  return Math.max(0, length);
}

/** The cores of the units as numbers: equal cores, equal numbers. */
export function* numbered(units: Units, numbers: Map<string, number>): Generator<void, Int32Array> {
  const ids = new Int32Array(units.coreEnd.length);
  for (let i = 0; i < ids.length; i++) {
    const core = units.text.slice(units.start[i], units.coreEnd[i]);
    const id = numbers.get(core) ?? numbers.size;
    if (id === numbers.size) numbers.set(core, id);
    ids[i] = id;
    if (i % STRIDE === STRIDE - 1) yield;
  }
  return ids;
}

const at = (units: Units, i: number) => units.start[i] ?? units.text.length;
const slice = (units: Units, from: number, to: number) => units.text.slice(at(units, from), at(units, to));
const blank = (units: Units, i: number) => units.text.slice(units.coreEnd[i], at(units, i + 1));

function words(units: Units, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (units.isWord[i]) count++;
  return count;
}

/** True where the blanks after unit `i` of `a` and unit `j` of `b` are equal. */
function equalBlanks(a: Units, i: number, b: Units, j: number): boolean {
  const lengthA = at(a, i + 1) - (a.coreEnd[i] ?? 0);
  const lengthB = at(b, j + 1) - (b.coreEnd[j] ?? 0);
  if (lengthA !== lengthB) return false;
  if (lengthA === 1) return a.text.charCodeAt(at(a, i + 1) - 1) === b.text.charCodeAt(at(b, j + 1) - 1);
  return lengthA === 0 || blank(a, i) === blank(b, j);
}

/** Writes the aligned units of `a` and `b` into blocks; blanks after equal words are compared by themselves. */
function* fill(blocks: Blocks, a: Units, b: Units, match: Int32Array): Generator<void, void> {
  const [endA, endB] = [match.length, b.coreEnd.length];
  let i = 0;
  let j = 0;
  while (i < endA || j < endB) {
    let [nextI, nextJ] = [i, j];
    while (nextI < endA && match[nextI] === -1) nextI++;
    nextJ = nextI < endA ? (match[nextI] ?? endB) : endB;
    if (nextI > i || nextJ > j) {
      blocks.change(slice(a, i, nextI), slice(b, j, nextJ), words(a, i, nextI), words(b, j, nextJ));
    }
    [i, j] = [nextI, nextJ];
    let equal = true;
    while (equal && i < endA && match[i] === j) equal = equalBlanks(a, i++, b, j++);
    if (i === nextI) continue;
    const text = slice(a, nextI, i);
    if (equal) blocks.same(text, words(a, nextI, i));
    else {
      const [gone, come] = [blank(a, i - 1), blank(b, j - 1)];
      blocks.same(text.slice(0, text.length - gone.length), words(a, nextI, i));
      blocks.change(gone, come, 0, 0);
    }
    if (blocks.list.length % 256 === 255) yield;
  }
}
