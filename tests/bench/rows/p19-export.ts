/** P19: all reviews to each format of the export, as the workbench writes them, beside writing the same records as JSON. */
import type { Page } from 'puppeteer-core';
import type { ExportChoice } from '../../../components/workbench/export-panel.tsx';
import { settledHeap } from '../lib/chromium.ts';
import { quietPage, storeIn, withReviews } from '../lib/filled.ts';
import { interleaved } from '../lib/numbers.ts';
import type { Bench, Row } from '../lib/types.ts';
import type * as store from '../pages/store.ts';

const formats: readonly (readonly [choice: ExportChoice, name: string])[] = [
  ['newest', 'JSON Lines'],
  ['all', 'JSON Lines, all revisions'],
  ['csv', 'table (CSV)'],
  ['findings', 'findings as annotations'],
  ['pairs', 'preferences as pairs'],
];

/** The most of the heap while `work` ran, in MB beyond what stayed before it. */
async function peakOf<T>(page: Page, work: () => Promise<T>): Promise<{ readonly value: T; readonly peak: number }> {
  const client = await page.createCDPSession();
  const before = await settledHeap(client);
  let [most, running] = [before, true];
  const watching = (async () => {
    while (running) {
      most = Math.max(most, (await client.send('Runtime.getHeapUsage')).usedSize);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const value = await work();
  running = false;
  await watching;
  await client.detach();
  return { value, peak: (most - before) / 1e6 };
}

async function run(bench: Bench): Promise<void> {
  const count = bench.quick ? 300 : 100_000;
  bench.progress(`fills ${count}`);
  await withReviews(await bench.extension(), count, async (session) => {
    const page = await quietPage(session);
    const ask = await storeIn(page);
    const format = (choice: ExportChoice) => () => {
      bench.progress(choice);
      return peakOf(page, () => ask<Awaited<ReturnType<typeof store.exported>>>(`exported('${choice}')`));
    };
    const runs = await interleaved(bench.rounds, {
      limit: () => ask<Awaited<ReturnType<typeof store.rawJson>>>('rawJson()'),
      newest: format('newest'),
      all: format('all'),
      csv: format('csv'),
      findings: format('findings'),
      pairs: format('pairs'),
    });
    const perSecond = (ms: number) => (count / ms) * 1000;
    for (const [choice, name] of formats) {
      const its = runs[choice];
      bench.report({
        ...{ metric: `${name}: reviews`, unit: '/s', ours: its.map(({ value }) => perSecond(value.ms)) },
        ...{ peer: runs.limit.map(({ all }) => perSecond(all)), peerName: 'read from IndexedDB and JSON.stringify' },
        gate: { of: 'ratio', least: 1 / 3 },
        aim: { of: 'ratio', least: 1 / 2 },
      });
      bench.report({ metric: `${name}: heap at most`, unit: 'MB', ours: its.map(({ peak }) => peak) });
    }
    const lines = runs.newest.map(({ value }) => count - value.lines);
    bench.report({
      metric: 'reviews that are missing',
      unit: 'count',
      ours: lines,
      exact: true,
      gate: { of: 'ours', most: 0 },
    });
    bench.report({
      ...{ metric: 'JSON.stringify alone', unit: '/s', ours: runs.limit.map(({ json }) => perSecond(json)) },
      note: 'reading the records from IndexedDB takes most of any export; the ratios above are beside reading and writing, all in portions of 1,000',
    });
  });
}

export const row: Row = { id: 'P19', title: 'Export of 100,000 reviews', browsers: ['chromium'], run };
