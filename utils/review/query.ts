/** Which reviews somebody wants to see. */
import type { Judgement, Review, Verdict } from './schema.ts';

/** The delivery of a review as one word: `dead` beats `pending` beats `delivered`; `none` where it is owed to nobody. */
export type DeliveryState = 'pending' | 'delivered' | 'dead' | 'none';

/** Which reviews; all conditions must hold, an absent one always does. */
export interface ReviewQuery {
  /** Words that must all occur in the texts of a review; case does not matter. */
  readonly search?: string;
  /** An origin. */
  readonly site?: string;
  readonly verdict?: Verdict;
  /** On the answer, or on a finding. */
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

/** All that the reviewer wrote apart from correction and comment, and what findings and comparisons quote. */
function written({ findings = [], ratings, preference }: Judgement): (string | undefined | null)[] {
  return [
    ...findings.flatMap(({ note, replacement, source, quote, orphan }) => [
      note,
      replacement,
      source,
      orphan && quote.exact,
    ]),
    ...ratings.flatMap(({ reason, value }) => [reason, typeof value === 'string' ? value : null]),
    ...(preference?.shown ?? []).map(({ text }) => text),
  ].map((text) => text || null);
}

/** Whether every word occurs somewhere in what was answered, asked, said before, corrected, noted, compared or commented. */
export function contains(review: Review, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { snapshot, judgement } = review;
  const { text: answer, prompt, context = [] } = snapshot;
  const said = context.map(({ text }) => text);
  const texts = [answer, prompt, judgement.correction, judgement.comment, ...said, ...written(judgement)].map((text) =>
    (text ?? '').toLowerCase(),
  );
  return words.every((word) => texts.some((text) => text.includes(word)));
}
