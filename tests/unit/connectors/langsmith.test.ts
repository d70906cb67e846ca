/** LangSmith: what arrives, what happens when it is sent again, and how long a run is waited for. */
import { describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/langsmith/about.ts';
import { langsmith } from '../../../utils/connectors/langsmith/langsmith.ts';
import type { Destination } from '../../../utils/connectors/types.ts';
import type { Judgement, Review, Trace } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aJudgement } from '../../support/builders.ts';
import { aReply, converse } from '../../support/exchange.ts';
import { faults, withFaultAt } from '../../support/targets/faults.ts';
import { aLangSmith, type FakeLangSmith } from '../../support/targets/langsmith.ts';
import { aFullDestination, anUuidTrace, aTracedReview } from '../../support/traced.ts';

const JUDGED = Date.parse('2026-11-21T08:00:05Z');
const NOW = JUDGED + 60_000;
const DAY = 86_400_000;
const RUN = '0190a1b2-0000-7000-8000-0000000000ff';
const trace: Trace = { ...anUuidTrace, span: RUN };

const destination: Destination = aFullDestination(about);
const project = destination.options?.project ?? '';
const withRun = () => aLangSmith({ project, runs: [RUN] });
const judged = (change: Partial<Judgement>, review: Partial<Review> = {}) =>
  toEvent(aTracedReview(trace, { judgement: aJudgement(change), ...review }));
const send = (to: FakeLangSmith, event: WireEvent, at = NOW, where = destination) =>
  converse(langsmith.exchange([event], where, at), to.answer);
const outcomeOf = async (sent: ReturnType<typeof send>, event: WireEvent) => {
  const { outcome } = await sent;
  return outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
};
const stored = ({ feedback }: FakeLangSmith) =>
  [...feedback.values()].map(({ key, score, value }) => [key, score, value]).sort();

test('given a review with all that one can have, all of it is feedback of the run', async () => {
  const to = withRun();
  const event = toEvent(aTracedReview(trace));
  expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'delivered' });
  expect(stored(to)).toEqual([
    ['labels', null, 'wrong'],
    ['quality', 2, null],
    ['verdict', 0, 'correct'],
  ]);
  const verdict = [...to.feedback.values()].find(({ key }) => key === 'verdict');
  expect(verdict).toMatchObject({
    ...{ run_id: RUN, trace_id: trace.id, session_id: project },
    comment: 'The number of days is wrong.',
    correction: { output: 'Refunds take 30 days after the parcel has arrived.' },
    feedback_source: {
      type: 'api',
      metadata: {
        countersign_review: event.data.id,
        countersign_findings: event.data.judgement.findings,
        countersign_preference: event.data.judgement.preference,
        countersign_oversight: event.data.oversight,
      },
    },
  });
});

test.each([
  ['up', 1],
  ['down', 0],
])('given a thumb that says %s, its score is %i', async (value, score) => {
  const to = withRun();
  await send(to, judged({ verdict: 'unsure', ratings: [{ dimension: 'helpful', value }], labels: [] }));
  expect(stored(to)).toEqual([
    ['helpful', score, value],
    ['verdict', null, 'unsure'],
  ]);
});

test('given an exchange that ends at any request, when it begins anew, everything is there once', async () => {
  const event = toEvent(aTracedReview(trace));
  const whole = withRun();
  const { requests } = await send(whole, event);
  for (let end = 0; end < requests.length; end += 1) {
    const to = withRun();
    const cutShort = converse(langsmith.exchange([event], destination, NOW), (request, index) => {
      const reply = to.answer(request);
      if (index === end) throw new Error('the answer is lost');
      return reply;
    });
    await expect(cutShort).rejects.toThrow('lost');
    expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'delivered' });
    expect(to.feedback).toEqual(whole.feedback);
  }
});

test('given a later revision, what is there is changed, what is new is added, and what it dropped is deleted', async () => {
  const to = withRun();
  await send(to, judged({ labels: ['wrong', 'tone'], comment: 'Wrong.' }));
  const ids = new Set(to.feedback.keys());
  await send(to, judged({ verdict: 'approve', labels: ['tone', 'other'], correction: null }, { revision: 2 }));
  expect(stored(to)).toEqual([
    ['labels', null, 'other'],
    ['labels', null, 'tone'],
    ['quality', 2, null],
    ['verdict', 1, 'approve'],
  ]);
  const [verdict] = [...to.feedback.values()].filter(({ key }) => key === 'verdict');
  expect(verdict).toMatchObject({ correction: null, comment: null });
  expect(ids.has(verdict?.id ?? '')).toBe(true);
});

test('given two revisions that waited for the run, the earlier one changes nothing when it comes last', async () => {
  const to = aLangSmith({ project });
  const first = judged({ labels: ['wrong'] });
  const second = judged({ verdict: 'approve', labels: [] }, { revision: 2 });
  await send(to, first);
  await send(to, second);
  to.runs.add(RUN);
  await send(to, second);
  const latest = stored(to);
  expect(await outcomeOf(send(to, first), first)).toEqual({ outcome: 'delivered' });
  expect(stored(to)).toEqual(latest);
});

test('given a revision whose answer was lost, when it is sent again after the next one, that one stands', async () => {
  const to = withRun();
  const first = judged({ comment: 'At first.' });
  await send(to, first);
  await send(to, judged({ verdict: 'approve', comment: 'In the end.' }, { revision: 2 }));
  const latest = [...to.feedback.values()];
  expect(await outcomeOf(send(to, first), first)).toEqual({ outcome: 'delivered' });
  expect([...to.feedback.values()]).toEqual(latest);
});

