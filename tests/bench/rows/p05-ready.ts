/** P5: from the end of an answer to the control that judges it, painted. */

import type { Handover } from '../../../utils/handover.ts';
import { until } from '../../support/browser/poll.ts';
import type { Session, Surface, Tab } from '../../support/browser/types.ts';
import { bundle } from '../../support/bundle.ts';
import { inChromium, withProduct } from '../lib/chromium.ts';
import { interleaved, quantile } from '../lib/numbers.ts';
import { addressOf, liveTurn, openWithProduct, rest, showAt, sites } from '../lib/site.ts';
import { type Kind, type Markup, thread } from '../lib/thread.ts';
import type { Bench, Row } from '../lib/types.ts';

type Streaming = typeof import('../pages/streaming.ts');
type World = { Streaming: Streaming; shown: number[] };

const streaming = () => bundle(new URL('../pages/streaming.ts', import.meta.url).pathname, 'Streaming');
const CHUNKS = 30;
/** How long ChatGPT's answers stand still before they count as complete, in ms: utils/detection/engine/compile.ts. */
const WINDOW_MS = 1200;
const PAUSE_MS = 1000;

/** Notes in the page when the control to approve an answer was painted, each time that it comes. */
const noting = (root: Document | ShadowRoot) => {
  const world = globalThis as unknown as World;
  world.shown = [];
  let there = true;
  new MutationObserver(() => {
    const is = root.querySelector('[data-command=approve]') !== null;
    if (is === there) return;
    there = is;
    if (!is) return;
    // The toolbar is drawn in a frame: what is posted there runs when the frame has been painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => world.shown.push(performance.now());
    port2.postMessage(0);
  }).observe(root, { childList: true, subtree: true });
  return null;
};

/** Notes in the world of our scripts when detection took an answer for complete, by its id. */
const hearing = () => {
  const world = globalThis as unknown as { settled: [id: string, at: number][]; [key: symbol]: Handover };
  world.settled = [];
  const handover = world[Symbol.for('overlay')] as Handover;
  handover.onListed = ({ added, changed }) => {
    for (const { messageId, settled } of [...added, ...changed])
      if (settled && messageId) world.settled.push([messageId, performance.now()]);
  };
  return null;
};

interface Ready {
  /** ms from the last chunk, or from the mark of growth that went, to the control. */
  readonly after: number;
  /** How often the control came before. */
  readonly early: number;
  /** The longest silence between two chunks, in ms. */
  readonly longest: number;
}

async function one(tab: Tab, markup: Markup, at: number, pause: number): Promise<Ready> {
  const { page } = tab;
  const { endedAt, longest } = await page.evaluate(
    async (what) => {
      const world = globalThis as unknown as World;
      world.shown = [];
      return world.Streaming.write(what);
    },
    { turn: liveTurn(markup, `live${at}`), mode: 'append' as const, chunks: CHUNKS, every: 1000 / 60, pause },
  );
  const last = await until('the control is there', () =>
    page.evaluate((end) => (globalThis as unknown as World).shown.find((shown) => shown >= end) ?? null, endedAt),
  );
  const early = await (await tab.contentWorld())?.evaluate(
    (_, id, end) =>
      (globalThis as unknown as { settled: [string, number][] }).settled.filter(
        ([own, then]) => own === id && then < end,
      ).length,
    ...([`live${at}`, endedAt] as const),
  );
  return { after: last - endedAt, early: early ?? Number.NaN, longest };
}

async function watched(session: Session, markup: Markup, kind: Kind, messages: number) {
  const tab = await openWithProduct(session, addressOf[markup], thread(messages, kind, markup));
  await tab.page.evaluate(await streaming());
  await ((await tab.overlay()) as Surface).evaluate(noting);
  await (await tab.contentWorld())?.evaluate(hearing);
  return tab;
}

async function measure({ rounds, quick, extension, progress, report }: Bench): Promise<void> {
  const [messages, times] = quick ? [40, 1] : [1000, 8];
  await withProduct(
    await extension(),
    (session) =>
      inChromium(async (bare) => {
        const ready = (markup: Markup, kind: Kind, pause: number) => async () => {
          const tab = await watched(session, markup, kind, messages);
          const all: Ready[] = [];
          for (let at = 0; at < times; at += 1) all.push(await one(tab, markup, at, pause));
          await tab.close();
          return all;
        };
        const floor = (kind: Kind) => async () => {
          const page = await bare.newPage();
          await showAt(page, addressOf.roles, thread(messages, kind));
          await rest(page);
          await page.evaluate(await streaming());
          const all: number[] = [];
          for (let at = 0; at < times; at += 1)
            all.push(
              await page.evaluate(
                async (what) => {
                  const { Streaming } = globalThis as unknown as World;
                  return Streaming.twoFrames((await Streaming.write(what)).endedAt);
                },
                { turn: liveTurn('roles', `live${at}`), mode: 'append' as const, chunks: CHUNKS, every: 1000 / 60 },
              ),
            );
          await page.close();
          return all;
        };
        for (const kind of quick ? (['cv'] as const) : (['cv', 'plain'] as const)) {
          const own = { marked: ready('classes', kind, 0), quiet: ready('roles', kind, PAUSE_MS) };
          const done = await interleaved(rounds, { ...own, floor: floor(kind) });
          progress(`${kind} page`);
          const at = (of: (ready: Ready) => number, which: 'marked' | 'quiet', share: number) =>
            done[which].map((all) => quantile(all.map(of), share));
          const peer = (share: number) => ({
            peer: done.floor.map((all) => quantile(all, share)),
            peerName: 'two frames of the page',
          });
          const aim = { of: 'ratio', most: 1.1 } as const;
          for (const [name, share, most] of [
            ['p50', 0.5, 20],
            ['p95', 0.95, 40],
          ] as const) {
            report({
              metric: `marked, ${kind} page: end to control, ${name}`,
              unit: 'ms',
              ours: at(({ after }) => after, 'marked', share),
              ...peer(share),
              gate: { of: 'ours', most },
              aim,
            });
          }
          report({
            metric: `quiet, ${kind} page: end to control without the window, p50`,
            unit: 'ms',
            ours: at(({ after }) => after - WINDOW_MS, 'quiet', 0.5),
            ...peer(0.5),
            gate: { of: 'ours', most: 1000 / 60 },
            note: `The window is ${WINDOW_MS} ms of silence.`,
          });
          report({
            metric: `quiet, ${kind} page: answers taken for complete in a pause of 1 s`,
            unit: 'count',
            // A pause that a busy machine made longer than the window is none of 1 s.
            ours: done.quiet.map((all) =>
              all.reduce((sum, { early, longest }) => sum + (longest < WINDOW_MS - 50 ? early : 0), 0),
            ),
            exact: true,
            gate: { of: 'ours', most: 0 },
            aim: { of: 'ours', most: 0 },
            note: 'A control can be pressed with a key as soon as it is painted; a pointer counts half a second later, so that no page can slip it under a click.',
          });
        }
      }),
    sites,
  );
}

export const row: Row = { id: 'P5', title: 'An answer is complete', browsers: ['chromium'], run: measure };
