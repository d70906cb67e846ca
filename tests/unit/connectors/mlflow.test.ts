/** MLflow: what arrives of a review, that nothing stands there twice, and what is said where it does not go. */
import { describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/mlflow/about.ts';
import { mlflow } from '../../../utils/connectors/mlflow/mlflow.ts';
import type { Destination, HttpReply } from '../../../utils/connectors/types.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aJudgement } from '../../support/builders.ts';
import { aShownEvent, jsonExample, pageOf } from '../../support/connector-document.ts';
import { aReply, converse } from '../../support/exchange.ts';
import { Mlflow } from '../../support/targets/mlflow.ts';
import { aFullDestination, aTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const review = aTracedReview();
const TRACE = `tr-${aTrace.id}`;
const delivered = { outcome: 'delivered' };
const destination = aFullDestination(about);
const whole = ['expected_response', 'findings', 'labels', 'quality', 'verdict'];

async function send(server: Mlflow, event: WireEvent, to: Destination = destination, now = NOW) {
  const { outcome } = await converse(mlflow.exchange([event], to, now), server.answer);
  return outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
}
const at = (server: Mlflow) => server.traces.get(TRACE)?.assessments ?? [];
const namesAt = (server: Mlflow) =>
  at(server)
    .map((each) => each.assessment_name)
    .sort();
const named = (server: Mlflow, name: string) => at(server).find((each) => each.assessment_name === name);
const judged = (change: Parameters<typeof aJudgement>[0], revision = 1): Review => ({
  ...review,
  revision,
  judgement: aJudgement({ labels: [], ratings: [], correction: null, ...change }),
});

describe('what arrives', () => {
  test('given a review with everything, each part is an assessment by a human on the span', async () => {
    const server = new Mlflow(TRACE);
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(namesAt(server)).toEqual(whole);
    for (const each of at(server)) {
      expect(each).toMatchObject({
        source: { source_type: 'HUMAN', source_id: review.reviewer.id },
        span_id: aTrace.span,
        create_time: review.createdAt,
      });
      for (const value of Object.values(each.metadata)) expect(value).toBeTypeOf('string');
    }
    expect(named(server, 'verdict')).toMatchObject({
      feedback: { value: 'correct' },
      valid: true,
      rationale: review.judgement.comment,
    });
    expect(named(server, 'labels')).toMatchObject({ feedback: { value: ['wrong'] } });
    expect(named(server, 'expected_response')).toMatchObject({ expectation: { value: review.judgement.correction } });
  });

  test('given ids that are MLflow’s own already, they are taken as they are', async () => {
    const server = new Mlflow('tr-own');
    expect(await send(server, toEvent(aTracedReview({ id: 'tr-own' })))).toEqual(delivered);
    const [first] = server.traces.get('tr-own')?.assessments ?? [];
    expect(first).not.toHaveProperty('span_id');
  });

  test('given dimensions with full stops, or called as one of ours, each has a name of its own', async () => {
    const server = new Mlflow(TRACE);
    const ratings = ['a.b', 'findings', 'expected_response'].map((dimension) => ({ dimension, value: 1 }));
    expect(await send(server, toEvent(judged({ ratings })))).toEqual(delivered);
    expect(namesAt(server)).toEqual(['a_b', 'rating_expected_response', 'rating_findings', 'verdict']);
  });

  test('given user and password, they are sent as Basic; another token as Bearer', async () => {
    const authorizationOf = async (token: string | null) => {
      const step = await mlflow.exchange([toEvent(review)], { ...destination, token }, NOW).next();
      return step.done ? undefined : step.value.headers.authorization;
    };
    expect(await authorizationOf('admin:secret')).toBe(`Basic ${btoa('admin:secret')}`);
    expect(await authorizationOf('dapi123')).toBe('Bearer dapi123');
    expect(await authorizationOf(null)).toBeUndefined();
  });
});

describe('again, later, and no more', () => {
  test('given the same review twice, nothing is written again', async () => {
    const server = new Mlflow(TRACE);
    await send(server, toEvent(review));
    const { requests } = await converse(mlflow.exchange([toEvent(review)], destination, NOW), server.answer);
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
    expect(namesAt(server)).toEqual(whole);
  });

  test('given that the exchange ends after any request, beginning it anew leaves one of each', async () => {
    for (let most = 1; most <= 7; most += 1) {
      const server = new Mlflow(TRACE);
      const exchange = mlflow.exchange([toEvent(review)], destination, NOW);
      let step = await exchange.next();
      for (let made = 0; made < most && !step.done; made += 1) {
        const reply: HttpReply = server.answer(step.value);
        if (made + 1 < most) step = await exchange.next(reply);
      }
      expect(await send(server, toEvent(review))).toEqual(delivered);
      expect(namesAt(server)).toEqual(whole);
    }
  });

  test('given a revision, it takes the place of the one before; what it says no more is empty or gone', async () => {
    const server = new Mlflow(TRACE);
    await send(server, toEvent(review));
    const id = named(server, 'verdict')?.assessment_id;
    expect(await send(server, toEvent(judged({ verdict: 'approve' }, 2)))).toEqual(delivered);
    expect(namesAt(server)).toEqual(['verdict']);
    expect(named(server, 'verdict')).toMatchObject({
      assessment_id: id,
      feedback: { value: 'approve' },
      rationale: '',
      metadata: { countersign_revision: '2', countersign_preference: '' },
    });
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(named(server, 'verdict')).toMatchObject({ feedback: { value: 'approve' } });
  });

  test('given a deletion, its assessments and its tag are gone, and those of others stay', async () => {
    const server = new Mlflow(TRACE);
    const other = { ...review, id: '0190a1b2-0000-7000-8000-0000000000bb' };
    await send(server, toEvent(review));
    await send(server, toEvent(other));
    at(server).push({ assessment_id: 'a-judge', assessment_name: 'verdict', metadata: {} });
    expect(await send(server, toDeletion(review, NOW))).toEqual(delivered);
    expect(at(server).filter(({ metadata }) => metadata.countersign_review === other.id)).toHaveLength(whole.length);
    expect(at(server)).toHaveLength(whole.length + 1);
    expect(server.traces.get(TRACE)?.tags).toEqual({ [`countersign.${other.id}`]: 'reviewed' });
    expect(await send(server, toDeletion(review, NOW))).toEqual(delivered);
  });
});

describe('what is wrong is said', () => {
  test('a trace that is not there: later, and dead after a day', async () => {
    const server = new Mlflow();
    expect(await send(server, toEvent(review))).toMatchObject({ outcome: 'later' });
    expect(await send(server, toEvent(review), destination, NOW + 86_400_000)).toMatchObject({
      outcome: 'dead',
      reason: expect.stringContaining(`no trace ${aTrace.id}`),
    });
  });

  test.each([
    ['that is deleted', 'deleted'],
    ['that never was', null],
  ])('an experiment %s: pauses and names it, and a deletion waits for it', async (_, stage) => {
    const server = new Mlflow();
    server.experiments = new Map(stage === null ? [] : [['0', stage]]);
    const expected = { kind: 'pause', reason: expect.stringContaining('experiment 0'), next: expect.any(String) };
    expect(await send(server, toEvent(review))).toMatchObject(expected);
    expect(await send(server, toDeletion(review, NOW))).toMatchObject(expected);
    expect((await converse(mlflow.probe(destination, NOW), server.answer)).outcome).toMatchObject(expected);
  });

  test('a trace of another experiment: kept with the reason, since a deletion would not find it', async () => {
    const server = new Mlflow(TRACE);
    const elsewhere = { ...destination, options: { experiments: '7, 8' } };
    expect(await send(server, toEvent(review), elsewhere)).toMatchObject({
      outcome: 'dead',
      reason: expect.stringContaining('experiment 0'),
    });
    expect(at(server)).toEqual([]);
  });

  test('a server that has no such address at all is no MLflow 3: pauses', async () => {
    const { outcome } = await converse(mlflow.exchange([toEvent(review)], destination, NOW), () =>
      aReply({ status: 404, body: { detail: 'Not Found' } }),
    );
    expect(outcome.kind).toBe('pause');
  });

  test('a text that MLflow refuses: the review is kept, with MLflow’s words', async () => {
    const server = new Mlflow(TRACE);
    const { outcome } = await converse(mlflow.exchange([toEvent(review)], destination, NOW), (request) =>
      request.method === 'POST'
        ? aReply({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'value too long' } })
        : server.answer(request),
    );
    expect(outcome).toMatchObject({ kind: 'invalid', reason: expect.stringContaining('value too long') });
  });
});

test('the page shows the assessments as they arrive, and the fate of each part', async () => {
  const server = new Mlflow(TRACE);
  expect(await send(server, aShownEvent(aTrace))).toEqual(delivered);
  const assessments = at(server).map(({ assessment_id: _, ...assessment }) => assessment);
  expect(jsonExample('mlflow', 'assessments', assessments)).toEqual(assessments);
  for (const { as } of Object.values(about.carries)) expect(pageOf('mlflow')).toContain(`| ${as} |`);
});
