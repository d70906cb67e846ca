/** P3: finding, reading and hashing the 500 answers of a long thread, beside reading their texts and no more. */
import { inChromium, serving } from '../lib/chromium.ts';
import { interleaved } from '../lib/numbers.ts';
import { MARK, RULE, type ScanPage, withScan } from '../lib/scans.ts';
import { thread } from '../lib/thread.ts';
import type { Row } from '../lib/types.ts';

const MESSAGES = 1_000;
const ANSWERS = MESSAGES / 2;
/** A look is short beside what a page does by itself: so many are measured together. */
const TIMES = 10;

/** Layouts more with a look than without, at the least of a few tries: what a frame lays out besides differs by one or two. */
async function forced(call: ScanPage['call'], spent: ScanPage['spent']): Promise<number> {
  const more: number[] = [];
  for (let time = 0; time < 4; time += 1) {
    const alone = await spent(() => call('layouts', RULE, false));
    const looked = await spent(() => call('layouts', RULE, true));
    more.push(looked.layouts - alone.layouts);
  }
  return Math.max(0, Math.min(...more));
}

export const row: Row = {
  id: 'P3',
  title: 'The first look at 500 answers',
  browsers: ['chromium'],
  async run({ quick, rounds, report, progress }) {
    const pages = { '/cv': thread(MESSAGES, 'cv'), '/plain': thread(MESSAGES, 'plain') };
    await serving(pages, (origin) =>
      inChromium(async (browser) => {
        for (const kind of quick ? (['cv'] as const) : (['cv', 'plain'] as const)) {
          const seen = await interleaved(rounds, {
            look: (round) => {
              progress(`${kind}, round ${round + 1}`);
              return withScan(browser, `${origin}/${kind}`, async ({ call, spent }) => {
                const cold = await spent(() => call('scan', RULE, 1, ANSWERS));
                const empty = await call('empty', RULE);
                const layouts = await forced(call, spent);
                if (quick) return { cold, warm: cold.ms, empty, layouts };
                await call('scan', RULE, 3, ANSWERS);
                const warm = await spent(() => call('scan', RULE, TIMES, ANSWERS));
                return { cold, warm: warm.ms / TIMES, empty, layouts };
              });
            },
            bare: () =>
              withScan(browser, `${origin}/${kind}`, async ({ call, spent }) => {
                const cold = await spent(() => call('bare', MARK, 1));
                const warm = quick ? cold : await spent(() => call('bare', MARK, 10 * TIMES));
                return { cold: cold.ms, warm: warm.ms / (10 * TIMES) };
              }),
          });
          const count = (metric: string, ours: readonly number[]) =>
            report({
              metric: `${kind} page, ${metric}`,
              unit: 'count',
              ours,
              exact: true,
              gate: { of: 'ours', most: 0 },
            });
          count(
            'answers that were not found',
            seen.look.map(({ cold }) => ANSWERS - cold.value),
          );
          count(
            'answers read as empty',
            seen.look.map(({ empty }) => empty),
          );
          count(
            'layouts that the look forced',
            seen.look.map(({ layouts }) => layouts),
          );
          if (quick) continue;
          const peerName = 'querySelectorAll and textContent';
          report({
            metric: `${kind} page, warm`,
            unit: 'ms',
            ours: seen.look.map(({ warm }) => warm),
            ...{ peer: seen.bare.map(({ warm }) => warm), peerName },
            gate: { of: 'ratio', most: 2.5 },
            aim: { of: 'ratio', most: 1.3 },
          });
          report({
            metric: `${kind} page, the first of a fresh page`,
            unit: 'ms',
            ours: seen.look.map(({ cold }) => cold.ms),
            ...{ peer: seen.bare.map(({ cold }) => cold), peerName },
          });
        }
      }),
    );
  },
};
