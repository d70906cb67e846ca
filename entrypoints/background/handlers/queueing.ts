/** What is set aside, skipped, judged from the side panel, and reopened on its page. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { forgetJudged, setQueued, toggleAside } from '../../../utils/storage/queue.ts';
import { newestOf } from '../../../utils/storage/save.ts';
import { saveFromPanel } from '../one-key.ts';
import type { Target } from '../reopening.ts';
import type { Room } from '../room.ts';

export const asideHandlers = (room: Room): Pick<Handlers['content'], 'setAside'> => ({
  async setAside(answer, from) {
    const { database, sites, lent, now, isPaused } = room;
    const on = (await sites.isOn(from.origin)) || ((await lent.covers(from)) && !(await isPaused()));
    if (!on) fail('off');
    await forgetJudged(database, now());
    return { aside: await toggleAside(database, { ...answer, site: from.origin }, now()) };
  },
});

export function queueHandlers(room: Room): Pick<Handlers['page'], 'queue' | 'judge' | 'reopen'> {
  const { database, pushes, sites, now } = room;

  async function targetOf(which: { reviewId: string } | { site: string; responseKey: string }): Promise<Target> {
    if ('reviewId' in which) {
      const review = (await newestOf(database, which.reviewId))?.review;
      if (!review) fail('not-found');
      return { site: review.origin, responseKey: review.responseKey, snapshot: review.snapshot };
    }
    const row = await database.queue.get([which.site, which.responseKey]);
    if (!row)
      fail('not-found', { message: 'This answer is not in the queue any more.', next: 'Look at the list again.' });
    return row;
  }

  return {
    async queue(queueing) {
      await setQueued(database, queueing, now());
      await forgetJudged(database, now());
      return null;
    },

    async judge({ origin, ...draft }) {
      // Text is typed elsewhere; what the editor had added to the revision before stays.
      if (draft.judgement.correction !== null) fail('invalid', { field: 'judgement.correction' });
      if (draft.judgement.comment !== null) fail('invalid', { field: 'judgement.comment' });
      const previous = await newestOf(database, draft.id);
      const kept = previous ?? (await database.queue.get([origin, draft.responseKey]));
      if (!kept && !(await sites.isOn(origin))) fail('off');
      const saved = await saveFromPanel(room, draft, origin);
      void pushes.toSite(origin, { push: 'pageChanged' });
      return saved;
    },

    async reopen({ edit, ...which }) {
      const target = await targetOf(which);
      const { tabId, found, responseKey } = await room.reopen(target, edit);
      if (found === 'moved' && !('reviewId' in which)) {
        const row = await database.queue.get([target.site, target.responseKey]);
        if (row) await database.queue.put({ ...row, responseKey });
        await setQueued(database, { ...which, state: null }, now());
      }
      return { tabId, found };
    },
  };
}
