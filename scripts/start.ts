/** npm start: builds, starts the collector and a demo chat, and opens a browser with the extension on it, or plays the tour. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startChats } from '../tests/fixtures/chats/server.ts';
import { startSession } from '../tests/support/browser/session.ts';
import type { BrowserName, Session } from '../tests/support/browser/types.ts';
import { Inside } from '../tests/support/extension.ts';
import { findBrowser, isBranded } from './browsers.mjs';
import { runCollector } from './lib/collector.ts';
import { build } from './lib/fresh-build.ts';
import { readOptions, type StartOptions, usage } from './lib/options.ts';
import { isFree } from './lib/ports.ts';
import { buildFolder, repository } from './lib/run.ts';
import { Stop, step } from './lib/steps.ts';
import { playTour } from './lib/tour.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const names = { chromium: 'Chromium', firefox: 'Firefox' };

/** What has to be ended, newest last. */
const endings: (() => Promise<void>)[] = [];
async function endAll(): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end().catch((error) => say(`  ${error}`));
}

/** The browser that was asked for, else the first that is there and can do it alone. */
function pick({ browser, headless }: StartOptions): BrowserName {
  const branded = (name: BrowserName) => isBranded(findBrowser(name) ?? '');
  const there = (['chromium', 'firefox'] as const).filter((name) => findBrowser(name) !== null);
  const chosen = browser ?? there.find((name) => !headless || !branded(name)) ?? there[0] ?? 'chromium';
  if (headless && branded(chosen)) {
    throw new Stop(
      'Chrome and Edge let only a person switch an extension on for a site. Install Chromium or Firefox, or run without --headless.',
    );
  }
  return chosen;
}

async function checkPorts(port: number): Promise<void> {
  for (const each of [port, port + 1]) {
    if (!(await isFree(each)))
      throw new Stop(
        `Port ${each} is taken. End what uses it, or choose other ports: npm start -- --port ${port + 90}`,
      );
  }
}

/** A browser for a person; runs until they close it or press Ctrl+C. */
async function hand(session: Session, addresses: { chat: string; collector: string; token: string; log: string }) {
  await session.open(addresses.chat);
  const turnOn = session.allowed
    ? []
    : [
        '  First: click the Countersign icon in the toolbar of the browser, then "Turn on". Chrome and Edge ask you for it.',
      ];
  for (const line of [
    '',
    `  Demo chat   ${addresses.chat}`,
    `  Collector   ${addresses.collector}`,
    `  Its token   ${addresses.token}`,
    `  Its log     ${addresses.log}`,
    `  Workbench   ${session.extensionOrigin}/workbench.html`,
    '',
    ...turnOn,
    '  Ask something, for example "Can I return my boots?", and compare the answer with "What is true" on the left.',
    '  Move the mouse onto the answer, then press A to approve, R to reject, C to correct.',
    '  After 8 seconds the judgement goes to the collector. Read it back with:',
    `    curl -H "Authorization: Bearer ${addresses.token}" ${addresses.collector}`,
    '',
    '  Ctrl+C ends everything.',
  ])
    say(line);
  await session.ended;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === 'string') {
    if (options !== usage) throw new Stop(options);
    say(usage);
    return;
  }
  const { port, headless } = options;
  const browser = pick(options);
  await checkPorts(port);
  const run = join(repository, '.run');
  const folder = (what: string) => join(run, headless ? `tour-${what}-${browser}` : `${what}-${browser}`);
  // The tour counts what arrives, so it starts from nothing; a person finds what they did before.
  if (headless) for (const what of ['profile', 'collector']) rmSync(folder(what), { recursive: true, force: true });

  await step(`Building for ${names[browser]}`, () => build(browser));
  const collector = await step('Starting the collector', () => runCollector(port + 1, folder('collector')));
  endings.push(collector.stop);
  const chats = await step('Starting the demo chat', () => startChats(port));
  endings.push(chats.close);

  const start = async () => {
    const session = await startSession(browser, {
      profile: folder('profile'),
      extension: buildFolder(browser),
      allow: ['http://127.0.0.1/*'],
      headless,
      viewport: headless ? { width: 1200, height: 800 } : null,
    });
    endings.push(session.close);
    return session;
  };
  if (headless) {
    const pictures = join(run, 'tour');
    say(`Playing the tour in ${names[browser]}; pictures go to ${pictures}`);
    await playTour({ chats, collector, start, pictures, say });
    return;
  }
  const session = await step(`Opening ${names[browser]}`, async () => {
    const opened = await start();
    const inside = await Inside.open(opened);
    const { destinations } = await inside.stored();
    // The token is new at each start; the destination stays the same one.
    const known = destinations.find((each) => each.url === collector.endpoint);
    await inside.deliverTo({ id: known?.id ?? null, url: collector.endpoint, token: collector.token });
    await inside.close();
    return opened;
  });
  await hand(session, {
    chat: chats.url('deep-chat'),
    collector: collector.endpoint,
    token: collector.token,
    log: collector.log,
  });
}

let ending: Promise<void> | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!ending) say('\nEnding …');
    ending ??= endAll().then(() => process.exit(130));
  });
}

try {
  await main();
} catch (error) {
  // While everything is being ended, what was under way fails; that is no news.
  if (!ending) {
    process.exitCode = 1;
    process.stderr.write(`\n${error instanceof Stop ? error.message : (error as Error).stack}\n`);
  }
} finally {
  if (!ending) await endAll();
}
