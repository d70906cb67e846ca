/** P10: the word diff beside four libraries, each in a fresh page, cold and warm. */
import { coldAndWarm, withFreshPages } from '../lib/fresh.ts';
import { interleaved, median } from '../lib/numbers.ts';
import type { Bench, Bound, Reading, Row } from '../lib/types.ts';

const peers = ['jsdiff', 'diff-match-patch, words', 'fast-diff, words', 'fast-myers-diff'] as const;
const cells = [
  { words: 300, share: 0.05 },
  { words: 300, share: 0.4 },
  { words: 3000, share: 0.05 },
  { words: 3000, share: 0.4 },
] as const;
const most = (value: number): Bound => ({ of: 'ours', most: value });
const ratio = (value: number): Bound => ({ of: 'ratio', most: value });

/** The peer that was fastest, and what it took. */
function fastest(all: Readonly<Record<string, readonly number[]>>): Pick<Reading, 'peer' | 'peerName'> {
  const [first] = Object.entries(all).sort(([, one], [, other]) => median(one) - median(other));
  return first ? { peerName: first[0], peer: first[1] } : {};
}

async function run({ quick, rounds, report, progress }: Bench): Promise<void> {
  await withFreshPages('diff', async (fresh) => {
    const wanted = quick ? cells.slice(0, 1) : cells;
    for (const { words, share } of wanted) {
      const cell = `${words} words, ${share * 100} % changed`;
      progress(cell);
      const measure = (name: string) => (round: number) =>
        fresh(async (page) => {
          await page.call('prepare', name, words, share, 1000 * (round + 1));
          return words === 300 ? coldAndWarm(page, quick ? 1 : 150, quick ? 1 : 100) : coldAndWarm(page, 8, 6);
        });
      const names = ['ours', ...(quick ? peers.slice(0, 1) : peers)];
      const all = await interleaved(rounds, Object.fromEntries(names.map((name) => [name, measure(name)])));
      for (const kind of ['warm', 'cold'] as const) {
        const of = (name: string) => (all[name] ?? []).map((times) => times[kind]);
        const others = Object.fromEntries(names.slice(1).map((name) => [name, of(name)]));
        report({
          ...{ metric: `${cell}: ${kind}`, unit: 'ms', ours: of('ours'), ...fastest(others), aim: ratio(1) },
          ...(kind === 'warm' && words === 300 ? { gate: most(0.5) } : {}),
        });
        if (kind === 'warm' && words === 3000 && share === 0.05)
          report({
            ...{ metric: `${cell}: warm, beside jsdiff`, unit: 'ms', ours: of('ours') },
            ...{ peer: of('jsdiff'), peerName: 'jsdiff', gate: ratio(1 / 3) },
          });
      }
    }
    const blocks = await interleaved(rounds, {
      ours: (round) => fresh(({ call }) => call<number>('block', 3000, 0.4, 1000 * (round + 1))),
    });
    report({
      ...{ metric: '3000 words, 40 % changed: longest block, cold', unit: 'ms', ours: blocks.ours, gate: most(8) },
      note: 'in slices on the same thread, which need no worker: a page that shows the diff goes on between them',
    });
  });
}

export const row: Row = { id: 'P10', title: 'The word diff', browsers: ['chromium'], run };
