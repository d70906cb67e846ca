/**
 * What an answer is found again by: a few numbers made of its words, small enough to be an index of the database. Pairs of
 * neighboring words are hashed, and the smallest hashes are kept (bottom-k sketch: Broder 1997; Cohen and Kaplan 2007), so
 * that two texts with many pairs in common have many of these numbers in common, whatever their lengths and order. No text
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
const OF_TEXT = 16;
const OF_PROMPT = 4;
/** Below so many letters, a word says little: "the", "and", "you". */
const TELLING = 4;
const PROMPT_SEED = 0x50524f4d;

/** The words that say something, or all where hardly any does. */
function telling(words: readonly string[]): readonly string[] {
  const long = words.filter((one) => one.length >= TELLING || isCharacter(one));
  return long.length >= 2 ? long : words;
}

/** Hashes of neighbors, `reach` apart at most, in either order; a text of one word is its own pair. */
function pairs(words: readonly string[], reach: number, seed: number): Set<number> {
  const found = new Set<number>();
  for (let at = 0; at < words.length; at += 1) {
    for (let far = 1; far <= reach; far += 1) {
      const [one, other] = [words[at] ?? '', words[at + far]];
      if (other === undefined) break;
      found.add(hash32(one < other ? `${one} ${other}` : `${other} ${one}`, seed));
    }
  }
  if (words.length === 1) found.add(hash32(words[0] ?? '', seed));
  return found;
}

const smallest = (hashes: Iterable<number>, most: number) => [...hashes].sort((a, b) => a - b).slice(0, most);

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
