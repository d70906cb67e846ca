/**
 * Label Studio: one task for each review, and one annotation of it by the owner of the token. Label Studio makes a new task
 * of whatever it is given, so the task is looked for first, by the review's id in its data, and the annotation by the
 * marks on its results; creating the annotation twice is refused by its `unique_id`.
 */
import * as z from 'zod/mini';
import { sha256 } from '../../review/hash.ts';
import { isDeletion, type ReviewEvent, type WireEvent } from '../../review/wire.ts';
import { readJson } from '../api.ts';
import { asksForAny, listed } from '../mapping.ts';
import { all, delivered, notYet } from '../outcomes.ts';
import { answerOf, provenance, revisionOf } from '../record.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply } from '../types.ts';
import { type Ask, type Asking, noProject, type Project, readProject, signIn, strange } from './project.ts';
import { MARK, resultsOf, sidesOf } from './result.ts';

const taskSchema = z.object({ id: z.int(), data: z.unknown() });
const tasksSchema = z.object({ tasks: z.array(taskSchema).check(z.maxLength(10)) });
const annotationsSchema = z
  .array(z.object({ id: z.int(), result: z.nullable(z.optional(z.array(z.unknown()))) }))
  .check(z.maxLength(1000));
const createdSchema = z.object({ id: z.int() });

/** The name in a task's data by which it is found again. */
const KEY = 'countersign_review';

const gone = (event: WireEvent): BatchOutcome => all([event], notYet('The task was deleted while it was written.'));

/** A refusal of the content with what Label Studio says of each field, which it keeps apart from the sentence. */
function readSaid(reply: HttpReply, now: number) {
  const said = readJson(reply, now);
  if (said.outcome?.kind !== 'invalid') return said;
  const details = /"validation_errors"\s*:\s*(\{[\s\S]{0,2000})/.exec(reply.body)?.[1];
  const words = [...(details ?? '').matchAll(/"((?:[^"\\]|\\.){3,300})"/g)].map(([, text = '']) => text);
  const more = words.length === 0 ? '' : ` (${words.slice(0, 4).join(': ')})`;
  return { outcome: { ...said.outcome, reason: `${said.outcome.reason}${more}` } };
}

/** Tasks that hold this review, the oldest first: there is one, or none. */
async function* lookUp(ask: Ask, project: string, reviewId: string, now: number): Asking<z.infer<typeof taskSchema>[]> {
  const item = { filter: `filter:tasks:data.${KEY}`, operator: 'equal', type: 'String', value: reviewId };
  const query = JSON.stringify({ filters: { conjunction: 'and', items: [item] } });
  const where = `project=${encodeURIComponent(project)}&page=1&page_size=10&query=${encodeURIComponent(query)}`;
  const reply = yield ask('GET', `tasks/?${where}`);
  if (reply.status === 404) return noProject(project);
  const said = readJson(reply, now);
  if (said.outcome) return said;
  const found = tasksSchema.safeParse(said.value);
  if (!found.success) return { outcome: strange };
  // A filter that the target does not know would let others through.
  return found.data.tasks
    .filter(({ data }) => typeof data === 'object' && data !== null && Reflect.get(data, KEY) === reviewId)
    .sort((one, other) => one.id - other.id);
}

/** What the task shows, and what it keeps beside it. */
function taskOf(event: ReviewEvent, project: Project, rest: Readonly<Record<string, unknown>>) {
  const { answer, answerName, prompt, comparison, labeling } = project;
  const { snapshot, judgement, responseKey, id, revision } = event.data;
  const sides =
    comparison && judgement.preference
      ? sidesOf(comparison, judgement.preference, { name: answerName, responseKey })
      : null;
  const compared = (comparison?.toName ?? []).map((name, index) => [
    labeling.shown.get(name) ?? '',
    sides?.[index]?.text || '(not compared)',
  ]);
  return {
    data: {
      ...Object.fromEntries(compared.filter(([variable]) => variable !== '')),
      ...(prompt === null ? {} : { [prompt]: snapshot.prompt || '(not sent)' }),
      [answer]: answerOf(event),
      [KEY]: id,
      countersign_revision: revision,
    },
    meta: {
      ...provenance(event),
      ...(prompt === null && snapshot.prompt ? { countersign_prompt: snapshot.prompt } : {}),
      ...(snapshot.context ? { countersign_context: snapshot.context } : {}),
      ...(Object.keys(rest).length > 0 ? { countersign_judgement: rest } : {}),
    },
  };
}

/** Writes the task and answers its id. */
async function* writeTask(ask: Ask, project: number, id: number | null, task: object, now: number): Asking<number> {
  const reply = yield id === null ? ask('POST', 'tasks/', { project, ...task }) : ask('PATCH', `tasks/${id}/`, task);
  const said = readSaid(reply, now);
  if (said.outcome) return said;
  const written = createdSchema.safeParse(said.value);
  return written.success ? written.data.id : { outcome: strange };
}

