/** Weights that were learned from this reviewer's judgements, kept until more of them were made. */
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';

const LEARNED = 'triage-learned';

/** What was learned, and what it is worth. */
export interface Learned {
  /** Judged answers that it was learned from, and how many of them were bad. */
  readonly reviews: number;
  readonly bad: number;
  readonly weights: Readonly<Record<string, number>>;
  /** The gain has an interval above nothing. */
  readonly clear: boolean;
  /** By share of the queue: found by the weights before, by the learned ones, and the difference with its 95 % interval. */
  readonly gains: readonly {
    readonly share: number;
    readonly before: number;
    readonly learned: number;
    readonly gain: { readonly value: number; readonly low: number; readonly high: number };
  }[];
  /** ISO time. */
  readonly at: string;
}

/** Null where nothing was learned yet. Works inside `liveQuery`. */
export async function learnedOf({ values }: CountersignDatabase): Promise<Learned | null> {
  return ((await values.get(LEARNED))?.value as Learned | undefined) ?? null;
}

/** Keeps it instead of what was learned before; null forgets it. */
export async function keepLearned({ values }: CountersignDatabase, learned: Learned | null): Promise<void> {
  await guarded<unknown>(() => (learned ? values.put({ name: LEARNED, value: learned }) : values.delete(LEARNED)));
}
