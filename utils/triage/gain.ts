/** How much of the bad an order finds first, and whether learned weights find more of it than others, with how sure that is. */
import { type Example, isEnough, learn } from './learn.ts';
import { priorityOf, type Weights } from './priority.ts';

/** Numbers from 0 to 1 in an order that depends on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** One answer in an order: `score` puts it there. */
export interface Scored {
  readonly score: number;
  readonly bad: boolean;
}

/**
 * Share of the bad ones in the first `share` of the queue. Answers with the same score are counted as if each of their
 * orders were as likely.
 */
export function foundIn(answers: readonly Scored[], share: number): number {
  const all = answers.filter(({ bad }) => bad).length;
  if (all === 0) return 0;
  const sorted = [...answers].sort((one, other) => other.score - one.score);
  const last = answers.length * share;
  let found = 0;
  for (let from = 0; from < sorted.length && from < last; ) {
    let until = from + 1;
    while (until < sorted.length && sorted[until]?.score === sorted[from]?.score) until += 1;
    const bad = sorted.slice(from, until).filter((one) => one.bad).length;
    found += bad * Math.min(1, (last - from) / (until - from));
    from = until;
  }
  return found / all;
}

export interface Interval {
  readonly value: number;
  /** The middle 95 % of the bootstrap. */
  readonly low: number;
  readonly high: number;
}

/** The statistic over all answers, and over `rounds` samples of them with replacement. */
export function bootstrap<T>(
  answers: readonly T[],
  statistic: (sample: readonly T[]) => number,
  rounds: number,
  random: () => number,
): Interval {
  const values = Array.from({ length: rounds }, () =>
    statistic(answers.map(() => answers[Math.floor(random() * answers.length)] as T)),
  ).sort((one, other) => one - other);
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
  return { value: statistic(answers), low: at(0.025), high: at(0.975) };
}

export interface Gain {
  /** Share of the queue that is looked at. */
  readonly share: number;
  readonly before: number;
  readonly learned: number;
  /** Learned less before. */
  readonly gain: Interval;
}

const FOLDS = 10;
const SHARES = [0.2, 0.4] as const;
const ROUNDS = 1_000;

/**
 * What learning adds, cross-validated: each answer is scored by weights that were learned without it. Null where there are
 * too few to say anything.
 */
export function gainOf(examples: readonly Example[], weights: Weights, seed = 1, rounds = ROUNDS): Gain[] | null {
  if (!isEnough(examples)) return null;
  const random = randomFrom(seed);
  // Bad and good are dealt out apart, so that each fold has its share.
  const dealt = [true, false].flatMap((bad) =>
    examples
      .filter((one) => one.bad === bad)
      .map((example) => ({ example, order: random() }))
      .sort((one, other) => one.order - other.order)
      .map(({ example }, index) => ({ example, fold: index % FOLDS })),
  );
  const scored = Array.from({ length: FOLDS }, (_, fold) => {
    const learned = learn(
      dealt.filter((one) => one.fold !== fold).map(({ example }) => example),
      weights,
    );
    return dealt
      .filter((one) => one.fold === fold)
      .map(({ example: { strengths, bad } }) => ({
        bad,
        before: priorityOf(strengths, weights),
        learned: priorityOf(strengths, learned),
      }));
  }).flat();
  const found = (which: 'before' | 'learned', share: number) => (sample: typeof scored) =>
    foundIn(
      sample.map((one) => ({ bad: one.bad, score: one[which] })),
      share,
    );
  return SHARES.map((share) => {
    const difference = (sample: readonly (typeof scored)[number][]) =>
      found('learned', share)([...sample]) - found('before', share)([...sample]);
    return {
      share,
      before: found('before', share)(scored),
      learned: found('learned', share)(scored),
      gain: bootstrap(scored, difference, rounds, random),
    };
  });
}

/** Whether the gain is one at some share, and a loss at none. */
export const isClear = (gains: readonly Gain[] | null): boolean =>
  gains?.some(({ gain }) => gain.low > 0) === true && gains.every(({ gain }) => gain.high >= 0);
