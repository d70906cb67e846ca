/** P13: a backlog of 10,000 goes out over loopback; calm, with errors, and once more after it was all there. */

import { bundle } from '../../support/bundle.ts';
import {
  acknowledge,
  answer,
  type Behavior,
  commitThenReset,
  commitThenTruncate,
  drop,
  type FaultEndpoint,
  startFaultEndpoint,
} from '../../support/fault-endpoint.ts';
import { inChromium, serving } from '../lib/chromium.ts';
import { interleaved, quantile } from '../lib/numbers.ts';
import type { Bench, Bound, Reading, Row } from '../lib/types.ts';
import { corpus } from '../lib/words.ts';
import type * as page from '../pages/sync.ts';

const BATCH = 500;
const ACCEPTS = { 'accept-encoding': 'gzip' };
const calm: Behavior = ({ commit, json }) => json(200, { results: commit() }, ACCEPTS);

/** One request in 20 fails, each time in another way; all but two of the ways after it was stored. */
function faulty(): Behavior {
  const ways = [commitThenReset, answer(503), commitThenTruncate, drop];
  let requests = 0;
  return (exchange) => {
    requests += 1;
    const way = ways[Math.floor(requests / 20) % ways.length] ?? acknowledge;
    return requests % 20 === 0 ? way(exchange) : calm(exchange);
  };
}

const none: { readonly exact: true; readonly gate: Bound } = { exact: true, gate: { of: 'ours', most: 0 } };

async function withEndpoint<T>(behavior: Behavior, work: (endpoint: FaultEndpoint) => Promise<T>): Promise<T> {
  const endpoint = await startFaultEndpoint(behavior);
  try {
    return await work(endpoint);
  } finally {
    await endpoint.close();
  }
}

const received = ({ requests }: FaultEndpoint) => requests.reduce((sum, { ids }) => sum + ids.length, 0);

/** What must be none, however it went: what never arrived or is still owed, and what is there twice under another number or in the ledger. */
function lossesOf(
  endpoint: FaultEndpoint,
  { left, ledger, keys }: Awaited<ReturnType<typeof page.drain>>,
  count: number,
) {
  return {
    lost: count - endpoint.stored.size + left + (count - keys),
    doubled: endpoint.misnumbered.length + (ledger - keys),
  };
}

async function run({ quick, rounds, report, progress }: Bench): Promise<void> {
  const count = quick ? 400 : 10_000;
  const script = await bundle(new URL('../pages/sync.ts', import.meta.url).pathname, 'sync');
  await serving({ '/': '<!doctype html><title>Delivery</title>' }, (origin) =>
    inChromium(async (browser) => {
      const tab = await browser.newPage();
      await tab.goto(origin);
      await tab.evaluate(script);
      const ask = <T>(call: string) => tab.evaluate(`globalThis.sync.${call}`) as Promise<T>;
      progress(`makes ${count} reviews`);
      const json = await ask<number>(`prepare(${count}, ${JSON.stringify(corpus())}, ${BATCH})`);

      const drained = (behavior: Behavior, items: number | string, gap = 0) =>
        withEndpoint(behavior, async (endpoint) => {
          await ask(`owe(${JSON.stringify(endpoint.url)})`);
          const end = await ask<Awaited<ReturnType<typeof page.drain>>>(`drain(${items}, ${gap})`);
          const { requests } = endpoint;
          const bytes = requests.reduce((sum, each) => sum + each.bytes, 0);
          return {
            ...{ rate: (count / end.ms) * 1000, bytes, requests: requests.length },
            ...{ again: received(endpoint) - count, ...lossesOf(endpoint, end, count) },
          };
        });
      const posted = () =>
        withEndpoint(calm, async ({ url }) => (count / (await ask<number>(`post(${JSON.stringify(url)})`))) * 1000);

      progress('drains');
      const runs = await interleaved(rounds, {
        large: () => drained(calm, BATCH),
        own: () => drained(calm, 'undefined'),
        limit: posted,
      });
      // A quick run has few requests: smaller ones, so that some of them fail.
      const errors = await drained(faulty(), quick ? 5 : 'undefined');
      const replay = await withEndpoint(calm, async (endpoint) => {
        await ask(`owe(${JSON.stringify(endpoint.url)})`);
        await ask('drain()');
        // The store as it was before, put back: all of it goes out once more.
        await ask(`owe(${JSON.stringify(endpoint.url)})`);
        const end = await ask<Awaited<ReturnType<typeof page.drain>>>('drain()');
        return { again: received(endpoint) - count, ...lossesOf(endpoint, end, count) };
      });

      const peer = { peer: runs.limit, peerName: 'requests only, packed before' };
      const rate = (metric: string, ours: readonly number[], bounds: Partial<Reading>) =>
        report({ metric, unit: '/s', ours, ...peer, ...bounds });
      rate(
        'batches of 500',
        runs.large.map((each) => each.rate),
        {
          gate: { of: 'ratio', least: 1 / 6 },
          aim: { of: 'ratio', least: 1 / 3 },
        },
      );
      rate(
        'batches of 50, as the product sends',
        runs.own.map((each) => each.rate),
        {
          note: 'without the 100 ms that the product leaves between requests to one host, which is what limits it on a network',
        },
      );
      for (const [name, its] of [
        ['500', runs.large],
        ['50', runs.own],
      ] as const)
        report({
          ...{ metric: `bytes of a review, batches of ${name}`, unit: 'bytes', peerName: 'JSON' },
          ...{ ours: its.map(({ bytes }) => bytes / count), peer: [json / count] },
          ...(name === '500' ? { gate: { of: 'ratio', most: 0.36 }, aim: { of: 'ratio', most: 0.3 } } : {}),
        });
      for (const [how, its] of [
        ['calm', runs.own],
        ['5 % errors', [errors]],
        ['all once more', [replay]],
      ] as const) {
        report({ metric: `${how}: lost`, unit: 'count', ours: its.map(({ lost }) => lost), ...none });
        report({ metric: `${how}: twice`, unit: 'count', ours: its.map(({ doubled }) => doubled), ...none });
      }
      report({ metric: 'calm: sent again', unit: 'count', ours: runs.own.map(({ again }) => again), ...none });
      report({
        ...{ metric: 'calm: requests', unit: 'count', ours: runs.own.map(({ requests }) => requests), exact: true },
        gate: { of: 'ours', most: Math.ceil(count / 50) },
      });
      report({ metric: '5 % errors: sent again, of all', unit: '%', ours: [(errors.again / count) * 100] });
      if (quick) return;

      progress('a backlog from before');
      const before = await withEndpoint(calm, ({ url }) =>
        ask<Awaited<ReturnType<typeof page.backlog>>>(`backlog(${JSON.stringify(url)})`),
      );
      for (const [metric, ms] of Object.entries(before.took)) report({ metric, unit: 'ms', ours: [ms] });
      report({ metric: 'a save meanwhile, p95', unit: 'ms', ours: [quantile(before.saves, 0.95)] });
    }),
  );
}

export const row: Row = {
  id: 'P13',
  title: 'Delivery of a backlog of 10,000 over loopback',
  browsers: ['chromium'],
  run,
};
