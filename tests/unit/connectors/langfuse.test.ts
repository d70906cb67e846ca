/** Langfuse: what arrives, what is checked before, and what is made of its silence. */
import { describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/langfuse/about.ts';
import { langfuse } from '../../../utils/connectors/langfuse/langfuse.ts';
import type { ScoreConfig } from '../../../utils/connectors/langfuse/scores.ts';
import type { Destination, HttpReply } from '../../../utils/connectors/types.ts';
import type { Judgement, Review } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aJudgement } from '../../support/builders.ts';
import { aReply, converse } from '../../support/exchange.ts';
import { faults, withFaultAt } from '../../support/targets/faults.ts';
import { aLangfuse, type FakeLangfuse } from '../../support/targets/langfuse.ts';
import { aFullDestination, aTrace, aTracedReview } from '../../support/traced.ts';

const JUDGED = Date.parse('2026-11-21T08:00:05Z');
const NOW = JUDGED + 60_000;
const DAY = 86_400_000;

const both: Destination = aFullDestination(about, {
  token: 'pk-lf-1:sk-lf-1',
  options: { environment: 'production', dataset: 'corrections' },
});
const alone: Destination = { ...both, token: 'pk-lf-1', options: {} };
const without = (option: 'dataset'): Destination => ({ ...both, options: { environment: 'production', [option]: '' } });

const judged = (change: Partial<Judgement>, review: Partial<Review> = {}) =>
  toEvent(aTracedReview(aTrace, { judgement: aJudgement(change), ...review }));
const send = (to: FakeLangfuse, event: WireEvent, destination = both, now = NOW) =>
  converse(langfuse.exchange([event], destination, now), to.answer);
const keyOf = (id: string) => id.slice(id.indexOf(':') + 1);
const stored = ({ scores }: FakeLangfuse) =>
  Object.fromEntries([...scores.values()].map(({ id, name, dataType, value }) => [keyOf(id), [name, dataType, value]]));
const outcomeOf = async (sent: ReturnType<typeof send>, event: WireEvent) => {
  const { outcome } = await sent;
  return outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
};
const aConfig = (change: Partial<ScoreConfig>): ScoreConfig => ({
  id: `config-${change.name}`,
  name: 'quality',
  dataType: 'NUMERIC',
  ...change,
});

test('given a review with all that one can have, all its scores are there, on the span, each of its own type', async () => {
  const to = aLangfuse({ datasets: ['corrections'] });
  const event = toEvent(aTracedReview());
  expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'delivered' });
  expect(stored(to)).toEqual({
    verdict: ['verdict', 'CATEGORICAL', 'correct'],
    'labels:wrong': ['labels', 'CATEGORICAL', 'wrong'],
    quality: ['quality', 'NUMERIC', 2],
    ':correction': ['output', 'CORRECTION', 'Refunds take 30 days after the parcel has arrived.'],
  });
  const verdict = to.scores.get(`${event.data.id}:verdict`);
  expect(verdict).toMatchObject({
    ...{ traceId: aTrace.id, observationId: aTrace.span, environment: 'production' },
    comment: 'The number of days is wrong.',
    metadata: {
      countersign_review: event.data.id,
      countersign_findings: event.data.judgement.findings,
      countersign_preference: event.data.judgement.preference,
      countersign_oversight: event.data.oversight,
    },
  });
  expect(to.scores.get(`${event.data.id}:quality`)?.comment).toBe('The number is wrong');
  expect(to.items.get(event.data.id)).toMatchObject({
    datasetName: 'corrections',
    expectedOutput: event.data.judgement.correction,
    sourceTraceId: aTrace.id,
    sourceObservationId: aTrace.span,
  });
});

test('given an exchange that ends at any request, when it begins anew, everything is there once', async () => {
  const event = toEvent(aTracedReview());
  const whole = aLangfuse({ datasets: ['corrections'] });
  const { requests } = await send(whole, event);
  for (let end = 0; end < requests.length; end += 1) {
    const to = aLangfuse({ datasets: ['corrections'] });
    const cutShort = converse(langfuse.exchange([event], both, NOW), (request, index) => {
      const reply = to.answer(request);
      if (index === end) throw new Error('the answer is lost');
      return reply;
    });
    await expect(cutShort).rejects.toThrow('lost');
    expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'delivered' });
    expect(stored(to)).toEqual(stored(whole));
    expect(to.items).toEqual(whole.items);
  }
});

