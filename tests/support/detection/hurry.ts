/** Lets the pauses of detection pass faster, and tells whether a long one is over. */
import type { Page } from 'puppeteer-core';

/** Pauses from here on are shortened, in ms. */
const longPause = 300;

/** To be called before detection starts on the page. Growth shows only at its own pace: `times` 1 for a page that streams. */
export async function hurry(page: Pick<Page, 'evaluate'>, times = 8): Promise<void> {
  await page.evaluate(
    ([long, faster]) => {
      const world = globalThis as unknown as { longPauses: number; setTimeout: unknown };
      const wait = window.setTimeout.bind(window);
      world.longPauses = 0;
      world.setTimeout = (run: () => void, ms = 0) =>
        wait(
          () => {
            run();
            if (ms >= long) world.longPauses += 1;
          },
          ms >= long ? Math.max(60, ms / faster) : ms,
        );
    },
    [longPause, times] as const,
  );
}

/** How many long pauses are over, with what was to be done after them. */
export const pausesOver = (page: Pick<Page, 'evaluate'>): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { longPauses: number }).longPauses);
