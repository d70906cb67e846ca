/** P2: coming to a thread of 1,000 messages, beside a bar for each of its 500 answers. */
import type { Session } from '../../support/browser/types.ts';
import { attaching, worked } from '../lib/attaching.ts';
import { bundle } from '../lib/bundle.ts';
import { isolatedWorld, withProduct } from '../lib/chromium.ts';
import { interleaved } from '../lib/numbers.ts';
import { MARK } from '../lib/scans.ts';
import { addressOf, sites } from '../lib/site.ts';
import { type Kind, thread } from '../lib/thread.ts';
import { traced } from '../lib/traced.ts';
import type { Row } from '../lib/types.ts';

/** Everything that the product has put into the page: its host, the root in it, and all nodes there. */
const nodesOf = (root: Document | ShadowRoot) => {
  const all = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
  let count = 2;
  while (all.nextNode()) count += 1;
  return count;
};

const at = (session: Session, kind: Kind, messages: number) => {
  const html = thread(messages, kind);
  const open = <T>(work: Parameters<typeof attaching<T>>[3]) => attaching(session, addressOf.roles, html, work);
  return {
    ours: () =>
      open(async ({ tab, attach }) => {
        const ms = await worked(tab.page, attach);
        return { ms, nodes: (await (await tab.overlay())?.evaluate(nodesOf)) ?? Number.NaN };
      }),
    longest: () =>
      open(async ({ tab, attach }) => {
        const { worst } = await traced(tab.page, (url) => url.startsWith('chrome-extension:'), attach);
        return worst;
      }),
    none: () => open(({ tab }) => worked(tab.page, async () => {})),
    eager: () =>
      open(async ({ tab }) => {
        const bars = await bundle(new URL('../pages/eager-bars.ts', import.meta.url).pathname, 'EagerBars');
        const evaluate = await isolatedWorld(tab.page);
        return worked(tab.page, async () => {
          await evaluate(bars);
          await evaluate(`new Promise((done) => setTimeout(() => done(EagerBars.mount(${JSON.stringify(MARK)}))))`);
        });
      }),
  };
};

export const row: Row = {
  id: 'P2',
  title: 'Coming to a thread of 1,000 messages',
  browsers: ['chromium'],
  async run({ extension, quick, rounds, report, progress }) {
    const messages = quick ? 100 : 1_000;
    await withProduct(
      await extension(),
      async (session) => {
        for (const kind of quick ? (['cv'] as const) : (['cv', 'plain'] as const)) {
          progress(`${kind} page`);
          const { ours, longest, none, eager } = at(session, kind, messages);
          if (quick) {
            const { nodes } = await ours();
            report({
              metric: `${kind} page, nodes`,
              unit: 'count',
              ours: [nodes],
              exact: true,
              gate: { of: 'ours', most: 40 },
            });
            continue;
          }
          const seen = await interleaved(rounds, { ours, longest, none, eager });
          report({
            metric: `${kind} page, nodes`,
            unit: 'count',
            ours: seen.ours.map(({ nodes }) => nodes),
            exact: true,
            gate: { of: 'ours', most: 40 },
          });
          report({
            metric: `${kind} page, processor time above none`,
            unit: 'ms',
            ours: seen.ours.map(({ ms }, round) => ms - (seen.none[round] ?? 0)),
            ...{ peer: seen.eager.map((ms, round) => ms - (seen.none[round] ?? 0)), peerName: '500 bars at once' },
            gate: { of: 'ratio', most: 1 / 5 },
            aim: { of: 'ratio', most: 1 / 10 },
            note: 'The thread is there and at rest when the product comes, so that loading it is in neither.',
          });
          report({
            metric: `${kind} page, longest piece of our work`,
            unit: 'ms',
            ours: seen.longest,
            gate: { of: 'ours', most: 16 },
          });
        }
      },
      sites,
    );
  },
};
