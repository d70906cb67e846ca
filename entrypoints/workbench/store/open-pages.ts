/** How detection fares on the pages that are open now. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { OpenPage } from '../../../components/settings/rules/types.ts';
import { siteName } from '../../../components/workbench/wording.ts';
import type { Browser } from '../../../utils/browser.ts';
import { matchesPattern } from '../../../utils/detection/match-pattern.ts';
import { report } from '../../../utils/errors.ts';
import { readFrames } from '../../../utils/health/frames.ts';
import { browserOf, healthReport } from '../../../utils/health/report.ts';
import { summarize } from '../../../utils/health/summary.ts';
import { webPatterns } from '../../../utils/messaging/site-pattern.ts';

/** So many tabs are asked at most. */
const TABS = 30;

export interface OpenPages {
  /** null until the pages were asked for the first time. */
  readonly pages: ReadonlySignal<readonly OpenPage[] | null>;
  readonly look: () => Promise<void>;
  /** Puts the report on a page into the clipboard; answers whether it is there. Call it within the click. */
  readonly copy: (page: OpenPage, withTexts: boolean) => Promise<boolean>;
}

type Parts = Pick<Browser, 'tabs' | 'permissions' | 'scripting' | 'runtime'>;

export function createOpenPages(
  { tabs, permissions, scripting, runtime }: Parts,
  page: Pick<Navigator, 'clipboard' | 'userAgent'> = navigator,
): OpenPages {
  const pages = signal<readonly OpenPage[] | null>(null);
  const addresses = new Map<number, string>();

  const readTabs = async () => {
    const granted = webPatterns((await permissions.getAll()).origins);
    const open = await tabs.query({});
    return open
      .flatMap(({ id, url, title }) => (id !== undefined && url ? [{ id, url, title: title || url }] : []))
      .filter(({ url }) => granted.some((pattern) => matchesPattern(pattern, url)))
      .slice(0, TABS);
  };

  return {
    pages,
    async look() {
      try {
        const found = await readTabs();
        addresses.clear();
        for (const { id, url } of found) addresses.set(id, url);
        pages.value = await Promise.all(
          found.map(async ({ id, url, title }) => {
            const { tone, headline } = summarize(await readFrames(scripting, id));
            return { tabId: id, title, site: siteName(new URL(url).origin), tone, headline };
          }),
        );
      } catch (thrown) {
        report(thrown, 'reading the open pages');
        pages.value = [];
      }
    },
    async copy({ tabId }, withTexts) {
      try {
        const frames = await readFrames(scripting, tabId, { withTexts });
        const text = healthReport(frames, {
          version: runtime.getManifest().version,
          browser: browserOf(page.userAgent),
          at: new Date().toISOString(),
          page: addresses.get(tabId) ?? '',
          withTexts,
        });
        await page.clipboard.writeText(text);
        return true;
      } catch {
        return false;
      }
    },
  };
}
