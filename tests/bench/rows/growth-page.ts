/** How what a page pays grows with the length of its conversation: coming, the first look, standing still, each token. */
import { attaching, worked } from '../lib/attaching.ts';
import { inChromium, serving, withProduct } from '../lib/chromium.ts';
import { type Point, reportGrowth } from '../lib/growth.ts';
import { RULE, withScan } from '../lib/scans.ts';
import { addressOf, liveTurn, sites } from '../lib/site.ts';
import { thread } from '../lib/thread.ts';
import { traced } from '../lib/traced.ts';
import type { Bench, Row } from '../lib/types.ts';

/** Messages; of 10,000 a page's 5,000 answers are more than detection believes a page to have, and 2,000 are taken. */
const SIZES = [10, 100, 1_000, 10_000];
const MOST_ANSWERS = 2_000;
/** How long the page stands still, in ms, and how many tokens come how fast. */
const [STILL_MS, TOKENS, EVERY_MS] = [3_000, 100, 20];

const isOurs = (url: string) => url.startsWith('chrome-extension:');

/** Writes tokens into a new answer at the end of the thread; runs in the page. */
async function write(turn: string, tokens: number, everyMs: number): Promise<void> {
  const main = document.querySelector('main') as HTMLElement;
  main.insertAdjacentHTML('beforeend', turn);
  const live = main.querySelector('[data-live]') as HTMLElement;
  for (let at = 0; at < tokens; at += 1) {
    live.append(`word${at} `);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

async function measure(bench: Bench): Promise<void> {
  const { rounds, quick, progress } = bench;
  // Nothing exact is measured here.
  if (quick) return;
  const costs = { coming: [] as Point[], look: [] as Point[], still: [] as Point[], tokens: [] as Point[] };
  const folder = await bench.extension();
  for (const size of SIZES) {
    const html = thread(size, 'cv');
    const looks: number[] = [];
    await serving({ '/': html }, (origin) =>
      inChromium(async (browser) => {
        const answers = Math.min(size / 2, MOST_ANSWERS);
        for (let round = 0; round < rounds; round += 1)
          looks.push(
            await withScan(browser, `${origin}/`, async ({ call, spent }) => {
              await call('scan', RULE, 2, answers);
              return (await spent(() => call('scan', RULE, 3, answers))).ms / 3;
            }),
          );
      }),
    );
    const [coming, still, tokens] = [[] as number[], [] as number[], [] as number[]];
    await withProduct(
      folder,
      async (session) => {
        for (let round = 0; round < rounds; round += 1) {
          progress(`${size} messages, round ${round + 1}`);
          await attaching(session, addressOf.roles, html, async ({ tab: { page }, attach }) => {
            coming.push(await worked(page, attach));
            const wait = () => new Promise<void>((resolve) => setTimeout(resolve, STILL_MS));
            still.push((await traced(page, isOurs, wait)).ms);
            const streaming = () => page.evaluate(write, liveTurn('roles'), TOKENS, EVERY_MS);
            tokens.push((await traced(page, isOurs, streaming)).ms);
          });
        }
      },
      sites,
    );
    for (const [what, values] of Object.entries({ coming, look: looks, still, tokens }))
      costs[what as keyof typeof costs].push({ size, values });
  }
  const of = ' messages';
  reportGrowth(bench, 'coming to the thread, all that the page works', 'ms', costs.coming, { of });
  reportGrowth(bench, 'the first look', 'ms', costs.look, { of });
  reportGrowth(bench, `standing still for ${STILL_MS / 1_000} s`, 'ms', costs.still, { of, flat: true });
  reportGrowth(bench, `${TOKENS} tokens of an answer`, 'ms', costs.tokens, { of, flat: true });
}

export const row: Row = {
  id: 'growth-page',
  title: 'Cost by the length of a conversation',
  browsers: ['chromium'],
  run: measure,
};
