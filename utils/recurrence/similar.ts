/**
 * How much one answer says what another one says. Cautious: a mark on an answer that resembles nothing costs more trust
 * than a missed one saves time. How well it tells them apart stands in docs/memory.md.
 */
import type { Subject } from './sketch.ts';
import { isCharacter, NUMBER, wordsOf } from './words.ts';

/** Two answers of at least this similarity say the same, as far as words tell. */
export const RESEMBLES = 0.7;

/** Terms, each with how much it tells. */
interface Weighed {
  readonly weights: ReadonlyMap<string, number>;
  readonly sum: number;
}

/** A subject made ready to be compared with many. */
export interface Prepared {
  readonly words: Weighed;
  readonly pairs: Weighed;
  /** What was asked about, as far as the answer speaks of it; null where nobody asked, or about something else. */
  readonly topic: Weighed | null;
  /** All that is said, by either side. */
  readonly said: ReadonlySet<string>;
}

/** Longer words tell more, up to so many letters: it stands in for how rare a word is, in any language. */
const LONGEST = 9;
/** Shorter ones are about nothing. */
const SHORTEST_TOPIC = 4;
/** How much pairs of neighbors count beside single words, which stay where a text is put in other words. */
const PAIRS = 0.6;
/** A part of the whole is the same answer down to this share of it; below, it resembles it less and less. */
const SMALLEST_PART = 0.3;
/** Texts about other things differ in few words, but in these. */
const SAME_TOPIC = 0.75;
/** Where nobody knows what was asked, only what is nearly the same text counts. */
const UNKNOWN_TOPIC = 0.75;

const weightOf = (one: string) => (isCharacter(one) ? 2 : Math.min(one.length, LONGEST) - 1 || 1);

function weigh(terms: Iterable<readonly [string, number]>): Weighed {
  const weights = new Map(terms);
  let sum = 0;
  for (const weight of weights.values()) sum += weight;
  return { weights, sum };
}

const each = (words: Iterable<string>) => weigh(Array.from(words, (one) => [one, weightOf(one)] as const));

function topicOf(asked: readonly string[], said: ReadonlySet<string>): Weighed | null {
  const about = asked.filter((one) => one !== NUMBER && (one.length >= SHORTEST_TOPIC || isCharacter(one)));
  const answered = each(about.filter((one) => said.has(one)));
  return answered.sum === 0 ? null : answered;
}

/** Makes a subject ready: the work of a few thousand words. */
export function prepared({ text, prompt }: Subject): Prepared {
  const words = wordsOf(text);
  const asked = prompt === null ? [] : wordsOf(prompt);
  const pairs = words.slice(1).map((one, index) => {
    const before = words[index] ?? '';
    return [`${before} ${one}`, weightOf(before) + weightOf(one)] as const;
  });
  return {
    words: each(words),
    pairs: weigh(pairs),
    topic: topicOf(asked, new Set(words)),
    said: new Set([...words, ...asked]),
  };
}

/** Share of the smaller one that stands in the other, less where it is a small part of it. */
function within(one: Weighed, other: Weighed): number {
  const [few, many] = one.sum < other.sum ? [one, other] : [other, one];
  if (few.sum === 0) return one.sum === other.sum ? 1 : 0;
  let shared = 0;
  for (const [term, weight] of few.weights) if (many.weights.has(term)) shared += weight;
  return (shared / few.sum) * Math.min(1, few.sum / many.sum / SMALLEST_PART);
}

/** Share of what was asked about that the other one speaks of at all; the lower of both ways. Null where it is not known. */
function agreement(one: Prepared, other: Prepared): number | null {
  const half = ({ topic }: Prepared, { said }: Prepared) => {
    if (!topic) return null;
    let shared = 0;
    for (const [term, weight] of topic.weights) if (said.has(term)) shared += weight;
    return shared / topic.sum;
  };
  const [there, back] = [half(one, other), half(other, one)];
  return there === null || back === null ? null : Math.min(there, back);
}

/**
 * Similarity of two answers, 0 to 1: the weighted containment of words and of pairs of neighbors (Broder 1997), taken down
 * where they speak of different things.
 */
export function similarity(one: Prepared, other: Prepared): number {
  const words = within(one.words, other.words);
  const topic = agreement(one, other);
  // Far from the same, however the words stand: it is not worth the time to look at that.
  if (topic !== null && topic < SAME_TOPIC) return words * topic ** 2;
  const alike = PAIRS * within(one.pairs, other.pairs) + (1 - PAIRS) * words;
  return topic === null ? alike * UNKNOWN_TOPIC : alike;
}

/** Which one of several, and how similar it is. */
export interface Similar {
  readonly index: number;
  readonly similarity: number;
}

/** Those of a few that say the same as `subject`, the most similar first. */
export function similarTo(subject: Subject, others: readonly Subject[], least = RESEMBLES): readonly Similar[] {
  const own = prepared(subject);
  return others
    .map((other, index) => ({ index, similarity: similarity(own, prepared(other)) }))
    .filter((one) => one.similarity >= least)
    .sort((a, b) => b.similarity - a.similarity);
}
