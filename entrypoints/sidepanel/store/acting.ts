/** What is done with one answer of the queue: judged, set aside, skipped, shown on its page; and how that is taken back. */
import type { Failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import { excerptOf } from '../../../utils/queue/excerpt.ts';
import type { QueueItem } from '../../../utils/queue/item.ts';
import { uuidv7 } from '../../../utils/review/ids.ts';
import type { Saved } from '../../../utils/review/mark.ts';
import type { Snapshot, Verdict } from '../../../utils/review/schema.ts';
import type { QueueRow } from '../../../utils/storage/database.ts';
import { nameOf, type Stored } from './items.ts';
import type { PageLink } from './page-link.ts';

/** What was done and can be taken back. */
export type Done =
  | { readonly what: 'judged'; readonly item: QueueItem; readonly saved: Saved }
  | { readonly what: 'queued'; readonly item: QueueItem; readonly before: QueueRow | null };

/** What was done, or why it was not, in words. */
export type Outcome = { readonly done: Done } | { readonly not: string; readonly code?: Failure['code'] };

interface ActingParts {
  readonly call: Call<PageCalls>;
  readonly link: Pick<PageLink, 'capture'>;
  readonly stored: () => Stored;
}

export interface Acting {
  /** The answer as it stands now; words where it cannot be had. */
  capture(item: QueueItem): Promise<Snapshot | string>;
  /** `spentMs`: how long the reviewer had it before them. */
  judge(item: QueueItem, verdict: Verdict, labels: readonly string[], spentMs: number): Promise<Outcome>;
  /** `null` takes it out of the queue. */
  queue(item: QueueItem, state: 'aside' | 'skipped' | null, why: string | null): Promise<Outcome>;
  /** Why it could not be taken back; null where it was. */
  undo(done: Done): Promise<string | null>;
}

const failed = ({ message, next, code }: Failure): Outcome => ({ not: `${message} ${next}`, code });

export function createActing({ call, link, stored }: ActingParts): Acting {
  const nameOfItem = ({ site, key }: QueueItem) => nameOf({ site, responseKey: key });

  /** The answer as it stands now, or as it was set aside; the words where there is none. */
  async function capture(item: QueueItem): Promise<Snapshot | string> {
    if (item.frameId === null) {
      return stored().rows.get(nameOfItem(item))?.snapshot ?? 'This answer is not in the queue any more.';
    }
    const snapshot = await link.capture(item.frameId, item.key);
    if (!snapshot) return 'The page does not show this answer any more, or it is still being written.';
    // One that the panel has not read yet was looked at on its page.
    const isSame = item.excerpt === '' || excerptOf(snapshot.text) === item.excerpt;
    return isSame ? snapshot : 'The answer just changed. Look again.';
  }

  return {
    capture,

    async judge(item, verdict, labels, spentMs) {
      const snapshot = await capture(item);
      if (typeof snapshot === 'string') return { not: snapshot };
      const mark = stored().reviews.get(nameOfItem(item));
      const answer = await call('judge', {
        id: mark?.reviewId ?? uuidv7(),
        basedOn: mark?.revision ?? 0,
        saveId: uuidv7(),
        responseKey: item.key,
        snapshot,
        judgement: { verdict, labels: [...labels], ratings: [], correction: null, comment: null },
        surface: 'sidepanel',
        // Nothing covers a page of the extension's own.
        visibility: 'verified',
        spentMs: Math.max(0, Math.round(spentMs)),
        origin: item.site,
      });
      return answer.ok ? { done: { what: 'judged', item, saved: answer.value } } : failed(answer.error);
    },

    async queue(item, state, why) {
      const before = stored().rows.get(nameOfItem(item)) ?? null;
      const snapshot = await capture(item);
      if (typeof snapshot === 'string') return { not: snapshot };
      const answer = await call('queue', { site: item.site, responseKey: item.key, state, why, snapshot });
      return answer.ok ? { done: { what: 'queued', item, before } } : failed(answer.error);
    },

    async undo(done) {
      if (done.what === 'judged') {
        const { reviewId, revision } = done.saved.mark;
        const answer = await call('undoReview', { reviewId, revision });
        return answer.ok ? null : `${answer.error.message} ${answer.error.next}`;
      }
      const { item, before } = done;
      const answer = await call('queue', {
        ...{ site: item.site, responseKey: item.key, state: before?.state ?? null, why: before?.why ?? null },
        ...(before ? { snapshot: before.snapshot } : {}),
      });
      return answer.ok ? null : `${answer.error.message} ${answer.error.next}`;
    },
  };
}
