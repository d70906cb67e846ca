/** LangSmith's own client makes the same requests of the same values, field by field. Nothing else describes that API here. */
import { Client } from 'langsmith';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/langsmith/about.ts';
import type { Feedback } from '../../../utils/connectors/langsmith/feedback.ts';
import { langsmith } from '../../../utils/connectors/langsmith/langsmith.ts';
import { deliver } from '../../../utils/delivery/deliver.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aLangSmith } from '../../support/targets/langsmith.ts';
import { type Served, serve } from '../../support/targets/serve.ts';
import { aFullDestination, anUuidTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:01:00Z');
const RUN = '0190a1b2-0000-7000-8000-0000000000ff';
const { project = '', workspace = '' } = aFullDestination(about).options ?? {};
const HEADERS = ['x-api-key', 'x-tenant-id', 'content-type'] as const;

function aJudged(change: Partial<Review> = {}): Review {
  const review = aTracedReview({ ...anUuidTrace, span: RUN });
  const ratings = [
    { dimension: 'quality', value: 2, reason: 'Terse' },
    { dimension: 'share', value: 1 / 3 },
    { dimension: 'helpful', value: 'up' },
    { dimension: 'why', value: 'It is for another country.' },
  ];
  return { ...review, judgement: { ...review.judgement, ratings }, ...change };
}

let served: Served;
beforeEach(async () => {
  served = await serve(aLangSmith({ project, runs: [RUN] }));
});
afterEach(() => served.close());

async function send(event: WireEvent) {
  const destination = aFullDestination(about, { url: `${served.origin}/api/v1` });
  const { outcome } = await deliver(langsmith, destination, [event], { fetch, now: () => NOW });
  expect(outcome).toMatchObject({ kind: 'items', items: new Map([[event.id, { outcome: 'delivered' }]]) });
  return served.asked(...HEADERS);
}
const theirs = () =>
  new Client({
    apiUrl: `${served.origin}/api/v1`,
    apiKey: 'token-of-tests',
    workspaceId: workspace,
    callerOptions: { maxRetries: 0 },
  });
/** Null and absent say the same in JSON; the official client leaves out what it was not given. */
const said = (body: unknown) => Object.fromEntries(Object.entries(Object(body)).filter(([, value]) => value !== null));

test('the official client makes the same feedback', async () => {
  const ours = await send(toEvent(aJudged()));
  expect(ours).toHaveLength(6);
  expect(ours.map(({ body }) => [(body as Feedback).key, (body as Feedback).score, (body as Feedback).value])).toEqual([
    ['verdict', 0, 'correct'],
    ['labels', null, 'wrong'],
    ['quality', 2, null],
    ['share', 0.3333, null],
    ['helpful', 1, 'up'],
    ['why', null, 'It is for another country.'],
  ]);
  // As if nothing were there.
  await send(toDeletion(aJudged(), NOW));
  for (const { body } of ours) {
    const { id, run_id, trace_id, session_id, key, score, value, comment, correction, feedback_source } =
      body as Feedback;
    await theirs().createFeedback(run_id, key, {
      ...{ score: key === 'share' ? 1 / 3 : score, value, feedbackId: id, sessionId: session_id, traceId: trace_id },
      ...(comment === null ? {} : { comment }),
      ...(correction === null ? {} : { correction }),
      sourceInfo: feedback_source.metadata,
      feedbackSourceType: 'api',
    });
  }
  const asked = served.asked(...HEADERS);
  expect(asked.map((each) => ({ ...each, body: said(each.body) }))).toEqual(
    ours.map((each) => ({ ...each, body: said(each.body) })),
  );
});

test('the official client changes, lists and deletes at the same places', async () => {
  const first = await send(toEvent(aJudged()));
  const second = await send(toEvent(aJudged({ revision: 2 })));
  const patched = second.filter(({ method }) => method === 'PATCH');
  expect(patched).toHaveLength(first.length);
  for (const { path, body } of patched) {
    const { score, value, comment, correction } = body as Feedback;
    await theirs().updateFeedback(path.split('/').at(-1) ?? '', {
      ...{ score, value },
      ...(comment === null ? {} : { comment }),
      ...(correction === null ? {} : { correction }),
    });
  }
  const changed = served.asked(...HEADERS);
  expect(changed.map((each) => ({ ...each, body: said(each.body) }))).toEqual(
    patched.map((each) => ({ ...each, body: said(each.body) })),
  );

  const deletion = await send(toDeletion(aJudged(), NOW));
  const ids = first.map(({ body }) => (body as Feedback).id);
  await send(toEvent(aJudged()));
  await theirs().readFeedback(ids[0] ?? '');
  for await (const _ of theirs().listFeedback({ runIds: [RUN] }));
  for (const id of ids) await theirs().deleteFeedback(id);
  const places = (asked: typeof deletion) =>
    asked
      .map(({ method, path }) => {
        const { pathname, searchParams } = new URL(path, served.origin);
        return `${method} ${pathname} ${[...searchParams].sort().join(' ')}`;
      })
      .sort();
  expect(places(deletion)).toEqual(places(served.asked()));
});
