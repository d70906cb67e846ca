/** P12: what the product asks of a store with 100,000 reviews, beside the same asked of IndexedDB, in the background itself. */
import { bundle } from '../../support/bundle.ts';
import { withProduct } from '../lib/chromium.ts';
import { interleaved, median, quantile } from '../lib/numbers.ts';
import type { Bench, Bound, Reading, Row } from '../lib/types.ts';
import { corpus } from '../lib/words.ts';
import { background } from '../lib/worker.ts';

const ratio = (most: number): Bound => ({ of: 'ratio', most });
const most = (value: number): Bound => ({ of: 'ours', most: value });

const bounds: Readonly<Record<string, Pick<Reading, 'gate' | 'aim'>>> = {
  'latest 50': { gate: ratio(1.4), aim: ratio(1.15) },
  counts: { gate: most(2) },
  'add a row': { gate: ratio(2.2), aim: ratio(1.5) },
};

async function run(bench: Bench): Promise<void> {
  const [count, calls, together] = bench.quick ? [300, 2, 50] : [100_000, 40, 10_000];
  const words = JSON.stringify(corpus());
  await withProduct(await bench.extension(), async (session) => {
    const tab = await session.openExtension('manifest.json');
    const worker = await background(session, tab.page);
    await worker.evaluate(await bundle(new URL('../pages/queries.ts', import.meta.url).pathname, 'queries'));
    const ask = <T>(call: string) => worker.evaluate(`queries.${call}`) as Promise<T>;
    bench.progress(`fills ${count}`);
    await ask(`fill(${words}, ${count})`);
    for (const name of await ask<string[]>('names()')) {
      bench.progress(name);
      const who = (which: 'ours' | 'raw') => () =>
        ask<number[]>(`times(${JSON.stringify(name)}, '${which}', ${calls})`);
      // Both are compiled and have the pages of the store at hand before they are compared.
      for (const which of ['ours', 'raw'] as const) await who(which)();
      const all = await interleaved(bench.rounds, { ours: who('ours'), raw: who('raw') });
      const line = (which: 'p50' | 'p95', of: (list: readonly number[]) => number) => ({
        ...{ metric: `${name}: ${which}`, unit: 'ms' as const, ours: all.ours.map(of) },
        ...{ peer: all.raw.map(of), peerName: 'IndexedDB' },
      });
      bench.report({ ...line('p50', median), ...bounds[name] });
      bench.report(line('p95', (list) => quantile(list, 0.95)));
      if (name === 'latest 50')
        bench.report({ metric: `${name}: p50 by itself`, unit: 'ms', ours: all.ours.map(median), gate: most(3) });
    }
    bench.progress(`${together} together`);
    const who = (which: 'ours' | 'raw') => () => ask<number>(`storeTogether(${words}, ${together}, '${which}')`);
    const all = await interleaved(bench.rounds, { ours: who('ours'), raw: who('raw') });
    bench.report({
      ...{ metric: `${together} rows in one transaction, each`, unit: 'ms', ours: all.ours, peer: all.raw },
      ...{ peerName: 'IndexedDB', gate: ratio(1.25), aim: ratio(1.1) },
    });
  });
}

export const row: Row = { id: 'P12', title: 'The store with 100,000 reviews', browsers: ['chromium'], run };
