/** What the store costs with ever more reviews in it. */
import { inChromium, serving } from '../lib/chromium.ts';
import { fillStore, storeIn } from '../lib/filled.ts';
import { type Point, reportGrowth } from '../lib/growth.ts';
import type { Bench, Row } from '../lib/types.ts';

/** The million is filled for several minutes, and takes 3 GB on the disk: in whole runs only. */
const sizesOf = ({ quick, rounds }: Bench): readonly number[] =>
  quick ? [100, 400] : [1000, 10_000, 100_000, ...(rounds >= 5 ? [1_000_000] : [])];

async function run(bench: Bench): Promise<void> {
  const daily = new Map<string, Point[]>();
  const add = (name: string, size: number, values: readonly number[]) =>
    daily.set(name, [...(daily.get(name) ?? []), { size, values }]);
  const filling: Point[] = [];
  const searching: Point[] = [];
  await serving({ '/': '<!doctype html><title>Store</title>' }, (origin) =>
    inChromium(async (browser) => {
      const tab = await browser.newPage();
      await tab.goto(origin);
      let before = 0;
      for (const size of sizesOf(bench)) {
        bench.progress(`fills up to ${size}`);
        await tab.goto(origin);
        const ask = await storeIn(tab, 'growth');
        const ms = await fillStore(ask, before, size);
        filling.push({ size: size - before, values: [ms] });
        before = size;
        for (const [name, values] of Object.entries(await ask<Record<string, number[]>>(`daily(21, ${size})`)))
          add(name, size, values);
        searching.push({ size, values: [await ask<number>('rare()')] });
      }
    }),
  );
  for (const [name, points] of daily) reportGrowth(bench, name, 'ms', points, { flat: true, of: ' stored' });
  reportGrowth(bench, 'find the one review with a word', 'ms', searching, { of: ' stored' });
  reportGrowth(bench, 'fill', 'ms', filling, { of: ' more' });
}

export const row: Row = {
  id: 'growth-store',
  title: 'What the store costs, by the number of reviews in it',
  browsers: ['chromium'],
  run,
};
