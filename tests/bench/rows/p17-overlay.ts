/** P17: how soon the control is there on a page that has its conversation when it loads. */
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer-core';
import { until } from '../../support/browser/poll.ts';
import { inChromium, withProduct } from '../lib/chromium.ts';
import { withLines } from '../lib/lines.ts';
import { interleaved, quantile } from '../lib/numbers.ts';
import { withPeerExtension } from '../lib/peers.ts';
import { addressOf, showAt, sites } from '../lib/site.ts';
import { thread } from '../lib/thread.ts';
import type { Row } from '../lib/types.ts';
import { extensionWorlds } from '../lib/worlds.ts';

/** Notes when what matches in a root that is attached from then on was first painted, as `performance.now()`. */
const noting = (selector: string) => `{
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    const watch = new MutationObserver(() => {
      if (globalThis.shownAt || !root.querySelector(${JSON.stringify(selector)})) return;
      watch.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { globalThis.shownAt ??= performance.now(); };
        port2.postMessage(0);
      });
    });
    watch.observe(root, { childList: true, subtree: true });
    return root;
  };
}
`;

/** The least that a content script can do: one button, as soon as it runs. */
const least = `${noting('button')}
const host = document.createElement('div');
host.popover = 'manual';
const root = host.attachShadow({ mode: 'closed' });
document.documentElement.append(host);
host.showPopover();
root.append(document.createElement('button'));`;

/** ms from the end of the document to the control, on a tab of its own. */
async function ready(browser: Browser, html: string): Promise<number> {
  const page: Page = await browser.newPage();
  try {
    await showAt(page, addressOf.roles, html);
    const client = await page.createCDPSession();
    return await until('the control is there', async () => {
      for (const contextId of await extensionWorlds(client)) {
        const expression = `globalThis.shownAt ? shownAt - performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd : 0`;
        const { result } = await client.send('Runtime.evaluate', { expression, contextId });
        if (Number(result.value) > 0) return Number(result.value);
      }
      return null;
    });
  } finally {
    await page.close();
  }
}

export const row: Row = {
  id: 'P17',
  title: 'A control on a page that has its conversation',
  browsers: ['chromium'],
  async run({ extension, rounds, quick, report, progress }) {
    // Nothing exact is measured here.
    if (quick) return;
    const html = thread(50, 'plain');
    const times = 8;
    const folder = await withLines(await extension(), { 'toolbar.js': noting('[role=toolbar] button') });
    try {
      const seen = await withPeerExtension(least, (peer) =>
        inChromium(
          (bare) =>
            interleaved(rounds, {
              ours: (round) =>
                withProduct(
                  folder,
                  async (session) => {
                    progress(`round ${round + 1}`);
                    const browser = (await session.open('about:blank')).page.browser();
                    const first = await ready(browser, html);
                    const warm: number[] = [];
                    for (let time = 0; time < times; time += 1) warm.push(await ready(browser, html));
                    await session.endBackground();
                    return { first, warm, asleep: await ready(browser, html) };
                  },
                  sites,
                ),
              least: async () => {
                const all: number[] = [];
                for (let time = 0; time < times; time += 1) all.push(await ready(bare, html));
                return all;
              },
            }),
          { load: peer },
        ),
      );
      const of = (share: number) => ({
        ours: seen.ours.map(({ warm }) => quantile(warm, share)),
        ...{ peer: seen.least.map((all) => quantile(all, share)), peerName: 'a content script with one button' },
      });
      for (const [name, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const) {
        const { ours, peer, peerName } = of(share);
        report({ metric: `end of the document to the control painted, ${name}`, unit: 'ms', ours, peer, peerName });
        report({
          metric: `the same above the page's own and the least script, ${name}`,
          unit: 'ms',
          ours: ours.map((ms, round) => ms - (peer[round] ?? Number.NaN)),
          gate: { of: 'ours', most: 40 },
          aim: { of: 'ours', most: 20 },
        });
      }
      report({
        metric: 'the first page after the browser has started',
        unit: 'ms',
        ours: seen.ours.map(({ first }) => first),
      });
      report({ metric: 'with the background asleep', unit: 'ms', ours: seen.ours.map(({ asleep }) => asleep) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
