/** Sentences and words of a text, for selecting with few keys. All offsets are UTF-16 code units. Pure. */
import type { Span } from '../review/trace.ts';

/** So far to either side is looked in a line that is longer: sentences are not. */
const REACH = 2_000;

let sentences: Intl.Segmenter | undefined;
let words: Intl.Segmenter | undefined;

function blankFrom(text: string, at: number, step: 1 | -1): number {
  let index = at;
  while (index >= 0 && index < text.length && /\s/.test(text.charAt(index))) index += step;
  return index;
}

/** The sentence in which `at` lies, without the blanks around it; lines end sentences. Null where there is none. */
export function sentenceAt(text: string, at: number): Span | null {
  if (at < 0 || at >= text.length) return null;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
  const from = Math.max(lineStart, at - REACH);
  const line = text.slice(from, Math.min(lineEnd, at + REACH));
  sentences ??= new Intl.Segmenter(undefined, { granularity: 'sentence' });
  const found = sentences.segment(line).containing(at - from);
  if (!found) return null;
  const words = found.segment.trimEnd();
  const lead = words.length - words.trimStart().length;
  return words.trim() === '' ? null : { start: from + found.index + lead, end: from + found.index + words.length };
}

/** The first sentence that begins at `from` or later; null after the last. */
export function nextSentence(text: string, from: number): Span | null {
  return sentenceAt(text, blankFrom(text, Math.max(0, from), 1));
}

/** The last sentence that ends at `until` or before; null before the first. */
export function previousSentence(text: string, until: number): Span | null {
  return sentenceAt(text, blankFrom(text, Math.min(until, text.length) - 1, -1));
}

function* wordsIn(text: string, from: number, until: number): Generator<Span> {
  words ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  for (const { index, segment, isWordLike } of words.segment(text.slice(from, until)))
    if (isWordLike) yield { start: from + index, end: from + index + segment.length };
}

/** How far a word is looked for: nothing but marks for so long is no text. */
const WORD_REACH = 400;

/** The first word that begins at `from` or later. */
export function nextWord(text: string, from: number): Span | null {
  for (const word of wordsIn(text, from, from + WORD_REACH)) return word;
  return null;
}

/** The last word that ends at `until` or before. */
export function previousWord(text: string, until: number): Span | null {
  let last: Span | null = null;
  for (const word of wordsIn(text, Math.max(0, until - WORD_REACH), until)) last = word;
  return last;
}
