/**
 * Opik: a review as feedback scores of the answer's span or trace, with a comment. Opik takes scores of traces that it does
 * not have, so it is asked first; that also shows what an earlier attempt or revision left there.
 */
import * as z from 'zod/mini';
import { isDeletion, type ReviewEvent } from '../../review/wire.ts';
import { apiRequest, readJson } from '../api.ts';
import { isHtml, misconfigured, readRefusal } from '../http.ts';
import { all, cannotForget, dead, delivered, untilTomorrow, withoutTrace } from '../outcomes.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest } from '../types.ts';
import { commentHead, commentOf, commentRevision, type Score, scoresOf } from './scores.ts';

/** Opik's own ids are UUIDs of version 7, and it takes no others. */
const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** A trace is answered with its input and output, in bytes. */
const LONG_REPLY = 4 * 1024 * 1024;
/** One exchange has at most 60 requests. */
const MOST_DELETED = 40;

const strange = misconfigured('does not answer as Opik does.');

type Step = AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply>;

/** What the scores hang on. */
interface Entity {
  readonly kind: 'traces' | 'spans';
  readonly id: string;
}

function ask(destination: Destination, method: HttpRequest['method'], path: string, body?: unknown): HttpRequest {
  const workspace = destination.options?.workspace;
  const headers = {
    // Without “Bearer”.
    ...(destination.token === null ? {} : { authorization: destination.token }),
    ...(workspace ? { 'comet-workspace': workspace } : {}),
  };
  return apiRequest(destination, headers, method, `v1/private/${path}`, body);
}

/** Null where it was done; Opik answers 201 or 204 without a body. */
const refused = (reply: HttpReply, now: number): BatchOutcome | null =>
  readRefusal(reply, now) ??
  (isHtml(reply) ? misconfigured('answers with a web page, perhaps a login page, instead of JSON.') : null);

const isAbsent = (reply: HttpReply) => reply.status === 404 && !isHtml(reply);

/** A pause where the project that is named is not there. */
async function* missingProject(destination: Destination, now: number): Step {
  const name = destination.options?.project;
  const reply = yield name
    ? ask(destination, 'POST', 'projects/retrieve', { name })
    : ask(destination, 'GET', 'projects?size=1');
  if (name && isAbsent(reply)) {
    const reason = `Opik has no project “${name}” in this workspace.`;
    return { kind: 'pause', reason, next: 'Correct the name of the project, or of the workspace.' };
  }
  const said = readJson(reply, now);
  if (said.outcome) return said.outcome;
  const told: unknown = Reflect.get(Object(said.value), name ? 'name' : 'content');
  return name ? (told === name ? null : strange) : Array.isArray(told) ? null : strange;
}

const entitySchema = z.object({
  id: z.string(),
  feedback_scores: z.optional(
    z.nullable(
      z.array(
        z.object({ name: z.string(), value_by_author: z.optional(z.nullable(z.record(z.string(), z.unknown()))) }),
      ),
    ),
  ),
  comments: z.optional(z.nullable(z.array(z.object({ id: z.string(), text: z.string() })))),
});
type Stored = z.infer<typeof entitySchema>;

/** Deletes the scores that this reviewer gave in an earlier revision, and no more. */
async function* dropStale(
  event: ReviewEvent,
  { kind, id }: Entity,
  stored: Stored,
  scores: readonly Score[],
  destination: Destination,
  now: number,
): Step {
  if (event.data.revision === 1) return null;
  const author = event.data.reviewer.id;
  const wanted = new Set(scores.map(({ name }) => name));
  const stale = (stored.feedback_scores ?? []).filter(
    ({ name, value_by_author }) => !wanted.has(name) && Object.hasOwn(value_by_author ?? {}, author),
  );
  for (const { name } of stale.slice(0, MOST_DELETED)) {
    const reply = yield ask(destination, 'POST', `${kind}/${id}/feedback-scores/delete`, { name, author });
    const failed = isAbsent(reply) ? null : refused(reply, now);
    if (failed) return failed;
  }
  return null;
}