test('given feedback of others on the run, none of it is touched', async () => {
  const to = withRun();
  const other = judged({}, { id: '0190a1b2-0000-7000-8000-0000000000bb' });
  await send(to, other);
  const theirs = [...to.feedback.values()];
  await send(to, judged({}));
  await send(to, judged({ labels: [] }, { revision: 2 }));
  await send(to, toDeletion(aTracedReview(trace), NOW));
  expect([...to.feedback.values()]).toEqual(theirs);
});

test('given a tombstone, all feedback of the review goes, and once more is no harm', async () => {
  const to = withRun();
  await send(to, toEvent(aTracedReview(trace)));
  const tombstone = toDeletion(aTracedReview(trace), NOW);
  expect(await outcomeOf(send(to, tombstone), tombstone)).toEqual({ outcome: 'delivered' });
  expect(to.feedback.size).toBe(0);
  expect(await outcomeOf(send(to, tombstone), tombstone)).toEqual({ outcome: 'delivered' });
});

describe('a run that is not there', () => {
  test('is waited for, for a day from the judgement, and arrives when it comes', async () => {
    const to = aLangSmith({ project });
    const event = toEvent(aTracedReview(trace));
    const reason = `LangSmith does not have the run ${RUN} yet.`;
    expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'later', reason, retryAfterMs: null });
    expect(await outcomeOf(send(to, event, JUDGED + DAY), event)).toEqual({
      outcome: 'dead',
      reason: `${reason} That was so for a day.`,
    });
    to.runs.add(RUN);
    expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'delivered' });
  });

  test('with an id that LangSmith gives to none is refused at once', async () => {
    const event = toEvent(aTracedReview({ id: '5b8efff798038103d269b633813fc60c' }));
    const { requests, outcome } = await send(withRun(), event);
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({
      items: new Map([[event.id, { outcome: 'dead', reason: expect.stringContaining('5b8efff7') }]]),
    });
  });
});

describe('what can be wrong', () => {
  const event = toEvent(aTracedReview(trace));

  test('given a project that is not there, pauses and names it', async () => {
    const to = aLangSmith({ project: '11111111-2222-4333-8444-555555555555', runs: [RUN] });
    const paused = {
      kind: 'pause',
      reason: `LangSmith has no project ${project} that this key may see.`,
      next: 'Take the project’s id from its address, or a key of its workspace.',
    };
    expect((await send(to, event)).outcome).toEqual(paused);
    expect((await converse(langsmith.probe(destination, NOW), to.answer)).outcome).toEqual(paused);
  });

  test('given a wrong key, pauses', async () => {
    const to = aLangSmith({ project, runs: [RUN], key: 'another' });
    expect((await send(to, event)).outcome).toMatchObject({
      kind: 'pause',
      reason: expect.stringContaining('Forbidden'),
    });
  });

  test('given an address that leads to no such API, pauses and waits for no run', async () => {
    const elsewhere = { ...destination, url: 'https://api.smith.langchain.com/v7' };
    expect((await send(withRun(), event, NOW, elsewhere)).outcome).toMatchObject({
      kind: 'pause',
      next: 'Check the address of this destination.',
    });
  });

  test('given a value that the key’s configuration refuses, the review is kept, with LangSmith’s words', async () => {
    const refusing = () => aReply({ status: 400, body: { detail: 'Score 7 is above the maximum 5' } });
    expect((await converse(langsmith.exchange([event], destination, NOW), refusing)).outcome).toEqual({
      kind: 'invalid',
      reason: 'The endpoint answered 400: Score 7 is above the maximum 5',
    });
  });

  test('given more statements than one exchange can carry, refuses it with the number', async () => {
    const many = judged({ ratings: Array.from({ length: 30 }, (_, index) => ({ dimension: `d${index}`, value: 1 })) });
    expect(await outcomeOf(send(withRun(), many), many)).toEqual({
      outcome: 'dead',
      reason: 'These are 32 statements, and LangSmith is given at most 25 for a review.',
    });
  });
});

test('given a review whose texts stay with the reviewer, no empty ones are sent', async () => {
  const ratings = [{ dimension: 'why', value: '' }];
  const { requests } = await send(withRun(), judged({ ratings, correction: '', comment: '' }));
  for (const { body } of requests) expect(body).not.toContain('""');
});

test('given a key for several workspaces, says which', async () => {
  const { requests } = await send(withRun(), judged({}));
  expect(requests[0]?.headers).toMatchObject({
    'x-api-key': 'token-of-tests',
    'x-tenant-id': destination.options?.workspace,
  });
});

test.each(faults)('given %s at any request of an exchange, the review is kept', async (_, fault, expected) => {
  const outcomes = await withFaultAt(langsmith, toEvent(aTracedReview(trace)), destination, NOW, withRun, fault);
  expect(outcomes.length).toBeGreaterThan(2);
  for (const outcome of outcomes) expect(outcome).toMatchObject(expected);
});

test.each(faults)(
  'given %s at any request of a deletion or a later revision, it is owed still',
  async (_, fault, expected) => {
    const before = withRun();
    await send(before, judged({}));
    const target = () => {
      const to = withRun();
      for (const [id, feedback] of before.feedback) to.feedback.set(id, feedback);
      return to;
    };
    for (const event of [toDeletion(aTracedReview(trace), NOW), judged({ labels: [] }, { revision: 2 })]) {
      const outcomes = await withFaultAt(langsmith, event, destination, NOW, target, fault);
      for (const outcome of outcomes) expect(outcome).toMatchObject(expected);
    }
  },
);
