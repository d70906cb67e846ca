/** Pages at the addresses of products, without any network: the rules that the product brings for them are at work there. */
import type { Page } from 'puppeteer-core';
import { until } from '../../support/browser/poll.ts';
import type { Session, Tab } from '../../support/browser/types.ts';
import { metricsOf } from './chromium.ts';
import type { Markup } from './thread.ts';

/** Where a thread of each markup stands: nothing there says that an answer grows, or an attribute of the answer does. */
export const addressOf: Readonly<Record<Markup, string>> = {
  roles: 'https://chatgpt.com/c/01234567-89ab-cdef-0123-456789abcdef',
  classes: 'https://claude.ai/chat/01234567-89ab-cdef-0123-456789abcdef',
};

/** The sites of these addresses, to be switched on. */
export const sites = ['https://chatgpt.com/*', 'https://claude.ai/*'];

/** A page is at rest that works for no more ms in a span of so many. */
const [REST_MS, SPAN_MS] = [3, 500];

/** Has `page` show `html` at `address`, whatever is asked for beside it being absent. */
export async function showAt(page: Page, address: string, html: string): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const main = request.isNavigationRequest() && request.frame() === page.mainFrame();
    const answer = main
      ? { status: 200, contentType: 'text/html; charset=utf-8', body: html }
      : { status: 404, body: '' };
    request.respond(answer).catch(() => {});
  });
  // What is left of a tab that was closed just now may come to the front; a page behind it gets no frames.
  await page.bringToFront();
  await page.goto(address, { waitUntil: 'load' });
  await page.bringToFront();
}

/** Waits until a page that was loaded has come to rest, and so has what extensions do there when it is idle. */
export async function rest(page: Page): Promise<void> {
  const { client, read } = await metricsOf(page);
  let before = Number.NEGATIVE_INFINITY;
  await until(
    'the page is at rest',
    async () => {
      await new Promise((resolve) => setTimeout(resolve, SPAN_MS));
      const { TaskDuration = 0 } = await read();
      const worked = (TaskDuration - before) * 1000;
      before = TaskDuration;
      return worked < REST_MS;
    },
    { everyMs: 0 },
  );
  await client.detach();
}

/** A tab of the product that shows `html`, once its toolbar is there and the page has come to rest. */
export async function openWithProduct(session: Session, address: string, html: string): Promise<Tab> {
  const tab = await session.open('about:blank');
  await showAt(tab.page, address, html);
  await until('the toolbar is there', async () =>
    (await tab.overlay())?.evaluate((root) => root.querySelector('[role=toolbar]') !== null),
  );
  await rest(tab.page);
  return tab;
}

/** An answer that is being written; lib/thread.ts has the finished ones. */
export const liveTurn = (markup: Markup, id = 'live'): string =>
  markup === 'classes'
    ? '<article><div data-is-streaming="true"><div class="font-claude-response"><div class="standard-markdown" data-live></div></div></div></article>'
    : `<article><div data-message-author-role="assistant" data-message-id="${id}"><div class="markdown" data-live></div></div></article>`;
