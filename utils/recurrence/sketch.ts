/**
 * What an answer is found again by: a few numbers made of its words, small enough to be an index of the database. Pairs of
 * neighboring words are hashed, and a sample of the hashes is kept that is the same for the same pairs and prefers long
 * words (weighted bottom-k sketch: Broder 1997; Cohen and Kaplan 2007), so that two texts with many pairs in common have
 * many of these numbers in common, whatever their lengths and order. No text
 * can be read from them. A change to how they are made needs the next `SKETCH_VERSION` (utils/storage/sketched.ts).
 */
import { hash32 } from './hash.ts';
import { isCharacter, wordsOf } from './words.ts';

/** An answer with what it answers. */
export interface Subject {
  readonly text: string;
  /** The user message before it; null where that is not known. */
  readonly prompt: string | null;
}

/** How many numbers an answer has, and its prompt. */
const OF_TEXT = 12;
const OF_PROMPT = 4;
/** Below so many letters, a word says little: "the", "and", "you". */
const TELLING = 4;
/** Longer ones tell no more. */
const LONGEST = 12;
const PROMPT_SEED = 0x50524f4d;

/** The words that say something, or all where hardly any does. */
function telling(words: readonly string[]): readonly string[] {
  const long = words.filter((one) => one.length >= TELLING || isCharacter(one));
  return long.length >= 2 ? long : words;
}

/** How much a word tells: long ones are rarer, in any language, and the more of them a sample has the fewer others share it. */
const weightOf = (one: string) => (isCharacter(one) ? 3 : Math.max(1, Math.min(one.length, LONGEST) - 2));

/** Hashes of neighbors, `reach` apart at most, in either order, each with its lot; a text of one word is its own pair. */
function pairs(words: readonly string[], reach: number, seed: number): Map<number, number> {
  const found = new Map<number, number>();
  const add = (one: string, other: string) => {
    const hash = hash32(one < other ? `${one} ${other}` : `${other} ${one}`, seed);
    // The lot of a pair with weight w: exponential with the rate w, the same for the same pair (Cohen and Kaplan 2007).
    found.set(hash, -Math.log((hash + 0.5) / 2 ** 32) / (weightOf(one) * weightOf(other)));
  };
  for (let at = 0; at < words.length; at += 1) {
    for (let far = 1; far <= reach; far += 1) {
      const other = words[at + far];
      if (other !== undefined) add(words[at] ?? '', other);
    }
  }
  if (words.length === 1) add(words[0] ?? '', '');
  return found;
}

const smallest = (lots: ReadonlyMap<number, number>, most: number) =>
  [...lots]
    .sort((a, b) => a[1] - b[1])
    .slice(0, most)
    .map(([hash]) => hash);

/** The numbers of an answer, those of the words first: a look-up asks for each. Empty where it has no word. */
export function sketchOf({ text, prompt }: Subject): readonly number[] {
  const ofText = smallest(pairs(telling(wordsOf(text)), 1, 0), OF_TEXT);
  const asked = prompt === null ? [] : smallest(pairs(telling(wordsOf(prompt)), 2, PROMPT_SEED), OF_PROMPT);
  return [...new Set([...ofText, ...asked])];
}

/** The numbers by which an answer that was found wrong is found again: also where the model says the right thing by now. */
export function sketchOfWrong(subject: Subject, correction: string | null): readonly number[] {
  const right = correction === null ? [] : sketchOf({ text: correction, prompt: null });
  return [...new Set([...sketchOf(subject), ...right])];
}
