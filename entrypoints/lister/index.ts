/** Lists the answers of a document for the side panel, which loads it; does nothing where no overlay is at work. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { runningHere } from '../../utils/handover.ts';
import { HELLO, PORT } from '../../utils/queue/protocol.ts';
import { ownRuntime } from '../../utils/runtime.ts';
import { createListing, type PortLike } from './listing.ts';

const KEY = Symbol.for('lister');

export default defineUnlistedScript(() => {
  const handover = runningHere();
  if (!handover?.detector) return;
  const { signal } = handover.run;
  const world = globalThis as { [KEY]?: AbortSignal };
  if (world[KEY] !== signal) {
    world[KEY] = signal;
    const { detector } = handover;
    const listing = createListing({ detector, view: () => handover.view, signal });
    handover.onListed = listing.onChange;
    const runtime = ownRuntime();
    const base = runtime.getURL('');
    runtime.onConnect.addListener((port) => {
      // Only a page of the extension can connect to a content script; that it is one of ours is looked at all the same.
      const { id, url = '' } = port.sender ?? {};
      if (port.name !== PORT || id !== runtime.id || !url.startsWith(base) || signal.aborted) return;
      listing.connect(port as unknown as PortLike);
    });
  }
  void Promise.resolve(ownRuntime().sendMessage(HELLO as never)).catch(() => {});
});
