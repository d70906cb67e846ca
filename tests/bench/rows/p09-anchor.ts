/** P9: 100 spans of an answer of 3,000 words found again after edits, beside published matchers, each in a fresh page. */
import { coldAndWarm, type Fresh, withFreshPages } from '../lib/fresh.ts';
import { interleaved } from '../lib/numbers.ts';
import type { Bench, Bound, Row } from '../lib/types.ts';

const SPANS = 100;
const peers = ['matchQuote', 'dom-anchor-text-quote', 'apache', 'diff-match-patch'] as const;
type Name = 'ours' | (typeof peers)[number];
/** What changed, and how often a finder is called to warm up and to be measured: the slow ones take seconds. */
const cases = [
  { name: '0 %', share: 0 },
  { name: '5 %', share: 0.05 },
  { name: '20 %', share: 0.2 },
  { name: 'another answer', share: null },
] as const;
/** Answers, each with its spans, that every round has one of: no fewer, however few the rounds. */
const SEEDS = 10;

const ratio = (most: number): Bound => ({ of: 'ratio', most });
const most = (value: number): Bound => ({ of: 'ours', most: value });
const least = (value: number): Bound => ({ of: 'ours', least: value });

interface Measured {
  readonly cold: number;
  readonly warm: number;
  readonly right: number;
  readonly wrong: number;
  readonly found: number;
}

async function measure(page: Fresh, name: Name, share: number | null, seed: number, quick: boolean): Promise<Measured> {
  await page.call('prepare', name, share, seed);
  const [warmUp, times] = quick ? [1, 1] : name === 'ours' ? [20, 10] : [2, 2];
  const spent = await coldAndWarm(page, warmUp, times);
  return { ...spent, ...(await page.call<Pick<Measured, 'right' | 'wrong' | 'found'>>('score')) };
}

async function run({ quick, rounds, report, progress }: Bench): Promise<void> {
  const seeds = quick ? 1 : Math.max(SEEDS, rounds);
  const wanted: readonly Name[] = quick ? ['ours'] : ['ours', ...peers];
  await withFreshPages('anchor', async (fresh) => {
    for (const { name: changed, share } of cases) {
      progress(changed);
      const all = await interleaved(
        seeds,
        Object.fromEntries(
          wanted.map((name) => [
            name,
            (round: number) => fresh((page) => measure(page, name, share, 1000 * (round + 1), quick)),
          ]),
        ),
      );
      const of = (name: Name, key: keyof Measured) => (all[name] ?? []).map((one) => one[key]);
      const beside = (name: Name, key: 'cold' | 'warm') => (all[name] ? { peer: of(name, key), peerName: name } : {});
      const line = (text: string) => `${changed}: ${text}`;
      const own = (key: 'cold' | 'warm') => ({ unit: 'ms', ours: of('ours', key) }) as const;
      const percent = (key: 'right' | 'wrong' | 'found') => {
        const total = of('ours', key).reduce((sum, each) => sum + each, 0);
        return [(100 * total) / (seeds * SPANS)];
      };
      if (share === null) {
        report({ metric: line('warm'), ...own('warm'), ...beside('matchQuote', 'warm'), gate: most(3) });
        report({ metric: line('false hits'), unit: 'count', ours: of('ours', 'found'), exact: true, gate: most(0) });
        continue;
      }
      const bounds = share === 0.05;
      for (const name of quick ? [] : peers)
        for (const kind of ['warm', 'cold'] as const)
          report({
            ...{ metric: line(`${kind}, beside ${name}`), ...own(kind), ...beside(name, kind) },
            ...(bounds && name === 'matchQuote' && kind === 'warm' ? { gate: ratio(1 / 4), aim: ratio(1 / 8) } : {}),
            ...(bounds && name === 'matchQuote' && kind === 'cold' ? { gate: ratio(1 / 2), aim: ratio(1 / 5) } : {}),
            ...(bounds && name === 'diff-match-patch' && kind === 'warm'
              ? { gate: ratio(1 / 30), aim: ratio(1 / 60) }
              : {}),
          });
      report({
        ...{ metric: line('right'), unit: '%', ours: percent('right'), exact: true },
        ...(share <= 0.05 ? { gate: least(99.5) } : {}),
      });
      report({
        ...{ metric: line('wrong'), unit: '%', ours: percent('wrong'), exact: true },
        ...(share <= 0.05 ? { gate: most(0.1) } : {}),
      });
      for (const name of quick ? [] : peers)
        report({
          ...{ metric: line(`wrong, ${name}`), unit: '%' },
          ours: [of(name, 'wrong').reduce((sum, each) => sum + each, 0) / ((seeds * SPANS) / 100)],
        });
    }
    const blocks = await interleaved(quick ? 1 : rounds, {
      ours: (round) =>
        fresh(async ({ call }) => {
          await call('prepare', 'ours', 0.2, 1000 * (round + 1));
          return call<number>('block');
        }),
    });
    report({ metric: '20 %: longest block, cold', unit: 'ms', ours: blocks.ours, gate: most(16) });
  });
}

export const row: Row = { id: 'P9', title: 'Findings found again in a changed answer', browsers: ['chromium'], run };
