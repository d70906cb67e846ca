/**
 * `npm run sleep [-- browser …]`: how the background dies of idleness in a browser that no debugger is attached to (one would
 * keep it awake), and what becomes of a save and of a delivery then. Everything is observed from the outside: in a copy of
 * the build, the background tells a server once a second that it lives, which counts as no event, and a script beside the
 * workbench's own calls it as the workbench does; the endpoint notes what arrives; the process that runs the background
 * is killed by its number.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../scripts/browsers.mjs';
import { build, isFresh } from '../../scripts/lib/fresh-build.ts';
import { buildFolder } from '../../scripts/lib/run.ts';
import { startChats } from '../fixtures/chats/server.ts';
import { until } from '../support/browser/poll.ts';
import { startSession } from '../support/browser/session.ts';
import type { BrowserName } from '../support/browser/types.ts';
import { overlayOf } from '../support/browser/ui.ts';
import { openChat } from '../support/chat.ts';
import { acknowledge, type Endpoint, eventIds, startEndpoint } from '../support/endpoint.ts';
import { Inside } from '../support/extension.ts';
import { loopback } from '../support/given.ts';
import { approveOrder } from '../support/judge.ts';

interface Told {
  readonly what: string;
  /** ms since 1970. */
  readonly at: number;
  readonly took?: number;
  readonly ok?: boolean;
}

/** ms. The background dies 30 s after its last event; a loaded computer notices late. */
const DEATH_WITHIN = 120_000;
/** ms. The lease of the dead one, then the alarm after it. */
const RESUMED_WITHIN = 240_000;

/** Runs in the workbench, as text: does what the log server's answers say, and tells it what happens. */
const observer = (log: string) =>
  `(${async function observe(url: string) {
    type Runtime = { sendMessage(message: object): Promise<{ ok: boolean } | undefined> };
    type Extension = { runtime: Runtime };
    const { browser, chrome } = globalThis as unknown as { browser?: Extension; chrome: Extension };
    const extension = browser ?? chrome;
    const tell = (what: string, more: object = {}) =>
      fetch(url, { method: 'POST', body: JSON.stringify({ what, at: Date.now(), ...more }) }).then((reply) =>
        reply.text(),
      );
    const newest = async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('countersign');
        opening.onsuccess = () => resolve(opening.result);
      });
      type Row = { id: string; revision: number; responseKey: string; review: { snapshot: object; judgement: object } };
      const rows = await new Promise<Row[]>((resolve) => {
        const asked = database.transaction('revisions').objectStore('revisions').getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
      database.close();
      return rows.sort((a, b) => a.revision - b.revision).at(-1) as Row;
    };
    for (;;) {
      const order = await tell('waiting');
      if (order === 'call') {
        await extension.runtime.sendMessage({ countersign: 1, call: 'deliverNow', body: {} });
        await tell('called');
      }
      if (order === 'save') {
        const { id, revision, responseKey, review } = await newest();
        const saveId = `${id.slice(0, 24)}${crypto.randomUUID().slice(24)}`;
        const { snapshot, judgement } = review;
        const how = { surface: 'workbench', visibility: 'unverified', spentMs: 5 };
        const draft = { id, basedOn: revision, saveId, responseKey, snapshot, judgement, ...how };
        const began = performance.now();
        const answer = await extension.runtime.sendMessage({ countersign: 1, call: 'saveReview', body: draft });
        await tell('saved', { took: performance.now() - began, ok: answer?.ok === true, answer });
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }})(${JSON.stringify(log)})`;

/** Goes before the background's own code. */
const ticker = (log: string) =>
  `setInterval(() => fetch(${JSON.stringify(log)}, { method: 'POST', body: JSON.stringify({ what: 'tick', at: Date.now() }) }).catch(() => {}), 1000);\n`;

/** ms without a sign of life after which the background is dead; a loaded computer lets some come late. */
const SILENCE = 8_000;

/** Hears what the observer tells, and hands it one order at a time. */
async function startLog() {
  const told: Told[] = [];
  let order = '';
  let tick = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      const one = JSON.parse(body || '{"what":""}') as Told;
      if (one.what === 'tick') tick = one.at;
      else if (one.what !== 'waiting' && one.what !== '') told.push(one);
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end(one.what === 'waiting' ? order : '');
      if (one.what === 'waiting') order = '';
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    told,
    order: (what: 'call' | 'save') => {
      order = what;
    },
    /** The next thing of that name after the first `from`. */
    next: (what: string, from: number, timeoutMs: number) =>
      until(`the browser tells "${what}"`, () => told.slice(from).find((one) => one.what === what), { timeoutMs }),
    /** When the background last told that it lives, once it is silent. */
    death: () =>
      until('the background dies', () => tick > 0 && Date.now() - tick > SILENCE && tick, {
        timeoutMs: DEATH_WITHIN,
        everyMs: 250,
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The processes below `pid`, with their command lines. */
function processesBelow(pid: number): { readonly pid: number; readonly command: string }[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 1e8 })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, id, parent, command = '']) => ({ pid: Number(id), parent: Number(parent), command }));
  const below = new Set([pid]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const one of all) {
      if (!below.has(one.pid) && below.has(one.parent)) {
        below.add(one.pid);
        grew = true;
      }
    }
  }
  return all.filter((one) => below.has(one.pid) && one.pid !== pid);
}

