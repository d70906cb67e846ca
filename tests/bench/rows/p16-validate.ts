/** P16: 2,000 records looked at without eval, beside parsing them and beside asking the schema. */
import { coldAndWarm, withFreshPages } from '../lib/fresh.ts';
import { interleaved } from '../lib/numbers.ts';
import type { Bench, Row } from '../lib/types.ts';
import { corpus } from '../lib/words.ts';

const names = ['ours', 'zod, jitless', 'JSON.parse'] as const;

async function run({ quick, rounds, report, progress }: Bench): Promise<void> {
  const count = quick ? 20 : 2000;
  const words = corpus();
  await withFreshPages('validate', async (fresh) => {
    const all = await interleaved(
      rounds,
      Object.fromEntries(
        names.map((name) => [
          name,
          (round: number) =>
            fresh(async (page) => {
              progress(`round ${round + 1}, ${name}`);
              await page.call('prepare', name, words, count);
              return coldAndWarm(page, 2, 3);
            }),
        ]),
      ),
    );
    const each = (name: string, kind: 'cold' | 'warm') => (all[name] ?? []).map((one) => (one[kind] * 1000) / count);
    const line = (kind: 'cold' | 'warm', peer: string) => ({
      ...{ metric: `${kind}, beside ${peer}`, unit: 'µs' as const, ours: each('ours', kind) },
      ...{ peer: each(peer, kind), peerName: peer },
    });
    report({
      ...line('warm', 'JSON.parse'),
      ...{ gate: { of: 'ratio', most: 1 }, aim: { of: 'ratio', most: 0.5 } },
      note: 'events as they come over the wire, all valid; valibot is left out, for it would need the schema written a second time',
    });
    report(line('cold', 'JSON.parse'));
    report(line('warm', 'zod, jitless'));
    report(line('cold', 'zod, jitless'));
  });
}

export const row: Row = { id: 'P16', title: 'Looking at records, each', browsers: ['chromium'], run };
