/**
 * The leak hunt: 500 changes of the conversation, 10,000 answers that are written, and what a day brings the background, in one
 * browser. Heap and nodes are read now and then; what counts is how they grow from the middle on, when all that is kept up
 * to a limit is full.
 */
import type { CDPSession } from 'puppeteer-core';
import { bundle } from '../../support/bundle.ts';
import { metricsOf, settledHeap, withProduct } from '../lib/chromium.ts';
import { addressOf, liveTurn, openWithProduct, sites } from '../lib/site.ts';
import { switching } from '../lib/switching.ts';
import { thread } from '../lib/thread.ts';
import type { Bench, Row } from '../lib/types.ts';
import { dayOf, workerOf } from '../lib/worker-day.ts';

type World = { Streaming: typeof import('../pages/streaming.ts') };

interface Sample {
  /** How much was done by then. */
  readonly at: number;
  readonly heap: number;
  readonly detached: number;
}

/** Bytes for each step, by least squares over the second half. */
function slope(samples: readonly Sample[]): number {
  const late = samples.slice(Math.floor(samples.length / 2));
  const mean = (of: (sample: Sample) => number) => late.reduce((sum, sample) => sum + of(sample), 0) / late.length;
  const [x, y] = [mean(({ at }) => at), mean(({ heap }) => heap)];
  const above = late.reduce((sum, { at, heap }) => sum + (at - x) * (heap - y), 0);
  const below = late.reduce((sum, { at }) => sum + (at - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
}

async function detachedIn(client: CDPSession): Promise<number> {
  await client.send('DOM.enable');
  const { detachedNodes } = await client.send('DOM.getDetachedDomNodes');
  await client.send('DOM.disable');
  return detachedNodes.length;
}

async function measure({ quick, extension, progress, report }: Bench): Promise<void> {
  const [changes, answers, hours, readings] = quick ? [10, 40, 1, 2] : [500, 10_000, 24, 20];
  await withProduct(
    await extension(),
    async (session) => {
      const hunt = async (what: string, steps: number, client: CDPSession, step: (at: number) => Promise<void>) => {
        const samples: Sample[] = [];
        const every = Math.max(1, Math.floor(steps / readings));
        for (let at = 1; at <= steps; at += 1) {
          await step(at);
          if (at % every !== 0) continue;
          const heap = await settledHeap(client);
          samples.push({ at, heap, detached: await detachedIn(client).catch(() => 0) });
          progress(`${what}: ${at} of ${steps}, ${(heap / 1e6).toFixed(2)} MB`);
        }
        return samples;
      };
      const say = (what: string, samples: readonly Sample[], most: number, hasNodes = true) => {
        report({
          metric: `${what}: growth of the heap for each, second half`,
          unit: 'bytes',
          ours: [slope(samples)],
          gate: { of: 'ours', most },
        });
        if (!hasNodes) return;
        report({
          metric: `${what}: detached nodes at the end`,
          unit: 'count',
          ours: [samples.at(-1)?.detached ?? Number.NaN],
          exact: true,
          gate: { of: 'ours', most: 0 },
          aim: { of: 'ours', most: 0 },
        });
      };

      const other = await openWithProduct(session, addressOf.roles, thread(40, 'cv'));
      const { change } = await switching(other, 20);
      const { client: first } = await metricsOf(other.page);
      say(`${changes} conversations`, await hunt('conversations', changes, first, change), 200);
      await other.close();

      const tab = await openWithProduct(session, addressOf.classes, thread(40, 'cv', 'classes'));
      const { page } = tab;
      await page.evaluate(await bundle(new URL('../pages/streaming.ts', import.meta.url).pathname, 'Streaming'));
      const { client: second } = await metricsOf(page);
      // The page keeps the newest, as products with long threads do.
      const write = () =>
        page.evaluate(
          async (what) => {
            for (let time = 0; time < 10; time += 1) await (globalThis as unknown as World).Streaming.write(what);
            const turns = [...document.querySelectorAll('main > article')];
            for (const turn of turns.slice(0, -60)) turn.remove();
          },
          { turn: liveTurn('classes'), mode: 'append' as const, chunks: 4, every: 5 },
        );
      const written = await hunt('answers', answers / 10, second, write);
      const each = written.map((sample) => ({ ...sample, at: sample.at * 10 }));
      say(`${answers} answers`, each, 20);
      await tab.close();

      const worker = await workerOf(session);
      const day = await dayOf(session, worker);
      say(`${hours} hours of the background`, await hunt('hours', hours, worker, day.hour), 20_000, false);
      await day.end();
    },
    sites,
  );
}

export const row: Row = { id: 'leaks', title: 'The leak hunt', browsers: ['chromium'], run: measure };
