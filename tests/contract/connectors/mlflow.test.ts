/**
 * MLflow's own client, which is of Python, made the requests of tests/fixtures/clients/mlflow.json when it was given the
 * assessments of the same review. Ours say the same, field by field.
 */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/mlflow/about.ts';
import { mlflow } from '../../../utils/connectors/mlflow/mlflow.ts';
import { deliver } from '../../../utils/delivery/deliver.ts';
import { toEvent } from '../../../utils/review/wire.ts';
import { aJudgement } from '../../support/builders.ts';
import { Mlflow } from '../../support/targets/mlflow.ts';
import { type Asked, type Served, serve } from '../../support/targets/serve.ts';
import { aFullDestination, aTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:01:00Z');
const theirs = JSON.parse(readFileSync(new URL('../../fixtures/clients/mlflow.json', import.meta.url), 'utf8')) as {
  readonly written: readonly Asked[];
  readonly changed: Asked;
  readonly deleted: Asked;
};

interface Said {
  readonly assessment: Readonly<Record<string, unknown>>;
  readonly update_mask?: string;
}

/** The client says in the body too which trace it is, and leaves out milliseconds that are none. */
function alike({ method, path, body, headers }: Asked) {
  const { trace_id: _, ...assessment } = (body as Said).assessment;
  const times = ['create_time', 'last_update_time'].map((name) => [name, Date.parse(String(assessment[name]))]);
  return { method, path, headers, assessment: { ...assessment, ...Object.fromEntries(times) } };
}

let served: Served;
beforeEach(async () => {
  served = await serve(new Mlflow(`tr-${aTrace.id}`));
});
afterEach(() => served.close());

async function send(review: ReturnType<typeof aTracedReview>): Promise<readonly Asked[]> {
  const event = toEvent(review);
  const destination = aFullDestination(about, { url: served.origin, token: 'admin:secret' });
  const { outcome } = await deliver(mlflow, destination, [event], { fetch, now: () => NOW });
  expect(outcome).toMatchObject({ kind: 'items', items: new Map([[event.id, { outcome: 'delivered' }]]) });
  return served.asked('authorization', 'content-type');
}

test('the official client writes the same assessments', async () => {
  const ours = (await send(aTracedReview())).filter(({ method }) => method === 'POST');
  expect(ours.map(alike)).toEqual(theirs.written.map(alike));
});

test('the official client changes and deletes in the same way', async () => {
  await send(aTracedReview());
  const later = aJudgement({ verdict: 'approve', labels: [], ratings: [], correction: null });
  const asked = (await send(aTracedReview(aTrace, { revision: 2, judgement: later }))).filter(({ path }) =>
    path.includes('/assessments/'),
  );
  const changed = asked.find(({ method }) => method === 'PATCH');
  if (!changed) throw new Error('Nothing was changed');
  const { assessment, update_mask } = changed.body as Said;
  const said = theirs.changed.body as Said;
  expect([changed.path, changed.headers]).toEqual([theirs.changed.path, theirs.changed.headers]);
  expect(assessment).toMatchObject({ feedback: said.assessment.feedback, rationale: said.assessment.rationale });
  expect(assessment.metadata).toMatchObject(said.assessment.metadata as object);
  // The name stays as it is.
  expect(update_mask).toBe(said.update_mask?.replace('assessmentName,', ''));
  expect(asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toContain(theirs.deleted.path);
});
