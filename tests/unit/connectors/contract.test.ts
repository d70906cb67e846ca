/** What holds for every connector. A new one is held to it by its line in the registry. */
import { describe, expect, test } from 'vitest';
import { abouts } from '../../../utils/connectors/abouts.ts';
import { checkDestination } from '../../../utils/connectors/check.ts';
import { loadConnector } from '../../../utils/connectors/index.ts';
import { connectorIds, type Destination, type HttpReply, reviewParts } from '../../../utils/connectors/types.ts';
import { idempotencyKey } from '../../../utils/review/ids.ts';
import { toDeletion, toEvent } from '../../../utils/review/wire.ts';
import { aReply, converse, firstRequest } from '../../support/exchange.ts';
import { aFullDestination, aTracedReview, traceFor } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const html = '<html><h1>Sign in</h1></html>';
/** Bodies that no endpoint of good will sends. */
const hostile = [
  '',
  'null',
  '[]',
  '{}',
  '0',
  '"x"',
  '{"results":null}',
  '{"id":{"toString":1}}',
  '{"data":[null,1,"x"]}',
  '{"__proto__":{"polluted":true}}',
  '[[[[[[]]]]]]',
  '{"items":[{"id":[]}]}',
  `{"trace":${'['.repeat(5000)}${']'.repeat(5000)}}`,
  '{"broken":',
];

describe.each(connectorIds)('%s', (id) => {
  const about = abouts[id];
  const review = aTracedReview(traceFor(id));
  const event = toEvent(review);
  const tombstone = toDeletion(review, NOW);
  const destination: Destination = aFullDestination(about);
  const run = async (reply: HttpReply, events = [event] as readonly (typeof event | typeof tombstone)[]) => {
    const connector = await loadConnector(id);
    return converse(connector.exchange(events, destination, NOW), (_, index) => {
      if (index > 60) throw new Error('asks without end');
      return reply;
    });
  };

  test('says of itself what a form and a table need', async () => {
    expect(about.id).toBe(id);
    expect((await loadConnector(id)).id).toBe(id);
    // The code that sends does without what is known of all connectors: both say the same.
    expect((await loadConnector(id)).learnsGzip).toBe(about.packs === 'learned');
    for (const text of [about.name, about.sentence, about.repeats, about.deletion, about.runs.why]) {
      expect(text).toMatch(/^[^\s].*[^\s]$/);
    }
    for (const part of reviewParts) expect(about.carries[part].as).not.toBe('');
    for (const field of about.fields) {
      expect(field.hint).toMatch(/\.$/);
      expect(field.pattern === undefined || field.wrong !== undefined).toBe(true);
    }
  });

  test('takes a form that is filled in, and names the field of one that is not', () => {
    expect(checkDestination(destination, about)).toMatchObject({ ok: true });
    for (const { name } of about.fields.filter(({ required }) => required)) {
      const { [name]: _, ...options } = destination.options ?? {};
      expect(checkDestination({ ...destination, options }, about)).toMatchObject({
        ok: false,
        error: { field: `options.${name}` },
      });
    }
    if (about.token?.required) {
      expect(checkDestination({ ...destination, token: null }, about)).toMatchObject({
        ok: false,
        error: { field: 'token' },
      });
    }
  });

  test('asks the destination’s own origin only, and keeps the token out of addresses and bodies', async () => {
    const connector = await loadConnector(id);
    const first = await firstRequest(connector, [event], destination, NOW);
    const probed = await connector.probe(destination, NOW).next();
    if (probed.done) throw new Error('The probe asks nothing');
    for (const { url, body, headers } of [first, probed.value]) {
      expect(new URL(url).origin).toBe(new URL(destination.url).origin);
      expect(`${url} ${body}`).not.toContain(destination.token);
      for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  test('says the same again when it is asked again', async () => {
    const connector = await loadConnector(id);
    const once = await firstRequest(connector, [event], destination, NOW);
    expect(await firstRequest(connector, [event], destination, NOW)).toEqual(once);
  });

  test.each([401, 403])('given %i, pauses and says what to do', async (status) => {
    expect((await run(aReply({ status }))).outcome).toMatchObject({
      kind: 'pause',
      reason: expect.stringMatching(/\S/),
      next: expect.stringMatching(/\.$/),
    });
  });

  test.each([0, 301, 302, 307])('given a redirect (%i), follows it nowhere and pauses', async (status) => {
    const { outcome, requests } = await run(aReply({ status, headers: { location: 'https://elsewhere.example/' } }));
    expect(outcome.kind).toBe('pause');
    expect(requests).toHaveLength(1);
  });

  test.each([429, 500, 502, 503, 504])('given %i, tries again later, when it is told to', async (status) => {
    const { outcome } = await run(aReply({ status, headers: { 'retry-after': '7' } }));
    expect(outcome).toMatchObject({ kind: 'later', retryAfterMs: 7000 });
  });

  test.each([
    [400, 'a field that it does not know'],
    [404, 'a project that was renamed'],
    [410, 'a dataset that was deleted'],
    [422, 'a text that is too long for it'],
  ])('given %i to all that is asked, as for %s, keeps the review and says so in words', async (status) => {
    const { outcome } = await run(aReply({ status, body: { detail: 'No such thing' } }));
    const said = outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
    expect(said).not.toMatchObject({ outcome: 'delivered' });
    expect(said).not.toMatchObject({ outcome: 'duplicate' });
    expect(said && 'reason' in said ? said.reason : said?.toString()).toMatch(/\w+ \w+ \w+/);
  });

  test('given 413, says that it was too large', async () => {
    expect((await run(aReply({ status: 413 }))).outcome).toEqual({ kind: 'too-large' });
  });

  test('given a login page, takes nothing for delivered', async () => {
    if (id === 'webhook') return; // Declared so: every 2xx counts. See docs/wire-format.md.
    const { outcome } = await run(aReply({ headers: { 'content-type': 'text/html' }, body: html }));
    expect(outcome.kind).toBe('pause');
  });

  test.each(hostile)('given %j, neither throws nor asks without end', async (body) => {
    for (const status of [200, 201, 400, 404, 409, 422]) {
      const { outcome } = await run(aReply({ status, body }));
      expect(['items', 'later', 'pause', 'invalid', 'too-large']).toContain(outcome.kind);
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('given an answer that broke off, takes nothing for delivered', async () => {
    if (id === 'webhook') return;
    const { outcome } = await run(aReply({ body: '{"id":"', end: 'broken' }));
    expect(outcome.kind === 'items' && outcome.items.get(event.id)?.outcome === 'delivered').toBe(false);
  });

  test('given a tombstone, forgets at the target, or says that it cannot', async () => {
    const { outcome } = await run(aReply({ status: 404 }), [tombstone]);
    expect(['items', 'pause', 'later']).toContain(outcome.kind);
  });

  test('given an answer without a trace, says so where the target needs one', async () => {
    const { trace: _, ...snapshot } = review.snapshot;
    const untraced = toEvent({ ...review, snapshot });
    expect(untraced.id).toBe(idempotencyKey(review));
    const { outcome, requests } = await run(aReply(), [untraced]);
    if (!about.needsTrace) return expect(requests.length).toBeGreaterThan(0);
    expect(requests).toEqual([]);
    expect(outcome).toMatchObject({ kind: 'items', items: new Map([[untraced.id, { outcome: 'dead' }]]) });
  });
});
