/** A sender whose code loads when there is something for it to do: most lives of the background send nothing. */
import { late } from '../../utils/late.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { nextDueAt } from '../../utils/storage/due.ts';
import type { Sender } from '../../utils/sync/types.ts';

interface Parts {
  readonly database: CountersignDatabase;
  /** ms since 1970. */
  readonly now: () => number;
  readonly heldUntil: () => Promise<number | null>;
  readonly load: () => Promise<Sender>;
}

export function createLateSender({ database, now, heldUntil, load }: Parts): Sender {
  const sender = late(load);
  let isLoaded = false;
  return {
    async wake(reason) {
      if (!isLoaded && reason !== 'user') {
        const due = await nextDueAt(database, now());
        if (due === null || due > now()) return;
      }
      const loaded = await sender();
      isLoaded = true;
      await loaded.wake(reason);
    },
    async nextWakeAt() {
      const due = await nextDueAt(database, now());
      const held = due === null ? null : await heldUntil();
      return due === null || held === null ? due : Math.max(due, held);
    },
  };
}
