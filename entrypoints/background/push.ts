/** What the background tells overlays, unasked. Best effort: a frame that is gone, or never had an overlay, is no error. */
import type { Browser } from '../../utils/browser.ts';
import { report } from '../../utils/errors.ts';
import type { Push } from '../../utils/messaging/contract.ts';
import { sitePattern } from '../../utils/messaging/site-pattern.ts';

export interface Pushes {
  /** To the overlay in one frame; answers whether it is there. */
  toFrame(frame: { readonly tabId: number; readonly frameId: number }, push: Push): Promise<boolean>;
  /** To all overlays in one tab; answers whether there is any. */
  toTab(tabId: number, push: Push): Promise<boolean>;
  /** To all overlays in the tabs of an origin, but for one tab. */
  toSite(origin: string, push: Push, exceptTab?: number): Promise<void>;
  /** To every overlay there is. */
  toAll(push: Push): Promise<void>;
}

export function createPushes(tabs: Browser['tabs']): Pushes {
  const send = async (tabId: number, push: Push, options?: { frameId: number }) => {
    try {
      await tabs.sendMessage(tabId, push, options);
      return true;
    } catch {
      // No overlay there: nobody to tell.
      return false;
    }
  };
  const sendTo = async (query: { url?: string }, push: Push, exceptTab?: number) => {
    try {
      const ids = (await tabs.query(query)).map(({ id }) => id).filter((id) => id !== undefined && id !== exceptTab);
      await Promise.all(ids.map((id) => send(id as number, push)));
    } catch (thrown) {
      report(thrown, 'telling overlays');
    }
  };
  return {
    toFrame: ({ tabId, frameId }, push) => send(tabId, push, { frameId }),
    toTab: (tabId, push) => send(tabId, push),
    toSite: (origin, push, exceptTab) => sendTo({ url: sitePattern(origin) }, push, exceptTab),
    toAll: (push) => sendTo({}, push),
  };
}
