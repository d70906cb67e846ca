/** Word diffs of two texts by the product and by libraries, each in a page of its own. */
import { diffWordsWithSpace } from 'diff';
import DiffMatchPatch from 'diff-match-patch';
import fastDiff from 'fast-diff';
import { diff as myers } from 'fast-myers-diff';
import { diffText } from '../../../utils/review/diff.ts';
import { diffInSlices } from '../../../utils/review/diff-slices.ts';
import { writerFrom } from '../../support/anchoring/texts.ts';
import { longestBlock } from '../lib/block.ts';

/** Words with the blanks between them, as jsdiff takes them. */
const tokens = (text: string) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

/** Two texts as strings with a character for each word: how makers of character diffs compare words. */
function coded(before: string, after: string): readonly [string, string] {
  const codes = new Map<string, string>();
  const code = (text: string) =>
    tokens(text)
      .map((token) => {
        const known = codes.get(token) ?? String.fromCharCode(codes.size < 0xd7ff ? codes.size + 1 : codes.size + 2049);
        codes.set(token, known);
        return known;
      })
      .join('');
  return [code(before), code(after)];
}

const differs: Readonly<Record<string, (before: string, after: string) => unknown>> = {
  ours: diffText,
  jsdiff: (before, after) => diffWordsWithSpace(before, after),
  'diff-match-patch, words': (before, after) => {
    const machine = new DiffMatchPatch();
    machine.Diff_Timeout = 0;
    return machine.diff_main(...coded(before, after), false);
  },
  'fast-diff, words': (before, after) => fastDiff(...coded(before, after)),
  'fast-myers-diff': (before, after) => [...myers(tokens(before), tokens(after))],
};

function pair(words: number, share: number, seed: number): readonly [string, string] {
  const writer = writerFrom(seed);
  const before = writer.answer(words);
  return [before.text, writer.edit(before, share, { moves: 0, copies: 0, cuts: 0 }).text];
}

let work: () => unknown = () => null;

/** Gets one library and a text of so many words, of which this share is changed, ready for `run`. */
export function prepare(name: string, words: number, share: number, seed: number): void {
  const [before, after] = pair(words, share, seed);
  work = () => differs[name]?.(before, after);
}

export function run(times: number): void {
  for (let time = 0; time < times; time += 1) work();
}

/** ms of the longest slice of the product's diff, as views ask for it. */
export function block(words: number, share: number, seed: number): Promise<number> {
  const [before, after] = pair(words, share, seed);
  return longestBlock(() => diffInSlices(before, after));
}
