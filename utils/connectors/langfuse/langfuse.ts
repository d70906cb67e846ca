/**
 * Langfuse: a review as scores of the answer's trace, one request each, under ids made of the review's. Langfuse acknowledges
 * before it has looked: what does not fit a score config is dropped later, without a word. So values are checked against the
 * configs beforehand, and what is stored is read back, where the key allows it.
 */
import { isDeletion, type ReviewEvent, type WireEvent } from '../../review/wire.ts';
import { isHtml } from '../http.ts';
import { all, dead, delivered, notYet, withoutTrace } from '../outcomes.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest } from '../types.ts';
import { ask, configsOf, hasBoth, read, refusedDeletion, type StoredScore, scoresBy, strange } from './asking.ts';
import { type Score, scoreId, scoresOf } from './scores.ts';

/** One exchange has at most 60 requests, and Langfuse takes one score at a time. */
const MOST_SCORES = 45;
/** How long Langfuse may take to store what it took, in ms. */
const DAY_MS = 86_400_000;
/** How long after its deletion a review's scores may still come into being, in ms. */
const LAG_MS = 600_000;

const needsBoth = 'Give both keys, as “pk-lf-…:sk-lf-…”.';

/** Steps that end the exchange where they fail. */
type Step = AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply>;

async function* remove(ids: readonly string[], destination: Destination, now: number): Step {
  for (const id of ids) {
    const refused = refusedDeletion(yield ask(destination, 'DELETE', `scores/${encodeURIComponent(id)}`), now);
    if (refused) return refused;
  }
  return null;
}

async function* post(scores: readonly Score[], destination: Destination, now: number): Step {
  for (const score of scores) {
    const said = read(yield ask(destination, 'POST', 'scores', score), now);
    if (said.outcome) return said.outcome;
    const { value } = said;
    if (typeof value !== 'object' || value === null || Reflect.get(value, 'id') !== score.id) return strange;
  }
  return null;
}

async function* removeItem(reviewId: string, destination: Destination, now: number): Step {
  return refusedDeletion(yield ask(destination, 'DELETE', `dataset-items/${reviewId}`), now);
}

/** The correction as an item of the dataset, where one is named; an item of an earlier revision goes where there is none. */
async function* keepItem({ data }: ReviewEvent, destination: Destination, now: number): Step {
  const datasetName = destination.options?.dataset;
  if (!datasetName) return null;
  if (!hasBoth(destination)) {
    return {
      kind: 'pause',
      reason: `The public key alone may not add to the dataset “${datasetName}”.`,
      next: needsBoth,
    };
  }
  const { snapshot, judgement } = data;
  if (!judgement.correction) return data.revision > 1 ? yield* removeItem(data.id, destination, now) : null;
  const reply = yield ask(destination, 'POST', 'dataset-items', {
    datasetName,
    id: data.id,
    ...(snapshot.prompt ? { input: snapshot.prompt } : {}),
    expectedOutput: judgement.correction,
    metadata: { countersign_review: data.id, countersign_revision: data.revision },
    sourceTraceId: snapshot.trace?.id,
    ...(snapshot.trace?.span ? { sourceObservationId: snapshot.trace.span } : {}),
  });
  if (reply.status === 404 && !isHtml(reply)) {
    const reason = `Langfuse has no dataset “${datasetName}”.`;
    return { kind: 'pause', reason, next: 'Make it there, name another one, or leave the field empty.' };
  }
  const said = read(reply, now);
  if (said.outcome) return said.outcome;
  const { value } = said;
  return typeof value === 'object' && value !== null && Reflect.get(value, 'id') === data.id ? null : strange;
}

