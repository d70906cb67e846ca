/** The memory of corrections: how long a look-up takes, cold and warm, what the index weighs, and a save with it. */
import puppeteer, { type Page } from 'puppeteer-core';
import { findBrowser } from '../../../scripts/browsers.mjs';
import { bundle } from '../../support/bundle.ts';
import { serving, withProfile } from '../lib/chromium.ts';
import { median, quantile } from '../lib/numbers.ts';
import type { Bench, Row } from '../lib/types.ts';

type Looked = Readonly<Record<'known' | 'unknown' | 'shown', number[]>> &
  Readonly<Record<'found' | 'marked' | 'of', number>>;

async function run({ quick, rounds, report, progress }: Bench): Promise<void> {
  const [count, looks, saves] = quick ? [100, 2, 2] : [100_000, 200, 100];
  const executablePath = findBrowser('chromium');
  if (!executablePath) throw new Error('There is no Chromium on this machine; npm start says how to install one');
  const code = await bundle(new URL('../pages/memory.ts', import.meta.url).pathname, 'memory');
  await serving({ '/': '<!doctype html><title>Memory</title>' }, (origin) =>
    withProfile(async (userDataDir) => {
      /** A browser of its own each time: what it has at hand is gone then. */
      async function inBrowser<T>(work: (ask: <R>(call: string) => Promise<R>) => Promise<T>): Promise<T> {
        const browser = await puppeteer.launch({
          ...{ executablePath: executablePath as string, userDataDir, protocolTimeout: 3_600_000 },
          args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
        });
        try {
          const page: Page = await browser.newPage();
          await page.goto(origin);
          await page.evaluate(code);
          return await work(<R>(call: string) => page.evaluate(`memory.${call}`) as Promise<R>);
        } finally {
          await browser.close();
        }
      }
      progress(`fills ${count}`);
      // A tenth is enough to see what the memory adds.
      const plain = await inBrowser((ask) => ask<{ bytes: number }>(`fill(${Math.round(count / 10)}, false)`));
      const indexed = await inBrowser((ask) => ask<{ bytes: number }>(`fill(${count}, true)`));
      report({ metric: `${count} corrections on disk`, unit: 'MB', ours: [indexed.bytes / 1e6] });
      report({ metric: 'the reviews among that, about', unit: 'MB', ours: [(plain.bytes * 10) / 1e6] });
      const starts: { opened: number; cold: number }[] = [];
      for (let start = 1; start <= rounds; start += 1) {
        progress(`start ${start}`);
        starts.push(await inBrowser((ask) => ask(`lookOnce(${start})`)));
      }
      const line = (metric: string, ours: readonly number[]) => report({ metric, unit: 'ms', ours });
      line(
        'opening after a start of the browser',
        starts.map(({ opened }) => opened),
      );
      line(
        'the first look-up after that',
        starts.map(({ cold }) => cold),
      );
      await inBrowser(async (ask) => {
        progress('looks up');
        const looked = await ask<Looked>(`look(${count}, ${looks})`);
        const both = (metric: string, all: readonly number[]) => {
          line(`${metric}: p50`, [median(all)]);
          line(`${metric}: p95`, [quantile(all, 0.95)]);
        };
        both('an answer that comes again', looked.known);
        both('the same, with how the model stood since', looked.shown);
        both('an unrelated answer', looked.unknown);
        report({ metric: `found of ${looked.of}`, unit: 'count', ours: [looked.found] });
        report({ metric: `marked of ${looks} unrelated`, unit: 'count', ours: [looked.marked] });
        both('saving a correction', await ask<number[]>(`add(${saves})`));
      });
    }),
  );
}

export const row: Row = { id: 'memory', title: 'The memory of corrections', browsers: ['chromium'], run };
