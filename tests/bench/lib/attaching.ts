/**
 * Coming to a page that is there already, as when its site is switched on: so that what is counted is ours, and not what the
 * page itself takes to load, which is a hundred times as much and never twice the same.
 */
import type { Page } from 'puppeteer-core';
import { until } from '../../support/browser/poll.ts';
import type { Session, Tab } from '../../support/browser/types.ts';
import { Inside } from '../../support/extension.ts';
import { metricsOf } from './chromium.ts';
import { rest, showAt } from './site.ts';

/** The page's thread worked for so many ms while `work` went on, until the page came to rest. */
export async function worked(page: Page, work: () => Promise<unknown>): Promise<number> {
  const { client, read } = await metricsOf(page);
  const before = (await read()).TaskDuration ?? 0;
  await work();
  await rest(page);
  const after = (await read()).TaskDuration ?? 0;
  await client.detach();
  return (after - before) * 1_000;
}

/** What a round of attaching gives to its work. */
interface Attaching {
  readonly tab: Tab;
  /** Goes on, and waits until the toolbar is there and the page at rest. */
  attach(): Promise<void>;
}

/** Runs `work` with a tab that shows `html` at `address` and is at rest, while the product is paused. */
export async function attaching<T>(
  session: Session,
  address: string,
  html: string,
  work: (it: Attaching) => Promise<T>,
): Promise<T> {
  const inside = await Inside.open(session);
  await inside.call('saveSettings', { paused: true });
  const tab = await session.open('about:blank');
  try {
    await showAt(tab.page, address, html);
    // As conversations are read: at their end.
    await tab.page.evaluate(() => document.querySelector('main')?.scrollTo(0, 1e9));
    await rest(tab.page);
    return await work({
      tab,
      async attach() {
        await inside.call('saveSettings', { paused: false });
        // Asked from inside the page only once it is at rest: asking is work as well.
        await rest(tab.page);
        await until('the toolbar is there', async () =>
          (await tab.overlay())?.evaluate((root) => root.querySelector('[role=toolbar]') !== null),
        );
      },
    });
  } finally {
    await tab.close();
    await inside.close();
  }
}
