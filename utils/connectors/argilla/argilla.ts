/**
 * Argilla 2: one record for each review, found again by the review's id as its `external_id`, and one response to it by the
 * owner of the key. A record's metadata holds what no question asks for, and the revision: an older one changes nothing.
 */
import * as z from 'zod/mini';
import { isDeletion, type ReviewEvent, type WireEvent } from '../../review/wire.ts';
import { readJson } from '../api.ts';
import { misconfigured } from '../http.ts';
import { asksForAny, listed } from '../mapping.ts';
import { all, dead, delivered } from '../outcomes.ts';
import { answerOf, provenance, revisionOf } from '../record.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest } from '../types.ts';
import { answersTo } from './answers.ts';
import { ask, type Dataset, datasetId, readDataset, readRefusedDataset } from './dataset.ts';

const recordSchema = z.object({
  id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)),
  fields: z.record(z.string(), z.unknown()),
  metadata: z.optional(z.unknown()),
});
const recordsSchema = z.object({ items: z.array(recordSchema).check(z.minLength(1), z.maxLength(1)) });
type StoredRecord = z.infer<typeof recordSchema>;
const repliesSchema = z.object({
  items: z
    .array(
      z.object({
        item: z.optional(z.unknown()),
        error: z.optional(z.nullable(z.object({ detail: z.string() }))),
      }),
    )
    .check(z.minLength(1), z.maxLength(1)),
});

const strange: BatchOutcome = misconfigured('does not answer as Argilla 2 does.');

/** What an exchange asks, and what it learns from the answers. */
type Asking<Learnt> = AsyncGenerator<HttpRequest, Learnt | { readonly outcome: BatchOutcome }, HttpReply>;

/** Writes the record and answers it as it is stored then. Fields of one that is there may stay as they were. */
async function* write(record: object, destination: Destination, now: number): Asking<StoredRecord> {
  const reply = yield ask(destination, 'PUT', `datasets/${datasetId(destination)}/records/bulk`, { items: [record] });
  const refused = readRefusedDataset(reply, destination);
  const said = refused ? { outcome: refused } : readJson(reply, now);
  if (said.outcome) return said;
  const records = recordsSchema.safeParse(said.value);
  return records.success && records.data.items[0] ? records.data.items[0] : { outcome: strange };
}

/**
 * The record of a review; null where there is none. Argilla finds records by their external id only when they are written:
 * written with nothing else, one that is there stays as it is, and for one that is not the fields are missing.
 */
async function* lookUp(reviewId: string, destination: Destination, now: number): Asking<StoredRecord | null> {
  const found = yield* write({ external_id: reviewId }, destination, now);
  if (!('outcome' in found)) return found;
  const { outcome } = found;
  return outcome.kind === 'invalid' && /\bfields?\b/i.test(outcome.reason) ? null : found;
}

/** Deletes a record; null where that is done, or was. */
async function* remove(
  { id }: StoredRecord,
  destination: Destination,
  now: number,
): AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply> {
  const reply = yield ask(destination, 'DELETE', `datasets/${datasetId(destination)}/records?ids=${id}`);
  if (reply.status === 204) return null;
  return readRefusedDataset(reply, destination) ?? readJson(reply, now).outcome ?? strange;
}

/** What the prompt's field shows: what was asked, in a chat after what was said before; undefined where it may stay empty. */
function promptShown({ data }: ReviewEvent, { chat, required }: NonNullable<Dataset['promptField']>): unknown {
  const { prompt, context = [] } = data.snapshot;
  const asked = prompt || (required ? '(not sent)' : null);
  if (asked === null) return undefined;
  return chat
    ? [...context.map(({ role, text }) => ({ role, content: text })), { role: 'user', content: asked }]
    : asked;
}

/** The record as it is written: fields, metadata, and the name by which it is found again. */
function recordOf(event: ReviewEvent, { answerField, promptField }: Dataset, rest: Readonly<Record<string, unknown>>) {
  const { prompt, context } = event.data.snapshot;
  const shown = promptField ? promptShown(event, promptField) : undefined;
  return {
    external_id: event.data.id,
    fields: {
      [answerField]: answerOf(event),
      ...(promptField && shown !== undefined ? { [promptField.name]: shown } : {}),
    },
    metadata: {
      ...provenance(event),
      ...(prompt && !promptField ? { countersign_prompt: prompt } : {}),
      ...(context && !promptField?.chat ? { countersign_context: context } : {}),
      ...(Object.keys(rest).length > 0 ? { countersign_judgement: rest } : {}),
    },
  };
}

async function* forget(event: WireEvent, destination: Destination, now: number): Exchange {
  const found = yield* lookUp(event.data.id, destination, now);
  if (found === null) return all([event], delivered);
  if ('outcome' in found) return found.outcome;
  return (yield* remove(found, destination, now)) ?? all([event], delivered);
}

async function* deliver(event: ReviewEvent, destination: Destination, now: number): Exchange {
  const dataset = yield* readDataset(destination, now);
  if ('outcome' in dataset) return dataset.outcome;
  const names = dataset.questions.map(({ name }) => name);
  const dimensions = event.data.judgement.ratings.map(({ dimension }) => dimension);
  if (!asksForAny(names, dataset.asked, dimensions)) {
    return {
      kind: 'pause',
      reason: `No question of the dataset “${dataset.name}” asks for a part of a review; it has ${listed(names)}.`,
      next: 'Name one “verdict”, or say in the field “Questions” of this destination which is which.',
    };
  }
  const before = yield* lookUp(event.data.id, destination, now);
  if (before && 'outcome' in before) return before.outcome;
  if (before && revisionOf(before.metadata) > event.data.revision) return all([event], delivered);

  const { values, rest, missing } = answersTo(dataset, event);
  const record = recordOf(event, dataset, rest);
  let stored = yield* write(record, destination, now);
  if (!('outcome' in stored) && stored.fields[dataset.answerField] !== record.fields[dataset.answerField]) {
    // The answer changed since the revision before, and a record's fields stay as they are.
    const kept = yield* remove(stored, destination, now);
    if (kept) return kept;
    stored = yield* write(record, destination, now);
  }
  if ('outcome' in stored) return stored.outcome;

  // Argilla takes no submitted response without an answer to each required question: the reviewer finds a draft to complete.
  const status = missing.length > 0 || Object.keys(values).length === 0 ? 'draft' : 'submitted';
  const items = [{ record_id: stored.id, status, values }];
  const said = readJson(yield ask(destination, 'POST', 'me/responses/bulk', { items }), now);
  if (said.outcome) return said.outcome;
  const replies = repliesSchema.safeParse(said.value);
  const [reply] = replies.success ? replies.data.items : [];
  if (!reply) return strange;
  if (reply.error) return all([event], dead(`Argilla refused the response: ${reply.error.detail.slice(0, 300)}`));
  return reply.item ? all([event], delivered) : strange;
}

/** Answers what it means that the destination is not usable; nothing is written. */
async function* probe(destination: Destination, now: number): Exchange {
  const dataset = yield* readDataset(destination, now);
  return 'outcome' in dataset ? dataset.outcome : { kind: 'items', items: new Map() };
}

export const argilla: Connector = {
  id: 'argilla',
  learnsGzip: false,
  limits: { items: 1, bytes: 256 * 1024 },
  exchange: ([event], destination, now) => {
    if (!event) return probe(destination, now);
    return isDeletion(event) ? forget(event, destination, now) : deliver(event, destination, now);
  },
  probe,
};
