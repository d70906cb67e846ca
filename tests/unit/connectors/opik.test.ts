/** Opik: what arrives, what happens when it is sent again, and how long a trace is waited for. */
import { describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/opik/about.ts';
import { opik } from '../../../utils/connectors/opik/opik.ts';
import type { Destination } from '../../../utils/connectors/types.ts';
import type { Judgement, Review, Trace } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aJudgement } from '../../support/builders.ts';
import { aReply, converse } from '../../support/exchange.ts';
import { faults, withFaultAt } from '../../support/targets/faults.ts';
import { anOpik, type FakeOpik } from '../../support/targets/opik.ts';
import { aFullDestination, anUuidTrace, aTracedReview } from '../../support/traced.ts';

const JUDGED = Date.parse('2026-11-21T08:00:05Z');
const NOW = JUDGED + 60_000;
const DAY = 86_400_000;
const TRACE = anUuidTrace.id;
const SPAN = '0190a1b2-0000-7000-8000-0000000000ff';

const destination: Destination = aFullDestination(about);
const judged = (change: Partial<Judgement>, review: Partial<Review> = {}, trace: Trace = anUuidTrace) =>
  toEvent(aTracedReview(trace, { judgement: aJudgement(change), ...review }));
const send = (to: FakeOpik, event: WireEvent, at = NOW, where = destination) =>
  converse(opik.exchange([event], where, at), to.answer);
const outcomeOf = async (sent: ReturnType<typeof send>, event: WireEvent) => {
  const { outcome } = await sent;
  return outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
};
const scores = (to: FakeOpik, id = TRACE) =>
  [...(to.entities.get(id)?.scores.values() ?? [])].map(({ name, value, category_name }) => [
    name,
    value,
    category_name,
  ]);
const comments = (to: FakeOpik, id = TRACE) => [...(to.entities.get(id)?.comments.values() ?? [])];

test('given a review with all that one can have, all of it is on the trace, and the correction in the dataset', async () => {
  const to = anOpik({ has: [TRACE] });
  const event = toEvent(aTracedReview(anUuidTrace));
  expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'delivered' });
  expect(scores(to)).toEqual([
    ['verdict', 0, 'correct'],
    ['labels.wrong', 1, 'wrong'],
    ['quality', 2, undefined],
  ]);
  expect(to.entities.get(TRACE)?.scores.get('verdict installation-1')).toMatchObject({
    reason: 'The number of days is wrong.',
    project_name: 'support-bot',
    source: 'sdk',
  });
  expect(comments(to)).toEqual([
    `Countersign review ${event.data.id}, revision 1, by installation-1

Correction:
Refunds take 30 days after the parcel has arrived.

Findings:
“14 days” → “30 days” (wrong, major): It is 30 https://shop.example/terms
“parcel” (wrong, major)`,
  ]);
  expect(to.items.get(event.data.id)).toMatchObject({
    source: 'trace',
    trace_id: TRACE,
    data: { expected_output: event.data.judgement.correction },
  });
});

test('given a span, scores and comment are on it', async () => {
  const to = anOpik({ has: [TRACE, SPAN] });
  await send(to, judged({}, {}, { id: TRACE, span: SPAN }));
  expect(scores(to, SPAN).map(([name]) => name)).toEqual(['verdict', 'labels.wrong', 'quality']);
  expect(comments(to, SPAN)).toHaveLength(1);
  expect(scores(to)).toEqual([]);
  expect([...to.items.values()]).toMatchObject([{ source: 'span', trace_id: TRACE, span_id: SPAN }]);
});

test('given ratings of all scales, numbers, thumbs and choices are scores, and a text is in the comment', async () => {
  const to = anOpik({ has: [TRACE] });
  const ratings = [
    { dimension: 'price', value: 1 / 3 },
    { dimension: 'helpful', value: 'down' },
    { dimension: 'tone', value: 'too-formal' },
    { dimension: 'missing', value: ['steps', 'source'] },
    { dimension: 'why', value: 'It is for another country.' },
  ];
  await send(to, judged({ verdict: 'unsure', labels: [], correction: null, ratings }));
  expect(scores(to)).toEqual([
    ['verdict', 0.5, 'unsure'],
    ['price', 0.333333333, undefined],
    ['helpful', 0, 'down'],
    ['tone.too-formal', 1, 'too-formal'],
    ['missing.steps', 1, 'steps'],
    ['missing.source', 1, 'source'],
  ]);
  expect(comments(to)[0]).toMatch(/\n\nwhy: It is for another country\.$/);
});

