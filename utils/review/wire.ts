/**
 * The wire format: how a review travels, as CloudEvents 1.0 in JSON batches.
 * docs/wire-format.md is its prose twin; the collector and every connector start from here.
 */
import * as z from 'zod/mini';
import { idempotencyKey } from './ids.ts';
import { type Review, reviewSchema } from './schema.ts';

/** Media type of a batch (CloudEvents HTTP binding, section 3.3). */
export const BATCH_MEDIA_TYPE = 'application/cloudevents-batch+json';
export const REVIEW_EVENT_TYPE = 'dev.countersign.review.v1';

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
  data: reviewSchema,
});
export type ReviewEvent = z.infer<typeof reviewEventSchema>;

/** What became of one event. `duplicate` is as good as `stored`: the endpoint has it. */
export const itemResultSchema = z.object({
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
export function toEvent(review: Review): ReviewEvent {
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
