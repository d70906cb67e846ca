/** Support tools where they are in real life: in frames of a customer's own site, with several authors, in the whole extension. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Survey } from '../../utils/detection/types.ts';
import { until } from '../support/browser/poll.ts';
import { inEachBrowser } from '../support/given.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/sites/${name}.html`, import.meta.url).pathname, 'utf8');

/** Two origins, as far as the browser is concerned: the shop, and the host of its chat. */
const servers: Server[] = [];
const addresses: string[] = [];

async function serve(pages: () => Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const body = pages()[new URL(request.url ?? '', 'http://shop').pathname];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(body);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  addresses[0] = await serve(() => ({ '/widget': fixture('chatwoot-widget/unnamed') }));
  const written = JSON.stringify(fixture('tidio/thread')).replaceAll('</', '<\\/');
  addresses[1] = await serve(() => ({
    '/tents': `<!doctype html><html lang="en"><title>Shop</title><h1>Tents</h1>
<iframe id="tidio-chat-iframe" title="Chat" width="400" height="300"></iframe>
<script>document.querySelector('iframe').contentDocument.body.innerHTML =
  new DOMParser().parseFromString(${written}, 'text/html').body.innerHTML</script>`,
    '/packs': `<!doctype html><html lang="en"><title>Shop</title><h1>Packs</h1>
<iframe src="${addresses[0]}/widget" title="Chat" width="400" height="300"></iframe>`,
  }));
});
afterAll(() => {
  for (const server of servers) server.close();
});

inEachBrowser('support tools on a customer’s site', (given) => {
  /** What detection says of each frame of the page at that path, frames without an overlay left out. */
  const surveys = async (path: string) =>
    (await given.inside.evaluate(async (_root, start) => {
      type World = { [key: symbol]: { survey?: () => object } | undefined };
      type Api = {
        tabs: { query(info: object): Promise<{ id?: number; url?: string }[]> };
        scripting: { executeScript(injection: object): Promise<{ result?: unknown }[]> };
      };
      const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api };
      const { tabs, scripting } = browser ?? chrome;
      const tab = (await tabs.query({})).find(({ url }) => url?.startsWith(start));
      if (tab?.id === undefined) return '[]';
      const results = await scripting.executeScript({
        target: { tabId: tab.id, allFrames: true },
        func: () => JSON.stringify((globalThis as unknown as World)[Symbol.for('overlay')]?.survey?.() ?? null),
      });
      return `[${results.map(({ result }) => result ?? 'null').join(',')}]`;
    }, `${addresses[1]}${path}`)) as string;
  const surveyBy = (site: string, path: string) =>
    until(`the rule ${site} is at work`, async () => {
      const all: (Survey | null)[] = JSON.parse(await surveys(path));
      const survey = all.find((one) => one?.rule?.site === site);
      return survey && survey.messages.length > 0 ? survey : null;
    });
  const rolesIn = ({ messages }: Survey) => messages.map(({ role, author }) => [role, author]);

  it('given a chat in a frame without an address, knows it by its frame and takes nobody for an AI', async () => {
    await given.open(`${addresses[1]}/tents`);
    const survey = await surveyBy('tidio', '/tents');
    expect(rolesIn(survey)).toEqual([
      ['unknown', null],
      ['user', null],
      ['unknown', null],
    ]);
  });

  it('given a chat in a frame of another origin, when a reviewer names its AI, that author’s messages become answers and a person’s do not', async () => {
    await given.open(`${addresses[1]}/packs`);
    const before = await surveyBy('chatwoot-widget', '/packs');
    expect(rolesIn(before).slice(3)).toEqual([
      ['unknown', 'Harbor Helper'],
      ['unknown', 'Mia'],
    ]);
    expect(before.messages.filter(({ asserted }) => asserted)).toEqual([]);

    await given.inside.call('saveAuthor', { site: 'chatwoot-widget', author: 'Harbor Helper', is: 'assistant' });

    const after = await until('the named author is believed', async () => {
      const survey = await surveyBy('chatwoot-widget', '/packs');
      return survey.messages.some(({ asserted }) => asserted) ? survey : null;
    });
    expect(rolesIn(after).slice(3)).toEqual([
      ['assistant', 'Harbor Helper'],
      ['unknown', 'Mia'],
    ]);
  });
});
