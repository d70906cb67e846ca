/** What a reviewer is shown of a correction that an answer reminds of, and in which words. */
import type { Standing } from './state.ts';

/** How often the model was found in each state since an answer was corrected. */
export type Standings = Readonly<Record<Standing, number>>;

/** A correction made before on an answer that this one resembles. */
export interface CorrectedBefore {
  /** The review that what is recorded counts for: the first of those with this correction. */
  readonly reviewId: string;
  readonly similarity: number;
  /** What this answer says at the corrected places; null where it says neither. */
  readonly says: 'right' | 'wrong' | null;
  /** The text as it should have been then. */
  readonly correction: string;
  /** Origin of the page on which that was. */
  readonly site: string;
  /** ISO time. */
  readonly correctedAt: string;
  /** The name that the reviewer gave. */
  readonly by: string | null;
  /** Without this answer. */
  readonly since: Standings;
}

/** How the model stands, in a sentence. */
export const standingWords: Readonly<Record<Standing, string>> = {
  fixed: 'The model now says it right.',
  same: 'The model still says the same.',
  regressed: 'The model is wrong again, after it was right.',
};

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** "right twice, wrong again once"; null where nothing was seen since. */
export function sinceWords({ fixed, same, regressed }: Standings): string | null {
  const parts = [
    fixed > 0 && `right ${times(fixed)}`,
    same > 0 && `still the same ${times(same)}`,
    regressed > 0 && `wrong again ${times(regressed)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : parts.join(', ');
}
