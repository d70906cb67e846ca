/** The draft of a diff: changes, each with the unchanged text after it; and the tidying that makes it readable. */
import type { DiffRun, TextDiff } from './diff.ts';
import { opensCluster } from './words.ts';

export interface Block {
  removed: string;
  added: string;
  removedWords: number;
  addedWords: number;
  /** The unchanged text after the change. */
  same: string;
  sameWords: number;
}

/** Words, and characters of unchanged text. */
export interface Sums {
  addedWords: number;
  removedWords: number;
  sameLength: number;
}

/** Collects changes and unchanged text in order. */
export interface Blocks {
  readonly list: readonly Block[];
  same(text: string, words: number): void;
  change(removed: string, added: string, removedWords: number, addedWords: number): void;
}

const emptyBlock = (): Block => ({ removed: '', added: '', removedWords: 0, addedWords: 0, same: '', sameWords: 0 });

/** An empty collection. */
export function newBlocks(): Blocks {
  let last = emptyBlock();
  const list = [last];
  return {
    list,
    same(text, words) {
      last.same += text;
      last.sameWords += words;
    },
    change(removed, added, removedWords, addedWords) {
      if (last.same !== '') {
        last = emptyBlock();
        list.push(last);
      }
      last.removed += removed;
      last.added += added;
      last.removedWords += removedWords;
      last.addedWords += addedWords;
    },
  };
}

/** How many blocks are handled between two pauses. */
const STRIDE = 500;

/** At most so many unchanged words between two replacements can be a coincidence. */
const NOISE_WORDS = 3;

const isReplacement = (block: Block) => /\S/.test(block.removed) && /\S/.test(block.added);
const isBlank = (character: string | undefined) => character !== undefined && /[^\S\n\r\u2028\u2029]/.test(character);
const size = (block: Block) => Math.max(block.removed.length, block.added.length);

/** Unchanged text that only chops two replacements into pieces: marks and blanks, or a few words much shorter than either. */
function isNoise(first: Block, second: Block): boolean {
  if (!isReplacement(first) || !isReplacement(second) || /[\n\r\u2028\u2029]/.test(first.same)) return false;
  if (first.sameWords === 0) return true;
  return first.sameWords <= NOISE_WORDS && first.same.length * 2 <= Math.min(size(first), size(second));
}

/** Joins replacements that only noise keeps apart: one replaced phrase instead of a row of replaced words. */
function* foldNoise(list: readonly Block[]): Generator<void, Block[]> {
  const folded: Block[] = [];
  for (const [index, block] of list.entries()) {
    if (index % STRIDE === STRIDE - 1) yield;
    const last = folded.at(-1);
    if (last && isNoise(last, block)) {
      last.removed += last.same + block.removed;
      last.added += last.same + block.added;
      last.removedWords += last.sameWords + block.removedWords;
      last.addedWords += last.sameWords + block.addedWords;
      last.same = block.same;
      last.sameWords = block.sameWords;
    } else folded.push({ ...block });
  }
  return folded;
}

/** Gives the blank that ends both sides of a replacement back to the unchanged text. */
function returnBlank(block: Block): void {
  const { removed, added } = block;
  let length = 0;
  while (
    length < removed.length &&
    isBlank(removed.at(-1 - length)) &&
    removed.at(-1 - length) === added.at(-1 - length)
  ) {
    length++;
  }
  // Where one side has more blanks, or a character that holds on to its blank, nothing can be given back.
  const stuck = [removed, added].some((side) => {
    const last = side.at(-1 - length);
    return isBlank(last) || (last !== undefined && opensCluster.test(last));
  });
  if (length === 0 || stuck) return;
  block.same = removed.slice(-length) + block.same;
  block.removed = removed.slice(0, -length);
  block.added = added.slice(0, -length);
}

/** A diff in the making, finished: what went, what came, what stayed; empty runs left out and equal neighbors joined. */
export function* finish(list: readonly Block[]): Generator<void, Pick<TextDiff, 'runs'> & { sums: Sums }> {
  const runs: { op: DiffRun['op']; text: string }[] = [];
  const sums: Sums = { addedWords: 0, removedWords: 0, sameLength: 0 };
  const put = (op: DiffRun['op'], text: string) => {
    const last = runs.at(-1);
    if (text === '') return;
    if (last?.op === op) last.text += text;
    else runs.push({ op, text });
  };
  for (const [index, block] of (yield* foldNoise(list)).entries()) {
    if (index % STRIDE === STRIDE - 1) yield;
    returnBlank(block);
    put('removed', block.removed);
    put('added', block.added);
    put('same', block.same);
    sums.addedWords += block.addedWords;
    sums.removedWords += block.removedWords;
    sums.sameLength += block.same.length;
  }
  return { runs, sums };
}
