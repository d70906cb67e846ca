/** P7: what our interface costs each frame of a page that is scrolled or written to, and each answer that is pointed at. */
import type { Page } from 'puppeteer-core';
import { bundle } from '../../support/bundle.ts';
import { inChromium, metricsOf, withProduct } from '../lib/chromium.ts';
import { interleaved } from '../lib/numbers.ts';
import { addressOf, liveTurn, openWithProduct, rest, showAt, sites } from '../lib/site.ts';
import { type Kind, thread } from '../lib/thread.ts';
import type { Bench, Bound, Row } from '../lib/types.ts';

type World = {
  Streaming: typeof import('../pages/streaming.ts');
  EagerBars: typeof import('../pages/eager-bars.ts');
};
const script = (name: string) => new URL(`../pages/${name}.ts`, import.meta.url).pathname;

/** How long the pointer rests on an answer, in ms: the toolbar goes there after 120. */
const RESTS_MS = 250;

interface Run {
  /** ms of the page's thread, for each frame or each answer pointed at. */
  readonly scroll: number;
  readonly stream: number;
  readonly hover: number;
}

async function measured(page: Page, screens: number, hovers: number): Promise<Run> {
  await page.evaluate(await bundle(script('streaming'), 'Streaming'));
  const { client, read } = await metricsOf(page);
  const per = async (work: () => Promise<number>) => {
    const before = (await read()).TaskDuration ?? 0;
    const count = await work();
    return (((await read()).TaskDuration ?? 0) - before) * (1000 / count);
  };
  const scroll = await per(() =>
    page.evaluate(async (count) => {
      const main = document.querySelector('main') as HTMLElement;
      main.scrollTop = 0;
      let frames = 0;
      for (; frames < count * 4; frames += 1) {
        main.scrollTop += main.clientHeight / 4;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return frames;
    }, screens),
  );
  await rest(page);
  const chunks = 120;
  const stream = await per(async () => {
    const what = { turn: liveTurn('roles'), mode: 'append' as const, chunks, every: 1000 / 60 };
    await page.evaluate((given) => (globalThis as unknown as World).Streaming.write(given), what);
    return chunks;
  });
  // What follows the end of the answer is no part of pointing.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await rest(page);
  const boxes = await page.evaluate(() =>
    [...document.querySelectorAll('.markdown')]
      .map((answer) => answer.getBoundingClientRect())
      .filter(({ top, bottom, height }) => height > 60 && top < innerHeight - 100 && bottom > 20)
      .map(({ left, top, bottom }) => ({
        x: left + 30,
        y: (Math.max(top, 0) + Math.min(bottom, innerHeight - 60)) / 2,
      })),
  );
  const hover = await per(async () => {
    for (let at = 0; at < hovers; at += 1) {
      const { x, y } = boxes[at % boxes.length] as { x: number; y: number };
      await page.mouse.move(x + (at % 5), y);
      await new Promise((resolve) => setTimeout(resolve, RESTS_MS));
    }
    return hovers;
  });
  await client.detach();
  return { scroll, stream, hover };
}

async function measure({ rounds, quick, extension, progress, report }: Bench): Promise<void> {
  // Nothing of it is exact.
  if (quick) return;
  const [screens, hovers, messages] = [60, 50, 1000];
  await withProduct(
    await extension(),
    (session) =>
      inChromium(async (bare) => {
        const ours = (kind: Kind) => async () => {
          const tab = await openWithProduct(session, addressOf.roles, thread(messages, kind));
          const run = await measured(tab.page, screens, hovers);
          await tab.close();
          return run;
        };
        const without = (kind: Kind, bars: boolean) => async () => {
          const page = await bare.newPage();
          await showAt(page, addressOf.roles, thread(messages, kind));
          if (bars) {
            await page.evaluate(await bundle(script('eager-bars'), 'EagerBars'));
            await page.evaluate(() => (globalThis as unknown as World).EagerBars.mount('.markdown'));
          }
          await rest(page);
          const run = await measured(page, screens, hovers);
          await page.close();
          return run;
        };
        for (const kind of ['cv', 'plain'] as const) {
          progress(`${kind} page`);
          const done = await interleaved(rounds, {
            ours: ours(kind),
            none: without(kind, false),
            eager: without(kind, true),
          });
          const line = (
            metric: string,
            what: keyof Run,
            bounds: { gate?: Bound; aim?: Bound },
            peer: 'none' | 'eager',
          ) =>
            report({
              metric: `${kind} page: ${metric}`,
              unit: 'ms',
              ours: done.ours.map((run) => run[what]),
              peer: done[peer].map((run) => run[what]),
              peerName: peer === 'none' ? 'no extension' : 'eager bars',
              ...bounds,
            });
          const steady = { gate: { of: 'ratio', most: 1.1 }, aim: { of: 'ratio', most: 1.03 } } as const;
          line('CPU of a frame while scrolling', 'scroll', steady, 'none');
          line('CPU of a frame while scrolling, beside bars', 'scroll', {}, 'eager');
          line('CPU of a chunk while an answer is written', 'stream', steady, 'none');
          line('CPU of a chunk while an answer is written, beside bars', 'stream', {}, 'eager');
          report({
            metric: `${kind} page: CPU of going to an answer that is pointed at`,
            unit: 'ms',
            ours: done.ours.map(({ hover }, round) => hover - (done.none[round] as Run).hover),
            gate: { of: 'ours', most: 4 },
            aim: { of: 'ours', most: 2 },
            note: 'Above what pointing costs the page itself.',
          });
        }
      }),
    sites,
  );
}

export const row: Row = { id: 'P7', title: 'Steady frames', browsers: ['chromium'], run: measure };
