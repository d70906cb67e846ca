/** Which reviews somebody wants to see. */
import type { Review, Verdict } from './schema.ts';

/** The delivery of a review as one word: `dead` beats `pending` beats `delivered`; `none` where it is owed to nobody. */
export type DeliveryState = 'pending' | 'delivered' | 'dead' | 'none';

/** Which reviews; all conditions must hold, an absent one always does. */
export interface ReviewQuery {
  /** Words that must all occur in answer, prompt, correction or comment; case does not matter. */
  readonly search?: string;
  /** An origin. */
  readonly site?: string;
  readonly verdict?: Verdict;
  readonly label?: string;
  /** ISO dates or times, inclusive, in UTC. */
  readonly from?: string;
  readonly until?: string;
  readonly delivery?: DeliveryState;
}

/** The words of a search, lowercase. */
export function searchWords(search: string | undefined): string[] {
  return (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether every word occurs somewhere in what was answered, asked, corrected or commented. */
export function contains(review: Review, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { snapshot, judgement } = review;
  const texts = [snapshot.text, snapshot.prompt, judgement.correction, judgement.comment].map((text) =>
    (text ?? '').toLowerCase(),
  );
  return words.every((word) => texts.some((text) => text.includes(word)));
}
