import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../collector/store/database.ts';
import { aFinding, aJudgement, anEvent, aSnapshot } from '../support/builders.ts';
import { aClient, type Client, temporaryDatabase } from '../support/collector.ts';

let database: Database;
let client: Client;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  client = await aClient(database);
});

const statuses = (results: readonly { status: string }[]) => results.map(({ status }) => status);

describe('a batch', () => {
  test('is stored, and each event is named in its order', async () => {
    const events = [anEvent(), anEvent(), anEvent()];
    expect(await client.deliver(events)).toEqual(events.map(({ id }) => ({ id, status: 'stored' })));
    expect((await client.export()).map(({ event }) => event)).toEqual(events);
  });

  test('sent again is acknowledged again, and stored once', async () => {
    const events = [anEvent(), anEvent()];
    await client.deliver(events);
    const more = anEvent();
    expect(statuses(await client.deliver([...events, more]))).toEqual(['duplicate', 'duplicate', 'stored']);
    expect((await client.export()).map(({ event }) => event.id)).toEqual([...events, more].map(({ id }) => id));
  });

  test('with the same event twice stores it once', async () => {
    const event = anEvent();
    expect(statuses(await client.deliver([event, event]))).toEqual(['stored', 'duplicate']);
    expect(await client.export()).toHaveLength(1);
  });

  test('with another content under a known id changes nothing: the first one stays', async () => {
    const event = anEvent();
    await client.deliver([event]);
    const other = { ...event, data: { ...event.data, spentMs: 1 } };
    expect(statuses(await client.deliver([other]))).toEqual(['duplicate']);
    expect((await client.export())[0]?.event).toEqual(event);
  });

  test('with findings and a comparison keeps every letter of them', async () => {
    const text = 'Hi \u{1f600} Refunds take 14 days.';
    const compared = { origin: 'https://chat.example', model: null, text, ratings: [] };
    const event = anEvent({
      snapshot: aSnapshot({ text }),
      judgement: aJudgement({
        findings: [
          aFinding(text, '14', { note: 'Why?', replacement: '' }),
          aFinding('Gone.', 'Gone', { orphan: true }),
        ],
        preference: {
          shown: [
            { ...compared, responseKey: 'a', rank: 1 },
            { ...compared, responseKey: 'b', rank: 2 },
          ],
          outcome: 'ranked',
          strength: 'clear',
        },
      }),
    });
    await client.deliver([event]);
    expect((await client.export()).map((line) => line.event)).toEqual([event]);
  });

  test('that is empty is a trial: acknowledged, and nothing is stored', async () => {
    expect(await client.deliver([])).toEqual([]);
    expect(await client.export()).toEqual([]);
  });

  test('of one project is invisible in another, even under the same ids', async () => {
    const other = await aClient(database);
    const event = anEvent();
    await client.deliver([event]);
    expect(await other.export()).toEqual([]);
    expect(statuses(await other.deliver([event]))).toEqual(['stored']);
  });

  test('with a bad event stores the others and says what is wrong with that one', async () => {
    const [good, bad, also] = [anEvent(), anEvent(), anEvent()];
    const verdict = { ...bad.data.judgement, verdict: 'perfect' };
    const results = await client.deliver([good, { ...bad, data: { ...bad.data, judgement: verdict } }, also]);
    expect(statuses(results)).toEqual(['stored', 'invalid', 'stored']);
    expect(results[1]).toMatchObject({ id: bad.id, reason: expect.stringMatching(/^data\.judgement\.verdict: /) });
    expect(await client.export()).toHaveLength(2);
  });

  test.each([
    ['unknown fields', (event: object) => ({ ...event, extra: 1 }), /^extra: /],
    ['another version', (event: object) => ({ ...event, specversion: '2.0' }), /^specversion: /],
    ['an id that is not the review’s', (event: object) => ({ ...event, id: 'a:1' }), /^id: /],
    ['no data', (event: object) => ({ ...event, data: undefined }), /^data: /],
  ])('refuses an event with %s', async (_what, spoil, reason) => {
    const [result] = await client.deliver([spoil(anEvent())]);
    expect(result).toMatchObject({ status: 'invalid', reason: expect.stringMatching(reason) });
  });

  test('keeps every letter that JSON can carry, and marks what PostgreSQL cannot', async () => {
    const text = `RLO \u202e, ZWJ 👩‍👩‍👧, ZWSP \u200b, U+2028 \u2028, ${'o\u0300'.repeat(100)} \\u0000 "quoted" \\`;
    const odd = 'NUL \0, lone \ud800.';
    const [kept, marked] = [
      anEvent({ snapshot: aSnapshot({ text }) }),
      anEvent({ snapshot: aSnapshot({ text: odd }) }),
    ];
    await client.deliver([kept, marked]);
    const texts = (await client.export()).map(({ event }) => event.data.snapshot.text);
    expect(texts).toEqual([text, 'NUL \ufffd, lone \ufffd.']);
  });

  test('keeps what is escaped needlessly, as other languages do', async () => {
    const event = anEvent({ snapshot: aSnapshot({ text: 'Größe 😀' }) });
    const escaped = JSON.stringify([event]).replace(
      /[\u0080-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect(escaped).toContain('\\ud83d');
    expect((await client.post(escaped)).status).toBe(200);
    expect((await client.export())[0]?.event).toEqual(event);
  });

  test('with own prototype keys stores none of them', async () => {
    const sent = JSON.stringify([anEvent()]).replace('"surface"', '"__proto__":{"polluted":1},"surface"');
    await client.post(sent);
    expect(await (await client.get()).text()).not.toContain('polluted');
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  test('with a number beyond what PostgreSQL reads is stored all the same', async () => {
    const sent = JSON.stringify([anEvent()]).replace('"value":2', '"value":1e-100000');
    expect(await (await client.post(sent)).json()).toMatchObject({ results: [{ status: 'stored' }] });
  });
});

describe('what comes packed', () => {
  const packed = (body: unknown) => gzipSync(typeof body === 'string' ? body : JSON.stringify(body));

  test('is unpacked', async () => {
    const response = await client.post(packed([anEvent()]), { 'content-encoding': 'gzip' });
    expect(await response.json()).toMatchObject({ results: [{ status: 'stored' }] });
  });

  test('may not be larger unpacked than anything else', async () => {
    const bomb = packed(`[${' '.repeat(50_000_000)}]`);
    expect(bomb.length).toBeLessThan(100_000);
    expect((await client.post(bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  test('must be what it says', async () => {
    const response = await client.post('[]', { 'content-encoding': 'gzip' });
    expect(response.status).toBe(400);
    const other = await client.post('[]', { 'content-encoding': 'br' });
    expect([other.status, other.headers.get('accept-encoding')]).toEqual([415, 'gzip']);
  });
});

describe('a request that cannot be served', () => {
  test.each([
    ['nothing', '', '(body)'],
    ['broken JSON', '[{"id"', '(body)'],
    ['bytes that are not UTF-8', Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d), '(body)'],
    ['an object', {}, '(body)'],
    ['a bare event', anEvent(), '(body)'],
    ['an event without id', [anEvent(), { specversion: '1.0' }], '1.id'],
    ['an id that is too long', [{ id: 'x'.repeat(129) }], '0.id'],
    ['null in the list', [null], '0.id'],
  ])('given %s, it is refused with the field', async (_what, body, field) => {
    const response = await client.post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid', field }, requestId: expect.any(String) });
  });

  test.each([
    'application/json',
    'application/cloudevents+json',
    'text/plain',
    '',
    'application/cloudevents-batch+json; charset=latin1',
  ])('given the content type %o, it is refused', async (type) => {
    const response = await client.post([], { 'content-type': type });
    expect([response.status, await response.json()]).toMatchObject([
      415,
      { error: { code: 'unsupported-media-type' } },
    ]);
  });

  test('given too many bytes, told beforehand or not, it is refused', async () => {
    const small = await aClient(database, { bodyLimit: 10_000 });
    const body = JSON.stringify([anEvent({ snapshot: aSnapshot({ text: 'x'.repeat(10_000) }) })]);
    for (const headers of [{ 'content-length': String(body.length) }, {}]) {
      const response = await small.post(body, headers as Record<string, string>);
      expect([response.status, await response.json()]).toMatchObject([413, { error: { code: 'too-large' } }]);
    }
    expect((await small.post([anEvent()])).status).toBe(200);
  });

  test('given more than 1000 events, it is refused as too large, so that the sender halves it', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({ id: `a:${index}` }));
    expect((await client.post(many)).status).toBe(413);
  });

  test.each([
    ['no token', {}],
    ['an unknown token', { authorization: 'Bearer cst_unknown' }],
    ['another scheme', { authorization: 'Basic dTpw' }],
    ['an empty token', { authorization: 'Bearer ' }],
  ])('given %s, it is refused before the body is looked at', async (_what, headers) => {
    const response = await client.app.request('http://localhost/v1/events', {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: 'not even JSON',
    });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  test('given a token for the other role, it is refused', async () => {
    const reader = await aClient(database, { role: 'read' });
    expect((await reader.post([])).status).toBe(403);
    expect((await reader.get()).status).toBe(200);
    const writer = await aClient(database, { role: 'write' });
    expect((await writer.get()).status).toBe(403);
    expect((await writer.post([])).status).toBe(200);
  });

  test('given another method or path, it says which there are', async () => {
    const put = await client.app.request('http://localhost/v1/events', { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect((await client.app.request('http://localhost/v2')).status).toBe(404);
  });
});
