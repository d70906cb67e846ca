/**
 * The wire format: how a review travels, as CloudEvents 1.0 in JSON batches.
 * docs/wire-format.md is its prose twin; the collector and every connector start from here.
 */
import * as z from 'zod/mini';
import { deletionKey, idempotencyKey } from './ids.ts';
import { type Review, reviewSchema } from './schema.ts';

/** Media type of a batch (CloudEvents HTTP binding, section 3.3). */
export const BATCH_MEDIA_TYPE = 'application/cloudevents-batch+json';
const REVIEW_EVENT_TYPE = 'dev.countersign.review.v1';
const DELETION_EVENT_TYPE = 'dev.countersign.review-deleted.v1';

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

/**
 * Where an event stands among all that its destination gets: CloudEvents extension attributes, `sequence` as in their
 * sequence extension. They belong to the delivery and never to the review, so no hash covers them.
 */
export const placeSchema = {
  /** What is numbered together: all events of one installation for one address. Random, a UUID. */
  stream: z.optional(z.string().check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/))),
  /** 1, 2, 3 … within the stream, without gaps; 12 digits, so that it sorts as text. */
  sequence: z.optional(z.string().check(z.regex(/^\d{12}$/))),
  /** Numbers of the stream that will not come any more, as decimals with a space between. */
  closes: z.optional(z.string().check(z.regex(/^[1-9]\d{0,11}(?: [1-9]\d{0,11}){0,99}$/))),
};

/** The most numbers that one event closes. */
export const MOST_CLOSED = 100;

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
  ...placeSchema,
});
export type ReviewEvent = z.infer<typeof reviewEventSchema>;

/**
 * The tombstone of a review: whoever was given any revision of it must forget what they say, and whatever of it still
 * arrives. It says nothing but which, and when.
 */
export const deletionEventSchema = z.strictObject({
  specversion: z.literal('1.0'),
  /** The idempotency key, `reviewId:deleted`. */
  id: z.string().check(z.minLength(1), z.maxLength(128)),
  source: z.string().check(z.minLength(1), z.maxLength(200)),
  type: z.literal(DELETION_EVENT_TYPE),
  /** The review's id. */
  subject: z.string().check(z.minLength(1), z.maxLength(1024)),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({ id: reviewSchema.shape.id, deletedAt: z.iso.datetime() }),
  ...placeSchema,
});
export type DeletionEvent = z.infer<typeof deletionEventSchema>;

/** What travels. */
export const wireEventSchema = z.discriminatedUnion('type', [reviewEventSchema, deletionEventSchema]);
export type WireEvent = ReviewEvent | DeletionEvent;

/** Whether this is a tombstone. */
export const isDeletion = (event: WireEvent): event is DeletionEvent => event.type === DELETION_EVENT_TYPE;

/** The idempotency key that an event must have as its `id`. */
export const keyOfEvent = (event: WireEvent): string =>
  isDeletion(event) ? deletionKey(event.data.id) : idempotencyKey(event.data);

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

/** The tombstone of a review, from whoever made it. `now` in ms since 1970. */
export function toDeletion({ id, reviewer }: Pick<Review, 'id' | 'reviewer'>, now: number): DeletionEvent {
  const deletedAt = new Date(now).toISOString();
  return {
    specversion: '1.0',
    id: deletionKey(id),
    source: `urn:countersign:${reviewer.id}`,
    type: DELETION_EVENT_TYPE,
    subject: id,
    time: deletedAt,
    datacontenttype: 'application/json',
    data: { id, deletedAt },
  };
}

/** Where an event stands in its stream; `closes` are numbers that will not come any more. */
export interface Place {
  readonly stream: string;
  readonly sequence: number;
  readonly closes: readonly number[];
}

/** The event with its place, as it goes over the wire. */
export function inPlace<Event extends WireEvent>(event: Event, { stream, sequence, closes }: Place): Event {
  return {
    ...event,
    stream,
    sequence: String(sequence).padStart(12, '0'),
    ...(closes.length === 0 ? {} : { closes: closes.join(' ') }),
  };
}
