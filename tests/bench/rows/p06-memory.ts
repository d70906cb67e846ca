/** P6: what an open thread of 500 answers holds in memory, and what 100 changes of the conversation leave behind. */
import type { CDPSession, Page } from 'puppeteer-core';
import { bundle } from '../../support/bundle.ts';
import { inChromium, metricsOf, settledHeap, withProduct } from '../lib/chromium.ts';
import { interleaved } from '../lib/numbers.ts';
import { addressOf, openWithProduct, rest, showAt, sites } from '../lib/site.ts';
import { switching } from '../lib/switching.ts';
import { type Kind, thread } from '../lib/thread.ts';
import type { Bench, Row } from '../lib/types.ts';

/** Answers of a short and of a long thread: what both cost is no cost of an answer. */
const [FEW, MANY] = [1, 500];
const KB = 1000;

interface Held {
  /** Bytes of script objects. */
  readonly few: number;
  readonly many: number;
}

async function heapOf(page: Page): Promise<number> {
  const { client } = await metricsOf(page);
  const heap = await settledHeap(client);
  await client.detach();
  return heap;
}

/** Detached trees of nodes that scripts still hold, in all worlds of the page. */
async function detached(client: CDPSession): Promise<number> {
  await settledHeap(client);
  await client.send('DOM.enable');
  const { detachedNodes } = await client.send('DOM.getDetachedDomNodes');
  return detachedNodes.length;
}

async function measure({ rounds, quick, extension, progress, report }: Bench): Promise<void> {
  const changes = quick ? 10 : 100;
  await withProduct(
    await extension(),
    (session) =>
      inChromium(async (bare) => {
        const long = quick ? 50 : MANY;
        const ours = (kind: Kind, answers: number) => async () => {
          const tab = await openWithProduct(session, addressOf.roles, thread(2 * answers, kind));
          const bytes = await heapOf(tab.page);
          await tab.close();
          return bytes;
        };
        const without = (kind: Kind, answers: number, bars: boolean) => async () => {
          const page = await bare.newPage();
          await showAt(page, addressOf.roles, thread(2 * answers, kind));
          await page.evaluate(await bundle(new URL('../pages/eager-bars.ts', import.meta.url).pathname, 'EagerBars'));
          if (bars)
            await page.evaluate(() =>
              (globalThis as unknown as { EagerBars: typeof import('../pages/eager-bars.ts') }).EagerBars.mount(
                '.markdown',
              ),
            );
          await rest(page);
          const bytes = await heapOf(page);
          await page.close();
          return bytes;
        };
        const held = (make: (kind: Kind, answers: number) => () => Promise<number>) => async (): Promise<Held> => ({
          few: await make('cv', FEW)(),
          many: await make('cv', long)(),
        });
        const done = quick
          ? null
          : await interleaved(rounds, {
              ours: held(ours),
              none: held((kind, answers) => without(kind, answers, false)),
              eager: held((kind, answers) => without(kind, answers, true)),
            });
        progress('changes of the conversation');
        if (done) {
          const each = (list: readonly Held[]) =>
            list.map(({ few, many }, round) => {
              const { few: floor, many: full } = done.none[round] as Held;
              return (many - full - (few - floor)) / (long - FEW);
            });
          report({
            metric: `script objects for each of ${MANY} answers`,
            unit: 'bytes',
            ours: each(done.ours),
            peer: each(done.eager),
            peerName: 'eager bars',
            gate: { of: 'ours', most: 1000 },
            aim: { of: 'ours', most: 400 },
          });
          report({
            metric: 'script objects of the interface, with one answer',
            unit: 'kB',
            ours: done.ours.map(({ few }, round) => (few - (done.none[round] as Held).few) / KB),
            gate: { of: 'ours', most: 300 },
            note: 'With the world of its own that a browser makes for any extension in a page, about 170 kB.',
          });
        }
        const growth: number[] = [];
        const nodes: number[] = [];
        for (let round = 0; round < (quick ? 1 : rounds); round += 1) {
          const tab = await openWithProduct(session, addressOf.roles, thread(40, 'cv'));
          const { client } = await metricsOf(tab.page);
          const { change } = await switching(tab, 20);
          // What is made once is made by then.
          for (let at = 0; at < 3; at += 1) await change();
          const before = await settledHeap(client);
          for (let at = 0; at < changes; at += 1) await change();
          growth.push((await settledHeap(client)) - before);
          nodes.push(await detached(client));
          await tab.close();
          progress(`changes of the conversation, round ${round + 1}`);
        }
        report({
          metric: `growth by ${changes} changes of the conversation`,
          unit: 'kB',
          ours: growth.map((bytes) => bytes / KB),
          gate: { of: 'ours', most: 1000 },
          note: '20 answers each. What was looked at how long is remembered for 5,000 answers.',
        });
        report({
          metric: 'detached nodes after them',
          unit: 'count',
          ours: nodes,
          exact: true,
          gate: { of: 'ours', most: 0 },
          aim: { of: 'ours', most: 0 },
        });
      }),
    sites,
  );
}

export const row: Row = { id: 'P6', title: 'Memory of a page', browsers: ['chromium'], run: measure };
