/** P8: 1,000 spans on 500 answers are drawn, scrolled past, streamed beside and cleared. */
import type { Browser, Page } from 'puppeteer-core';
import { until } from '../../support/browser/poll.ts';
import { bundle } from '../../support/bundle.ts';
import { inChromium, metricsOf } from '../lib/chromium.ts';
import { interleaved } from '../lib/numbers.ts';
import { addressOf, liveTurn, rest, showAt } from '../lib/site.ts';
import { type Kind, thread } from '../lib/thread.ts';
import type { Bench, Bound, Row } from '../lib/types.ts';
import type { Method } from '../pages/highlighting.ts';

type World = {
  Highlighting: typeof import('../pages/highlighting.ts');
  Streaming: typeof import('../pages/streaming.ts');
};
const script = (name: string) => new URL(`../pages/${name}.ts`, import.meta.url).pathname;

/** As the background has the browser draw our highlights; peers draw a background, too. */
const style = '<style>mark,::highlight(marked-2){background-color:#fe0}</style>';

interface Run {
  /** ms of scripts, and of the whole thread, from the call until what was drawn stood. */
  readonly draw: number;
  readonly whole: number;
  readonly nodes: number;
  /** ms of the page's thread for each chunk of an answer that is being written. */
  readonly frame: number;
  readonly clear: number;
}

async function highlight(browser: Browser, kind: Kind, messages: number, count: number, method: Method | 'none') {
  const page = await browser.newPage();
  await showAt(page, addressOf.roles, thread(messages, kind).replace('</head>', `${style}</head>`));
  await page.evaluate(await bundle(script('highlighting'), 'Highlighting'));
  await page.evaluate(await bundle(script('streaming'), 'Streaming'));
  if (method !== 'none')
    await page.evaluate(
      (name, most) => (globalThis as unknown as World).Highlighting.prepare(name, most),
      method,
      count,
    );
  await rest(page);
  const run = await drawn(page, method);
  await page.close();
  return run;
}

async function drawn(page: Page, method: Method | 'none'): Promise<Run> {
  const { read } = await metricsOf(page);
  const spent = async (work: () => Promise<unknown>) => {
    const before = await read();
    await work();
    const after = await read();
    const ms = (name: string) => ((after[name] ?? 0) - (before[name] ?? 0)) * 1000;
    return { script: ms('ScriptDuration'), whole: ms('TaskDuration') };
  };
  /** In a task of the page: what the debugger evaluates is not counted. */
  const task = (verb: 'draw' | 'clear') =>
    page.evaluate(
      (name) =>
        new Promise<void>((resolve) => {
          setTimeout(() => {
            (globalThis as unknown as World).Highlighting[name]();
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
          });
        }),
      verb,
    );
  const registered = () => page.evaluate(() => (globalThis as unknown as World).Highlighting.registered());
  const nodes = () => page.evaluate(() => (globalThis as unknown as World).Highlighting.nodes());
  const nodesBefore = await nodes();
  const draw = await spent(async () => {
    await task('draw');
    // These draw in tasks of their own.
    if (method === 'ours' || method === 'recogito')
      await until('they are drawn', async () => (await registered()) > 0, { everyMs: 200 });
    await rest(page);
  });
  const nodesAfter = await nodes();
  const chunks = 120;
  const stream = await spent(() =>
    page.evaluate((what) => (globalThis as unknown as World).Streaming.write(what), {
      turn: liveTurn('roles'),
      mode: 'append' as const,
      chunks,
      every: 1000 / 60,
    }),
  );
  const clear = await spent(() => task('clear'));
  return {
    draw: draw.script,
    whole: draw.whole,
    nodes: nodesAfter - nodesBefore,
    frame: stream.whole / chunks,
    clear: clear.script,
  };
}

/** The bounds on the time to draw, by peer. */
const bounds: Readonly<Partial<Record<Method, readonly [gate: Bound, aim: Bound]>>> = {
  marks: [
    { of: 'ratio', most: 1 / 40 },
    { of: 'ratio', most: 1 / 80 },
  ],
  recogito: [
    { of: 'ratio', most: 1 / 150 },
    { of: 'ratio', most: 1 / 300 },
  ],
};

async function measure({ rounds, quick, progress, report }: Bench): Promise<void> {
  const [messages, count] = quick ? [100, 100] : [1000, 1000];
  const methods: readonly Method[] = ['ours', 'marks', 'mark.js', 'recogito', 'apache', 'web-highlighter'];
  await inChromium(async (browser) => {
    for (const kind of quick ? (['cv'] as const) : (['cv', 'plain'] as const)) {
      const wanted: readonly (Method | 'none')[] = quick ? ['ours'] : ['none', ...methods];
      const variants = Object.fromEntries(
        wanted.map((method) => [
          method,
          () => {
            progress(`${kind} page, ${method}`);
            return highlight(browser, kind, messages, count, method);
          },
        ]),
      ) as Record<string, () => Promise<Run>>;
      const done = await interleaved(rounds, variants);
      const of = (method: string, what: keyof Run) => (done[method] ?? []).map((run) => run[what]);
      report({
        metric: `${kind} page: nodes added`,
        unit: 'count',
        ours: of('ours', 'nodes'),
        exact: true,
        gate: { of: 'ours', most: 0 },
        aim: { of: 'ours', most: 0 },
      });
      if (quick) continue;
      for (const method of methods.slice(1)) {
        const [gate, aim] = bounds[method] ?? [];
        report({
          metric: `${kind} page: script time to draw ${count}, beside ${method}`,
          unit: 'ms',
          ours: of('ours', 'draw'),
          peer: of(method, 'draw'),
          peerName: method,
          ...(gate && aim ? { gate, aim } : {}),
        });
      }
      const beside = (metric: string, what: keyof Run, method: string, more: object = {}) =>
        report({
          metric: `${kind} page: ${metric}`,
          unit: 'ms',
          ours: of('ours', what),
          peer: of(method, what),
          peerName: method,
          ...more,
        });
      beside('whole CPU to draw', 'whole', 'marks');
      beside('script time to clear', 'clear', 'marks');
      beside('CPU of a chunk while an answer is written', 'frame', 'none', {
        gate: { of: 'ratio', most: 1.05 },
        aim: { of: 'ratio', most: 1 },
      });
    }
  });
}

export const row: Row = { id: 'P8', title: 'Spans are highlighted', browsers: ['chromium'], run: measure };