/** The process that runs the extension's pages and its background. */
function extensionProcess(browser: BrowserName, pid: number): number {
  const nameOf = (id: number) => execFileSync('ps', ['-o', 'comm=', '-p', String(id)], { encoding: 'utf8' }).trim();
  const isIt = (one: { pid: number; command: string }) =>
    browser === 'chromium' ? one.command.includes('--extension-process') : nameOf(one.pid) === 'WebExtensions';
  const found = processesBelow(pid).find(isIt);
  if (!found) throw new Error('The process of the extension was not found');
  return found.pid;
}

/** Starts Chromium as a person does, with nothing attached to it. */
function startPlainChromium(profile: string, extension: string, url: string): ChildProcess {
  const root = process.getuid?.() === 0;
  const args = [
    '--headless',
    '--disable-gpu',
    ...(root ? ['--no-sandbox'] : []),
    `--user-data-dir=${profile}`,
    `--load-extension=${extension}`,
    '--disable-features=DisableLoadExtensionCommandLineSwitch',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    url,
  ];
  return spawn(findBrowser('chromium') as string, args, { stdio: 'ignore', detached: true });
}

const print = (line: string) => void process.stdout.write(`${line}\n`);
const s = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

async function measure(browser: BrowserName): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sleep-'));
  const [extension, profile] = [join(folder, 'extension'), join(folder, 'profile')];
  const log = await startLog();
  const endpoint: Endpoint = await startEndpoint();
  const chats = await startChats();
  let child: ChildProcess | null = null;
  let release = async () => {};
  try {
    cpSync(buildFolder(browser), extension, { recursive: true });
    const page = join(extension, 'workbench.html');
    writeFileSync(page, readFileSync(page, 'utf8').replace('</body>', '<script src="observer.js"></script></body>'));
    writeFileSync(join(extension, 'observer.js'), observer(log.url));
    const background = join(extension, 'background.js');
    writeFileSync(background, ticker(log.url) + readFileSync(background, 'utf8'));
    // Without a driver, only a page can lead to the workbench.
    const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8'));
    manifest.web_accessible_resources.push({ resources: ['workbench.html'], matches: loopback });
    writeFileSync(join(extension, 'manifest.json'), JSON.stringify(manifest));

    // With a driver: the site is granted, the destination set and one answer judged, as a person does.
    const session = await startSession(browser, { profile, extension, allow: loopback, headless: true });
    const inside = await Inside.open(session);
    await inside.deliverTo({ url: endpoint.url, sends: 'text' });
    const chat = await openChat(session, chats, 'deep-chat', 'orders');
    await approveOrder({ chat, tab: chat.tab, toolbar: overlayOf(chat.tab) });
    await inside.delivered(60_000);
    let pid: number;
    if (browser === 'chromium') {
      await session.close();
      // A page that was asked for at the start would come before the extension does.
      const go = `setTimeout(() => { location.href = '${session.extensionOrigin}/workbench.html' }, 5000)`;
      chats.serve('/open', { html: `<!doctype html><script>${go}</script>` });
      child = startPlainChromium(profile, extension, `${chats.origin}/open`);
      pid = child.pid as number;
      release = async () => {};
    } else {
      // An extension installed for a session ends with it: the driver lets go, and nothing stays attached.
      pid = await session.letGo();
      release = async () => void process.kill(pid, 'SIGKILL');
    }

    let from = log.told.length;
    log.order('call');
    const called = await log.next('called', from, 60_000);
    print(
      `${browser}: the background died ${s((await log.death()) - called.at)} after its last call, with no debugger attached`,
    );

    from = log.told.length;
    let seen = endpoint.requests.length;
    log.order('save');
    const saved = await log.next('saved', from, 60_000);
    if (!saved.ok) throw new Error(`The save failed: ${JSON.stringify(saved)}`);
    await until('it is delivered', () => endpoint.requests.length > seen, { timeoutMs: 120_000 });
    print(
      `${browser}: a save while it slept was answered as stored in ${Math.round(saved.took ?? 0)} ms, and delivered ${s(Date.now() - saved.at)} later`,
    );
    print(`${browser}: it died again ${s((await log.death()) - saved.at)} after the save`);

    from = log.told.length;
    seen = endpoint.requests.length;
    endpoint.answer(() => {});
    log.order('save');
    await log.next('saved', from, 60_000);
    const cut = await until('the delivery is under way', () => endpoint.requests[seen], { timeoutMs: 120_000 });
    process.kill(extensionProcess(browser, pid), 'SIGKILL');
    const died = Date.now();
    endpoint.answer(acknowledge);
    const resumed = await until('the delivery is made again', () => endpoint.requests[seen + 1], {
      timeoutMs: RESUMED_WITHIN,
    });
    const same = eventIds(cut.body).join() === eventIds(resumed.body).join();
    print(
      `${browser}: the background was killed in the middle of a delivery; ${s(Date.now() - died)} later an alarm had woken ` +
        `another, which sent ${same ? 'the same again' : 'SOMETHING ELSE'}, with no page of the extension open`,
    );
    if (!same) process.exitCode = 1;
  } finally {
    await release();
    if (child?.pid) process.kill(-child.pid, 'SIGKILL');
    await Promise.all([endpoint.close(), chats.close()]);
    log.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

const named = process.argv.slice(2) as BrowserName[];
for (const browser of named.length > 0 ? named : (['chromium', 'firefox'] as const)) {
  if (!isFresh(browser) && !process.env.COUNTERSIGN_OUT) await build(browser);
  await measure(browser);
}
