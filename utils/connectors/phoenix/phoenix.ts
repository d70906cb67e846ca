/**
 * Arize Phoenix: annotations by a human, all of a review under one identifier, written over by later revisions. Sent with
 * `sync=true`: otherwise Phoenix says yes to spans that it does not have.
 */
import * as z from 'zod/mini';
import { isDeletion, type ReviewEvent, type WireEvent } from '../../review/wire.ts';
import { all, dead, delivered, untilTomorrow, withoutTrace } from '../outcomes.ts';
import { revisionOf } from '../record.ts';
import type { BatchOutcome, Connector, Destination, Exchange } from '../types.ts';
import { about } from './about.ts';
import { annotationsOf, identifierOf } from './annotations.ts';
import { ask, type Kind, listStored, read, remove, strange } from './ask.ts';
import { findDataset, hasExample, writeExample } from './dataset.ts';

const writtenSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

async function* deliver(event: ReviewEvent, destination: Destination, now: number): Exchange {
  const { trace } = event.data.snapshot;
  if (!trace) return all([event], withoutTrace(about.name));
  const kind: Kind = trace.span === undefined ? 'trace' : 'span';
  const identifier = identifierOf(event);
  const stored = yield* listStored(destination, kind, identifier, now);
  if ('outcome' in stored) return stored.outcome;
  if (stored.some(({ metadata }) => revisionOf(metadata) > event.data.revision)) return all([event], delivered);
  const annotations = annotationsOf(event);
  const { correction } = event.data.judgement;
  const withdrawn = !correction && stored.some(({ name }) => name === 'correction');
  const dataset = correction || withdrawn ? yield* findDataset(destination, now) : null;
  if (dataset && 'outcome' in dataset) return dataset.outcome;

  const on = kind === 'span' ? { span_id: trace.span } : { trace_id: trace.id };
  const data = annotations.map((annotation) => ({ ...on, ...annotation }));
  const reply = yield ask(destination, 'POST', `${kind}_annotations?sync=true`, { data });
  if (reply.status === 404) {
    const what = `Phoenix has no ${kind} ${kind === 'span' ? trace.span : trace.id} (yet).`;
    return all([event], untilTomorrow(event, now, what));
  }
  const said = read(reply, now);
  if (said.outcome) return said.outcome;
  const written = writtenSchema.safeParse(said.value);
  if (!written.success || written.data.data.length !== data.length) return strange;

  const names = new Set(annotations.map(({ name }) => name));
  for (const { name } of stored.filter((old) => !names.has(old.name))) {
    const kept = yield* remove(destination, kind, identifier, name, now);
    if (kept) return kept;
  }
  const refused = dataset && (yield* writeExample(destination, event, identifier, now));
  return refused ?? all([event], delivered);
}

/** A tombstone does not say whether the review hung on a span or a trace. */
async function* forget(event: WireEvent, destination: Destination, now: number): Exchange {
  const identifier = identifierOf(event);
  for (const kind of ['span', 'trace'] as const) {
    const kept = yield* remove(destination, kind, identifier, null, now);
    if (kept) return kept;
    const left = yield* listStored(destination, kind, identifier, now);
    if ('outcome' in left) return left.outcome;
    // Phoenix lets a key delete only what its own user wrote, and says yes all the same.
    if (left.length > 0) {
      return all(
        [event],
        dead(`This API key may not delete the annotations “${identifier}”, which another user of Phoenix wrote.`),
      );
    }
  }
  const dataset = yield* findDataset(destination, now);
  if (dataset === null) return all([event], delivered);
  if ('outcome' in dataset) return dataset.outcome;
  const there = yield* hasExample(destination, dataset.id, identifier, now);
  if (typeof there !== 'boolean') return there.outcome;
  const byHand = `The annotations are deleted, but Phoenix offers no way to delete an example. Delete “${identifier}” in the dataset “${destination.options?.dataset}” by hand.`;
  return all([event], there ? dead(byHand) : delivered);
}

async function* probe(destination: Destination, now: number): Exchange {
  const stored = yield* listStored(destination, 'span', 'countersign:probe', now);
  if ('outcome' in stored) return stored.outcome;
  const dataset = yield* findDataset(destination, now);
  return dataset && 'outcome' in dataset ? dataset.outcome : none;
}

const none: BatchOutcome = { kind: 'items', items: new Map() };

export const phoenix: Connector = {
  id: 'phoenix',
  learnsGzip: false,
  limits: { items: 1, bytes: 1024 * 1024 },
  exchange: ([event], destination, now) => {
    if (!event) return probe(destination, now);
    return isDeletion(event) ? forget(event, destination, now) : deliver(event, destination, now);
  },
  probe,
};
