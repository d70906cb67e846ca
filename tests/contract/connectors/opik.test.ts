/**
 * Opik's own client made the requests of tests/fixtures/clients/opik.json (npm `opik` 2.0.40, whose dependencies are too many to
 * be brought along for this). Ours are the same, field by field.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/opik/about.ts';
import { opik } from '../../../utils/connectors/opik/opik.ts';
import { deliver } from '../../../utils/delivery/deliver.ts';
import type { Judgement, Trace } from '../../../utils/review/schema.ts';
import { toEvent } from '../../../utils/review/wire.ts';
import { anOpik } from '../../support/targets/opik.ts';
import { type Asked, type Served, serve } from '../../support/targets/serve.ts';
import { aFullDestination, anUuidTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:01:00Z');
const SPAN = '0190a1b2-0000-7000-8000-0000000000ff';
const recorded = new URL('../../fixtures/clients/opik.json', import.meta.url);

let served: Served;
beforeEach(async () => {
  served = await serve(anOpik({ has: [anUuidTrace.id, SPAN] }));
});
afterEach(() => served.close());

async function send(change: Partial<Judgement>, revision = 1, trace: Trace = anUuidTrace): Promise<void> {
  const review = aTracedReview(trace);
  const event = toEvent({ ...review, revision, judgement: { ...review.judgement, ...change } });
  const destination = aFullDestination(about, { url: `${served.origin}/opik/api` });
  const { outcome } = await deliver(opik, destination, [event], { fetch, now: () => NOW });
  expect(outcome).toMatchObject({ kind: 'items', items: new Map([[event.id, { outcome: 'delivered' }]]) });
}

/** Everything that a connector can ask of Opik. */
async function everything(): Promise<readonly Asked[]> {
  await send({});
  await send({ labels: ['tone'], correction: 'Thirty days.' }, 2);
  await send({ correction: null, findings: undefined }, 3);
  await send({}, 1, { ...anUuidTrace, span: SPAN });
  const probe = await deliver(opik, aFullDestination(about, { url: `${served.origin}/opik/api` }), [], {
    fetch,
    now: () => NOW,
  });
  expect(probe.outcome.kind).toBe('items');
  return served.asked('authorization', 'comet-workspace', 'content-type');
}

test('the official client made the same requests', async () => {
  const ours = await everything();
  // COUNTERSIGN_WRITE_RECORD=<file> writes what was asked, to have it asked by the official client.
  const file = process.env.COUNTERSIGN_WRITE_RECORD;
  if (file) writeFileSync(file, JSON.stringify(ours, null, 2));
  const theirs = JSON.parse(readFileSync(recorded, 'utf8')) as { readonly requests: readonly Asked[] };
  expect(ours).toEqual(theirs.requests);
});
