/** Whether the log of revisions is as it was written: every revision against its own hash and the one before. */
import { type ChainBreak, verifyChain } from '../review/revise.ts';
import type { Review } from '../review/schema.ts';
import { counts } from './counters.ts';
import type { CountersignDatabase } from './database.ts';

/** The first review whose chain does not hold. */
interface BrokenChain extends ChainBreak {
  readonly reviewId: string;
  /** One sentence for the reviewer. */
  readonly words: string;
}

export interface ChainCheck {
  /** Revisions that were looked at. */
  readonly checked: number;
  readonly broken: BrokenChain | null;
}

export interface CheckParts {
  /** Called after each portion. */
  readonly onProgress?: (checked: number, all: number) => void;
  /** Stops the check; what was looked at until then is answered. */
  readonly signal?: AbortSignal;
  readonly portion?: number;
}

const reasons: Record<ChainBreak['why'], string> = {
  order: 'a revision before it is missing, or stands there twice',
  link: 'it names another revision before it than the one that is stored',
  hash: 'it was changed after it was made',
  content: 'the answer in it was changed after it was made',
};

function wordsFor({ revision, why }: ChainBreak, reviews: readonly Review[]): string {
  const review = reviews.find((one) => one.revision === revision) ?? reviews[0];
  const where = review ? ` of the review made on ${review.origin} at ${review.createdAt}` : '';
  return `Revision ${revision}${where} does not hold: ${reasons[why]}.`;
}

/** Checks all revisions, review by review, and stops at the first that does not hold. Reads only; bounded in memory. */
export async function checkChains(
  database: CountersignDatabase,
  { onProgress = () => {}, signal, portion = 200 }: CheckParts = {},
): Promise<ChainCheck> {
  const all = (await counts(database)).revisions;
  let [after, checked]: [string, number] = ['', 0];
  for (;;) {
    if (signal?.aborted) return { checked, broken: null };
    const rows = await database.revisions
      .where('[id+revision]')
      .above([after, Number.POSITIVE_INFINITY])
      .limit(portion)
      .toArray();
    const last = rows.at(-1);
    if (!last) return { checked, broken: null };
    // The last review may go on behind the portion.
    const rest = await database.revisions
      .where('[id+revision]')
      .between([last.id, last.revision], [last.id, Number.POSITIVE_INFINITY], false, true)
      .toArray();
    const byReview = new Map<string, Review[]>();
    for (const { id, review } of [...rows, ...rest]) byReview.set(id, [...(byReview.get(id) ?? []), review]);
    for (const [reviewId, reviews] of byReview) {
      const result = await verifyChain(reviews);
      if (!result.ok) return { checked, broken: { reviewId, ...result.error, words: wordsFor(result.error, reviews) } };
      checked += reviews.length;
    }
    after = last.id;
    onProgress(checked, Math.max(all, checked));
  }
}
