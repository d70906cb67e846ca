/**
 * MLflow 3: assessments on the trace of the answer. It knows no ids of ours and stores the same again as often as it is sent,
 * so each exchange begins by reading what stands at the trace, and does only what is missing there.
 */
import * as z from 'zod/mini';
import { isDeletion, type ReviewEvent, type WireEvent } from '../../review/wire.ts';
import { readJson } from '../api.ts';
import { all, dead, delivered, untilTomorrow, withoutTrace } from '../outcomes.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest } from '../types.ts';
import { about } from './about.ts';
import { act, ask, experimentsOf, findTraces, readTrace, type Stored, saysGone, strange, type Trace } from './ask.ts';
import { type Assessment, assessmentsFor, EVENT, PART } from './assessments.ts';

/** On the trace, so that a tombstone finds it. */
const tagOf = (event: WireEvent) => `countersign.${event.data.id}`;

const writtenSchema = z.object({ assessment: z.object({ assessment_id: z.string() }) });
const experimentSchema = z.object({ experiment: z.object({ lifecycle_stage: z.optional(z.string()) }) });

const pathOf = (trace: Trace, id = '') =>
  `3.0/mlflow/traces/${encodeURIComponent(trace.id)}/assessments${id === '' ? '' : `/${id}`}`;

const revisionOf = ({ metadata }: Stored) => Number(metadata.countersign_revision ?? 0);

/** What an exchange does: null where it is done. */
type Doing = AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply>;

/** Writes an assessment anew, or over the one that stands there. MLflow adds new metadata to old: what is gone becomes empty. */
async function* write(
  destination: Destination,
  trace: Trace,
  assessment: Assessment,
  old: Stored | undefined,
  now: number,
): Doing {
  const blanks = Object.fromEntries(Object.keys(old?.metadata ?? {}).map((name) => [name, '']));
  const value = assessment.feedback ? 'feedback' : 'expectation';
  const request = old
    ? ask(destination, 'PATCH', pathOf(trace, old.id), {
        assessment: { rationale: '', ...assessment, metadata: { ...blanks, ...assessment.metadata } },
        update_mask: `${value},${value === 'feedback' ? 'rationale,' : ''}metadata`,
      })
    : ask(destination, 'POST', pathOf(trace), { assessment });
  const said = readJson(yield request, now);
  if (said.outcome) return said.outcome;
  return writtenSchema.safeParse(said.value).success ? null : strange;
}

async function* remove(destination: Destination, trace: Trace, { id }: Stored, now: number): Doing {
  return yield* act(ask(destination, 'DELETE', pathOf(trace, id)), now);
}

/** Whether all experiments are there; the outcome where one is not. */
async function* checkExperiments(destination: Destination, now: number): Doing {
  for (const id of experimentsOf(destination)) {
    const reply = yield ask(destination, 'GET', `2.0/mlflow/experiments/get?experiment_id=${id}`);
    const gone: BatchOutcome = {
      kind: 'pause',
      reason: `MLflow has no experiment ${id}. Perhaps it was deleted.`,
      next: 'Correct the experiments of this destination, or restore it in MLflow.',
    };
    if (saysGone(reply)) return gone;
    const said = readJson(reply, now);
    if (said.outcome) return said.outcome;
    const parsed = experimentSchema.safeParse(said.value);
    if (!parsed.success) return strange;
    if (parsed.data.experiment.lifecycle_stage === 'deleted') return gone;
  }
  return null;
}

async function* deliver(event: ReviewEvent, destination: Destination, now: number): Exchange {
  const { id = '' } = event.data.snapshot.trace ?? {};
  if (id === '') return all([event], withoutTrace(about.name));
  const trace = yield* readTrace(destination, id, event.data.id, now);
  if (trace === null) {
    const wrong = yield* checkExperiments(destination, now);
    return wrong ?? all([event], untilTomorrow(event, now, `MLflow has no trace ${id} (yet).`));
  }
  if ('outcome' in trace) return trace.outcome;
  if (trace.experiment !== null && !experimentsOf(destination).includes(trace.experiment)) {
    const where = `The trace is in experiment ${trace.experiment}, which this destination does not name.`;
    return all([event], dead(`${where} Add it there, then send this again.`));
  }
  if (trace.stored.some((old) => revisionOf(old) > event.data.revision)) return all([event], delivered);

  const tag = tagOf(event);
  if (trace.tags[tag] === undefined) {
    const path = `3.0/mlflow/traces/${encodeURIComponent(trace.id)}/tags`;
    const refused = yield* act(ask(destination, 'PATCH', path, { key: tag, value: 'reviewed' }), now);
    if (refused) return refused;
  }
  const kept = new Set<Stored>();
  for (const assessment of assessmentsFor(event)) {
    const old = trace.stored.find(
      ({ part, isFeedback }) =>
        part === assessment.metadata[PART] && isFeedback === (assessment.feedback !== undefined),
    );
    if (old) kept.add(old);
    if (old?.metadata[EVENT] === event.id) continue;
    const refused = yield* write(destination, trace, assessment, old, now);
    if (refused) return refused;
  }
  for (const old of trace.stored.filter((each) => !kept.has(each))) {
    const refused = yield* remove(destination, trace, old, now);
    if (refused) return refused;
  }
  return all([event], delivered);
}

async function* forget(event: WireEvent, destination: Destination, now: number): Exchange {
  const wrong = yield* checkExperiments(destination, now);
  if (wrong) return wrong;
  const tag = tagOf(event);
  const traces = yield* findTraces(destination, tag, event.data.id, now);
  if ('outcome' in traces) return traces.outcome;
  for (const trace of traces) {
    for (const old of trace.stored) {
      const refused = yield* remove(destination, trace, old, now);
      if (refused) return refused;
    }
    // Last: until then it says where the rest is.
    const path = `3.0/mlflow/traces/${encodeURIComponent(trace.id)}/tags`;
    const refused = yield* act(ask(destination, 'DELETE', `${path}?key=${encodeURIComponent(tag)}`, { key: tag }), now);
    if (refused) return refused;
  }
  return all([event], delivered);
}

async function* probe(destination: Destination, now: number): Exchange {
  return (yield* checkExperiments(destination, now)) ?? { kind: 'items', items: new Map() };
}

export const mlflow: Connector = {
  id: 'mlflow',
  learnsGzip: false,
  limits: { items: 1, bytes: 1024 * 1024 },
  exchange: ([event], destination, now) => {
    if (!event) return probe(destination, now);
    return isDeletion(event) ? forget(event, destination, now) : deliver(event, destination, now);
  },
  probe,
};
