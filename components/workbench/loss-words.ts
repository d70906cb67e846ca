import { countWords, timeWords } from './wording.ts';

/** What is gone with a database that the browser threw away. */
export interface LossFacts {
  readonly reviews: number;
  /** ISO time. */
  readonly countedAt: string;
}

/** In words, without what to do about it. `now` in ms since 1970. */
export function lossWords({ reviews, countedAt }: LossFacts, now: number): string {
  const counted = `when last counted, ${timeWords(countedAt, now)}`;
  const gone =
    reviews === 0
      ? 'Settings, rules and destinations are gone.'
      : `${countWords(reviews, 'review')} (${counted}) ${reviews === 1 ? 'is' : 'are'} gone, with settings, rules and destinations.`;
  return `The browser found the database of Countersign damaged or removed, and began an empty one. ${gone}`;
}