/** Writes or changes the review's comment. */
async function* comment(
  event: ReviewEvent,
  { kind, id }: Entity,
  old: { readonly id: string; readonly text: string } | undefined,
  destination: Destination,
  now: number,
): Step {
  const text = commentOf(event);
  if (text === null || text === old?.text) return null;
  if (old) {
    return refused(yield ask(destination, 'PATCH', `${kind}/comments/${encodeURIComponent(old.id)}`, { text }), now);
  }
  return refused(yield ask(destination, 'POST', `${kind}/${id}/comments`, { text }), now);
}

/** The correction as an item of the dataset, where one is named; one of an earlier revision goes where there is none. */
async function* keepItem({ data }: ReviewEvent, destination: Destination, now: number): Step {
  const { dataset, project } = destination.options ?? {};
  if (!dataset) return null;
  const { snapshot, judgement } = data;
  if (!judgement.correction) {
    if (data.revision === 1) return null;
    const reply = yield ask(destination, 'POST', 'datasets/items/delete', { item_ids: [data.id] });
    return isAbsent(reply) ? null : refused(reply, now);
  }
  const { id = '', span } = snapshot.trace ?? {};
  const item = {
    id: data.id,
    source: span ? 'span' : 'trace',
    trace_id: id,
    ...(span ? { span_id: span } : {}),
    data: {
      ...(snapshot.prompt ? { input: snapshot.prompt } : {}),
      ...(snapshot.text ? { output: snapshot.text } : {}),
      expected_output: judgement.correction,
    },
  };
  const body = { dataset_name: dataset, ...(project ? { project_name: project } : {}), items: [item] };
  const reply = yield ask(destination, 'PUT', 'datasets/items', body);
  if (isAbsent(reply)) {
    const reason = `Opik has no dataset “${dataset}”.`;
    return { kind: 'pause', reason, next: 'Make it there, name another one, or leave the field empty.' };
  }
  return refused(reply, now);
}

async function* deliver(event: ReviewEvent, destination: Destination, now: number): Exchange {
  const { trace } = event.data.snapshot;
  if (!trace) return all([event], withoutTrace('Opik'));
  const stranger = [trace.id, trace.span ?? trace.id].find((each) => !uuid7.test(each));
  if (stranger) {
    const reason = `Opik’s traces have UUIDs of version 7, and the trace of this answer is “${stranger}”. Say in the settings of its site where Opik’s own id is read.`;
    return all([event], dead(reason));
  }
  const entity: Entity = trace.span ? { kind: 'spans', id: trace.span } : { kind: 'traces', id: trace.id };
  const scores = scoresOf(event, entity.id, destination.options?.project);
  if (typeof scores === 'string') return all([event], dead(scores));

  const reply = yield { ...ask(destination, 'GET', `${entity.kind}/${entity.id}`), replyLimit: LONG_REPLY };
  if (isAbsent(reply)) {
    const missing = yield* missingProject(destination, now);
    return missing ?? all([event], untilTomorrow(event, now, `Opik does not have the trace ${trace.id} yet.`));
  }
  if (reply.status === 200 && reply.end === 'too-long') {
    return all(
      [event],
      dead('The trace of this answer is larger than 4 MB, too large to be looked at before it is judged.'),
    );
  }
  const said = readJson(reply, now);
  if (said.outcome) return said.outcome;
  const stored = entitySchema.safeParse(said.value);
  if (!stored.success || stored.data.id !== entity.id) return strange;

  const old = (stored.data.comments ?? []).find(({ text }) => text.startsWith(commentHead(event.data.id)));
  if (old && commentRevision(event.data.id, old.text) > event.data.revision) return all([event], delivered);
  const failed =
    refused(yield ask(destination, 'PUT', `${entity.kind}/feedback-scores`, { scores }), now) ??
    (yield* dropStale(event, entity, stored.data, scores, destination, now)) ??
    (yield* comment(event, entity, old, destination, now)) ??
    (yield* keepItem(event, destination, now));
  return failed ?? all([event], delivered);
}

async function* probe(destination: Destination, now: number): Exchange {
  return (yield* missingProject(destination, now)) ?? { kind: 'items', items: new Map() };
}

export const opik: Connector = {
  id: 'opik',
  learnsGzip: false,
  limits: { items: 1, bytes: 512 * 1024 },
  async *exchange([event], destination, now) {
    if (!event) return yield* probe(destination, now);
    if (isDeletion(event)) return all([event], cannotForget('Opik'));
    return yield* deliver(event, destination, now);
  },
  probe,
};
