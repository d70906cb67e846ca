/**
 * A large backlog in a real browser: how long it takes, how long anything else must wait meanwhile, how much memory.
 * Run with `node tests/bench/delivery.ts [reviews, 100000] [level, text] [how many of them to deliver, all]`. The endpoint is a function, so that the figures
 * are the extension's own; on a network, requests to one host are 100 ms apart on top.
 */
import puppeteer from 'puppeteer-core';
import { findBrowser } from '../../scripts/browsers.mjs';
import type { Figures } from './delivery-page.ts';
import { servePage } from './serve-page.ts';

const reviews = Number(process.argv[2] ?? 100_000);
const level = process.argv[3] ?? 'text';
const drained = Number(process.argv[4] ?? reviews);

const { server, address } = await servePage('./delivery-page.ts');

const executablePath = findBrowser('chromium');
if (!executablePath) throw new Error('There is no Chromium here.');
const browser = await puppeteer.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
  protocolTimeout: 3_600_000,
});
try {
  const page = await browser.newPage();
  page.on('console', (message) => process.stderr.write(`${new Date().toISOString()} ${message.text()}\n`));
  page.on('pageerror', (error) => process.stderr.write(`${error}\n`));
  await page.goto(address);
  const figures = (await page.evaluate(
    (count, sends, most) =>
      (globalThis as unknown as { run(n: number, s: string, m: number): Promise<unknown> }).run(count, sends, most),
    reviews,
    level,
    drained,
  )) as Figures;
  const ms = (value = 0) => `${Math.round(value)} ms`;
  process.stdout.write(`${figures.reviews} reviews, ${figures.drained} of them delivered, ${level}\n`);
  for (const [name, took] of Object.entries(figures.took)) {
    process.stdout.write(
      `  ${name.padEnd(16)} ${ms(took).padStart(10)}, nothing else for at most ${ms(figures.stuck[name])}\n`,
    );
  }
  const saves = figures.saves.toSorted((a, b) => a - b);
  process.stdout.write(
    `  ${saves.length} saves during the drain: median ${ms(saves[saves.length >> 1])}, 95 % within ${ms(saves[Math.floor(saves.length * 0.95)])}, longest ${ms(saves.at(-1))}\n`,
  );
  process.stdout.write(`  ${figures.requests} requests, ${Math.round(figures.heap)} MB of heap at most\n`);
} finally {
  await browser.close();
  server.close();
}
