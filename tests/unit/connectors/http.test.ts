import { type CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { countersign } from '../../../utils/connectors/countersign/countersign.ts';
import type { BatchOutcome, Connector, HttpReply } from '../../../utils/connectors/types.ts';
import { webhook } from '../../../utils/connectors/webhook/webhook.ts';
import { aDestination, anEvent } from '../../support/builders.ts';
import { aReply, converse, firstRequest } from '../../support/exchange.ts';

const connectors = { countersign, webhook };

const NOW = Date.parse('2026-11-21T08:00:00Z');
const events = [anEvent(), anEvent(), anEvent()];
const [first, second, third] = events.map((event) => event.id) as [string, string, string];
const secret = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;

const html = (status: number) =>
  aReply({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html><h1>Sign in</h1></html>' });
const meaningOf = async (connector: Connector, reply: HttpReply) =>
  (await converse(connector.exchange(events, aDestination(), NOW), () => reply)).outcome;
const all = (status: string) => ({ results: events.map(({ id }) => ({ id, status })) });
const delivered = (outcome: BatchOutcome) =>
  outcome.kind === 'items'
    ? [...outcome.items].filter(([, { outcome }]) => outcome === 'delivered').map(([id]) => id)
    : [];

describe.each(Object.values(connectors))('the request of $id', (connector) => {
  test('is a batch that the cloudevents package reads back, event by event', async () => {
    const request = await firstRequest(connector, events, aDestination(), NOW);
    expect(request).toMatchObject({ method: 'POST', url: 'https://feedback.example/v1/events' });
    const read = HTTP.toEvent({ headers: { ...request.headers }, body: request.body }) as CloudEvent<unknown>[];
    expect(read.map(({ id }) => id)).toEqual([first, second, third]);
    expect(read[0]?.data).toEqual(events[0]?.data);
    for (const event of read) expect(event.validate()).toBe(true);
  });

  test('carries the token where the standard wants it, and no signature without a secret', async () => {
    const { headers } = await firstRequest(connector, events, aDestination(), NOW);
    expect(headers.authorization).toBe('Bearer cst_test');
    expect(Object.keys(headers).filter((name) => name.startsWith('webhook-'))).toEqual([]);
    const without = await firstRequest(connector, events, aDestination({ token: null }), NOW);
    expect(without.headers).not.toHaveProperty('authorization');
  });

  test('has the same keys on every attempt and in every order, others for another batch', async () => {
    const destination = aDestination({ secret });
    const one = await firstRequest(connector, events, destination, NOW);
    const later = await firstRequest(connector, events.toReversed(), destination, NOW + 60_000);
    const other = await firstRequest(connector, events.slice(1), destination, NOW);
    expect(later.headers['idempotency-key']).toBe(one.headers['idempotency-key']);
    expect(later.headers['webhook-id']).toBe(one.headers['webhook-id']);
    expect(later.headers['webhook-timestamp']).not.toBe(one.headers['webhook-timestamp']);
    expect(other.headers['idempotency-key']).not.toBe(one.headers['idempotency-key']);
  });

  test('is signed so that the standardwebhooks package verifies it', async () => {
    const request = await firstRequest(connector, events, aDestination({ secret }), Date.now());
    expect(new Webhook(secret).verify(request.body, { ...request.headers })).toHaveLength(3);
  });

  test('probes with an empty batch', async () => {
    expect((await connector.probe(aDestination(), NOW).next()).value).toMatchObject({ body: '[]' });
  });
});

describe.each(Object.values(connectors))('a refusal, as $id reads it', (connector) => {
  const meaning = (reply: HttpReply) => meaningOf(connector, reply);

  test.each([401, 403])('%i pauses and blames the token', async (status) => {
    expect(await meaning(aReply({ status }))).toMatchObject({ kind: 'pause', next: expect.stringMatching(/token/) });
  });

  test.each([0, 301, 302, 303, 307, 308])('a redirect (%i) pauses and is named', async (status) => {
    expect(await meaning(aReply({ status }))).toMatchObject({
      kind: 'pause',
      reason: expect.stringMatching(/redirects/),
    });
  });

  test.each([402, 404, 405, 406, 410, 415, 418, 451])('%i pauses and blames the address', async (status) => {
    expect(await meaning(aReply({ status }))).toMatchObject({
      kind: 'pause',
      reason: expect.stringContaining(String(status)),
      next: expect.stringMatching(/address/),
    });
  });

  test.each([408, 409, 425, 429, 500, 501, 502, 503, 504, 507, 511])('%i is tried again', async (status) => {
    expect(await meaning(aReply({ status, headers: { 'retry-after': '7' } }))).toMatchObject({
      kind: 'later',
      retryAfterMs: 7000,
    });
    expect(await meaning(html(status))).toMatchObject({ kind: 'later', retryAfterMs: null });
  });

  test('413 asks for smaller batches, even from a proxy that says it in HTML', async () => {
    expect(await meaning(aReply({ status: 413 }))).toEqual({ kind: 'too-large' });
    expect(await meaning(html(413))).toEqual({ kind: 'too-large' });
  });

  test.each([400, 422])('%i blames the content, in the words of the endpoint, as plain short text', async (status) => {
    const message = `<b>rating</b>\u0000 is\n\u202emissing ${'x'.repeat(5000)}`;
    const outcome = await meaning(aReply({ status, body: { error: { message } } }));
    expect(outcome.kind).toBe('invalid');
    const { reason } = outcome as { reason: string };
    expect(reason).toContain(`answered ${status}: <b>rating</b> is missing`);
    expect(reason.length).toBeLessThan(500);
  });

  test.each([
    { detail: 'no such project' },
    { title: 'no such project' },
    { error: 'no such project' },
    'no such project',
  ])('the sentence is found in %j', async (body) => {
    expect(
      await meaning(aReply({ status: 400, body: typeof body === 'string' ? JSON.stringify(body) : body })),
    ).toMatchObject({
      reason: 'The endpoint answered 400: no such project',
    });
  });
});

describe('an acknowledgement, as countersign reads it', () => {
  const meaning = (reply: HttpReply) => meaningOf(countersign, reply);

  test.each(['stored', 'duplicate'])('%s is delivered', async (status) => {
    expect(delivered(await meaning(aReply({ body: all(status) })))).toEqual([first, second, third]);
  });

  test('invalid is dead, with the reason of the endpoint', async () => {
    const results = [{ id: second, status: 'invalid', reason: 'no rubric 7' }];
    expect(await meaning(aReply({ body: { results } }))).toEqual({
      kind: 'items',
      items: new Map([[second, { outcome: 'dead', reason: 'The endpoint refused this review: no rubric 7' }]]),
    });
  });

  test('only what is named counts; a stranger named is ignored', async () => {
    const results = [
      { id: third, status: 'stored' },
      { id: 'somebody:1', status: 'stored' },
    ];
    expect(delivered(await meaning(aReply({ body: { results } })))).toEqual([third]);
  });

  test('an event with contradicting results is not named', async () => {
    const results = [
      { id: first, status: 'stored' },
      { id: first, status: 'invalid' },
      { id: second, status: 'stored' },
    ];
    expect(delivered(await meaning(aReply({ body: { results } })))).toEqual([second]);
  });

  test.each([200, 201, 202, 207])('%i may acknowledge', async (status) => {
    expect(delivered(await meaning(aReply({ status, body: all('stored') })))).toHaveLength(3);
  });

  test.each([203, 204, 205, 206])('%i never does', async (status) => {
    expect(await meaning(aReply({ status, body: all('stored') }))).toMatchObject({ kind: 'pause' });
  });

  test.each([
    ['a login page', html(200)],
    ['a page as the reason of a refusal', html(400)],
    ['text', aReply({ headers: { 'content-type': 'text/plain' }, body: all('stored') })],
    ['no type at all', aReply({ headers: { 'content-type': '' }, body: all('stored') })],
    ['{}', aReply({ body: {} })],
    ['broken JSON', aReply({ body: '{"results":[' })],
    ['a bare list', aReply({ body: all('stored').results })],
    ['an unknown status', aReply({ body: all('accepted') })],
    ['numbers for ids', aReply({ body: { results: [{ id: 1, status: 'stored' }] } })],
    ['more than is read', aReply({ body: all('stored'), end: 'too-long' })],
  ])('%s pauses the destination as misconfigured', async (_what, reply) => {
    expect(await meaning(reply)).toMatchObject({ kind: 'pause', next: expect.stringMatching(/address/) });
  });

  test('a reply that broke off says nothing: try again', async () => {
    expect(await meaning(aReply({ body: '{"results":[{"id', end: 'broken' }))).toMatchObject({ kind: 'later' });
  });

  test('own keys of the prototype do no harm', async () => {
    const body = `{"__proto__":{"polluted":1},"results":[{"__proto__":{"polluted":1},"id":"${first}","status":"stored"}]}`;
    expect(delivered(await meaning(aReply({ body })))).toEqual([first]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('an acknowledgement, as webhook reads it', () => {
  const meaning = (reply: HttpReply) => meaningOf(webhook, reply);

  test.each([
    ['204', aReply({ status: 204, body: '' })],
    ['text', aReply({ headers: { 'content-type': 'text/plain' }, body: 'ok' })],
    ['a page, which is the documented risk', html(200)],
    ['a body without end', aReply({ end: 'too-long' })],
    ['a body that broke off', aReply({ end: 'broken' })],
  ])('2xx with %s acknowledges the whole batch', async (_what, reply) => {
    expect(delivered(await meaning(reply))).toEqual([first, second, third]);
  });
});
