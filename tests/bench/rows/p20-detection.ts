/** P20: looking for answers where no rule finds any: ordinary pages, large ones, and chats whose rule is not there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { inChromium, serving } from '../lib/chromium.ts';
import { interleaved, median } from '../lib/numbers.ts';
import { withScan } from '../lib/scans.ts';
import { prose } from '../lib/thread.ts';
import type { Bench, Row } from '../lib/types.ts';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;
/** Looks at one page; the middle one counts. */
const TIMES = 5;

/** An ordinary page of so many elements, with a place to write. */
function shop(elements: number): string {
  const items = Array.from(
    { length: Math.round(elements / 5) },
    (_, at) =>
      `<li class="item"><h3>${prose(3, at)}</h3><p>${prose(12, at)} <a href="#a">${prose(2, at)}</a></p><span>${at}</span></li>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body><ul>${items.join('')}</ul><textarea></textarea></body></html>`;
}

/** All pages in a folder of the fixtures, by path. */
function pagesIn(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(join(fixtures, folder), { recursive: true, encoding: 'utf8' });
  const pages = files.filter((file) => file.endsWith('.html')).sort();
  return Object.fromEntries(
    pages.map((file) => [
      `/${folder}/${file.replaceAll('\\', '/')}`,
      readFileSync(join(fixtures, folder, file), 'utf8'),
    ]),
  );
}

interface Looked {
  readonly look: number;
  readonly pass: number;
  readonly nodes: number;
}

/** A look, and one pass over all elements, at each of the pages; ms of all together. */
async function looksAt(browser: Browser, urls: readonly string[], times: number): Promise<Looked> {
  const all = { look: 0, pass: 0, nodes: 0 };
  for (const url of urls)
    await withScan(browser, url, async ({ page, call }) => {
      const [looks, passes] = [[] as number[], [] as number[]];
      for (let time = 0; time < times; time += 1) {
        passes.push(await call('pass'));
        looks.push(await call('look'));
      }
      all.look += median(looks);
      all.pass += median(passes);
      all.nodes += await page.evaluate(() => document.querySelectorAll('*').length);
    });
  return all;
}

export const row: Row = {
  id: 'P20',
  title: 'Looking for answers without a rule',
  browsers: ['chromium'],
  async run({ quick, rounds, report, progress }) {
    // Nothing exact is measured here.
    if (quick) return;
    const [plain, sites] = [pagesIn('plain'), pagesIn('sites')];
    const large = { '/10k': shop(10_000), '/100k': shop(100_000) };
    const groups: Readonly<Record<string, readonly string[]>> = {
      '10,000 elements': ['/10k'],
      '100,000 elements': ['/100k'],
      [`${Object.keys(plain).length} pages without AI`]: Object.keys(plain),
      [`${Object.keys(sites).length} pages of chats`]: Object.keys(sites),
    };
    await serving({ ...plain, ...sites, ...large }, (origin) =>
      inChromium(async (browser) => {
        for (const [name, paths] of Object.entries(groups)) {
          const urls = paths.map((path) => origin + path);
          const { looks } = await interleaved(rounds, {
            looks: (round) => {
              progress(`${name}, round ${round + 1}`);
              return looksAt(browser, urls, TIMES);
            },
          });
          tell(report, name, looks);
        }
      }),
    );
  },
};

function tell(report: Bench['report'], name: string, looks: readonly Looked[]): void {
  report({
    metric: name,
    unit: 'ms',
    ours: looks.map(({ look }) => look),
    ...{ peer: looks.map(({ pass }) => pass), peerName: 'one pass over all elements' },
    gate: { of: 'ratio', most: 3 },
    aim: { of: 'ratio', most: 1.5 },
  });
  report({
    metric: `${name}, for each 1,000`,
    unit: 'ms',
    ours: looks.map(({ look, nodes }) => (look * 1_000) / nodes),
    ...(name.startsWith('100,000') ? { gate: { of: 'ours', most: 0.5 } as const } : {}),
  });
}
