/** What judged answers say of a new one: whether anything like it was judged before, and how that went. */
import { similarity, sketchOf } from '../sketch.ts';
import { type Known, none, type Signal } from '../types.ts';

/** Judged answers before it says anything that there is none like this. */
const ENOUGH = 10;
/** From here on two answers are about the same thing; texts on other things of one product lie below. */
const ALIKE = 0.15;
/** As alike as the same answer in other words gets. */
const CLOSE = 0.45;
/** How many of the most alike have a say. */
const NEIGHBORS = 6;

/** What one answer that correction memory finds is worth. */
const RESEMBLES = 0.7;

const clamp = (value: number) => Math.max(0, Math.min(1, value));

const countWords = (count: number) => (count === 1 ? 'an answer that was' : `${count} answers that were`);

export function likeness(
  text: string,
  reviewed: readonly Known[],
  resembles = 0,
): { novelty: Signal; failures: Signal } {
  const { novelty, failures } = among(text, reviewed);
  if (resembles === 0) return { novelty, failures };
  // Correction memory looks closer, and at more of them.
  const strength = Math.max(failures.strength, clamp(RESEMBLES + 0.1 * (resembles - 1)));
  return { novelty, failures: { strength, words: `similar to ${countWords(resembles)} rejected or corrected` } };
}

function among(text: string, reviewed: readonly Known[]): { novelty: Signal; failures: Signal } {
  if (reviewed.length === 0) return { novelty: none, failures: none };
  const own = sketchOf(text);
  const near = reviewed
    .map(({ sketch, bad }) => ({ bad, how: similarity(own, sketch) }))
    .sort((one, other) => other.how - one.how)
    .slice(0, NEIGHBORS);
  const most = near[0]?.how ?? 0;
  const strange = clamp(1 - most / ALIKE);
  const novelty =
    reviewed.length >= ENOUGH && strange > 0
      ? { strength: strange, words: strange > 0.5 ? 'unlike all answers that were judged before' : null }
      : none;
  const alike = near.filter(({ how }) => how >= ALIKE);
  const bad = alike.filter((one) => one.bad);
  if (bad.length === 0) return { novelty, failures: none };
  const weight = (list: typeof near) => list.reduce((sum, { how }) => sum + how * how, 0);
  const share = weight(bad) / weight(alike);
  const strength = clamp(share * clamp((bad[0]?.how ?? 0) / CLOSE));
  return { novelty, failures: { strength, words: `similar to ${countWords(bad.length)} rejected or corrected` } };
}
