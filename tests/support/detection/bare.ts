/** What a spec of detection starts from: a browser without the extension, shared with the other files of the run. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { sharedBrowser } from '../browser/shared.ts';
import type { BrowserName } from '../browser/types.ts';
import { browsers } from '../given.ts';
import { launchBare, openStage, type Stage } from './page.ts';

export interface Bare {
  readonly name: BrowserName;
  /** Opens an empty tab; it is closed after the test. */
  newPage(): Promise<Page>;
  /** Opens a tab that shows `html` at `url`; it is closed after the test. */
  openAt(url: string, html: string): Promise<Page>;
  /** Shows `html` at `url` in the tab that all tests of the file use, which costs least. */
  show: Stage['show'];
}

export function inEachBareBrowser(what: string, body: (bare: Bare) => void): void {
  describe.each(browsers)(`${what} %s`, (name) => {
    let browser: Browser;
    let stage: Stage | null = null;
    const open: Page[] = [];
    const remember = (page: Page) => {
      open.push(page);
      return page;
    };

    beforeAll(async () => {
      browser = await sharedBrowser(name, launchBare);
    });
    afterEach(async () => {
      for (const page of open.splice(0)) if (!page.isClosed()) await page.close();
    });
    afterAll(() => stage?.page.close());

    body({
      name,
      newPage: async () => remember(await browser.newPage()),
      openAt: async (url, html) => {
        const { page, show } = await openStage(browser);
        remember(page);
        return show(url, html);
      },
      show: async (url, html) => {
        stage ??= await openStage(browser);
        return stage.show(url, html);
      },
    });
  });
}
