/** Going back from a stored review to the answer on its page; where that does not work, the review is revised here. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Browser } from '../../../utils/browser.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';

export interface Reopening {
  /** The page is being opened, or looked through. */
  readonly busy: ReadonlySignal<boolean>;
  /** How it went, in words. */
  readonly note: ReadonlySignal<string | null>;
  /** Answers whether the answer was found on its page. */
  readonly reopen: (reviewId: string) => Promise<boolean>;
}

const found = {
  same: 'Opened on its page. What you save there is the next revision.',
  changed: 'Opened on its page, where the text of the answer is another one now than when it was judged.',
  moved: 'Opened on its page, where the answer stands in another place now.',
} as const;

interface Parts {
  readonly tabs: Pick<Browser['tabs'], 'getCurrent' | 'update'>;
  readonly call: Call<PageCalls>;
}

export function createReopening({ tabs, call }: Parts): Reopening {
  const busy = signal(false);
  const note = signal<string | null>(null);
  return {
    busy,
    note,
    async reopen(reviewId) {
      if (busy.peek()) return false;
      busy.value = true;
      note.value = 'Looking for the answer on its page…';
      const answer = await call('reopen', { reviewId, edit: true });
      busy.value = false;
      note.value = answer.ok ? found[answer.value.found] : `${answer.error.message} ${answer.error.next}`;
      // The tab that was opened for it is in front; the reviewer asked here, and goes on here.
      const own = answer.ok ? undefined : await tabs.getCurrent().catch(() => undefined);
      if (own?.id !== undefined) await tabs.update(own.id, { active: true }).catch(() => {});
      return answer.ok;
    },
  };
}
