/** A fresh page of a browser without any extension, with the room of detection in it: pages/scan.ts. */
import type { Browser, Page } from 'puppeteer-core';
import { bundle } from '../../support/bundle.ts';
import type { Scan } from '../pages/scan.ts';
import { metricsOf } from './chromium.ts';

/** The rule at whose markup the threads of lib/thread.ts are written, and what finds their answers. */
export const RULE = 'chatgpt';
export const MARK = '[data-message-author-role="assistant"]';
/** What the page's thread worked meanwhile, in ms, and how often it laid itself out. */
interface Spent<T> {
  readonly ms: number;
  readonly layouts: number;
  readonly value: T;
}

export interface ScanPage {
  readonly page: Page;
  call<Verb extends keyof Scan>(verb: Verb, ...args: Parameters<Scan[Verb]>): Promise<Awaited<ReturnType<Scan[Verb]>>>;
  spent<T>(work: () => Promise<T>): Promise<Spent<T>>;
}

/** Runs `work` with a new tab that shows `url`. */
export async function withScan<T>(browser: Browser, url: string, work: (page: ScanPage) => Promise<T>): Promise<T> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    const { read } = await metricsOf(page);
    await page.evaluate(await bundle(new URL('../pages/scan.ts', import.meta.url).pathname, 'Scan'));
    return await work({
      page,
      call: (verb, ...args) =>
        page.evaluate(
          (name, rest) =>
            (globalThis as unknown as { Scan: Record<string, (...all: unknown[]) => unknown> }).Scan[name]?.(...rest),
          verb,
          args as unknown[],
        ) as never,
      async spent(doing) {
        const before = await read();
        const value = await doing();
        const after = await read();
        const delta = (name: string) => (after[name] ?? 0) - (before[name] ?? 0);
        return { ms: delta('TaskDuration') * 1_000, layouts: delta('LayoutCount'), value };
      },
    });
  } finally {
    await page.close();
  }
}
