/** Reviews delivered to a real MLflow with authentication, and read back through its own API. */
import { beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { Review } from '../../utils/review/schema.ts';
import { toDeletion, toEvent } from '../../utils/review/wire.ts';
import { startBreakingProxy } from '../support/breaking-proxy.ts';
import { aDestination } from '../support/builders.ts';
import { mlflowApi, mlflowToken, startOfMlflow } from '../support/live/mlflow.ts';
import { sendLive, sendOne } from '../support/live/send.ts';
import { describeLive } from '../support/live/server.ts';
import { aTracedReview } from '../support/traced.ts';

const span = 'eee19b7ec3c1b174';

describeLive('mlflow', startOfMlflow, (server) => {
  const { api, newExperiment, ...mlflow } = mlflowApi(server);
  let experiment = '';
  const aMlflow = (change: Parameters<typeof aDestination>[0] = {}) =>
    aDestination({
      connector: 'mlflow',
      url: server().url,
      token: mlflowToken,
      options: { experiments: experiment },
      ...change,
    });
  /** A trace of its own for each test; the id as OpenTelemetry has it. */
  const newTrace = async (where = experiment) => {
    const id = uuidv7().replaceAll('-', '');
    await mlflow.newTrace(where, id);
    return { id, span };
  };
  const aReviewOn = async (change: Partial<Review> = {}) =>
    aTracedReview(await newTrace(), { id: uuidv7(), ...change });
  const infoOf = ({ snapshot }: Review) => mlflow.infoOf(snapshot.trace?.id ?? '');
  const assessmentsOf = async (review: Review) => (await infoOf(review)).assessments ?? [];
  const namesOf = async (review: Review) => (await assessmentsOf(review)).map((each) => each.assessment_name).sort();
  const whole = ['expected_response', 'findings', 'labels', 'quality', 'verdict'];

  beforeAll(async () => {
    experiment = await newExperiment('live');
  });

  test('given a destination that is right, the probe finds nothing wrong', async () => {
    expect(await sendLive(aMlflow(), [])).toEqual([{ kind: 'items', items: new Map() }]);
  });

  test('given a review with everything, all of it stands at the trace, field by field', async () => {
    const review = await aReviewOn();
    const { judgement } = review;
    expect(await sendOne(aMlflow(), toEvent(review))).toEqual({ outcome: 'delivered' });
    const there = new Map((await assessmentsOf(review)).map((each) => [each.assessment_name, each]));
    expect([...there.keys()].sort()).toEqual(whole);
    for (const each of there.values()) {
      expect(each).toMatchObject({
        source: { source_type: 'HUMAN', source_id: review.reviewer.id },
        span_id: span,
        valid: true,
        metadata: { countersign_review: review.id, countersign_revision: '1' },
      });
      expect(Date.parse(each.create_time)).toBe(Date.parse(review.createdAt));
    }
    expect(there.get('verdict')).toMatchObject({ feedback: { value: 'correct' }, rationale: judgement.comment });
    expect(there.get('labels')).toMatchObject({ feedback: { value: ['wrong'] } });
    expect(there.get('quality')).toMatchObject({ feedback: { value: 2 }, rationale: 'The number is wrong' });
    expect(there.get('expected_response')).toMatchObject({ expectation: { value: judgement.correction } });
    expect(there.get('findings')).toMatchObject({
      feedback: { value: 'major' },
      rationale: expect.stringContaining('“14 days” → “30 days” (wrong, major): It is 30 https://shop.example/terms'),
    });
    const read = (name: string, field: string) => JSON.parse(there.get(name)?.metadata[field] ?? 'null');
    expect(read('findings', 'countersign_findings')).toEqual(judgement.findings);
    expect(read('verdict', 'countersign_preference')).toEqual(judgement.preference);
    expect(read('verdict', 'countersign_oversight')).toEqual(review.oversight);
  });

  test('given the same review twice, it stands there once', async () => {
    const review = await aReviewOn();
    await sendOne(aMlflow(), toEvent(review));
    expect(await sendOne(aMlflow(), toEvent(review))).toEqual({ outcome: 'delivered' });
    expect(await namesOf(review)).toEqual(whole);
  });

  test('given that each answer to what was written is lost once, sending again leaves one of each', async () => {
    const proxy = await startBreakingProxy(server().url, ({ method }) => method !== 'GET');
    try {
      const review = await aReviewOn();
      const destination = aMlflow({ url: proxy.url });
      for (let lost = 0; lost < 1 + whole.length; lost += 1) {
        proxy.lose = 1;
        expect(await sendOne(destination, toEvent(review))).toMatchObject({ kind: 'later' });
        expect((await assessmentsOf(review)).length).toBe(lost);
      }
      expect(await sendOne(destination, toEvent(review))).toEqual({ outcome: 'delivered' });
      expect(await namesOf(review)).toEqual(whole);
    } finally {
      await proxy.close();
    }
  });

  test('given two reviewers of one answer, each has a word', async () => {
    const review = await aReviewOn();
    const other = { ...review, id: uuidv7(), reviewer: { id: 'installation-2', name: 'A. Reader' } };
    await sendLive(aMlflow(), [toEvent(review), toEvent(other)]);
    expect(await namesOf(review)).toEqual([...whole, ...whole].sort());
  });

  test('given a later revision, it takes the place of the one before, and what it says no more is gone', async () => {
    const review = await aReviewOn();
    await sendOne(aMlflow(), toEvent(review));
    const { preference: _, findings: __, ...kept } = review.judgement;
    const judgement: Review['judgement'] = {
      ...kept,
      verdict: 'reject',
      labels: [],
      correction: null,
      comment: null,
    };
    const later: Review = { ...review, revision: 2, judgement };
    expect(await sendOne(aMlflow(), toEvent(later))).toEqual({ outcome: 'delivered' });
    expect(await namesOf(review)).toEqual(['quality', 'verdict']);
    const verdict = (await assessmentsOf(review)).find((each) => each.assessment_name === 'verdict');
    expect(verdict).toMatchObject({ feedback: { value: 'reject' }, metadata: { countersign_preference: '' } });
    expect(verdict?.rationale ?? '').toBe('');

    expect(await sendOne(aMlflow(), toEvent(review))).toEqual({ outcome: 'delivered' });
    expect(await namesOf(review)).toEqual(['quality', 'verdict']);
  });

  test('given a deletion, nothing of it is left at the trace, and all of the others', async () => {
    const review = await aReviewOn();
    const other = { ...review, id: uuidv7() };
    await sendLive(aMlflow(), [toEvent(review), toEvent(other)]);
    expect(await sendOne(aMlflow(), toDeletion(review, Date.now()))).toEqual({ outcome: 'delivered' });
    const { assessments = [], tags = {} } = await infoOf(review);
    expect(assessments.map(({ metadata }) => metadata.countersign_review)).toEqual(whole.map(() => other.id));
    expect(Object.keys(tags).filter((name) => name.startsWith('countersign'))).toEqual([`countersign.${other.id}`]);
    expect(await sendOne(aMlflow(), toDeletion(review, Date.now()))).toEqual({ outcome: 'delivered' });
  });

  test('given a correction of 200,000 characters, it arrives whole, and once', async () => {
    const correction = 'ü€😀x'.repeat(40_000);
    const review = await aReviewOn();
    const long = { ...review, judgement: { ...review.judgement, correction } };
    expect(await sendOne(aMlflow(), toEvent(long))).toEqual({ outcome: 'delivered' });
    expect(await sendOne(aMlflow(), toEvent(long))).toEqual({ outcome: 'delivered' });
    const corrections = (await assessmentsOf(long)).filter(({ expectation }) => expectation);
    expect(corrections.map(({ expectation }) => expectation?.value)).toEqual([correction]);
  });

  describe('what is wrong is said', () => {
    test('an unknown trace: later, and dead after a day', async () => {
      const nowhere = { id: '0123456789abcdef0123456789abcdef' };
      const young = aTracedReview(nowhere, { createdAt: new Date().toISOString() });
      expect(await sendOne(aMlflow(), toEvent(young))).toMatchObject({ outcome: 'later' });
      const old = aTracedReview(nowhere, { createdAt: '2020-01-01T00:00:00.000Z' });
      expect(await sendOne(aMlflow(), toEvent(old))).toMatchObject({
        outcome: 'dead',
        reason: expect.stringContaining(nowhere.id),
      });
    });

    test('a wrong key', async () => {
      const review = await aReviewOn();
      expect(await sendOne(aMlflow({ token: 'admin:wrong' }), toEvent(review))).toMatchObject({
        kind: 'pause',
        next: expect.stringContaining('token'),
      });
    });

    test('a renamed experiment changes nothing; a deleted one, and one that never was, are named', async () => {
      const id = await newExperiment('before');
      const here = aMlflow({ options: { experiments: id } });
      await api('2.0/mlflow/experiments/update', 'POST', { experiment_id: id, new_name: 'after' });
      const review = aTracedReview(await newTrace(id), { id: uuidv7() });
      expect(await sendOne(here, toEvent(review))).toEqual({ outcome: 'delivered' });
      await api('2.0/mlflow/experiments/delete', 'POST', { experiment_id: id });
      for (const experiments of [id, '987654']) {
        expect(await sendLive(aMlflow({ options: { experiments } }), [])).toMatchObject([
          { kind: 'pause', reason: expect.stringContaining(`experiment ${experiments}`) },
        ]);
      }
    });

    test('a trace of an experiment that the destination does not name', async () => {
      const id = await newExperiment('elsewhere');
      const review = aTracedReview(await newTrace(id), { id: uuidv7() });
      expect(await sendOne(aMlflow(), toEvent(review))).toMatchObject({
        outcome: 'dead',
        reason: expect.stringContaining(`experiment ${id}`),
      });
      expect(await assessmentsOf(review)).toEqual([]);
    });
  });
});
