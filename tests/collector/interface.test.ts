import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../collector/log.ts';
import type { Database } from '../../collector/store/database.ts';
import { anEvent, aSnapshot } from '../support/builders.ts';
import { aClient, temporaryDatabase } from '../support/collector.ts';

let database: Database;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());

describe('who may read the replies', () => {
  const preflight = async (origin: string) => {
    const { app } = await aClient(database);
    return app.request('http://localhost/v1/events', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    });
  };

  test.each([
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
    'moz-extension://6ba7b810-9dad-41d1-80b4-00c04fd430c8',
  ])('%s may, and need not ask again for a day', async (origin) => {
    const response = await preflight(origin);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toMatch(
      /authorization.*content-encoding.*idempotency-key.*webhook-signature/,
    );
    expect(response.headers.get('access-control-max-age')).toBe('86400');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    const { post } = await aClient(database);
    const reply = await post([], { origin });
    expect(reply.headers.get('access-control-allow-origin')).toBe(origin);
    expect(reply.headers.get('access-control-expose-headers')).toContain('retry-after');
    expect(reply.headers.get('vary')).toContain('Origin');
  });

  test.each([
    'https://chat.example',
    'null',
    'http://localhost:7411',
    'chrome-extension://a.evil.example',
    'https://x/chrome-extension://abc',
  ])('%s may not', async (origin) => {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a refusal can be read as well', async () => {
    const { app } = await aClient(database);
    const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
    const response = await app.request('http://localhost/v1/events', { method: 'POST', headers: { origin } });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
  });
});

describe('the name it is called by', () => {
  const asked = async (url: string, hosts: readonly string[] | null) =>
    (await (await aClient(database, { hosts })).app.request(url)).status;

  test('a page that points its own name at this computer gets nothing', async () => {
    expect(await asked('http://rebind.example:7411/healthz', [])).toBe(421);
    expect(await asked('http://localhost.rebind.example/healthz', [])).toBe(421);
  });

  test.each(['http://localhost:7411', 'http://127.0.0.1:7411', 'http://[::1]:7411'])(
    '%s is this computer',
    async (url) => {
      expect(await asked(`${url}/healthz`, [])).toBe(200);
    },
  );

  test('a name that was allowed, as behind a proxy, works; and any name does where it is open to the network', async () => {
    expect(await asked('https://feedback.example/healthz', ['feedback.example'])).toBe(200);
    expect(await asked('https://feedback.example/healthz', null)).toBe(200);
  });
});

