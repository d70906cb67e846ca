/** What pages may ask about all that is kept: forgetting it, here and at the destinations, and taking a backup back. */

import type { Handlers } from '../../../utils/messaging/server.ts';
import { recount } from '../../../utils/storage/counters.ts';
import { keepLearned } from '../../../utils/storage/learned.ts';
import { dismissLoss } from '../../../utils/storage/loss.ts';
import { turnMemoryOnly } from '../../../utils/storage/memory/switch.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { forgetOutdated } from '../../../utils/storage/retention.ts';
import { readSettings } from '../../../utils/storage/settings.ts';
import type { Room } from '../room.ts';

type KeepingCalls =
  | 'deleteReviews'
  | 'forgetOutdated'
  | 'importBackup'
  | 'setMemoryOnly'
  | 'removeEverything'
  | 'dismissLoss';

/** ms. A caller gives up after 30 s; a deletion that takes longer is done in several calls. */
const PORTION_MS = 20_000;

export function keepingHandlers(room: Room): Pick<Handlers['page'], KeepingCalls> {
  const { database, delivery, pushes, now } = room;

  /** Pages show fewer marks now, and tombstones may be owed. */
  async function afterDeletion(): Promise<void> {
    void pushes.toAll({ push: 'pageChanged' });
    await room.showBadge();
  }

  return {
    async deleteReviews({ everywhere = true, ...selection }) {
      const until = performance.now() + PORTION_MS;
      const stop = () => performance.now() > until;
      const answer = await delivery.owing(() => deleteReviews(database, selection, { everywhere, now: now(), stop }));
      if ('all' in selection) await keepLearned(database, null);
      await afterDeletion();
      return answer;
    },

    async forgetOutdated() {
      const { settings } = await readSettings(database);
      const answer = await delivery.owing(() => forgetOutdated(database, settings, now()));
      if (answer.deleted > 0) await afterDeletion();
      return answer;
    },

    async setMemoryOnly(choice) {
      await turnMemoryOnly(database, choice);
      await recount(database);
      await afterDeletion();
      void delivery.wake('settings');
      return null;
    },

    async removeEverything() {
      await room.removeEverything();
      return null;
    },

    async dismissLoss() {
      await dismissLoss(database);
      await room.showBadge();
      return null;
    },

    async importBackup({ lines }) {
      const { restore } = await import('../restoring.ts');
      const answer = await restore(database, lines);
      if (answer.added > 0) void pushes.toAll({ push: 'rulesChanged' });
      await afterDeletion();
      return answer;
    },
  };
}
