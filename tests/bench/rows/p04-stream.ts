/** P4: an answer is written into a thread of 1,000 messages, 600 chunks in 10 s: what our scripts take of the page's thread. */
import type { Browser, Page } from 'puppeteer-core';
import { bundle } from '../../support/bundle.ts';
import { inChromium, isolatedWorld, metricsOf, withProduct } from '../lib/chromium.ts';
import { interleaved, median } from '../lib/numbers.ts';
import { addressOf, liveTurn, openWithProduct, rest, showAt, sites } from '../lib/site.ts';
import { type Kind, type Markup, thread } from '../lib/thread.ts';
import { type Traced, traced } from '../lib/traced.ts';
import type { Bench, Row } from '../lib/types.ts';
import type { Stream } from '../pages/streaming.ts';

type Streaming = typeof import('../pages/streaming.ts');
type Mode = Stream['mode'];

interface Run extends Traced {
  /** Processor time of the page's thread, and of all scripts on it, as the browser counts them, in ms. */
  readonly page: number;
  readonly script: number;
  /** Frames that came more than half a frame late. */
  readonly lost: number;
}

/** What an observer costs that looks through the document whenever something changes. */
const naive = `new MutationObserver(() => {
  let size = 0;
  for (const each of document.querySelectorAll('[data-message-author-role="assistant"]')) size += each.textContent.length;
  return size;
}).observe(document, { childList: true, characterData: true, subtree: true });
//# sourceURL=naive.js`;

const FRAME_MS = 1000 / 60;
/** Most calls for an answer that has come. */
const AT_BEGIN = 40;

async function stream(page: Page, markup: Markup, mode: Mode, chunks: number, ours: (url: string) => boolean) {
  await page.evaluate(await bundle(new URL('../pages/streaming.ts', import.meta.url).pathname, 'Streaming'));
  const { client, read } = await metricsOf(page);
  const before = await read();
  let gaps: readonly number[] = [];
  const spent = await traced(page, ours, async () => {
    gaps = await page.evaluate(
      async (what) => (await (globalThis as unknown as { Streaming: Streaming }).Streaming.write(what)).gaps,
      { turn: liveTurn(markup), mode, chunks, every: FRAME_MS },
    );
  });
  const after = await read();
  await client.detach();
  return {
    ...spent,
    page: ((after.TaskDuration ?? 0) - (before.TaskDuration ?? 0)) * 1000,
    script: ((after.ScriptDuration ?? 0) - (before.ScriptDuration ?? 0)) * 1000,
    lost: gaps.filter((gap) => gap > 1.5 * FRAME_MS).length,
  } satisfies Run;
}

interface Place {
  readonly kind: Kind;
  readonly mode: Mode;
  readonly messages: number;
  readonly chunks: number;
}

async function without(browser: Browser, { kind, mode, messages, chunks }: Place, observer: string | null) {
  const page = await browser.newPage();
  await showAt(page, addressOf.roles, thread(messages, kind));
  if (observer) await (await isolatedWorld(page))<null>(observer);
  await rest(page);
  const run = await stream(page, 'roles', mode, chunks, (url) => url === 'naive.js');
  await page.close();
  return run;
}

const names: Readonly<Record<Markup, string>> = { roles: 'quiet', classes: 'marked' };

async function measure({ rounds, quick, extension, progress, report }: Bench): Promise<void> {
  const [messages, chunks] = quick ? [100, 60] : [1000, 600];
  const kinds: readonly Kind[] = quick ? ['cv'] : ['cv', 'plain'];
  const modes: readonly Mode[] = quick ? ['append'] : ['append', 'render'];
  await withProduct(
    await extension(),
    (session) =>
      inChromium(async (bare) => {
        const withUs = async (markup: Markup, { kind, mode }: Place) => {
          const tab = await openWithProduct(session, addressOf[markup], thread(messages, kind, markup));
          const run = await stream(tab.page, markup, mode, chunks, (url) => url.startsWith(session.extensionOrigin));
          await tab.close();
          return run;
        };
        for (const kind of kinds)
          for (const mode of modes) {
            const place = { kind, mode, messages, chunks };
            const own = { quiet: () => withUs('roles', place), marked: () => withUs('classes', place) };
            const peers = { none: () => without(bare, place, null), naive: () => without(bare, place, naive) };
            const variants: Readonly<Record<string, () => Promise<Run>>> = quick ? own : { ...own, ...peers };
            const done = await interleaved(rounds, variants);
            progress(`${kind} page, ${mode}`);
            for (const markup of ['roles', 'classes'] as const) say(markup, place, done);
          }
      }),
    sites,
  );

  function say(markup: Markup, { kind, mode }: Place, done: Readonly<Partial<Record<string, readonly Run[]>>>) {
    const name = names[markup];
    const own = done[name] ?? [];
    const at = `${name}, ${mode}, ${kind} page`;
    const isQuiet = markup === 'roles';
    const each = (of: (run: Run) => number, runs: readonly Run[] = own) => runs.map(of);
    report({
      metric: `${at}: calls of our scripts`,
      unit: 'count',
      ours: each(({ calls }) => calls),
      exact: true,
      // A new answer takes a few calls to find and to draw beside; what comes with each chunk is what counts.
      gate: { of: 'ours', most: AT_BEGIN + chunks / (isQuiet ? 2 : 10) },
    });
    if (!done.none || !done.naive) return;
    report({
      metric: `${at}: share of the page's CPU`,
      unit: '%',
      ours: each(({ ms, page }) => (100 * ms) / (page - ms)),
      gate: { of: 'ours', most: isQuiet ? 1 : 0.2 },
      aim: { of: 'ours', most: isQuiet ? 0.3 : 0.05 },
    });
    report({
      metric: `${at}: CPU of 10 s`,
      unit: 'ms',
      ours: each(({ ms }) => ms),
      peer: each(({ ms }) => ms, done.naive),
      peerName: 'naive observer',
      gate: { of: 'ratio', most: 1 / 50 },
      aim: { of: 'ratio', most: 1 / 500 },
    });
    report({
      metric: `${at}: style and layout asked for by us`,
      unit: 'ms',
      ours: each(({ layout }) => layout),
      note: 'No part of the CPU above: the page would do it in the same frame.',
    });
    report({
      metric: `${at}: longest call`,
      unit: 'ms',
      ours: each(({ worst }) => worst),
      gate: { of: 'ours', most: 1 },
    });
    report({
      metric: `${at}: script time of the page`,
      unit: 'ms',
      ours: each(({ script }) => script),
      peer: each(({ script }) => script, done.none),
      peerName: 'no extension',
    });
    report({
      metric: `${at}: frames lost`,
      unit: 'count',
      ours: [median(each(({ lost }) => lost))],
      peer: [median(each(({ lost }) => lost, done.none))],
      peerName: 'no extension',
    });
  }
}

export const row: Row = { id: 'P4', title: 'An answer is written', browsers: ['chromium'], run: measure };