/** An id that the same review has in one project always, and in another never: Label Studio knows each once. */
async function uniqueId(project: number, reviewId: string): Promise<string> {
  const hash = await sha256(`${project}:${reviewId}`);
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}

const isMarked = (item: unknown) =>
  typeof item === 'object' && item !== null && String(Reflect.get(item, 'id') ?? '').startsWith(MARK);

/** The id of the reviewer's annotation; null where there is none. `known`: the target says that there is one. */
async function* findAnnotation(ask: Ask, task: number, known: boolean, now: number): Asking<number | null> {
  const said = readJson(yield ask('GET', `tasks/${task}/annotations/`), now);
  if (said.outcome) return said;
  const found = annotationsSchema.safeParse(said.value);
  if (!found.success) return { outcome: strange };
  const oldest = [...found.data].sort((one, other) => one.id - other.id);
  const ours = oldest.find(({ result }) => result?.some(isMarked)) ?? (known ? oldest[0] : undefined);
  return ours?.id ?? null;
}

/** Writes the annotation of a task that was there before or not. */
async function* annotate(
  ask: Ask,
  project: number,
  { task, wasThere }: { readonly task: number; readonly wasThere: boolean },
  event: ReviewEvent,
  result: readonly unknown[],
  now: number,
): Exchange {
  const body = { result, lead_time: event.data.spentMs / 1000 };
  let id = wasThere ? yield* findAnnotation(ask, task, false, now) : null;
  if (id === null) {
    const unique = await uniqueId(project, event.data.id);
    const reply = yield ask('POST', `tasks/${task}/annotations/`, { ...body, unique_id: unique });
    if (reply.status !== 409) {
      if (reply.status === 404) return gone(event);
      const said = readSaid(reply, now);
      return said.outcome ?? (createdSchema.safeParse(said.value).success ? all([event], delivered) : strange);
    }
    id = yield* findAnnotation(ask, task, true, now);
  }
  if (id === null) return gone(event);
  if (typeof id === 'object') return id.outcome;
  const reply = yield ask('PATCH', `annotations/${id}/`, body);
  if (reply.status === 404) return gone(event);
  const said = readSaid(reply, now);
  return said.outcome ?? (createdSchema.safeParse(said.value).success ? all([event], delivered) : strange);
}

async function* deliver(event: ReviewEvent, destination: Destination, now: number): Exchange {
  const signed = yield* signIn(destination, now);
  if ('outcome' in signed) return signed.outcome;
  const { ask } = signed;
  const project = yield* readProject(ask, destination, now);
  if ('outcome' in project) return project.outcome;
  const names = project.labeling.controls.map(({ name }) => name);
  const dimensions = event.data.judgement.ratings.map(({ dimension }) => dimension);
  if (!asksForAny(names, project.asked, dimensions)) {
    return {
      kind: 'pause',
      reason: `No control of the project “${project.title}” asks for a part of a review; it has ${listed(names)}.`,
      next: 'Name one “verdict”, or say in the field “Controls” of this destination which is which.',
    };
  }
  const tasks = yield* lookUp(ask, String(project.id), event.data.id, now);
  if ('outcome' in tasks) return tasks.outcome;
  const [before] = tasks;
  if (revisionOf(before?.data) > event.data.revision) return all([event], delivered);

  const { result, rest } = resultsOf(project.labeling, project.answerName, project.asked, event);
  const task = yield* writeTask(ask, project.id, before?.id ?? null, taskOf(event, project, rest), now);
  if (typeof task === 'object') return task.outcome;
  return yield* annotate(ask, project.id, { task, wasThere: before !== undefined }, event, result, now);
}

async function* forget(event: WireEvent, destination: Destination, now: number): Exchange {
  const signed = yield* signIn(destination, now);
  if ('outcome' in signed) return signed.outcome;
  const { ask } = signed;
  const tasks = yield* lookUp(ask, destination.options?.project ?? '', event.data.id, now);
  if ('outcome' in tasks) return tasks.outcome;
  for (const { id } of tasks) {
    const reply = yield ask('DELETE', `tasks/${id}/`);
    if (reply.status !== 204 && reply.status !== 404) return readJson(reply, now).outcome ?? strange;
  }
  return all([event], delivered);
}

/** Answers what it means that the destination is not usable; nothing is written. */
async function* probe(destination: Destination, now: number): Exchange {
  const signed = yield* signIn(destination, now);
  if ('outcome' in signed) return signed.outcome;
  const project = yield* readProject(signed.ask, destination, now);
  return 'outcome' in project ? project.outcome : { kind: 'items', items: new Map() };
}

export const labelStudio: Connector = {
  id: 'label-studio',
  learnsGzip: false,
  limits: { items: 1, bytes: 256 * 1024 },
  exchange: ([event], destination, now) => {
    if (!event) return probe(destination, now);
    return isDeletion(event) ? forget(event, destination, now) : deliver(event, destination, now);
  },
  probe,
};
