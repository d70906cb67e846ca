/** The room of the background, whole: what only its handlers need is added when the first message comes. */
import type { Browser } from '../../utils/browser.ts';
import { createInsert } from './composing.ts';
import { createLent } from './lent.ts';
import { createMoved } from './moved.ts';
import type { Core, Network, Room } from './room.ts';

export function furnish(core: Core, browser: Browser, network: Network): Room {
  const { permissions, scripting, storage, tabs, windows } = browser;
  const { database, now, pushes, showBadge, sites } = core;
  const moved = createMoved(storage.session);
  return {
    ...core,
    ...{ permissions, moved },
    session: storage.session,
    lent: createLent(storage.session),
    insert: createInsert(scripting),
    async reopen(target, edit) {
      const { createReopen } = await import('./reopening.ts');
      return createReopen({ tabs, windows, scripting, permissions, sites, pushes, moved, now })(target, edit);
    },
    async probe(destination) {
      const { probeDestination } = await import('../../utils/delivery/probe.ts');
      return probeDestination(destination, { now, ...network });
    },
    async sendSample(destination, trace) {
      const { sendSample } = await import('../../utils/delivery/probe.ts');
      return sendSample(destination, trace, { now, ...network });
    },
    async removeEverything() {
      const { removeEverything } = await import('./removing.ts');
      await removeEverything({ browser, database, pushes, sites, showBadge, now });
    },
  };
}
