/** Braintrust's REST API: feedback for rows of a project's logs, and rows of logs and datasets (its OpenAPI document, 1.0.0). */
import { isDeletion, type WireEvent } from '../../review/wire.ts';
import { apiRequest, readJson } from '../api.ts';
import { misconfigured } from '../http.ts';
import { all, dead, delivered } from '../outcomes.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest } from '../types.ts';
import { about } from './about.ts';
import { datasetRow, feedbackFor, noRow, ownRow, rowOf } from './rows.ts';
import { readScales } from './scales.ts';

/** What a destination's fields say. */
interface Place {
  readonly project: string;
  readonly dataset: string | null;
  readonly scales: Parameters<typeof ownRow>[1];
}

function placeOf({ options = {} }: Destination): Place | null {
  const { project = '', dataset = null, scales: typed } = options;
  const scales = readScales(typed);
  return project !== '' && scales.ok ? { project, dataset, scales: scales.value } : null;
}

/** One request, and whether its answer says that it was done. */
interface Step {
  /** Below the address. */
  readonly path: string;
  readonly body: object;
  readonly isDone: (answer: object) => boolean;
  /** What it writes to, in the user's words. */
  readonly target: string;
}

const insert = (kind: 'project_logs' | 'dataset', id: string, rows: readonly { readonly id?: unknown }[]): Step => ({
  path: `v1/${kind}/${id}/insert`,
  body: { events: rows },
  // The ids of all rows; of deleted ones nothing is said.
  isDone: (answer) => {
    const ids: unknown = Reflect.get(answer, 'row_ids');
    return Array.isArray(ids) && rows.every((row) => '_object_delete' in row || ids.includes(row.id));
  },
  target: `the ${kind === 'dataset' ? 'dataset' : 'project'} ${id}`,
});

const feedback = (project: string, items: readonly object[]): Step => ({
  path: `v1/project_logs/${project}/feedback`,
  body: { feedback: items },
  isDone: (answer) => Reflect.get(answer, 'status') === 'success',
  target: `the project ${project}`,
});

/** What an event asks for. Feedback comes last: it is the one thing that is not the same when it is done twice. */
function stepsOf(event: WireEvent, { project, dataset, scales }: Place): readonly Step[] {
  const { id } = event.data;
  if (isDeletion(event)) {
    return [
      ...(dataset ? [insert('dataset', dataset, [noRow(id)])] : []),
      insert('project_logs', project, [noRow(id)]),
    ];
  }
  const row = rowOf(event);
  // A revision that takes its correction back takes the row back too.
  const kept = datasetRow(event, project) ?? (event.data.revision > 1 ? noRow(id) : null);
  return [
    ...(dataset && kept ? [insert('dataset', dataset, [kept])] : []),
    row
      ? feedback(project, [feedbackFor(row, event, scales)])
      : insert('project_logs', project, [ownRow(event, scales)]),
  ];
}

const requestOf = (destination: Destination, { path, body }: Step): HttpRequest =>
  apiRequest(destination, { authorization: `Bearer ${destination.token}` }, 'POST', path, body);

/** The reason, and what was written to: of several ids one is wrong. */
function naming(outcome: BatchOutcome, target: string): BatchOutcome {
  if (outcome.kind !== 'pause' && outcome.kind !== 'invalid') return outcome;
  return { ...outcome, reason: `${outcome.reason} It was about ${target}, which may be gone or closed to this key.` };
}

/** null where the step was done. */
function read(reply: HttpReply, { isDone, target }: Step, now: number): BatchOutcome | null {
  const said = readJson(reply, now);
  if (said.outcome) return [400, 403, 404].includes(reply.status) ? naming(said.outcome, target) : said.outcome;
  const { value } = said;
  const done = typeof value === 'object' && value !== null && isDone(value);
  return done ? null : misconfigured('does not answer as Braintrust does.');
}

const notTakenBack = dead(
  'What this review stored in Braintrust as rows of its own is deleted. Scores and comments that it put on the row of a trace cannot be taken back: delete those there by hand.',
);

const unset: BatchOutcome = {
  kind: 'pause',
  reason: 'This destination names no project of Braintrust, or scales that cannot be read.',
  next: 'Fill in its fields.',
};

async function* follow(
  steps: readonly Step[],
  destination: Destination,
  now: number,
): AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply> {
  for (const step of steps) {
    const outcome = read(yield requestOf(destination, step), step, now);
    if (outcome) return outcome;
  }
  return null;
}

async function* exchange(events: readonly WireEvent[], destination: Destination, now: number): Exchange {
  const place = placeOf(destination);
  if (!place) return unset;
  const steps = events.flatMap((event) => stepsOf(event, place));
  const outcome = yield* follow(steps, destination, now);
  return (
    outcome ?? {
      kind: 'items',
      items: new Map(events.map((event) => [event.id, isDeletion(event) ? notTakenBack : delivered])),
    }
  );
}

async function* probe(destination: Destination, now: number): Exchange {
  const place = placeOf(destination);
  if (!place) return unset;
  const { project, dataset } = place;
  const steps = [feedback(project, []), ...(dataset ? [insert('dataset', dataset, [])] : [])];
  return (yield* follow(steps, destination, now)) ?? all([], delivered);
}

export const braintrust: Connector = {
  id: about.id,
  learnsGzip: false,
  limits: { items: 1, bytes: 256 * 1024 },
  exchange,
  probe,
};
