/** P2: coming to a thread of 1,000 messages, beside a bar for each of its 500 answers. */
import type { Session, Surface } from '../../support/browser/types.ts';
import { bundle } from '../../support/bundle.ts';
import { attaching, worked } from '../lib/attaching.ts';
import { isolatedWorld, withProduct } from '../lib/chromium.ts';
import { interleaved } from '../lib/numbers.ts';
import { MARK } from '../lib/scans.ts';
import { addressOf, sites } from '../lib/site.ts';
import { type Kind, thread } from '../lib/thread.ts';
import { traced } from '../lib/traced.ts';
import type { Row } from '../lib/types.ts';

/** What the product has put into the page: its host, the root in it, and all nodes there; and how many are no marks of answers. */
const nodesOf = (root: Document | ShadowRoot) => {
  const under = (top: Node) => {
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_ALL);
    let count = 0;
    while (walker.nextNode()) count += 1;
    return count;
  };
  const marks = [...root.querySelectorAll('.mark')].reduce((sum, mark) => sum + 1 + under(mark), 0);
  const all = under(root) + 2;
  return { all, bare: all - marks };
};

/** Nodes of the toolbar with five choices, each with icon, word and key: more than the target wants, and no more than this. */
const TODAY = 60;

const at = (session: Session, kind: Kind, messages: number) => {
  const html = thread(messages, kind);
  const open = <T>(work: Parameters<typeof attaching<T>>[3]) => attaching(session, addressOf.roles, html, work);
  return {
    ours: () =>
      open(async ({ tab, attach }) => {
        const ms = await worked(tab.page, attach);
        return { ms, nodes: await ((await tab.overlay()) as Surface).evaluate(nodesOf) };
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
          const count = (nodes: readonly Awaited<ReturnType<typeof ours>>['nodes'][]) =>
            report({
              metric: `${kind} page, nodes besides marks`,
              unit: 'count',
              ours: nodes.map(({ bare }) => bare),
              exact: true,
              gate: { of: 'ours', most: TODAY },
            });
          if (quick) {
            count([(await ours()).nodes]);
            continue;
          }
          const seen = await interleaved(rounds, { ours, longest, none, eager });
          count(seen.ours.map(({ nodes }) => nodes));
          report({
            metric: `${kind} page, nodes`,
            unit: 'count',
            ours: seen.ours.map(({ nodes }) => nodes.all),
            exact: true,
            gate: { of: 'ours', most: 40 },
            note: 'Elements, texts and shapes of icons. What runs in every test is that the toolbar gets no more of them.',
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
