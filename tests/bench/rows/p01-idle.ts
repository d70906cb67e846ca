/** P1: what a page without AI pays: where the product is off, and where it is on and only the gate waits. */
import type { Browser, CDPSession } from 'puppeteer-core';
import type { Session } from '../../support/browser/types.ts';
import { bundle } from '../../support/bundle.ts';
import { inChromium, metricsOf, serving, settledHeap, withProduct } from '../lib/chromium.ts';
import { held } from '../lib/held.ts';
import { interleaved } from '../lib/numbers.ts';
import { withHypothesis, withPeerExtension } from '../lib/peers.ts';
import { prose } from '../lib/thread.ts';
import type { Bench, Row } from '../lib/types.ts';
import { extensionWorlds, observersIn } from '../lib/worlds.ts';

const page = (body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title></head><body>${body}</body></html>`;
const simple = page(`<h1>Tents</h1><p>${prose(60, 1)}</p><p><a href="#more">More</a></p>`);
/** About 3,000 elements. */
const article = page(
  Array.from(
    { length: 430 },
    (_, at) =>
      `<section><h2>${prose(4, at)}</h2><p>${prose(40, at)} <a href="#a">${at}</a> <b>${at}</b></p><ul><li>${prose(9, at)}</li></ul></section>`,
  ).join(''),
);

/** How long a page is left alone after it has loaded, in ms: by then the gate has looked, and Hypothesis shows its sidebar. */
const SETTLE_MS = 2_000;
const QUICK_MS = 600;

interface Visit {
  readonly script: number;
  readonly task: number;
  readonly heap: number;
  readonly worlds: number;
  readonly observers: number;
  readonly nodes: number;
}

/** Opens the page in a tab of its own and leaves it alone; answers what the tab has cost by then, in ms and bytes. */
async function visit(browser: Browser, url: string, settleMs: number): Promise<Visit> {
  const tab = await browser.newPage();
  try {
    const { client, read } = await metricsOf(tab);
    await tab.goto(url);
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const { ScriptDuration = 0, V8CompileDuration = 0, TaskDuration = 0 } = await read();
    const heap = await settledHeap(client);
    const nodes = await tab.evaluate(() => document.querySelectorAll('*').length);
    const worlds = await extensionWorlds(client);
    return {
      script: (ScriptDuration + V8CompileDuration) * 1_000,
      task: TaskDuration * 1_000,
      ...{ heap, nodes, worlds: worlds.length, observers: await observersOf(client, worlds) },
    };
  } finally {
    await tab.close();
  }
}

async function observersOf(client: CDPSession, worlds: readonly number[]): Promise<number> {
  let count = 0;
  for (const world of worlds) count += await observersIn(client, world);
  return count;
}

/** What of each pair is above the other, round by round. */
const above = (ours: readonly number[], base: readonly number[] = []) =>
  ours.map((value, at) => value - (base[at] ?? Number.NaN));

type Seen = Readonly<Partial<Record<'none' | 'off' | 'on' | 'floor' | 'react' | 'hypothesis', readonly Visit[]>>>;

function tell(report: Bench['report'], page: string, seen: Seen): void {
  const of = (who: keyof Seen, what: keyof Visit) => (seen[who] ?? []).map((visit) => visit[what]);
  const cost = (who: keyof Seen, what: keyof Visit, scale = 1) =>
    above(of(who, what), of('none', what)).map((value) => value * scale);
  const count = (metric: string, ours: readonly number[], most: number) =>
    report({ metric: `${page}, ${metric}`, unit: 'count', ours, exact: true, gate: { of: 'ours', most } });
  count('off: isolated worlds', of('off', 'worlds'), 0);
  count('on: isolated worlds', of('on', 'worlds'), 1);
  count('on: observers', of('on', 'observers'), 1);
  count('on: elements added to the page', cost('on', 'nodes'), 0);
  if (!seen.floor) return;
  const script = { unit: 'ms', gate: { of: 'ours', most: 0.5 } } as const;
  report({ ...script, metric: `${page}, off: script and compiling`, ours: cost('off', 'script') });
  report({
    ...script,
    metric: `${page}, on: script and compiling`,
    ours: cost('on', 'script'),
    ...{ peer: cost('react', 'script'), peerName: 'React, Dexie and zod' },
    aim: { of: 'ratio', most: 1 / 12 },
  });
  report({
    metric: `${page}, on: heap above an empty content script`,
    unit: 'kB',
    ours: above(of('on', 'heap'), of('floor', 'heap')).map((bytes) => bytes / 1000),
    ...{ peer: above(of('react', 'heap'), of('floor', 'heap')).map((bytes) => bytes / 1000) },
    peerName: 'React, Dexie and zod',
    gate: { of: 'ours', most: 50 },
  });
  if (!seen.hypothesis) return;
  report({
    metric: `${page}, on: task time above none`,
    unit: 'ms',
    ours: cost('on', 'task'),
    ...{ peer: cost('hypothesis', 'task'), peerName: 'Hypothesis, embedded' },
    aim: { of: 'ratio', most: 1 / 50 },
    note: 'Task time of equal loads differs by more than the gate costs; below 0 it is lost in that.',
  });
}

export const row: Row = {
  id: 'P1',
  title: 'A page without AI',
  browsers: ['chromium'],
  async run({ extension, quick, rounds, report, progress }) {
    const folder = await extension();
    const script = () => bundle(new URL('../pages/heavy-script.ts', import.meta.url).pathname, 'Heavy');
    const heavy = quick ? '' : `${await script()};Heavy.start();`;
    const pages = { '/simple': simple, '/article': article, ...(await withHypothesis('/hypothesis', simple)) };

    await using open = new AsyncDisposableStack();
    const origin = await held(open, (work) => serving(pages, work));
    const bare = (load: string | null) => held<Browser>(open, (work) => inChromium(work, { load }));
    const peer = async (script: string) => bare(await held(open, (work) => withPeerExtension(script, work)));
    const product = async (allow: readonly string[]) => {
      const session = await held<Session>(open, (work) => withProduct(folder, work, allow));
      return (await session.open('about:blank')).page.browser();
    };
    const [none, off, on] = [await bare(null), await product([]), await product(['http://127.0.0.1/*'])];
    const [floor, react] = quick ? [none, none] : [await peer('void 0;'), await peer(heavy)];

    for (const page of quick ? ['article'] : ['simple', 'article']) {
      const at =
        (browser: Browser, path = page) =>
        () =>
          visit(browser, `${origin}/${path}`, quick ? QUICK_MS : SETTLE_MS);
      progress(page);
      const ours = { none: at(none), off: at(off), on: at(on) };
      const peers = {
        floor: at(floor),
        react: at(react),
        ...(page === 'simple' && { hypothesis: at(none, 'hypothesis') }),
      };
      tell(report, page, await interleaved(rounds, quick ? ours : { ...ours, ...peers }));
    }
  },
};
