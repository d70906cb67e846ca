/** A batch as it came in: which events are valid, and the rest with a reason each. */
import * as z from 'zod/mini';
import { firstIssue } from '../utils/review/schema.ts';
import { checker } from '../utils/review/valid.ts';
import {
  deletionEventSchema,
  type ItemResult,
  isDeletion,
  keyOfEvent,
  placeSchema,
  type WireEvent,
  wireEventSchema,
} from '../utils/review/wire.ts';
import { Problem } from './problem.ts';
import type { Incoming, Numbered } from './store/events.ts';
import { storable } from './store/text.ts';

/** The most events of one batch, as many as an acknowledgement may name. */
export const BATCH_LIMIT = 1000;

export interface Batch {
  /** Ids of all items, in order; an id may occur twice. */
  readonly ids: readonly string[];
  readonly valid: readonly WireEvent[];
  /** Numbers of all items that have one, refused ones too: those need not be waited for. */
  readonly numbers: readonly Numbered[];
  /** Why an item was refused, by its place. */
  readonly refused: ReadonlyMap<number, string>;
  /** The valid events as a JSON array that PostgreSQL can hold. */
  readonly json: string;
}

function idOf(item: unknown, index: number): string {
  const id =
    typeof item === 'object' && item !== null && Object.hasOwn(item, 'id') ? Reflect.get(item, 'id') : undefined;
  if (typeof id === 'string' && id.length >= 1 && id.length <= 128) return id;
  // Without an id there is no way to acknowledge the rest of the batch and this one apart.
  throw new Problem(400, 'invalid', 'Every event needs an id of 1 to 128 characters.', { field: `${index}.id` });
}

const isEvent = checker(wireEventSchema);

const withOwnKey = (event: WireEvent) =>
  event.id === keyOfEvent(event) ? event : 'id: Must be the review’s id and revision, or “deleted”';

/** The event, or why it is none. */
function readEvent(item: unknown): WireEvent | string {
  if (isEvent(item)) return withOwnKey(item as WireEvent);
  const parsed = wireEventSchema.safeParse(item);
  if (parsed.success) return withOwnKey(parsed.data);
  const { field, message } = firstIssue(parsed.error);
  return `${field}: ${message}`.slice(0, 500);
}

const { stream, sequence, closes } = placeSchema;
type Place = Pick<WireEvent, 'source' | 'stream' | 'sequence' | 'closes'>;

const numberedSchema = z.object({
  source: deletionEventSchema.shape.source,
  stream: z.nonoptional(stream),
  sequence: z.nonoptional(sequence),
  closes,
});

/** The numbers that an event has or closes; none where its sender does not count. */
function numbersOf({ source, stream, sequence, closes }: Place): Numbered[] {
  if (stream === undefined || sequence === undefined) return [];
  return [sequence, ...(closes?.split(' ') ?? [])].map((number) => ({
    stream,
    source: storable(source),
    number: Number(number),
  }));
}

/** The same of an item that was refused, whatever else may be wrong with it. */
function numbersOfRefused(item: unknown): Numbered[] {
  const parsed = numberedSchema.safeParse(item);
  return parsed.success ? numbersOf(parsed.data) : [];
}

/** What PostgreSQL may read otherwise than the schema did: escapes, hidden keys, numbers beyond a double. */
const delicate = /\\u|__proto__|[:,[]\s*-?[\d.]+e/i;
/** How JSON writes what PostgreSQL cannot hold; a text may have these very letters, too. */
const unstorable = /\\u(?:0000|d[89a-f])/i;

/** The events as JSON. `sent` is the body that they were parsed from, and is used as it is where that is safe. */
function toJson(events: readonly WireEvent[], sent: string | null): string {
  if (sent !== null && !delicate.test(sent)) return sent;
  const json = JSON.stringify(events);
  if (!unstorable.test(json)) return json;
  // Several times as slow, and ordinary prose gets past the first test now and then: "[2e" in an address is enough.
  return JSON.stringify(events, (_key, value: unknown) => (typeof value === 'string' ? storable(value) : value));
}

/** Reads a batch; throws a `Problem` where it cannot be taken as one. */
export function readBatch({ text, value }: { readonly text: string; readonly value: unknown }): Batch {
  if (!Array.isArray(value))
    throw new Problem(400, 'invalid', 'A batch is a JSON array of events.', { field: '(body)' });
  if (value.length > BATCH_LIMIT) {
    throw new Problem(413, 'too-large', `A batch has at most ${BATCH_LIMIT} events.`);
  }
  const ids = value.map(idOf);
  const refused = new Map<number, string>();
  const valid: WireEvent[] = [];
  const numbers: Numbered[] = [];
  value.forEach((item, index) => {
    const event = readEvent(item);
    if (typeof event === 'string') {
      refused.set(index, event);
      numbers.push(...numbersOfRefused(item));
    } else {
      valid.push(event);
      numbers.push(...numbersOf(event));
    }
  });
  return {
    ids,
    valid,
    numbers,
    refused,
    json: toJson(valid, refused.size === 0 ? text : null),
  };
}

/** What of a batch is stored. */
export function incomingOf({ valid, json, numbers }: Batch): Incoming {
  const deleted = valid.filter(isDeletion).map(({ data }) => data.id);
  return { json, count: valid.length, reviews: [...new Set(valid.map(({ data }) => data.id))], deleted, numbers };
}

/** One result per item, in order; of two with the same id, the second is a duplicate. */
export function resultsOf({ ids, refused }: Batch, stored: ReadonlySet<string>): ItemResult[] {
  const named = new Set<string>();
  return ids.map((id, index) => {
    const reason = refused.get(index);
    if (reason !== undefined) return { id, status: 'invalid', reason };
    const isNew = stored.has(id) && !named.has(id);
    named.add(id);
    return { id, status: isNew ? 'stored' : 'duplicate' };
  });
}