describe('what it says about itself', () => {
  test('healthy is not ready: the database may be away', async () => {
    const { app } = await aClient(database);
    expect((await app.request('http://localhost/readyz')).status).toBe(200);
    const away = await aClient(database);
    const broken: Database = { ...database, query: () => Promise.reject(new Error('gone')) };
    const { createApp } = await import('../../collector/app.ts');
    const { silentLog } = await import('../../collector/log.ts');
    const without = createApp({ database: broken, log: silentLog });
    expect((await without.request('http://localhost/healthz')).status).toBe(200);
    const ready = await without.request('http://localhost/readyz');
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5']);
    const posted = await without.request('http://localhost/v1/events', {
      method: 'POST',
      headers: { authorization: `Bearer ${away.token}` },
    });
    expect(posted.status).toBe(500);
  });

  test.each(['ECONNREFUSED', '57P01', '53300', '08006'])(
    'given a database that fails with %s, the sender is to come back',
    async (code) => {
      const broken: Database = { ...database, query: () => Promise.reject(Object.assign(new Error('gone'), { code })) };
      const { createApp } = await import('../../collector/app.ts');
      const { silentLog } = await import('../../collector/log.ts');
      const response = await createApp({ database: broken, log: silentLog }).request('http://localhost/v1/events', {
        method: 'POST',
        headers: { authorization: 'Bearer cst_x' },
      });
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    },
  );

  test('its OpenAPI document is made of the schemas that check the requests', async () => {
    const { app } = await aClient(database);
    const document = await (await app.request('http://localhost/openapi.json')).json();
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Countersign collector' } });
    expect(Object.keys(document.paths)).toEqual([
      '/v1/events',
      '/v1/gaps',
      '/v1/rules',
      '/v1/team',
      '/join',
      '/v1/destinations',
      ...['', '/pause', '/resume', '/test', '/sample', '/dead', '/resend'].map((end) => `/v1/destinations/{id}${end}`),
      '/v1/deliveries',
      '/healthz',
      '/readyz',
    ]);
    const { ReviewEvent, BatchReply } = document.components.schemas;
    expect(ReviewEvent).toMatchObject({ type: 'object', additionalProperties: false });
    expect(ReviewEvent.properties.data.properties.judgement.properties.verdict.enum).toEqual([
      'approve',
      'correct',
      'reject',
      'unsure',
    ]);
    expect(BatchReply.properties.results.items.properties.status.enum).toEqual(['stored', 'duplicate', 'invalid']);
    const references = JSON.stringify(document).match(/"#\/components\/schemas\/\w+"/g) ?? [];
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) expect(document.components.schemas).toHaveProperty(reference.slice(22, -1));
  });

  test('the log tells each request by id, and nothing that was in it', async () => {
    const lines: string[] = [];
    const log = createLog(
      (line) => lines.push(line),
      () => new Date(0),
    );
    const client = await aClient(database, { log });
    const secret = 'SECRET-zq9';
    const event = anEvent({
      snapshot: aSnapshot({ text: secret, pageUrl: `https://chat.example/${secret}`, pageTitle: secret }),
    });
    const good = await client.post([event]);
    await client.post([{ ...event, [secret]: 1 }]);
    await client.post(`[{"${secret}`);
    await client.get(`?after=${secret}`);
    await client.app.request('http://localhost/v1/events', { headers: { authorization: `Bearer ${secret}` } });
    expect(lines).toHaveLength(5);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'request',
      requestId: good.headers.get('x-request-id'),
      method: 'POST',
      path: '/v1/events',
      status: 200,
      ms: expect.any(Number),
      project: client.project,
      events: 1,
      stored: 1,
      invalid: 0,
      duplicate: 0,
    });
    const all = lines.join('');
    expect(all).not.toContain(secret);
    expect(all).not.toContain(client.token);
  });

  test('an unexpected error is logged by its kind, not by its text', async () => {
    const lines: string[] = [];
    const broken: Database = { ...database, query: () => Promise.reject(new RangeError('text of a review')) };
    const { createApp } = await import('../../collector/app.ts');
    const app = createApp({ database: broken, log: createLog((line) => lines.push(line)) });
    const response = await app.request('http://localhost/v1/events', { headers: { authorization: 'Bearer cst_x' } });
    const { requestId, error } = await response.json();
    expect([response.status, error.message]).toEqual([500, expect.not.stringContaining('text of a review')]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', requestId, error: 'RangeError', status: 500 });
    expect(lines.join('')).not.toContain('text of a review');
  });
});

describe('tokens, for the command line', () => {
  const secret = 'the-secret-of-the-folder';
  const asking = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) => {
    const { app } = await aClient(database, { adminSecret: secret });
    return app.request(`http://localhost/admin${path}`, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, ...init.headers },
    });
  };

  test('are made, listed without their secret, and taken back at once', async () => {
    const made = await (
      await asking('/tokens', { method: 'POST', body: '{"project":"support","role":"both"}' })
    ).json();
    const { app } = await aClient(database);
    const using = async () =>
      (await app.request('http://localhost/v1/events', { headers: { authorization: `Bearer ${made.token}` } })).status;
    expect(await using()).toBe(200);
    const listed = await (await asking('/tokens')).text();
    expect(listed).toContain(made.id);
    expect(listed).not.toContain(made.token);
    expect(JSON.stringify(await database.query('select * from countersign.tokens'))).not.toContain(made.token);
    expect(await (await asking(`/tokens/${made.id}`, { method: 'DELETE' })).json()).toEqual({ revoked: true });
    expect(await using()).toBe(401);
    expect(await (await asking(`/tokens/${made.id}`, { method: 'DELETE' })).json()).toEqual({ revoked: false });
  });

  test.each([
    { authorization: 'Bearer wrong' },
    { authorization: '' },
    { origin: 'chrome-extension://abc' },
    { origin: 'http://localhost:7411' },
  ])('do not exist for %o', async (headers) => {
    expect((await asking('/tokens', { headers })).status).toBe(404);
  });

  test('do not exist at all where the database is a server', async () => {
    const { app } = await aClient(database);
    expect(
      (await app.request('http://localhost/admin/tokens', { headers: { authorization: `Bearer ${secret}` } })).status,
    ).toBe(404);
  });

  test.each(['{"project":"Support","role":"both"}', '{"project":"a","role":"admin"}', '{}', 'x'])(
    'are not made from %s',
    async (body) => {
      expect((await asking('/tokens', { method: 'POST', body })).status).toBe(400);
    },
  );
});
