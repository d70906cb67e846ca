/** What detection sees in the current tab, and what one can do where that is not right. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { CopyState, PageHealth } from '../../components/popup/page-health.tsx';
import { type FrameSurvey, readFrames, type Scripting } from '../../utils/health/frames.ts';
import { browserOf, healthReport } from '../../utils/health/report.ts';
import { summarize } from '../../utils/health/summary.ts';
import { authorsFor, listAuthors } from '../../utils/storage/authors.ts';
import type { AuthorRow, CountersignDatabase } from '../../utils/storage/database.ts';
import { watch } from '../../utils/storage/watch.ts';

/** Until a rule has found what there is, the page is asked again so often and after so long, in ms: other signs take their time. */
const AGAIN = 8;
const AGAIN_MS = 1000;

const isDone = ({ survey: { health, messages } }: FrameSurvey) =>
  health.state === 'working' && messages.every(({ settled }) => settled);

export interface PageLook {
  readonly tabId: number;
  readonly address: string;
}

interface HealthParts {
  readonly scripting: Scripting;
  readonly database: CountersignDatabase;
  /** Of the extension. */
  readonly version: string;
  readonly page: Pick<Navigator, 'clipboard' | 'userAgent'>;
  readonly now?: () => Date;
  readonly againMs?: number;
}

export interface Health {
  /** null while the page is asked. */
  readonly seen: ReadonlySignal<PageHealth | null>;
  readonly copied: ReadonlySignal<CopyState>;
  /** Asks this page; a later call takes the place of an earlier one. */
  readonly lookAt: (page: PageLook) => Promise<void>;
  /** Puts the report into the clipboard. Call it within the click. */
  readonly copy: (withTexts: boolean) => Promise<void>;
}

export function createHealth(parts: HealthParts, stop: AbortSignal): Health {
  const { scripting, database, version, page, now = () => new Date(), againMs = AGAIN_MS } = parts;
  const current = signal<PageLook | null>(null);
  const frames = signal<readonly FrameSurvey[] | null>(null);
  const named = signal<readonly AuthorRow[]>([]);
  const copied = signal<CopyState>(null);
  const wait = () => new Promise((resolve) => setTimeout(resolve, againMs));

  watch(() => listAuthors(database), stop, {
    onValue: (rows) => {
      named.value = rows;
    },
    // The counts of the popup say so already.
    onFailure: () => {},
  });

  const authors = computed(() => {
    if (!current.value) return [];
    const rules = new Set((frames.value ?? []).flatMap(({ survey }) => survey.rule?.site ?? []));
    const known = authorsFor(named.value, new URL(current.value.address).origin, rules);
    return known.map(({ author, is }) => ({ name: author, is }));
  });

  return {
    copied,
    seen: computed(() => {
      if (!frames.value) return null;
      const { tone, headline, detail } = summarize(frames.value);
      return { tone, headline, detail, authors: authors.value };
    }),
    async lookAt(asked) {
      current.value = asked;
      for (let turn = 0; turn <= AGAIN; turn++) {
        const found = await readFrames(scripting, asked.tabId);
        if (stop.aborted || current.peek() !== asked) return;
        frames.value = found;
        if (found.length > 0 && found.every(isDone)) return;
        await wait();
      }
    },
    async copy(withTexts) {
      const looked = current.peek();
      if (!looked) return;
      copied.value = null;
      const found = withTexts ? await readFrames(scripting, looked.tabId, { withTexts }) : (frames.peek() ?? []);
      const report = healthReport(found, {
        version,
        browser: browserOf(page.userAgent),
        at: now().toISOString(),
        page: looked.address,
        withTexts,
      });
      try {
        await page.clipboard.writeText(report);
        copied.value = 'copied';
      } catch {
        copied.value = 'failed';
      }
    },
  };
}
