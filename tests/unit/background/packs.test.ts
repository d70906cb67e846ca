import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RulePack } from '../../../utils/detection/types.ts';
import { listAuthors } from '../../../utils/storage/authors.ts';
import { listRules } from '../../../utils/storage/stored-rules.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aPack, aRule } from '../../support/rules.ts';

const URL_OF_PACK = 'https://team.example/v1/rules';
const DAY = 86_400_000;

type Reply = Response | 'no network' | ((request: Request) => Response);

let background: Background;
/** What the server answers from now on. */
let reply: Reply;

beforeEach(async () => {
  reply = json(aPack([aRule({ id: 'desk' })]), { etag: '"1"' });
  background = await startBackground(async (request) => {
    if (reply === 'no network') throw new TypeError('Failed to fetch');
    return typeof reply === 'function' ? reply(request) : reply.clone();
  });
  background.extension.grant('https://*/*');
});

function json(pack: RulePack | string, headers: Record<string, string> = {}): Response {
  const body = typeof pack === 'string' ? pack : JSON.stringify(pack);
  return new Response(body, { headers: { 'content-type': 'application/json', ...headers } });
}
const setPack = async (url: string | null = URL_OF_PACK) => value(await background.page('setRulePack', { url }));
const update = async () => value(await background.page('updateRulePack', {}));
const teamRules = async () => (await listRules(background.database)).map(({ origin, id }) => `${origin} ${id}`);

