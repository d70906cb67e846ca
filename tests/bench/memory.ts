/**
 * The memory of corrections in a real browser: how long a look-up takes, cold and warm, what the index weighs, and what
 * it adds to a save. Run with `node tests/bench/memory.ts [corrections, 100000]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findBrowser } from '../../scripts/browsers.mjs';
import { servePage } from './serve-page.ts';

const count = Number(process.argv[2] ?? 100_000);
/** Look-ups of each kind, saves, and starts of the browser. */
const [LOOKS, SAVES, STARTS] = [200, 100, 5];

const { server, address } = await servePage('./memory-page.ts');
const executablePath = findBrowser('chromium');
if (!executablePath) throw new Error('There is no Chromium here.');
const userDataDir = await mkdtemp(join(tmpdir(), 'countersign-bench-'));

async function inBrowser<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const browser: Browser = await puppeteer.launch({
    executablePath: executablePath as string,
    userDataDir,
    args: ['--no-sandbox', '--disable-gpu'],
    protocolTimeout: 3_600_000,
  });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => process.stderr.write(`${message.text()}\n`));
    page.on('pageerror', (error) => process.stderr.write(`${error}\n`));
    await page.goto(address);
    return await work(page);
  } finally {
    await browser.close();
  }
}

const call = <T>(page: Page, name: string, ...args: (number | boolean)[]) =>
  page.evaluate(
    (verb, rest) => (globalThis as unknown as Record<string, (...all: unknown[]) => Promise<unknown>>)[verb]?.(...rest),
    name,
    args,
  ) as Promise<T>;

type Looked = Record<'known' | 'unknown' | 'shown', number[]> &
  Record<'opened' | 'cold' | 'found' | 'marked' | 'of', number>;
const at = (list: readonly number[], share: number) => {
  const sorted = list.toSorted((a, b) => a - b);
  return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)} ms`;
};
const say = (name: string, list: readonly number[]) =>
  process.stdout.write(
    `  ${name.padEnd(52)} least ${at(list, 0).padStart(9)}, p50 ${at(list, 0.5).padStart(9)}, p95 ${at(list, 0.95).padStart(9)}\n`,
  );
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

try {
  process.stdout.write(`${count} corrections\n`);
  // A tenth is enough to see what the memory adds.
  const part = Math.round(count / 10);
  const plain = await inBrowser((page) => call<{ bytes: number }>(page, 'fill', part, false));
  const indexed = await inBrowser((page) => call<{ bytes: number; ms: number }>(page, 'fill', count, true));
  process.stdout.write(
    `  ${megabytes(indexed.bytes)}, of which the reviews about ${megabytes(plain.bytes * 10)}; filled in ${Math.round(indexed.ms / 1000)} s\n`,
  );
  const cold: number[] = [];
  const opened: number[] = [];
  for (let start = 1; start <= STARTS; start += 1) {
    const one = await inBrowser((page) => call<{ opened: number; cold: number }>(page, 'lookOnce', start));
    cold.push(one.cold);
    opened.push(one.opened);
  }
  say('opening the database after a start of the browser', opened);
  say('first look-up after that', cold);
  await inBrowser(async (page) => {
    const looked = await call<Looked>(page, 'look', count, LOOKS);
    say('look-up of an answer that comes again', looked.known);
    say('the same, with how the model stood since', looked.shown);
    say('look-up of an unrelated answer', looked.unknown);
    process.stdout.write(`  found ${looked.found} of ${looked.of}; marked ${looked.marked} of ${LOOKS} unrelated\n`);
    say('saving a correction', await call<number[]>(page, 'add', SAVES));
  });
} finally {
  server.close();
  await rm(userDataDir, { recursive: true, force: true });
}
