/** What is known by how it is said: refusal, hedging, and what the user thought of the answer. */
import { displeased, finderOf, hedges, pleased, refusals } from '../lexicon.ts';
import { contentOf, quoted, sentencesOf } from '../text.ts';
import { none, type Signal, saturate } from '../types.ts';
import { otherNext } from './contradiction.ts';

const finders = {
  refusals: finderOf(refusals),
  hedges: finderOf(hedges),
  displeased: finderOf(displeased),
  pleased: finderOf(pleased),
};

/** A refusal at the beginning, or in a short answer, is the answer; a sentence within a long one is not. */
export function refusal(text: string): Signal {
  const found = finders.refusals.find(text.toLowerCase());
  if (found.length === 0) return none;
  const weigh = ({ weight, at }: { weight: number; at: number }) =>
    weight * (at < 160 ? 1 : 0.5) * (text.length < 500 ? 1 : 0.6);
  const [first] = [...found].sort((one, other) => weigh(other) - weigh(one));
  const strength = Math.min(
    1,
    found.reduce((sum, one) => Math.max(sum, weigh(one)), 0),
  );
  return { strength, words: `refuses: "${quoted(first?.words ?? '')}"` };
}

export function hedging(text: string): Signal {
  const found = finders.hedges.find(text.toLowerCase());
  if (found.length === 0) return none;
  const sentences = Math.max(1, sentencesOf(text).length);
  // In a long answer the same words say less.
  const sum = found.reduce((total, { weight }) => total + weight, 0) * Math.min(1, 4 / sentences + 0.35);
  const named = [...new Set(found.map(({ words }) => `"${words}"`))].slice(0, 3).join(', ');
  return { strength: saturate(sum), words: `not sure of itself: ${named}` };
}

/** Questions that share so much of their words are the same question. */
const SAME = 0.6;

/** The user's next turn: says that it was wrong, asks the same again, shouts. Thanks speak against it. */
export function displeasure(next: string | null, prompt: string | null, answer: string): Signal {
  if (next === null) return none;
  const text = next
    .slice(0, 4_000)
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'");
  const found = finders.displeased.find(text);
  const thanks = finders.pleased.find(text).length;
  const words = new Set(contentOf(next));
  const asked = new Set(contentOf(prompt ?? ''));
  const common = [...words].filter((word) => asked.has(word)).length;
  const repeats = common >= 3 && common >= Math.min(words.size, asked.size) * SAME;
  const letters = next.replace(/[^\p{L}]/gu, '');
  const shouts = (letters.length > 12 && letters === letters.toUpperCase()) || /[!?]{2,}/.test(next);
  const other = thanks === 0 ? otherNext(answer, next) : null;
  const sum =
    found.reduce((total, { weight }) => total + weight, 0) +
    (repeats ? 0.6 : 0) +
    (shouts ? 0.4 : 0) +
    (other ? 0.4 : 0) -
    thanks * 0.6;
  if (sum <= 0) return none;
  const [first] = found;
  if (first) return { strength: saturate(1.2 * sum), words: `the user then said "${quoted(first.words)}"` };
  if (other) return { strength: saturate(1.2 * sum), words: `the user then said ${other}` };
  return {
    strength: saturate(1.2 * sum),
    words: repeats ? 'the user asked the same again' : 'the user raised their voice',
  };
}