describe('the team’s rule pack', () => {
  it('given no address, is asked of nobody, whatever wakes the background', async () => {
    background.extension.events.alarm.fire({ name: 'rule-pack' });
    background.restart();
    expect(await update()).toMatchObject({ url: null, version: null, rules: 0 });
    background.now += 10 * DAY;
    background.restart();
    await expect.poll(() => background.extension.scripts.length).toBeGreaterThan(0);
    expect(background.requests).toEqual([]);
  });

  it('given an address, is fetched at once without credentials, and its rules are in force', async () => {
    const chat = background.extension.openTab('https://chat.example/');
    chat.overlay = true;
    expect(await setPack()).toEqual({
      url: URL_OF_PACK,
      version: '7',
      rules: 1,
      fetchedAt: new Date(background.now).toISOString(),
      triedAt: new Date(background.now).toISOString(),
      problem: null,
    });
    const [request] = background.requests;
    expect(request).toMatchObject({ url: URL_OF_PACK, method: 'GET', credentials: 'omit', redirect: 'manual' });
    expect(request?.headers.get('authorization')).toBeNull();
    expect(await teamRules()).toEqual(['team desk']);
    await expect.poll(() => chat.pushes.map(({ push }) => push.push)).toContain('rulesChanged');
  });

  it('given a destination on the same origin, carries its token; given one elsewhere, none', async () => {
    const destination = { id: null, connector: 'countersign' as const, token: 'cst_1' };
    value(
      await background.page('saveDestination', { ...destination, name: 'x', url: 'https://else.example/v1/events' }),
    );
    await setPack();
    expect(background.requests.at(-1)?.headers.get('authorization')).toBeNull();
    value(
      await background.page('saveDestination', { ...destination, name: 'y', url: 'https://team.example/v1/events' }),
    );
    await update();
    expect(background.requests.at(-1)?.headers.get('authorization')).toBe('Bearer cst_1');
  });

  it('given an ETag, asks for news only, and keeps what it has where there is none', async () => {
    await setPack();
    reply = (request) => new Response(null, { status: request.headers.get('if-none-match') === '"1"' ? 304 : 500 });
    background.now += 1_000;
    expect(await update()).toMatchObject({
      version: '7',
      rules: 1,
      fetchedAt: new Date(background.now).toISOString(),
      problem: null,
    });
  });

  it('given a server that does not admit that header, asks without it', async () => {
    await setPack();
    reply = (request) => {
      if (request.headers.has('if-none-match')) throw new TypeError('Failed to fetch');
      return json({ ...aPack([]), version: '8' });
    };
    expect(await update()).toMatchObject({ version: '8', rules: 0, problem: null });
  });

  it.each<[string, () => Reply, RegExp]>([
    ['no network', () => 'no network', /cannot be reached/],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }),
      /redirects/,
    ],
    ['no access', () => new Response(null, { status: 401 }), /refuses access \(it answered 401\)/],
    ['nothing there', () => new Response(null, { status: 404 }), /no rule pack at this address/],
    ['a server that fails', () => new Response(null, { status: 503 }), /answered 503/],
    ['a page in place of a pack', () => new Response('<!doctype html>'), /not JSON/],
    ['more than a megabyte', () => json(`"${'x'.repeat(1_000_001)}"`), /larger than 1 MB/],
    [
      'a rule that is refused',
      () => json(aPack([aRule({ id: 'new' }), aRule({ id: 'greedy', composer: '*' })])),
      /^Rule "greedy": composer selects everything\.$/,
    ],
  ])('given %s, says so in words, and the last good pack stays', async (_what, next, problem) => {
    await setPack();
    const fetchedAt = new Date(background.now).toISOString();
    background.now += 60_000;
    reply = next();
    const state = await update();
    expect(state).toMatchObject({ version: '7', rules: 1, fetchedAt, triedAt: new Date(background.now).toISOString() });
    expect(state.problem).toMatch(problem);
    expect(await teamRules()).toEqual(['team desk']);
  });

  it('given a body without end, stops reading after a megabyte', async () => {
    await setPack();
    let sent = 0;
    reply = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent += 65_536;
            controller.enqueue(new Uint8Array(65_536).fill(32));
          },
        }),
      );
    expect((await update()).problem).toMatch(/larger than 1 MB/);
    expect(sent).toBeLessThan(1_500_000);
  });

  it('given a later pack, takes the place of the one before, authors too', async () => {
    reply = json(aPack([aRule({ id: 'old' })], [{ site: 'old', author: 'Bot', is: 'assistant' }]));
    await setPack();
    expect(await listAuthors(background.database)).toHaveLength(1);
    reply = json({ ...aPack([aRule({ id: 'new' })]), version: '8' });
    expect(await update()).toMatchObject({ version: '8', rules: 1 });
    expect(await teamRules()).toEqual(['team new']);
    expect(await listAuthors(background.database)).toEqual([]);
  });

  it('given another address, or none, forgets the pack, and the user’s own rules stay', async () => {
    value(await background.page('saveRule', { rule: aRule({ id: 'mine' }) }));
    await setPack();
    reply = 'no network';
    expect(await setPack('https://other.example/rules.json')).toMatchObject({ version: null, rules: 0 });
    expect(await teamRules()).toEqual(['user mine']);
    expect(await setPack(null)).toEqual({
      url: null,
      version: null,
      rules: 0,
      fetchedAt: null,
      triedAt: null,
      problem: null,
    });
    expect(background.extension.alarms.has('rule-pack')).toBe(false);
  });

  it.each(['http://team.example/rules.json', 'https://user:pass@team.example/', 'ftp://team.example/', 'rules.json'])(
    'given the address %s, refuses it and asks nobody',
    async (url) => {
      expect(await background.page('setRulePack', { url })).toMatchObject(refused('invalid', 'url'));
      expect(background.requests).toEqual([]);
    },
  );

  it('given an address on this computer, is fetched without https', async () => {
    expect(await setPack('http://127.0.0.1:7411/v1/rules')).toMatchObject({ rules: 1, problem: null });
  });

  it('given a day, is fetched once more, by the alarm or by whatever wakes the background', async () => {
    await setPack();
    const { alarm } = background.extension.events;
    expect(background.extension.alarms.get('rule-pack')).toEqual({ periodInMinutes: 1440 });
    background.now += DAY / 2;
    alarm.fire({ name: 'rule-pack' });
    background.restart();
    await update();
    expect(background.requests).toHaveLength(2);

    background.now += DAY;
    background.extension.events.alarm.fire({ name: 'rule-pack' });
    await expect.poll(() => background.requests.length).toBe(3);
    background.now += DAY;
    // As after the browser was closed, which in Firefox forgets alarms.
    background.extension.alarms.clear();
    background.restart();
    await expect.poll(() => background.requests.length).toBe(4);
    expect(background.extension.alarms.has('rule-pack')).toBe(true);
  });
});