async function* deliver(event: ReviewEvent, destination: Destination, now: number): Exchange {
  const { id, revision, snapshot } = event.data;
  if (!snapshot.trace) return all([event], withoutTrace('Langfuse'));
  const trace = snapshot.trace.id;
  const reads = hasBoth(destination);
  const configs = reads ? yield* configsOf(destination, now) : [];
  if ('outcome' in configs) return configs.outcome;
  const scores = scoresOf(event, configs, destination.options?.environment);
  if (typeof scores === 'string') return all([event], dead(scores));
  if (scores.length > MOST_SCORES) {
    const reason = `These are ${scores.length} scores, and Langfuse is given at most ${MOST_SCORES} for a review.`;
    return all([event], dead(reason));
  }

  let before: readonly StoredScore[] = [];
  if (reads) {
    const found = yield* scoresBy({ trace }, destination, now);
    if ('outcome' in found) return found.outcome;
    before = found.scores.filter((score) => score.id.startsWith(scoreId(id, '')));
  }
  if (before.some((score) => score.revision > revision)) return all([event], delivered);
  const wanted = new Set(scores.map((score) => score.id));
  const there = new Set(before.filter((score) => score.revision === revision).map((score) => score.id));
  const stale = before.map((score) => score.id).filter((each) => !wanted.has(each));
  const stopped =
    (yield* remove(stale, destination, now)) ??
    (yield* post(
      scores.filter((score) => !there.has(score.id)),
      destination,
      now,
    )) ??
    (yield* keepItem(event, destination, now));
  if (stopped) return stopped;
  if (!reads || scores.every((score) => there.has(score.id))) return all([event], delivered);

  const found = yield* scoresBy({ trace }, destination, now);
  if ('outcome' in found) return found.outcome;
  const stored = new Set(found.scores.filter((score) => score.revision === revision).map((score) => score.id));
  const missing = scores.filter((score) => !stored.has(score.id)).map(({ name }) => `“${name}”`);
  if (missing.length === 0 || !found.whole) return all([event], delivered);
  const names = [...new Set(missing)].slice(0, 10).join(', ');
  // Others of this revision were there before: Langfuse does store, but not these.
  if (there.size > 0 && now - Date.parse(event.time) > DAY_MS) {
    return all([event], dead(`Langfuse took ${names} and stored nothing. Its score configs may not allow the value.`));
  }
  return all([event], notYet(`Langfuse took ${names} and has not stored it yet.`, 10_000));
}

async function* forget(event: WireEvent, destination: Destination, now: number): Exchange {
  if (!hasBoth(destination)) {
    const reason =
      'The public key alone may not delete scores. Delete them in Langfuse by hand, or give both keys and try again.';
    return all([event], dead(reason));
  }
  const id = event.data.id;
  const verdict = scoreId(id, 'verdict');
  const found = yield* scoresBy({ id: verdict }, destination, now);
  if ('outcome' in found) return found.outcome;
  const trace = found.scores.find((score) => score.id === verdict)?.traceId;
  if (!trace) {
    const stopped = yield* removeItem(id, destination, now);
    if (stopped) return stopped;
    const young = now - Date.parse(event.time) < LAG_MS;
    return all([event], young ? notYet('Langfuse may still be storing what it was sent.', 60_000) : delivered);
  }
  const theirs = yield* scoresBy({ trace }, destination, now);
  if ('outcome' in theirs) return theirs.outcome;
  const ids = theirs.scores.map((score) => score.id).filter((each) => each.startsWith(scoreId(id, '')));
  // The verdict goes last: by it the others are found.
  const others = ids.filter((each) => each !== verdict);
  const stopped = (yield* removeItem(id, destination, now)) ?? (yield* remove([...others, verdict], destination, now));
  return stopped ?? all([event], delivered);
}

/** With both keys reads a config; else sends a score that is none, which only a key that is known is told. */
async function* probe(destination: Destination, now: number): Exchange {
  const works: BatchOutcome = { kind: 'items', items: new Map() };
  if (hasBoth(destination)) {
    const said = read(yield ask(destination, 'GET', 'score-configs?limit=1'), now);
    return said.outcome ?? (Array.isArray(Object(said.value).data) ? works : strange);
  }
  const reply = yield ask(destination, 'POST', 'scores', {});
  const said = read(reply, now);
  if (said.outcome?.kind === 'invalid') return isHtml(reply) ? strange : works;
  return said.outcome ?? strange;
}

export const langfuse: Connector = {
  id: 'langfuse',
  learnsGzip: false,
  limits: { items: 1, bytes: 512 * 1024 },
  exchange: ([event], destination, now) => {
    if (!event) return probe(destination, now);
    return isDeletion(event) ? forget(event, destination, now) : deliver(event, destination, now);
  },
  probe,
};
