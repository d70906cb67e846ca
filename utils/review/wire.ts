/**
 * The wire format: how a review travels, as CloudEvents 1.0 in JSON batches.
 * docs/wire-format.md is its prose twin; the collector and every connector start from here.
 */
import * as z from 'zod/mini';
import { idempotencyKey } from './ids.ts';
import { reviewSchema } from './schema.ts';

/** Media type of a batch (CloudEvents HTTP binding, section 3.3). */
export const BATCH_MEDIA_TYPE = 'application/cloudevents-batch+json';
const REVIEW_EVENT_TYPE = 'dev.countersign.review.v1';

/** What was done to a review before it left; absent where it left as stored. See docs/privacy-redaction.md. */
const redactionNoteSchema = z.strictObject({
  level: z.enum(['text', 'redacted', 'hashes', 'ratings']),
  /** Version of the rules that recognised what was replaced; null where no text was checked. */
  ruleset: z.nullable(z.string().check(z.minLength(1), z.maxLength(64))),
  /** Replaced places by kind. */
  counts: z.record(z.string().check(z.maxLength(32)), z.int().check(z.nonnegative())),
  /** Paths of texts that were left out altogether. */
  leftOut: z.array(z.string().check(z.maxLength(64))).check(z.maxLength(32)),
});
export type RedactionNote = z.infer<typeof redactionNoteSchema>;

/** A review as it travels. With `redaction`, its `hash` and `previousHash` are keyed hashes of those stored. */
const sentReviewSchema = z.extend(reviewSchema, { redaction: z.optional(redactionNoteSchema) });
export type SentReview = z.infer<typeof sentReviewSchema>;

/** One event: an envelope of CloudEvents attributes around one review revision. */
export const reviewEventSchema = z.strictObject({
  specversion: z.literal('1.0'),
  /** The idempotency key, `reviewId:revision`. */
  id: z.string().check(z.minLength(1), z.maxLength(128)),
  /** The installation that recorded it: `urn:countersign:<installation id>`. */
  source: z.string().check(z.minLength(1), z.maxLength(200)),
  type: z.literal(REVIEW_EVENT_TYPE),
  subject: z.string().check(z.minLength(1), z.maxLength(1024)),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: sentReviewSchema,
});
export type ReviewEvent = z.infer<typeof reviewEventSchema>;

/** What became of one event. `duplicate` is as good as `stored`: the endpoint has it. */
const itemResultSchema = z.object({
  id: z.string().check(z.maxLength(128)),
  status: z.enum(['stored', 'duplicate', 'invalid']),
  /** Why it is invalid, for the user. */
  reason: z.optional(z.string().check(z.maxLength(500))),
});
export type ItemResult = z.infer<typeof itemResultSchema>;

/** The acknowledgement of a batch. An event that it does not name is not delivered. */
export const batchReplySchema = z.object({ results: z.array(itemResultSchema).check(z.maxLength(1000)) });
export type BatchReply = z.infer<typeof batchReplySchema>;

/** Wraps one revision for the wire. */
export function toEvent(review: SentReview): ReviewEvent {
  return {
    specversion: '1.0',
    id: idempotencyKey(review),
    source: `urn:countersign:${review.reviewer.id}`,
    type: REVIEW_EVENT_TYPE,
    subject: review.responseKey,
    time: review.createdAt,
    datacontenttype: 'application/json',
    data: review,
  };
}