test('given an exchange that ends at any request, when it begins anew, everything is there once', async () => {
  const event = toEvent(aTracedReview(anUuidTrace));
  const whole = anOpik({ has: [TRACE] });
  const { requests } = await send(whole, event);
  expect(requests).toHaveLength(4);
  for (let end = 0; end < requests.length; end += 1) {
    const to = anOpik({ has: [TRACE] });
    const cutShort = converse(opik.exchange([event], destination, NOW), (request, index) => {
      const reply = to.answer(request);
      if (index === end) throw new Error('the answer is lost');
      return reply;
    });
    await expect(cutShort).rejects.toThrow('lost');
    expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'delivered' });
    expect(to.entities).toEqual(whole.entities);
    expect(to.items).toEqual(whole.items);
  }
});

test('given a later revision, scores and comment are changed, and what it dropped is deleted, of this reviewer alone', async () => {
  const to = anOpik({ has: [TRACE] });
  const reviewer = { id: 'installation-2', name: 'B. Reviewer' };
  await send(to, judged({ labels: ['wrong', 'unsafe'] }, { id: '0190a1b2-0000-7000-8000-0000000000bb', reviewer }));
  await send(to, judged({ labels: ['wrong', 'tone'] }));
  const { requests } = await send(to, judged({ labels: ['tone'], correction: 'Thirty days.' }, { revision: 2 }));
  expect(requests.filter(({ url }) => url.endsWith('/delete')).map(({ body }) => JSON.parse(body))).toEqual([
    { name: 'labels.wrong', author: 'installation-1' },
  ]);
  expect([...(to.entities.get(TRACE)?.scores.keys() ?? [])].sort()).toEqual([
    'labels.tone installation-1',
    'labels.unsafe installation-2',
    'labels.wrong installation-2',
    'quality installation-1',
    'quality installation-2',
    'verdict installation-1',
    'verdict installation-2',
  ]);
  expect(comments(to)).toEqual([
    expect.stringContaining('by B. Reviewer'),
    expect.stringMatching(/revision 2, by installation-1\n\nCorrection:\nThirty days\.$/),
  ]);
  await send(to, judged({ verdict: 'approve', labels: [], correction: null }, { revision: 3 }));
  expect(comments(to)[1]).toMatch(/revision 3, by installation-1$/);
  expect([...to.items.keys()]).toEqual(['0190a1b2-0000-7000-8000-0000000000bb']);
});

test('given two revisions that waited for the trace, the earlier one changes nothing when it comes last', async () => {
  const to = anOpik({ has: [TRACE] });
  await send(to, judged({ verdict: 'approve', labels: [], correction: null }, { revision: 2 }));
  const latest = [scores(to), comments(to)];
  const first = judged({});
  expect(await outcomeOf(send(to, first), first)).toEqual({ outcome: 'delivered' });
  expect([scores(to), comments(to)]).toEqual(latest);
});

describe('a trace that is not there', () => {
  test('is waited for, for a day from the judgement, and arrives when it comes', async () => {
    const to = anOpik({});
    const event = judged({});
    const reason = `Opik does not have the trace ${TRACE} yet.`;
    expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'later', reason, retryAfterMs: null });
    expect(await outcomeOf(send(to, event, JUDGED + DAY), event)).toEqual({
      outcome: 'dead',
      reason: `${reason} That was so for a day.`,
    });
    to.add(TRACE);
    expect(await outcomeOf(send(to, event), event)).toEqual({ outcome: 'delivered' });
  });

  test.each([
    ['an OpenTelemetry trace', { id: '5b8efff798038103d269b633813fc60c' }],
    ['a UUID of another version', { id: '0190a1b2-0000-4000-8000-000000000001' }],
    ['such a span', { id: TRACE, span: 'eee19b7ec3c1b174' }],
  ])('given %s, is refused at once, by its id', async (_, trace: Trace) => {
    const event = judged({}, {}, trace);
    const { requests, outcome } = await send(anOpik({ has: [TRACE] }), event);
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({
      items: new Map([[event.id, { outcome: 'dead', reason: expect.stringContaining(`“${trace.span ?? trace.id}”`) }]]),
    });
  });
});

