/** Arize Phoenix: what arrives of a review, what later revisions and deletions do to it, and what is said where it does not go. */
import { describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/phoenix/about.ts';
import { phoenix } from '../../../utils/connectors/phoenix/phoenix.ts';
import type { Destination } from '../../../utils/connectors/types.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aJudgement } from '../../support/builders.ts';
import { aShownEvent, jsonExample, pageOf } from '../../support/connector-document.ts';
import { aReply, converse } from '../../support/exchange.ts';
import { Phoenix } from '../../support/targets/phoenix.ts';
import { aFullDestination, aTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');
const review = aTracedReview();
const identifier = `countersign:${review.reviewer.id}:${review.id}`;
const delivered = { outcome: 'delivered' };
const destination = aFullDestination(about);

async function send(server: Phoenix, event: WireEvent, to: Destination = destination, now = NOW) {
  const { outcome } = await converse(phoenix.exchange([event], to, now), server.answer);
  return outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
}
const judged = (change: Parameters<typeof aJudgement>[0], more: Partial<Review> = {}): Review => ({
  ...review,
  judgement: aJudgement({ labels: [], ratings: [], correction: null, ...change }),
  ...more,
});
const namesAt = (server: Phoenix) => server.annotations.map(({ name }) => name).sort();
const resultOf = (server: Phoenix, name: string) => server.annotations.find((each) => each.name === name)?.result;

describe('what arrives', () => {
  test('given a review with everything, each part stands at the span under one identifier', async () => {
    const server = new Phoenix();
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(namesAt(server)).toEqual(['correction', 'findings', 'labels', 'quality', 'verdict']);
    for (const each of server.annotations) expect(each).toMatchObject({ kind: 'span', on: aTrace.span, identifier });
    expect(resultOf(server, 'verdict')).toEqual({ label: 'correct', score: 0, explanation: review.judgement.comment });
    expect(resultOf(server, 'correction')).toEqual({ explanation: review.judgement.correction });
    expect(server.examples.get(identifier)).toMatchObject({
      input: { prompt: review.snapshot.prompt },
      output: { answer: review.judgement.correction },
      span_id: aTrace.span,
    });
  });

  test('given a reviewer who is not sure, there is no score', async () => {
    const server = new Phoenix();
    await send(server, toEvent(judged({ verdict: 'unsure' })));
    expect(resultOf(server, 'verdict')).toEqual({ label: 'unsure' });
  });

  test('given ratings of every kind, numbers are scores, choices labels, and texts explanations', async () => {
    const server = new Phoenix();
    const text = 'A text of several lines,\nwhich is no label.';
    const ratings = [
      { dimension: 'note', value: 3 },
      { dimension: 'tone', value: 'kind', reason: 'It says sorry' },
      { dimension: 'topics', value: ['refund', 'delivery'] },
      { dimension: 'summary', value: text },
    ];
    expect(await send(server, toEvent(judged({ ratings })))).toEqual(delivered);
    expect(resultOf(server, 'rating.note')).toEqual({ score: 3 });
    expect(resultOf(server, 'tone')).toEqual({ label: 'kind', explanation: 'It says sorry' });
    expect(resultOf(server, 'topics')).toEqual({ label: 'refund, delivery' });
    expect(resultOf(server, 'summary')).toEqual({ explanation: text });
  });

  test('given a trace without a span, all of it stands at the trace', async () => {
    const server = new Phoenix();
    expect(await send(server, toEvent(aTracedReview({ id: aTrace.id })))).toEqual(delivered);
    for (const each of server.annotations) expect(each).toMatchObject({ kind: 'trace', on: aTrace.id });
  });

  test('given texts that stay with the reviewer, none is sent empty', async () => {
    const server = new Phoenix();
    const findings = review.judgement.findings?.map((each) => ({
      ...each,
      quote: { exact: '', prefix: '', suffix: '' },
      note: null,
      replacement: null,
      source: null,
    }));
    const without = judged({ verdict: 'correct', comment: null, ...(findings ? { findings } : {}) });
    await send(server, toEvent({ ...without, snapshot: { ...without.snapshot, text: '', prompt: null } }));
    expect(namesAt(server)).toEqual(['findings', 'verdict']);
    expect(resultOf(server, 'verdict')).toEqual({ label: 'correct', score: 0 });
    expect(resultOf(server, 'findings')).toMatchObject({ explanation: '(wrong, major)\n(wrong, major)' });
    expect(server.examples.size).toBe(0);
  });
});

describe('again, later, and no more', () => {
  test('given the same review twice, all of it stands there once', async () => {
    const server = new Phoenix();
    await send(server, toEvent(review));
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(server.annotations).toHaveLength(5);
    expect(server.examples.size).toBe(1);
  });

  test('given a revision, what it says no more is gone, and an older one changes nothing', async () => {
    const server = new Phoenix();
    await send(server, toEvent(review));
    expect(await send(server, toEvent(judged({ verdict: 'approve' }, { revision: 2 })))).toEqual(delivered);
    expect(namesAt(server)).toEqual(['verdict']);
    expect(server.examples.get(identifier)).toMatchObject({ output: {}, metadata: { countersign_withdrawn: true } });
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(resultOf(server, 'verdict')).toMatchObject({ label: 'approve' });
  });

  test('given a deletion, nothing of it is left at the span, and all of others', async () => {
    const server = new Phoenix();
    const other = { ...review, id: '0190a1b2-0000-7000-8000-0000000000bb' };
    const alone = { ...destination, options: { project: 'default' } };
    await send(server, toEvent(review), alone);
    await send(server, toEvent(other), alone);
    expect(await send(server, toDeletion(review, NOW), alone)).toEqual(delivered);
    expect(new Set(server.annotations.map((each) => each.identifier))).toEqual(
      new Set([`countersign:${review.reviewer.id}:${other.id}`]),
    );
  });

  test('given a deletion of what is an example too, says which to delete by hand', async () => {
    const server = new Phoenix();
    server.examples.set('somebody else’s', {});
    expect(await send(server, toDeletion(review, NOW))).toEqual(delivered);
    await send(server, toEvent(review));
    const outcome = await send(server, toDeletion(review, NOW));
    expect(outcome).toMatchObject({ outcome: 'dead', reason: expect.stringContaining(identifier) });
    expect(server.annotations).toEqual([]);
    expect(server.examples.has('somebody else’s')).toBe(true);
  });

  test('given a key that may not delete what another wrote, says so', async () => {
    const server = new Phoenix();
    await send(server, toEvent(review));
    server.key = 'member';
    expect(await send(server, toDeletion(review, NOW))).toMatchObject({
      outcome: 'dead',
      reason: expect.stringContaining('another user'),
    });
  });
});

describe('what is wrong is said', () => {
  test('a span that is not there: later, and dead after a day', async () => {
    const server = new Phoenix();
    server.spans.clear();
    expect(await send(server, toEvent(review))).toMatchObject({ outcome: 'later' });
    expect(await send(server, toEvent(review), destination, NOW + 86_400_000)).toMatchObject({
      outcome: 'dead',
      reason: expect.stringContaining(`no span ${aTrace.span}`),
    });
  });

  test.each([
    ['a renamed project', { project: 'gone', dataset: 'corrections' }, '“gone”'],
    ['a deleted dataset', { project: 'default', dataset: 'gone' }, '“gone”'],
  ])('%s: pauses and names it, before anything is written', async (_, options, named) => {
    const server = new Phoenix();
    const wrong = { ...destination, options };
    const expected = { kind: 'pause', reason: expect.stringContaining(named), next: expect.stringMatching(/\.$/) };
    expect(await send(server, toEvent(review), wrong)).toMatchObject(expected);
    expect((await converse(phoenix.probe(wrong, NOW), server.answer)).outcome).toMatchObject(expected);
    expect(server.annotations).toEqual([]);
    expect(server.datasets.has('gone')).toBe(false);
  });

  test('a disk that is full: waits an hour, and asks for nothing else', async () => {
    const full = converse(phoenix.exchange([toEvent(review)], destination, NOW), () => aReply({ status: 507 }));
    expect((await full).outcome).toMatchObject({ kind: 'later', retryAfterMs: 3_600_000 });
  });

  test('a Phoenix that is too old to find annotations: pauses and says which is needed', async () => {
    const old = converse(phoenix.exchange([toEvent(review)], destination, NOW), () => aReply({ status: 422 }));
    expect((await old).outcome).toMatchObject({ kind: 'pause', reason: expect.stringContaining('15.3') });
  });

  test('an answer that names fewer annotations than were sent acknowledges none', async () => {
    const server = new Phoenix();
    const { outcome } = await converse(phoenix.exchange([toEvent(review)], destination, NOW), (request) =>
      request.method === 'POST' ? aReply({ body: { data: [] } }) : server.answer(request),
    );
    expect(outcome.kind).toBe('pause');
  });
});

test('the page shows the annotations and the example as they arrive, and the fate of each part', async () => {
  const server = new Phoenix();
  const event = aShownEvent(aTrace);
  expect(await send(server, event)).toEqual(delivered);
  const annotations = server.annotations.map(({ kind, on, by: _, ...rest }) => ({ [`${kind}_id`]: on, ...rest }));
  expect(jsonExample('phoenix', 'annotations', annotations)).toEqual(annotations);
  const [example] = server.examples.values();
  expect(jsonExample('phoenix', 'example', example)).toEqual(example);
  for (const { as } of Object.values(about.carries)) expect(pageOf('phoenix')).toContain(`| ${as} |`);
});
