/**
 * Langfuse against what others say of it: its OpenAPI document takes our bodies, and its own client makes the same requests
 * of the same values, field by field.
 */
import { LangfuseClient } from '@langfuse/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/langfuse/about.ts';
import { langfuse } from '../../../utils/connectors/langfuse/langfuse.ts';
import type { Score, ScoreConfig } from '../../../utils/connectors/langfuse/scores.ts';
import { deliver } from '../../../utils/delivery/deliver.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { openApi } from '../../support/openapi.ts';
import { aLangfuse } from '../../support/targets/langfuse.ts';
import { type Served, serve } from '../../support/targets/serve.ts';
import { aFullDestination, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:01:00Z');
const configs: readonly ScoreConfig[] = [
  { id: 'c1', name: 'helpful', dataType: 'BOOLEAN' },
  { id: 'c2', name: 'quality', dataType: 'NUMERIC', minValue: 1, maxValue: 5 },
];
const review = aTracedReview(undefined, {
  judgement: {
    ...aTracedReview().judgement,
    labels: ['wrong', 'tone'],
    ratings: [
      { dimension: 'quality', value: 2, reason: 'Terse' },
      { dimension: 'helpful', value: 'down' },
      { dimension: 'why so', value: 'It is for another country.' },
    ],
  },
});
const event = toEvent(review);

let served: Served;
beforeEach(async () => {
  served = await serve(aLangfuse({ configs, datasets: ['corrections'] }));
});
afterEach(() => served.close());

async function send(sent: WireEvent, token = 'pk-lf-1:sk-lf-1') {
  const destination = aFullDestination(about, { url: served.origin, token });
  const { outcome } = await deliver(langfuse, destination, [sent], { fetch, now: () => NOW });
  expect(outcome).toMatchObject({ kind: 'items', items: new Map([[sent.id, { outcome: 'delivered' }]]) });
  return served.asked('authorization', 'content-type');
}
const theirs = () => new LangfuseClient({ publicKey: 'pk-lf-1', secretKey: 'sk-lf-1', baseUrl: served.origin });
const posted = (asked: Awaited<ReturnType<typeof send>>, path: string) =>
  asked.filter((each) => each.method === 'POST' && each.path === path);

test('the document takes every body that we send', async () => {
  const document = openApi('langfuse');
  const asked = await send(event);
  for (const path of ['/api/public/scores', '/api/public/dataset-items']) {
    const validate = document.request('post', path);
    const bodies = posted(asked, path).map(({ body }) => body);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) expect(validate(body) || validate.errors).toBe(true);
    // It can be told from a body that is wrong.
    expect(validate({ ...Object(bodies[0]), unheard: 1 })).toBe(false);
  }
});

test('each value is of the very type that Langfuse stores it as', async () => {
  const asked = await send(event);
  const scores = posted(asked, '/api/public/scores').map(({ body }) => body as Score);
  expect(scores.map(({ name, dataType, value, configId }) => [name, dataType, value, configId])).toEqual([
    ['verdict', 'CATEGORICAL', 'correct', undefined],
    ['labels', 'CATEGORICAL', 'wrong', undefined],
    ['labels', 'CATEGORICAL', 'tone', undefined],
    ['quality', 'NUMERIC', 2, 'c2'],
    ['helpful', 'BOOLEAN', 0, 'c1'],
    ['why so', 'TEXT', 'It is for another country.', undefined],
    ['output', 'CORRECTION', 'Refunds take 30 days after the parcel has arrived.', undefined],
  ]);
});

test('the official client asks the same for scores and dataset items', async () => {
  const ours = await send(event);
  const { api } = theirs();
  for (const { body } of posted(ours, '/api/public/scores')) await api.scores.create(body as Score);
  for (const { body } of posted(ours, '/api/public/dataset-items')) {
    await api.datasetItems.create(body as Parameters<typeof api.datasetItems.create>[0]);
  }
  const said = served.asked('authorization', 'content-type');
  expect(said).toEqual([...posted(ours, '/api/public/scores'), ...posted(ours, '/api/public/dataset-items')]);
});

test('the official client reads and deletes at the same places', async () => {
  const paths = (asked: Awaited<ReturnType<typeof send>>) =>
    asked.map(({ method, path }) => {
      const { pathname, searchParams } = new URL(path, served.origin);
      return [method, pathname, Object.fromEntries([...searchParams].sort())];
    });
  const first = await send(event);
  const deletion = await send(toDeletion(review, NOW));
  const ours = paths([...first, ...deletion]).filter(([method]) => method !== 'POST');

  const { api } = theirs();
  const traceId = review.snapshot.trace?.id ?? '';
  const fields = 'core,details,subject';
  await api.scoreConfigs.get({ limit: 100, page: 1 });
  await api.scoresV3.getManyV3({ traceId, fields, limit: 100 });
  await api.scoresV3.getManyV3({ id: `${review.id}:verdict`, fields, limit: 100 });
  await api.datasetItems.delete(review.id).catch(() => {});
  for (const { body } of posted(first, '/api/public/scores')) await api.legacy.scoreV1.delete((body as Score).id);
  const said = paths(served.asked());
  const distinct = (asked: unknown[]) => [...new Set(asked.map((each) => JSON.stringify(each)))].sort();
  expect(distinct(ours)).toEqual(distinct(said));
});

test('the public key alone is a bearer token, and both are Basic credentials', async () => {
  const destination = aFullDestination(about, { url: served.origin, token: 'pk-lf-1', options: {} });
  await deliver(langfuse, destination, [event], { fetch, now: () => NOW });
  const [alone] = served.asked('authorization');
  expect(alone?.headers.authorization).toBe('Bearer pk-lf-1');
  const [both] = await send(event);
  expect(both?.headers.authorization).toBe(`Basic ${btoa('pk-lf-1:sk-lf-1')}`);
});
