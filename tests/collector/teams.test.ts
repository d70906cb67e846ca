import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inviteByFile, runInvite } from '../../collector/commands/invite.ts';
import type { Database } from '../../collector/store/database.ts';
import { openStore } from '../../collector/store/open.ts';
import { createToken, findCaller, type Role } from '../../collector/store/tokens.ts';
import { readTeamLink, unpackTeam } from '../../utils/team/team-link.ts';
import { readTeam } from '../../utils/team/team-schema.ts';
import { aClient, folderWithDatabase, temporaryDatabase, temporaryFolder } from '../support/collector.ts';
import { aPack } from '../support/rules.ts';
import { aTeamFile } from '../support/team-files.ts';

let database: Database;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());

async function aProject() {
  const { app, project } = await aClient(database);
  const ask = async (role: Role | null, path = '/v1/team', init: RequestInit = {}) => {
    const token = role && (await createToken(database, project, role)).token;
    const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...init.headers };
    return app.request(`http://localhost${path}`, { ...init, headers });
  };
  const publish = (file: unknown, role: Role = 'maintain', path?: string) =>
    ask(role, path, { method: 'PUT', body: JSON.stringify(file), headers: { 'content-type': 'application/json' } });
  return { app, project, ask, publish };
}

describe('the team file of a project', () => {
  test('given nobody has published one, says to deliver here, with the token of the link', async () => {
    const { project, ask, publish } = await aProject();
    const answer = await (await ask('write')).text();
    const source = { url: 'https://reviews.example/sub/v1/team', token: 'cst_link' };
    const team = readTeam(answer, source);
    expect(team).toMatchObject({ ok: true, value: { name: project, rules: null } });
    expect(team.ok && team.value.destinations[0]).toMatchObject({
      ...{ connector: 'countersign', url: 'https://reviews.example/sub/v1/events', token: 'cst_link' },
    });
    await publish(aPack(), 'maintain', '/v1/rules');
    const withRules = readTeam(await (await ask('write')).text(), source);
    expect(withRules.ok && withRules.value.rules).toEqual({ url: 'https://reviews.example/sub/v1/rules' });
  });

  test('published by whoever maintains the project, is there for every token of it, and for no other project', async () => {
    const { ask, publish } = await aProject();
    const other = await aProject();
    const published = await publish(aTeamFile());
    expect([published.status, await published.json()]).toEqual([200, { id: 'parcels', version: '1' }]);
    for (const role of ['write', 'read', 'maintain'] as const) {
      expect(await (await ask(role)).json()).toEqual(aTeamFile());
    }
    expect(await (await other.ask('write')).json()).not.toMatchObject({ id: 'parcels' });
    expect((await ask(null)).status).toBe(401);
    for (const role of ['write', 'read', 'both', 'operate'] as const)
      expect((await publish(aTeamFile(), role)).status).toBe(403);
    expect((await ask('read', '/v1/team', { method: 'DELETE' })).status).toBe(405);
  });

  test('given one with a mistake, is refused with the field, and the one before stays', async () => {
    const { ask, publish } = await aProject();
    await publish(aTeamFile());
    const refused = await publish(aTeamFile({ sites: ['http://elsewhere.example'] }));
    expect([refused.status, (await refused.json()).error]).toMatchObject([400, { code: 'invalid', field: 'sites.0' }]);
    expect(await (await ask('read')).json()).toEqual(aTeamFile());
  });
});

test('the page of an invitation brings nothing from elsewhere and may be framed by nobody', async () => {
  const { app } = await aProject();
  const response = await app.request('http://localhost/join');
  expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(await response.text()).not.toMatch(/(?:src|href)=/);
});

test.each([
  ['where it listens', null, 'http://127.0.0.1:7411/join#'],
  ['where reviewers reach it', 'https://reviews.example/sub/', 'https://reviews.example/sub/join#'],
])('an invitation leads to the collector, %s, with a token that may only deliver', async (_, url, begins) => {
  const folder = await folderWithDatabase();
  const store = { data: folder.path, databaseUrl: null };
  const { text } = await runInvite({ command: 'invite', ...store, project: 'support', url, json: true });
  const { link } = JSON.parse(text) as { link: string };
  expect(link.startsWith(begins)).toBe(true);
  const read = readTeamLink(link);
  if (!read.ok || read.value.to !== 'server') throw new Error('not a link to a server');
  expect(read.value.source.url).toBe(begins.replace('/join#', '/v1/team'));
  const { database: own, close } = await openStore(store);
  expect(await findCaller(own, read.value.source.token ?? '')).toEqual({ project: 'support', role: 'write' });
  await close();
  folder.remove();
});

test('an invitation can hold the file itself, and is made of none that nobody could use', async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'support.countersign-team.json');
  const invite = () => inviteByFile({ command: 'invite file', file, url: 'https://any.example', json: true });
  writeFileSync(file, JSON.stringify(aTeamFile(), null, 2));
  const { link } = JSON.parse((await invite()).text) as { link: string };
  expect(link).toMatch(/^https:\/\/any\.example\/join#team=[\w-]+$/);
  const read = readTeamLink(link);
  if (!read.ok || read.value.to !== 'file') throw new Error('not a link with a file');
  expect(JSON.parse((await unpackTeam(read.value.packed, 1_000_000)) ?? '')).toEqual(aTeamFile());
  writeFileSync(file, JSON.stringify(aTeamFile({ sites: ['https://*'] })));
  expect(await invite()).toMatchObject({ ok: false, text: expect.stringContaining('sites.0') });
  folder.remove();
});
