/** What a host page may learn of a review, and of a save. */
import type { Review, Verdict } from './schema.ts';

/** A stored review as the host page may learn of it: no text, no comment. */
export interface Mark {
  readonly responseKey: string;
  readonly reviewId: string;
  readonly revision: number;
  readonly verdict: Verdict;
  readonly labels: readonly string[];
  /** How many findings there are: where there is any, `anchorFindings` tells where. */
  readonly findings: number;
}

/** A revision that is durably stored; `undoUntil` in ms since 1970 is when it is released to the outbox. */
export interface Saved {
  readonly mark: Mark;
  readonly undoUntil: number;
  /** In memory-only mode: stored until the browser closes, and said so. */
  readonly inMemory?: true;
}

/** Where a saved revision is, in words. */
export const savedWords = ({ inMemory }: { readonly inMemory?: true | undefined }) =>
  inMemory ? 'Kept in memory until the browser closes' : 'Saved on this computer';

/** ms between a save and the earliest delivery: a judgement can be taken back until then. */
export const UNDO_WINDOW_MS = 8_000;

/** A review without text and comment. */
export function markOf(review: Review): Mark {
  return {
    responseKey: review.responseKey,
    reviewId: review.id,
    revision: review.revision,
    verdict: review.judgement.verdict,
    labels: review.judgement.labels,
    findings: review.judgement.findings?.length ?? 0,
  };
}

/** The answer to a save, the same however often it is asked. */
export function savedOf(review: Review): Saved {
  return { mark: markOf(review), undoUntil: Date.parse(review.createdAt) + UNDO_WINDOW_MS };
}
