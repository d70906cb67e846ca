/** P18: the workbench on 100,000 reviews, each action until its result is painted, beside the same query on IndexedDB itself. */
import type { ReviewQuery } from '../../../utils/review/query.ts';
import { settledHeap } from '../lib/chromium.ts';
import { type Ask, quietPage, storeIn, withReviews } from '../lib/filled.ts';
import { quantile } from '../lib/numbers.ts';
import type { Bench, Bound, Row } from '../lib/types.ts';
import { goTo, openFirst, openWorkbench, scrollOn } from '../lib/workbench.ts';

/** What is asked for, each time something else. */
const queries: Readonly<Record<string, (at: number) => ReviewQuery>> = {
  'search a word of many': (at) => ({ search: ['destination', 'reviewer', 'browser', 'finding'][at % 4] ?? '' }),
  'search a word of one': (at) => ({ search: `needle${(at % 90) * 1000 + 1007}` }),
  'filter by site': (at) => ({ site: `https://chat-${at % 20}.example` }),
  'filter by verdict': (at) => ({ verdict: (['reject', 'unsure', 'approve', 'correct'] as const)[at % 4] ?? 'reject' }),
  'filter by label': (at) => ({ label: at % 2 === 0 ? 'wrong' : 'tone' }),
  'filter by dates': (at) => ({ from: `2025-0${1 + (at % 9)}-01`, until: `2025-0${1 + (at % 9)}-20` }),
  'filter by delivery': () => ({ delivery: 'none' }),
};
/** Times that each is done a round. */
const TIMES = 4;
const most = (value: number): Bound => ({ of: 'ours', most: value });

class Samples {
  readonly #byName = new Map<string, number[]>();

  add(name: string, values: readonly number[]): void {
    this.#byName.set(name, [...(this.#byName.get(name) ?? []), quantile(values, 0.95)]);
  }

  of(name: string): readonly number[] {
    return this.#byName.get(name) ?? [];
  }
}

async function run(bench: Bench): Promise<void> {
  const count = bench.quick ? 300 : 100_000;
  const times = bench.quick ? 1 : TIMES;
  const ours = new Samples();
  const peer = new Samples();
  const heaps: number[] = [];
  bench.progress(`fills ${count}`);
  await withReviews(await bench.extension(), count, async (session) => {
    const ask: Ask = await storeIn(await quietPage(session));
    for (let round = 0; round < bench.rounds; round += 1) {
      bench.progress(`round ${round + 1} of ${bench.rounds}`);
      const { page, firstMs } = await openWorkbench(session);
      ours.add('open', [firstMs]);
      peer.add('open', [await ask<number>('rawPage({}, 61)')]);
      const repeated = async (work: (at: number) => Promise<number>) => {
        const all: number[] = [];
        for (let time = 0; time < times; time += 1) all.push(await work(round * times + time));
        return all;
      };
      for (const [name, query] of Object.entries(queries)) {
        const shown = await repeated(async (at) => {
          const parameters = new URLSearchParams(Object.entries(query(at)) as [string, string][]);
          const ms = await goTo(page, `#/reviews?${parameters}`);
          await goTo(page, '#/reviews');
          return ms;
        });
        ours.add(name, shown);
        peer.add(name, await repeated((at) => ask<number>(`rawPage(${JSON.stringify(query(at))}, 61)`)));
      }
      if (!bench.quick) ours.add('scroll on', await repeated(() => scrollOn(page)));
      ours.add('open a review', [await openFirst(page)]);
      const client = await page.createCDPSession();
      heaps.push((await settledHeap(client)) / 1e6);
      await page.close();
    }
  });
  bench.report({
    ...{ metric: 'open: first reviews painted', unit: 'ms', ours: ours.of('open'), peer: peer.of('open') },
    ...{ peerName: 'the latest 61 of IndexedDB', gate: most(1000), aim: most(500) },
  });
  for (const name of [...Object.keys(queries), 'scroll on', 'open a review']) {
    if (ours.of(name).length === 0) continue;
    const raw = peer.of(name);
    bench.report({
      ...{ metric: `${name}, p95`, unit: 'ms', ours: ours.of(name), gate: most(300), aim: most(100) },
      ...(raw.length > 0 ? { peer: raw, peerName: 'the same on IndexedDB' } : {}),
    });
  }
  bench.report({
    ...{ metric: 'heap after all of it', unit: 'MB', ours: heaps },
    note: 'the workbench has no plots yet, so none are measured',
  });
}

export const row: Row = { id: 'P18', title: 'The workbench on 100,000 reviews', browsers: ['chromium'], run };
