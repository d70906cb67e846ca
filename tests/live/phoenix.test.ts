/** Reviews delivered to a real Arize Phoenix with authentication, and read back through its own API. */
import { beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { Review } from '../../utils/review/schema.ts';
import { toDeletion, toEvent } from '../../utils/review/wire.ts';
import { startBreakingProxy } from '../support/breaking-proxy.ts';
import { until } from '../support/browser/poll.ts';
import { aDestination } from '../support/builders.ts';
import { askTarget } from '../support/live/api.ts';
import { sendLive, sendOne } from '../support/live/send.ts';
import { describeLive } from '../support/live/server.ts';
import { aTracedReview } from '../support/traced.ts';

const ADMIN = 'admin-secret-of-live-tests-0123456789abcdef';
const trace = { id: '5b8efff798038103d269b633813fc60c', span: 'eee19b7ec3c1b174' };

interface Annotation {
  readonly name: string;
  readonly annotator_kind: string;
  readonly result: {
    readonly label: string | null;
    readonly score: number | null;
    readonly explanation: string | null;
  };
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly identifier: string;
}

describeLive(
  'phoenix',
  {
    program: 'phoenix',
    args: () => ['serve'],
    env: ({ port, sparePort, folder }) => ({
      PHOENIX_HOST: '127.0.0.1',
      PHOENIX_PORT: String(port),
      PHOENIX_GRPC_PORT: String(sparePort),
      PHOENIX_WORKING_DIR: folder,
      PHOENIX_SQL_DATABASE_URL: `sqlite:///${folder}/phoenix.db`,
      PHOENIX_TELEMETRY_ENABLED: 'false',
      PHOENIX_ENABLE_AUTH: 'true',
      PHOENIX_SECRET: 'secret-of-live-tests-0123456789abcdef',
      PHOENIX_ADMIN_SECRET: ADMIN,
    }),
    ready: '/healthz',
  },
  (server) => {
    const headers = { authorization: `Bearer ${ADMIN}` };
    const api = (path: string, method = 'GET', body?: unknown) =>
      askTarget(`${server().url}/v1/${path}`, { method, headers, body });
    const aPhoenix = (change: Parameters<typeof aDestination>[0] = {}) =>
      aDestination({
        connector: 'phoenix',
        url: server().url,
        token: ADMIN,
        options: { project: 'default', dataset: 'corrections' },
        ...change,
      });
    const aReviewOnce = (change: Partial<Review> = {}, on: Review['snapshot']['trace'] = trace) =>
      aTracedReview(on, { id: uuidv7(), ...change });
    const annotationsOf = async ({ id, reviewer }: Review, kind = 'span') => {
      const identifier = encodeURIComponent(`countersign:${reviewer.id}:${id}`);
      const { data } = (await api(`projects/default/${kind}_annotations?identifier=${identifier}&limit=1000`)) as {
        data: Annotation[];
      };
      return new Map(data.map((each) => [each.name, each]));
    };
    const examples = async () => {
      const { data } = (await api('datasets?name=corrections')) as { data: { id: string }[] };
      const found = (await api(`datasets/${data[0]?.id}/examples`)) as { data: { examples: { id: string }[] } };
      return found.data.examples;
    };

    beforeAll(async () => {
      const span = {
        name: 'answer',
        context: { trace_id: trace.id, span_id: trace.span },
        span_kind: 'LLM',
        start_time: '2026-11-21T08:00:00Z',
        end_time: '2026-11-21T08:00:01Z',
        status_code: 'OK',
      };
      await api('projects/default/spans', 'POST', { data: [span] });
      await until('the span is there', async () => {
        const { data } = (await api('projects/default/spans')) as { data: unknown[] };
        return data.length > 0;
      });
      // One that somebody else put there: it must stay.
      await api('datasets/upload?sync=true', 'POST', {
        action: 'create',
        name: 'corrections',
        inputs: [{ prompt: 'Before' }],
        outputs: [{ answer: 'Before' }],
      });
    });

    test('given a destination that is right, the probe finds nothing wrong', async () => {
      expect(await sendLive(aPhoenix(), [])).toEqual([{ kind: 'items', items: new Map() }]);
    });

    test('given a review with everything, all of it stands at the span, field by field', async () => {
      const review = aReviewOnce();
      expect(await sendOne(aPhoenix(), toEvent(review))).toEqual({ outcome: 'delivered' });
      const there = await annotationsOf(review);
      expect([...there.keys()].sort()).toEqual(['correction', 'findings', 'labels', 'quality', 'verdict']);
      for (const { annotator_kind } of there.values()) expect(annotator_kind).toBe('HUMAN');
      const { judgement } = review;
      expect(there.get('verdict')?.result).toEqual({ label: 'correct', score: 0, explanation: judgement.comment });
      expect(there.get('labels')?.result).toEqual({ label: 'wrong', score: null, explanation: null });
      expect(there.get('quality')?.result).toEqual({ label: null, score: 2, explanation: 'The number is wrong' });
      expect(there.get('correction')?.result).toEqual({ label: null, score: null, explanation: judgement.correction });
      expect(there.get('findings')?.result).toMatchObject({
        label: 'major',
        score: 2,
        explanation: expect.stringContaining(
          '“14 days” → “30 days” (wrong, major): It is 30 https://shop.example/terms',
        ),
      });
      expect(there.get('findings')?.metadata.findings).toEqual(judgement.findings);
      expect(there.get('verdict')?.metadata).toMatchObject({
        countersign_review: review.id,
        countersign_revision: 1,
        countersign_preference: judgement.preference,
        countersign_oversight: review.oversight,
      });
      expect(await examples()).toContainEqual(
        expect.objectContaining({
          id: `countersign:${review.reviewer.id}:${review.id}`,
          input: { prompt: review.snapshot.prompt, context: review.snapshot.context },
          output: { answer: judgement.correction },
          source: expect.objectContaining({ span_id: trace.span }),
        }),
      );
      expect(await examples()).toContainEqual(expect.objectContaining({ output: { answer: 'Before' } }));
    });

    test('given a trace without a span, the judgement stands at the trace', async () => {
      const review = aReviewOnce({}, { id: trace.id });
      expect(await sendOne(aPhoenix(), toEvent(review))).toEqual({ outcome: 'delivered' });
      expect((await annotationsOf(review, 'trace')).get('verdict')?.result.label).toBe('correct');
    });

    test('given the same review twice, it stands there once', async () => {
      const review = aReviewOnce();
      await sendOne(aPhoenix(), toEvent(review));
      const before = (await examples()).length;
      expect(await sendOne(aPhoenix(), toEvent(review))).toEqual({ outcome: 'delivered' });
      expect((await annotationsOf(review)).size).toBe(5);
      expect(await examples()).toHaveLength(before);
    });

    test('given that the answer to what was written is lost, sending again leaves one of each', async () => {
      const proxy = await startBreakingProxy(server().url, ({ method }) => method === 'POST');
      try {
        const review = aReviewOnce();
        const destination = aPhoenix({ url: proxy.url });
        const before = (await examples()).length;
        proxy.lose = 1;
        expect(await sendOne(destination, toEvent(review))).toMatchObject({ kind: 'later' });
        expect((await annotationsOf(review)).size).toBe(5);
        proxy.lose = 1;
        // Lost again, and this time once the annotations and before the example were acknowledged.
        expect(await sendOne(destination, toEvent(review))).toMatchObject({ kind: 'later' });
        expect(await sendOne(destination, toEvent(review))).toEqual({ outcome: 'delivered' });
        expect((await annotationsOf(review)).size).toBe(5);
        expect(await examples()).toHaveLength(before + 1);
      } finally {
        await proxy.close();
      }
    });

    test('given a later revision, it takes the place of the one before, and what it says no more is gone', async () => {
      const review = aReviewOnce();
      await sendOne(aPhoenix(), toEvent(review));
      const { correction: _, findings: __, ...kept } = review.judgement;
      const later: Review = {
        ...review,
        revision: 2,
        judgement: { ...kept, verdict: 'reject', labels: [], correction: null },
      };
      expect(await sendOne(aPhoenix(), toEvent(later))).toEqual({ outcome: 'delivered' });
      expect([...(await annotationsOf(review)).keys()].sort()).toEqual(['quality', 'verdict']);
      expect((await annotationsOf(review)).get('verdict')?.result.label).toBe('reject');
      expect(await examples()).toContainEqual(
        expect.objectContaining({
          id: `countersign:${review.reviewer.id}:${review.id}`,
          output: {},
          metadata: expect.objectContaining({ countersign_withdrawn: true }),
        }),
      );

      expect(await sendOne(aPhoenix(), toEvent(review))).toEqual({ outcome: 'delivered' });
      expect((await annotationsOf(review)).get('verdict')?.result.label).toBe('reject');
    });

    test('given a deletion, nothing is left at the span, and the example is named that must go by hand', async () => {
      const review = aReviewOnce();
      const other = aReviewOnce();
      await sendLive(aPhoenix(), [toEvent(review), toEvent(other)]);
      expect(await sendOne(aPhoenix(), toDeletion(review, Date.now()))).toMatchObject({
        outcome: 'dead',
        reason: expect.stringContaining(`countersign:${review.reviewer.id}:${review.id}`),
      });
      expect((await annotationsOf(review)).size).toBe(0);
      expect((await annotationsOf(other)).size).toBe(5);
      const withoutDataset = aPhoenix({ options: { project: 'default' } });
      expect(await sendOne(withoutDataset, toDeletion(other, Date.now()))).toEqual({ outcome: 'delivered' });
      expect((await annotationsOf(other)).size).toBe(0);
    });

    test('given a correction of 200,000 characters, it arrives whole', async () => {
      const correction = 'ü€😀x'.repeat(40_000);
      const review = aReviewOnce();
      const long = { ...review, judgement: { ...review.judgement, correction } };
      expect(await sendOne(aPhoenix(), toEvent(long))).toEqual({ outcome: 'delivered' });
      expect((await annotationsOf(long)).get('correction')?.result.explanation).toBe(correction);
      expect(await sendOne(aPhoenix(), toEvent({ ...long, revision: 2 }))).toEqual({ outcome: 'delivered' });
    });

    describe('what is wrong is said', () => {
      const unknown = { id: '0123456789abcdef0123456789abcdef', span: '0123456789abcdef' };
      test('an unknown span: later, and dead after a day', async () => {
        const young = toEvent(aReviewOnce({ createdAt: new Date().toISOString() }, unknown));
        expect(await sendOne(aPhoenix(), young)).toMatchObject({ outcome: 'later' });
        const old = toEvent(aReviewOnce({ createdAt: '2020-01-01T00:00:00.000Z' }, unknown));
        expect(await sendOne(aPhoenix(), old)).toMatchObject({
          outcome: 'dead',
          reason: expect.stringContaining('0123456789abcdef'),
        });
      });

      test('a wrong key', async () => {
        expect(await sendOne(aPhoenix({ token: 'wrong' }), toEvent(aReviewOnce()))).toMatchObject({
          kind: 'pause',
          next: expect.stringContaining('token'),
        });
      });

      test('a renamed project', async () => {
        const renamed = aPhoenix({ options: { project: 'gone' } });
        const expected = { kind: 'pause', reason: expect.stringContaining('“gone”') };
        expect(await sendOne(renamed, toEvent(aReviewOnce()))).toMatchObject(expected);
        expect(await sendLive(renamed, [])).toMatchObject([expected]);
      });

      test('a deleted dataset', async () => {
        const deleted = aPhoenix({ options: { project: 'default', dataset: 'deleted' } });
        expect(await sendOne(deleted, toEvent(aReviewOnce()))).toMatchObject({
          kind: 'pause',
          reason: expect.stringContaining('“deleted”'),
        });
        const { data } = (await api('datasets?name=deleted')) as { data: unknown[] };
        expect(data).toEqual([]);
      });
    });
  },
);