test('given a later revision, it takes the place of the earlier one, and an earlier one that comes late changes nothing', async () => {
  const to = aLangfuse({ datasets: ['corrections'] });
  const first = judged({ labels: ['wrong', 'tone'] });
  const second = judged({ verdict: 'approve', labels: ['tone'], ratings: [], correction: null }, { revision: 2 });
  await send(to, first);
  expect(to.items.size).toBe(1);
  await send(to, second);
  const now = {
    verdict: ['verdict', 'CATEGORICAL', 'approve'],
    'labels:tone': ['labels', 'CATEGORICAL', 'tone'],
  };
  expect(stored(to)).toEqual(now);
  expect(to.items.size).toBe(0);
  expect(await outcomeOf(send(to, first), first)).toEqual({ outcome: 'delivered' });
  expect(stored(to)).toEqual(now);
});

describe('200 does not mean stored', () => {
  test('given scores that are not stored yet, the review waits, and nothing is sent twice once they are', async () => {
    const to = aLangfuse({ lags: true });
    const event = toEvent(aTracedReview());
    expect(await outcomeOf(send(to, event, without('dataset')), event)).toEqual({
      outcome: 'later',
      reason: 'Langfuse took “verdict”, “labels”, “quality”, “output” and has not stored it yet.',
      retryAfterMs: 10_000,
    });
    to.settle();
    const { requests, outcome } = await send(to, event, without('dataset'));
    expect(outcome).toMatchObject({ kind: 'items', items: new Map([[event.id, { outcome: 'delivered' }]]) });
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  test('given a judgement of days ago, sent now, its scores are waited for all the same', async () => {
    const to = aLangfuse({ lags: true });
    const event = toEvent(aTracedReview());
    const sent = send(to, event, without('dataset'), JUDGED + 3 * DAY);
    expect(await outcomeOf(sent, event)).toMatchObject({ outcome: 'later' });
  });

  test('given a score that was dropped while others were stored, after a day it is undeliverable, by name', async () => {
    const to = aLangfuse();
    const event = toEvent(aTracedReview());
    const drops = (destination: Destination, now: number) =>
      converse(langfuse.exchange([event], destination, now), (request) => {
        const reply = to.answer(request);
        to.scores.delete(`${event.data.id}:quality`);
        return reply;
      });
    const outcome = async (now: number) => (await drops(without('dataset'), now)).outcome;
    expect(await outcome(NOW)).toMatchObject({ items: new Map([[event.id, { outcome: 'later' }]]) });
    expect(await outcome(JUDGED + DAY + 1)).toEqual({
      kind: 'items',
      items: new Map([
        [
          event.id,
          {
            outcome: 'dead',
            reason: 'Langfuse took “quality” and stored nothing. Its score configs may not allow the value.',
          },
        ],
      ]),
    });
  });
});

describe('score configs decide', () => {
  const thumb = { dimension: 'helpful', value: 'up' };
  const cases: readonly [string, ScoreConfig, Partial<Judgement>, unknown][] = [
    ['a number', aConfig({ minValue: 1, maxValue: 5 }), {}, ['quality', 'NUMERIC', 2]],
    [
      'a thumb as yes',
      aConfig({ name: 'helpful', dataType: 'BOOLEAN' }),
      { ratings: [thumb] },
      ['helpful', 'BOOLEAN', 1],
    ],
    [
      'a thumb as no',
      aConfig({ name: 'helpful', dataType: 'BOOLEAN' }),
      { ratings: [{ ...thumb, value: 'down' }] },
      ['helpful', 'BOOLEAN', 0],
    ],
    [
      'a verdict as yes',
      aConfig({ name: 'verdict', dataType: 'BOOLEAN' }),
      { verdict: 'approve' },
      ['verdict', 'BOOLEAN', 1],
    ],
    [
      'a verdict as a number',
      aConfig({ name: 'verdict', maxValue: 1 }),
      { verdict: 'reject' },
      ['verdict', 'NUMERIC', 0],
    ],
    [
      'a category',
      aConfig({ name: 'verdict', dataType: 'CATEGORICAL', categories: [{ label: 'correct' }, { label: 'approve' }] }),
      {},
      ['verdict', 'CATEGORICAL', 'correct'],
    ],
    ['a text', aConfig({ name: 'helpful', dataType: 'TEXT' }), { ratings: [thumb] }, ['helpful', 'TEXT', 'up']],
  ];
  test.each(cases)('%s is of the type of its config', async (_, config, judgement, expected) => {
    const to = aLangfuse({ configs: [config] });
    const event = judged(judgement);
    expect(await outcomeOf(send(to, event, without('dataset')), event)).toEqual({ outcome: 'delivered' });
    expect(stored(to)[config.name]).toEqual(expected);
    expect(to.scores.get(`${event.data.id}:${config.name}`)?.configId).toBe(config.id);
  });

  test('one that is archived decides nothing', async () => {
    const to = aLangfuse({ configs: [aConfig({ dataType: 'BOOLEAN', isArchived: true })] });
    await send(to, judged({}), without('dataset'));
    expect(stored(to).quality).toEqual(['quality', 'NUMERIC', 2]);
  });

  const refusals: readonly [ScoreConfig, Partial<Judgement>, string][] = [
    [aConfig({ minValue: 3, maxValue: 5 }), {}, '“quality” takes a number from 3 to 5, and this review says “2”.'],
    [
      aConfig({ name: 'verdict', dataType: 'BOOLEAN' }),
      { verdict: 'unsure' },
      '“verdict” takes yes or no, and this review says “unsure”.',
    ],
    [
      aConfig({ name: 'labels', dataType: 'CATEGORICAL', categories: [{ label: 'tone' }, { label: 'other' }] }),
      {},
      '“labels” takes one of tone, other, and this review says “wrong”.',
    ],
  ];
  test.each(refusals)(
    'given a value that %o does not take, nothing is sent, and it is said why',
    async (config, judgement, words) => {
      const to = aLangfuse({ configs: [config] });
      const event = judged(judgement);
      expect(await outcomeOf(send(to, event), event)).toEqual({
        outcome: 'dead',
        reason: `Langfuse’s score config ${words}`,
      });
      expect(to.scores.size).toBe(0);
    },
  );
});

describe('texts', () => {
  test('given one that is longer than Langfuse keeps, it says that it was cut, and is whole in the metadata', async () => {
    const to = aLangfuse();
    const long = `Because ${'😀'.repeat(400)}`;
    const event = judged({ ratings: [{ dimension: 'why', value: long }] });
    expect(await outcomeOf(send(to, event, without('dataset')), event)).toEqual({ outcome: 'delivered' });
    const score = to.scores.get(`${event.data.id}:why`);
    expect(score).toMatchObject({ dataType: 'TEXT', metadata: { countersign_text: long } });
    expect(score?.value).toMatch(/… \(cut\)$/);
    expect(String(score?.value).length).toBeLessThanOrEqual(500);
    expect(String(score?.value).isWellFormed()).toBe(true);
  });

  test('given a review whose texts stay with the reviewer, no empty ones are sent', async () => {
    const to = aLangfuse({ datasets: ['corrections'] });
    const ratings = [
      { dimension: 'quality', value: 2 },
      { dimension: 'why', value: '' },
    ];
    const event = judged({ ratings, correction: '', comment: '' });
    const { requests } = await send(to, event);
    expect(Object.keys(stored(to))).toEqual(['verdict', 'labels:wrong', 'quality']);
    for (const { body } of requests) expect(body).not.toMatch(/"(?:comment|value|expectedOutput)":""/);
    expect(to.items.size).toBe(0);
  });
});

describe('the public key alone', () => {
  test('writes scores, and asks for nothing that it may not', async () => {
    const to = aLangfuse();
    const event = toEvent(aTracedReview());
    const { requests, outcome } = await send(to, event, alone);
    expect(outcome).toMatchObject({ items: new Map([[event.id, { outcome: 'delivered' }]]) });
    expect(new Set(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`))).toEqual(
      new Set(['POST /api/public/scores']),
    );
    expect(to.scores.size).toBe(4);
  });

  test('cannot delete, and says so', async () => {
    const to = aLangfuse();
    const tombstone = toDeletion(aTracedReview(), NOW);
    expect(await outcomeOf(send(to, tombstone, alone), tombstone)).toEqual({
      outcome: 'dead',
      reason:
        'The public key alone may not delete scores. Delete them in Langfuse by hand, or give both keys and try again.',
    });
  });

  test('cannot add to a dataset, and pauses', async () => {
    const event = toEvent(aTracedReview());
    const destination = { ...alone, options: { dataset: 'corrections' } };
    expect((await send(aLangfuse(), event, destination)).outcome).toEqual({
      kind: 'pause',
      reason: 'The public key alone may not add to the dataset “corrections”.',
      next: 'Give both keys, as “pk-lf-…:sk-lf-…”.',
    });
  });
});

describe('deletion', () => {
  test('given a tombstone, every score of the review goes, and nothing else', async () => {
    const to = aLangfuse({ datasets: ['corrections'] });
    const other = judged({}, { id: '0190a1b2-0000-7000-8000-0000000000bb' });
    await send(to, toEvent(aTracedReview()));
    await send(to, other);
    const tombstone = toDeletion(aTracedReview(), NOW);
    expect(await outcomeOf(send(to, tombstone), tombstone)).toEqual({ outcome: 'delivered' });
    expect([...to.scores.keys()].every((id) => id.startsWith(other.data.id))).toBe(true);
    expect([...to.items.keys()]).toEqual([other.data.id]);
    expect(await outcomeOf(send(to, tombstone, both, NOW + DAY), tombstone)).toEqual({ outcome: 'delivered' });
  });

  test('given one that comes before the scores are stored, it waits for them', async () => {
    const to = aLangfuse({ lags: true });
    await send(to, toEvent(aTracedReview()), without('dataset'));
    const tombstone = toDeletion(aTracedReview(), NOW);
    expect(await outcomeOf(send(to, tombstone), tombstone)).toMatchObject({ outcome: 'later' });
    to.settle();
    expect(await outcomeOf(send(to, tombstone), tombstone)).toEqual({ outcome: 'delivered' });
    expect(to.scores.size).toBe(0);
  });
});

describe('what can be wrong', () => {
  test('given a dataset that is not there, pauses and names it', async () => {
    const event = toEvent(aTracedReview());
    expect((await send(aLangfuse(), event)).outcome).toEqual({
      kind: 'pause',
      reason: 'Langfuse has no dataset “corrections”.',
      next: 'Make it there, name another one, or leave the field empty.',
    });
  });

  test('given a wrong key, pauses with Langfuse’s words', async () => {
    const event = toEvent(aTracedReview());
    expect((await send(aLangfuse(), event, { ...both, token: 'pk-lf-1:sk-lf-2' })).outcome).toMatchObject({
      kind: 'pause',
      reason: expect.stringContaining('Invalid credentials'),
    });
  });

  test('given more scores than one exchange can carry, refuses it with the number', async () => {
    const ratings = Array.from({ length: 32 }, (_, index) => ({ dimension: `d${index}`, value: ['a', 'b'] }));
    const event = judged({ ratings });
    expect(await outcomeOf(send(aLangfuse(), event), event)).toEqual({
      outcome: 'dead',
      reason: 'These are 67 scores, and Langfuse is given at most 45 for a review.',
    });
  });

  test('given a request that took Langfuse too long (422), tries again', async () => {
    const event = toEvent(aTracedReview());
    const slow = (): HttpReply => aReply({ status: 422, body: { message: 'Request timed out' } });
    expect((await converse(langfuse.exchange([event], both, NOW), slow)).outcome).toMatchObject({ kind: 'later' });
  });

  test('given Langfuse 3, reads scores where that has them', async () => {
    const to = aLangfuse({ old: true });
    const event = toEvent(aTracedReview());
    expect(await outcomeOf(send(to, event, without('dataset')), event)).toEqual({ outcome: 'delivered' });
    const tombstone = toDeletion(aTracedReview(), NOW);
    expect(await outcomeOf(send(to, tombstone), tombstone)).toEqual({ outcome: 'delivered' });
    expect(to.scores.size).toBe(0);
  });
});

test.each([
  ['both keys', both, 'items'],
  ['the public key alone', alone, 'items'],
  ['a wrong key', { ...both, token: 'pk-lf-2' }, 'pause'],
])('given %s, the trial of the connection tells, and stores nothing', async (_, destination, kind) => {
  const to = aLangfuse();
  expect((await converse(langfuse.probe(destination, NOW), to.answer)).outcome.kind).toBe(kind);
  expect(to.scores.size).toBe(0);
});

test.each(faults)('given %s at any request of an exchange, the review is kept', async (_, fault, expected) => {
  const outcomes = await withFaultAt(
    langfuse,
    toEvent(aTracedReview()),
    both,
    NOW,
    () => aLangfuse({ datasets: ['corrections'] }),
    fault,
  );
  expect(outcomes.length).toBeGreaterThan(2);
  for (const outcome of outcomes) expect(outcome).toMatchObject(expected);
});

test.each(faults)(
  'given %s at any request of a deletion or a later revision, it is owed still',
  async (_, fault, expected) => {
    const before = aLangfuse({ datasets: ['corrections'] });
    await send(before, toEvent(aTracedReview()));
    const target = () => {
      const to = aLangfuse({ datasets: ['corrections'] });
      for (const [id, score] of before.scores) to.scores.set(id, score);
      return to;
    };
    const later = judged({ labels: [], correction: null }, { revision: 2 });
    for (const event of [toDeletion(aTracedReview(), NOW), later]) {
      const outcomes = await withFaultAt(langfuse, event, both, NOW, target, fault);
      for (const outcome of outcomes) expect(outcome).toMatchObject(expected);
    }
  },
);