describe('what can be wrong', () => {
  test('given a project that is not there, pauses and names it', async () => {
    const to = anOpik({ project: 'renamed' });
    const paused = {
      kind: 'pause',
      reason: 'Opik has no project “support-bot” in this workspace.',
      next: 'Correct the name of the project, or of the workspace.',
    };
    expect((await send(to, judged({}))).outcome).toEqual(paused);
    expect((await converse(opik.probe(destination, NOW), to.answer)).outcome).toEqual(paused);
  });

  test('given a dataset that is not there, pauses and names it', async () => {
    expect((await send(anOpik({ has: [TRACE], datasets: [] }), judged({}))).outcome).toMatchObject({
      kind: 'pause',
      reason: 'Opik has no dataset “corrections”.',
    });
  });

  test('given a wrong key, pauses with Opik’s words', async () => {
    const where = { ...destination, token: 'another' };
    expect((await send(anOpik({ has: [TRACE] }), judged({}), NOW, where)).outcome).toMatchObject({
      kind: 'pause',
      reason: expect.stringContaining('API key should be provided'),
    });
  });

  test('given a number that Opik does not take, refuses it by name', async () => {
    const event = judged({ ratings: [{ dimension: 'price', value: 1e12 }] });
    expect(await outcomeOf(send(anOpik({ has: [TRACE] }), event), event)).toEqual({
      outcome: 'dead',
      reason: 'Opik takes numbers up to 999999999, and “price” is 1000000000000.',
    });
  });

  test('given a trace that is too large to be read, keeps the review and says why', async () => {
    const event = judged({});
    const large = () => aReply({ body: '{"id":"', end: 'too-long' });
    expect((await converse(opik.exchange([event], destination, NOW), large)).outcome).toMatchObject({
      items: new Map([[event.id, { outcome: 'dead', reason: expect.stringContaining('larger than 4 MB') }]]),
    });
  });

  test('given a tombstone, says that it has to be done by hand, and asks nothing', async () => {
    const tombstone = toDeletion(aTracedReview(anUuidTrace), NOW);
    const { requests, outcome } = await send(anOpik({ has: [TRACE] }), tombstone);
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({ items: new Map([[tombstone.id, { outcome: 'dead' }]]) });
  });
});

test('given a review whose texts stay with the reviewer, no empty ones are sent', async () => {
  const to = anOpik({ has: [TRACE] });
  const ratings = [{ dimension: 'why', value: '' }];
  const { requests } = await send(to, judged({ ratings, correction: '', comment: '' }));
  for (const { body } of requests) expect(body).not.toContain('""');
  expect(comments(to)).toEqual([]);
});

test('given an Opik of one’s own, sends no key and no workspace', async () => {
  const where = { ...destination, url: 'http://localhost:5173/api', token: null, options: {} };
  const { requests } = await converse(opik.exchange([judged({})], where, NOW), () => aReply({ status: 500 }));
  expect(requests[0]).toMatchObject({ url: `http://localhost:5173/api/v1/private/traces/${TRACE}` });
  expect(Object.keys(requests[0]?.headers ?? {})).toEqual(['accept']);
});

test.each(faults)('given %s at any request of an exchange, the review is kept', async (_, fault, expected) => {
  const outcomes = await withFaultAt(
    opik,
    toEvent(aTracedReview(anUuidTrace)),
    destination,
    NOW,
    () => anOpik({ has: [TRACE] }),
    fault,
  );
  expect(outcomes.length).toBeGreaterThan(2);
  for (const outcome of outcomes) expect(outcome).toMatchObject(expected);
});
