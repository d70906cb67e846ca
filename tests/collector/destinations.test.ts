/** Setting destinations up, by request and by file; and that secrets come back in no answer. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readDestinationsFile, storeFiled } from '../../collector/fan-out/file.ts';
import { createSecrets } from '../../collector/fan-out/secrets.ts';
import type { Database } from '../../collector/store/database.ts';
import { createToken, type Role } from '../../collector/store/tokens.ts';
import { anEvent } from '../support/builders.ts';
import { temporaryDatabase, temporaryFolder } from '../support/collector.ts';
import * as endpoints from '../support/fault-endpoint.ts';
import { type PassingOn, passingOn } from '../support/passing-on.ts';

let database: Database;
const folder = temporaryFolder();
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(async () => {
  folder.remove();
  await database.close();
});

const open: { close(): Promise<void> }[] = [];
const running: PassingOn[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function aCollector(parts?: Parameters<typeof passingOn>[1]) {
  const collector = await passingOn(database, parts);
  running.push(collector);
  return collector;
}

async function anEndpoint(always?: endpoints.Behavior) {
  const endpoint = await endpoints.startFaultEndpoint(always);
  open.push(endpoint);
  return endpoint;
}

const SECRET = 'cst_very-secret-1';
const SIGNING = `whsec_${Buffer.from('a signing secret of 32 bytes ...').toString('base64')}`;
const fine = { name: 'Team', connector: 'webhook', url: 'https://feedback.example/in', token: SECRET, secret: SIGNING };

describe('by request', () => {
  test('is shown without its token and its secret, and logged without them', async () => {
    const collector = await aCollector();
    await collector.add('team', fine);
    const answers = await Promise.all(
      ['', '/team', '/team/dead'].map((path) => collector.ask('GET', `/destinations${path}`)),
    );
    expect(answers[1]?.body).toMatchObject({ id: 'team', hasToken: true, hasSecret: true, url: fine.url });
    for (const secret of [SECRET, SIGNING]) {
      expect(JSON.stringify([answers, collector.lines])).not.toContain(secret);
    }
  });

  test('keeps token and secret that are left out, but not for another origin', async () => {
    const collector = await aCollector();
    await collector.add('team', fine);
    const { token: _, secret: __, ...rest } = fine;
    const renamed = await collector.ask('PUT', '/destinations/team', { ...rest, name: 'Team 2' });
    expect(renamed).toMatchObject({ status: 200, body: { name: 'Team 2', hasToken: true, hasSecret: true } });
    const moved = await collector.ask('PUT', '/destinations/team', { ...rest, url: 'https://elsewhere.example/in' });
    expect(moved).toMatchObject({ status: 400, body: { error: { field: 'token' } } });
    const without = await collector.ask('PUT', '/destinations/team', { ...rest, token: null, secret: null });
    expect(without.body).toMatchObject({ hasToken: false, hasSecret: false });
  });

  test.each([
    [{ ...fine, url: 'ftp://x' }, 'url'],
    [{ ...fine, url: 'http://mlflow:5000' }, 'url'],
    [{ ...fine, token: 'a b' }, 'token'],
    [{ ...fine, secret: 'whsec_short' }, 'secret'],
    [{ ...fine, connector: 'telepathy' }, 'connector'],
    [{ ...fine, name: '' }, 'name'],
    [{ ...fine, more: 1 }, expect.any(String)],
  ])('given %o, names the field and stores nothing', async (described, field) => {
    const collector = await aCollector({ passes: false });
    const { status, body } = await collector.ask('PUT', '/destinations/wrong', described);
    expect([status, body.error.code, body.error.field]).toEqual([400, 'invalid', field]);
    expect((await collector.ask('GET', '/destinations')).body.destinations).toEqual([]);
  });

  test('may be plain http in a network of one’s own, where that is said', async () => {
    const collector = await aCollector({ passes: false });
    const described = { ...fine, url: 'http://mlflow:5000/in', plainHttp: true };
    expect((await collector.ask('PUT', '/destinations/inner', described)).status).toBe(201);
  });

  test.each<[Role, number]>([
    ['write', 403],
    ['read', 403],
    ['both', 403],
    ['maintain', 403],
    ['operate', 200],
  ])('a token to %s is answered %i; one to operate may do nothing else', async (role, status) => {
    const { app, project } = await aCollector({ passes: false });
    const { token } = await createToken(database, project, role);
    const headers = { authorization: `Bearer ${token}` };
    const asked = (path: string) => app.request(`http://localhost${path}`, { headers });
    expect((await asked('/v1/destinations')).status).toBe(status);
    expect((await asked('/v1/deliveries?review=x')).status).toBe(status);
    if (role === 'operate') expect((await asked('/v1/events')).status).toBe(403);
  });

  test('is of one project: another one does not see it, and is passed nothing of it', async () => {
    const [one, other] = [await aCollector(), await aCollector()];
    const endpoint = await anEndpoint();
    await one.add('team', { url: endpoint.url });
    expect((await other.ask('GET', '/destinations/team')).status).toBe(404);
    await other.deliver([anEvent()]);
    const its = anEvent();
    await one.deliver([its]);
    await expect.poll(() => [...endpoint.stored], { timeout: 60_000 }).toEqual([its.id]);
  });

  test('is removed with what it is owed; what it was given stays on record', async () => {
    const collector = await aCollector();
    const endpoint = await anEndpoint();
    await collector.add('team', { url: endpoint.url });
    const [given, owed] = [anEvent(), anEvent()];
    await collector.deliver([given]);
    await expect.poll(collector.counts, { timeout: 60_000 }).toMatchObject({ team: { delivered: 1 } });
    await collector.ask('POST', '/destinations/team/pause');
    await collector.deliver([owed]);
    expect((await collector.ask('DELETE', '/destinations/team')).status).toBe(204);
    const became = async ({ data }: typeof given) =>
      (await collector.ask('GET', `/deliveries?review=${data.id}`)).body.deliveries;
    expect(await became(given)).toMatchObject([{ state: 'delivered', to: { name: 'team' }, attempts: 1 }]);
    expect(await became(owed)).toEqual([]);
  });

  test('can be tried, and sent a sample, before anything is owed to it', async () => {
    const collector = await aCollector({ passes: false });
    const endpoint = await anEndpoint();
    await collector.add('team', { url: endpoint.url, token: SECRET });
    expect((await collector.ask('POST', '/destinations/team/test')).body).toMatchObject({ ok: true });
    expect(endpoint.stored.size).toBe(0);
    expect((await collector.ask('POST', '/destinations/team/sample', {})).body).toMatchObject({ ok: true });
    expect(endpoint.stored.size).toBe(1);
    endpoint.always = ({ request, json }) => json(401, { message: `no ${request.headers.authorization}` });
    const refused = (await collector.ask('POST', '/destinations/team/test')).body;
    expect(refused).toMatchObject({ ok: false, message: expect.stringContaining('•••') });
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });
});

describe('by file', () => {
  const write = (value: unknown) => {
    const path = join(folder.path, 'destinations.json');
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
    return path;
  };
  const filed = { project: 'support', id: 'team', ...fine };

  test('is read with its secrets, from the environment where it says so', () => {
    const path = write({ destinations: [{ ...filed, token: { env: 'TEAM_TOKEN' } }] });
    const [one] = readDestinationsFile(path, { TEAM_TOKEN: SECRET });
    expect(one).toMatchObject({ project: 'support', id: 'team', secrets: { token: SECRET, secret: SIGNING } });
    expect(JSON.stringify(one?.settings)).not.toContain('secret');
  });

  test('is as docs/fan-out.md shows one', () => {
    const page = readFileSync('docs/fan-out.md', 'utf8');
    const [, example = ''] = /<!-- example: file -->\s+```json\n([\s\S]*?)```/.exec(page) ?? [];
    expect(readDestinationsFile(write(example), { PHOENIX_KEY: SECRET })).toMatchObject([
      { id: 'tracing', secrets: { token: SECRET }, earlier: true },
      { id: 'archive', secrets: { token: null }, earlier: false },
    ]);
  });

  test.each([
    ['{"destinations": [{"token": "cst_very-secret-1"', /is not JSON/],
    [{ destinations: [{ ...filed, token: { env: 'ABSENT' } }] }, /destinations\.0 \(team\).*ABSENT is not set/],
    [{ destinations: [{ ...filed, connector: 'x', token: SECRET }] }, /destinations\.0\.connector/],
    [{ destinations: [filed, filed] }, /destinations\.1 \(team\): there is another one/],
    [{ destinations: [{ ...filed, url: 'http://mlflow:5000' }] }, /url: .*plainHttp/],
  ])('given %j, it says what is wrong without quoting a secret', (value, words) => {
    const reading = () => readDestinationsFile(write(value), {});
    expect(reading).toThrow(words);
    expect(reading).not.toThrow(/very-secret/);
  });

  test('is not changed by request, keeps its secrets out of the database, and is owed nothing new once it is named no more', async () => {
    const endpoint = await anEndpoint();
    const secrets = { token: SECRET, secret: null };
    const settings = { name: 'Team', connector: 'countersign', url: endpoint.url } as const;
    const named: { project: string; id: string; secrets: typeof secrets }[] = [];
    const secretsOf: ReturnType<typeof createSecrets> = (row) => createSecrets(named)(row);
    const collector = await aCollector({ secretsOf });
    const one = { project: collector.project, id: 'team', settings, secrets, earlier: false };
    named.push(one);
    await storeFiled(database, [one]);
    const first = anEvent();
    await collector.deliver([first]);
    await expect
      .poll(() => endpoint.requests.at(-1)?.headers.authorization, { timeout: 60_000 })
      .toBe(`Bearer ${SECRET}`);
    const rows = await database.query('select * from countersign.destinations where project = $1', [one.project]);
    expect(rows).toMatchObject([{ token: null, secret: null }]);
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect((await collector.ask('PUT', '/destinations/team', { ...fine })).status).toBe(409);
    await expect.poll(collector.counts, { timeout: 60_000 }).toMatchObject({ team: { owed: 0 } });
    await storeFiled(database, []);
    await collector.deliver([anEvent()]);
    expect(await collector.counts()).toEqual({ team: { owed: 0, delivered: 1, dead: 0 } });
  });

  test('is left to the processes that were given the file', async () => {
    const endpoint = await anEndpoint();
    const collector = await aCollector();
    const settings = { name: 'Team', connector: 'countersign', url: endpoint.url } as const;
    const place = { project: collector.project, id: 'theirs' };
    await storeFiled(database, [{ ...place, settings, secrets: { token: SECRET, secret: null }, earlier: false }]);
    const other = await anEndpoint();
    await collector.add('ours', { url: other.url });
    await collector.deliver([anEvent()]);
    const both = { theirs: { owed: 1 }, ours: { owed: 0, delivered: 1 } };
    await expect.poll(collector.counts, { timeout: 60_000 }).toMatchObject(both);
    expect((await collector.ask('POST', '/destinations/theirs/test')).status).toBe(409);
    expect(endpoint.requests).toEqual([]);
  });
});
