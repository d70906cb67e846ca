import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../collector/store/database.ts';
import type { Role } from '../../collector/store/tokens.ts';
import { createToken } from '../../collector/store/tokens.ts';
import { aClient, temporaryDatabase } from '../support/collector.ts';
import { aPack, aRule } from '../support/rules.ts';

let database: Database;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());

/** A project with a token for each role, and requests with them. */
async function aProject() {
  const { app, project, token: both } = await aClient(database);
  const tokens: Record<string, string> = { both };
  for (const role of ['write', 'read', 'maintain'] as const) {
    tokens[role] = (await createToken(database, project, role)).token;
  }
  const ask = (role: Role | null, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    app.request('http://localhost/v1/rules', {
      ...init,
      headers: { ...(role ? { authorization: `Bearer ${tokens[role]}` } : {}), ...init.headers },
    });
  const publish = (body: unknown, headers: Record<string, string> = {}, role: Role = 'maintain') =>
    ask(role, {
      method: 'PUT',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { app, ask, publish, tokens };
}
const problemOf = async (response: Response) => ({ status: response.status, ...(await response.json()).error });

describe('the rule pack of a project', () => {
  test('is there for every token of the project once it is published, and for no other project', async () => {
    const { ask, publish } = await aProject();
    const other = await aProject();
    const pack = aPack([aRule()], [{ site: 'example', author: 'Bot', is: 'assistant' }]);
    expect((await ask('write')).status).toBe(404);
    const published = await publish(pack);
    expect([published.status, await published.json()]).toEqual([200, { version: '7', rules: 1 }]);
    for (const role of ['write', 'read', 'both', 'maintain'] as const) {
      const response = await ask(role);
      expect([response.status, await response.json()]).toEqual([200, pack]);
      expect(response.headers.get('etag')).toBe(published.headers.get('etag'));
    }
    expect((await other.ask('read')).status).toBe(404);
    expect((await ask(null)).status).toBe(401);
  });

  test('is published by whoever maintains it and by nobody else, who in turn may do nothing else', async () => {
    const { app, ask, publish, tokens } = await aProject();
    for (const role of ['write', 'read', 'both'] as const) {
      expect(await problemOf(await publish(aPack(), {}, role))).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect((await ask('both')).status).toBe(404);
    const asMaintainer = { headers: { authorization: `Bearer ${tokens.maintain}` } };
    expect((await app.request('http://localhost/v1/events', asMaintainer)).status).toBe(403);
    expect((await app.request('http://localhost/v1/events', { method: 'POST', ...asMaintainer })).status).toBe(403);
  });

  test('is not sent again to who has it, and is to who has another', async () => {
    const { ask, publish } = await aProject();
    const etag = (await publish(aPack())).headers.get('etag') ?? '';
    const asked = async (known: string) => (await ask('write', { headers: { 'if-none-match': known } })).status;
    expect([await asked(etag), await asked(`"x", W/${etag}`), await asked('*')]).toEqual([304, 304, 304]);
    const next = (await publish({ ...aPack(), version: '8' })).headers.get('etag');
    expect(next).not.toBe(etag);
    expect([await asked(etag), await asked('')]).toEqual([200, 200]);
  });

  test('is not replaced by who did not see the one before', async () => {
    const { ask, publish } = await aProject();
    expect((await publish(aPack(), { 'if-match': '*' })).status).toBe(412);
    const first = (await publish(aPack())).headers.get('etag') ?? '';
    expect((await publish({ ...aPack(), version: '8' }, { 'if-match': first })).status).toBe(200);
    expect((await publish({ ...aPack(), version: '9' }, { 'if-match': first })).status).toBe(412);
    expect((await (await ask('read')).json()).version).toBe('8');
    expect((await publish({ ...aPack(), version: '9' }, { 'if-match': '*' })).status).toBe(200);
  });

  test('is refused as a whole, in words, where one rule is; the one before stays', async () => {
    const { ask, publish } = await aProject();
    await publish(aPack());
    const bad = aPack([aRule(), aRule({ id: 'greedy', variants: [{ id: 'v', row: ':has(*)' }] })]);
    expect(await problemOf(await publish(bad))).toMatchObject({
      status: 400,
      code: 'invalid',
      field: 'variants.0.row',
      message: 'Rule "greedy": variants.0.row selects everything.',
    });
    expect(await problemOf(await publish('{'))).toMatchObject({ status: 400 });
    expect(await problemOf(await publish(`"${'x'.repeat(1_000_001)}"`))).toMatchObject({ status: 413 });
    expect(await problemOf(await publish(aPack(), { 'content-type': 'text/plain' }))).toMatchObject({ status: 415 });
    expect(await (await ask('read')).json()).toEqual(aPack());
  });

  test('is kept as it was written, also with characters that a database may not like', async () => {
    const { ask, publish } = await aProject();
    const pack = aPack([aRule({ name: 'Zero \u0000 and lone \ud800', caveat: '“quoted” \u202e' })]);
    await publish(pack);
    expect(await (await ask('read')).json()).toEqual(pack);
  });

  test('takes no other method', async () => {
    const { ask } = await aProject();
    const response = await ask('maintain', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, PUT']);
  });

  test('may be read by the extension, entity tag included', async () => {
    const { app, ask, publish } = await aProject();
    await publish(aPack());
    const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
    const preflight = await app.request('http://localhost/v1/rules', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('if-none-match');
    const response = await ask('write', { headers: { origin } });
    expect(response.headers.get('access-control-expose-headers')).toContain('etag');
  });
});
