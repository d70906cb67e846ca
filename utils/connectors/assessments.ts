/** A review as the separate statements that most targets store: one name, one value, and why. */
import type { Review } from '../review/schema.ts';

/** One statement of a reviewer about an answer. Its name is stable through revisions: a later one takes its place. */
export interface Assessment {
  /** `verdict`, `labels`, or the id of a rubric's dimension. */
  readonly name: string;
  readonly value: number | string | readonly string[];
  readonly reason: string | null;
}

type Judged = Pick<Review, 'judgement'>;

/** The verdict with the comment, the labels where there are any, and every rating. A rating that is named as another one is left alone. */
export function assessmentsOf({ judgement }: Judged): readonly Assessment[] {
  const { verdict, labels, ratings, comment } = judgement;
  return [
    { name: 'verdict', value: verdict, reason: comment },
    ...(labels.length > 0 ? [{ name: 'labels', value: labels, reason: null }] : []),
    ...ratings.map(({ dimension, value, reason }) => ({ name: nameOf(dimension), value, reason: reason ?? null })),
  ];
}

/** A dimension may be called as one of ours. */
const nameOf = (dimension: string) =>
  dimension === 'verdict' || dimension === 'labels' ? `rating.${dimension}` : dimension;

/** The verdict as a number for targets that only know numbers: 1 approved, 0 corrected or rejected; null where the reviewer was unsure. */
export function verdictScore({ judgement }: Judged): number | null {
  return judgement.verdict === 'approve' ? 1 : judgement.verdict === 'unsure' ? null : 0;
}
