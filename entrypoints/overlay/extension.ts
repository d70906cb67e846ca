import { browser } from '../../utils/browser.ts';
import type { Extension } from '../../utils/handover.ts';

/** As much of the extension API as the drawing script needs, so that it need not carry the whole of it. */
export const extension: Extension = {
  id: browser.runtime.id,
  isAlive() {
    try {
      return Boolean(browser.runtime?.id);
    } catch {
      return false;
    }
  },
  url: (path) => browser.runtime.getURL(path),
  rootOf(element) {
    const { dom } = browser as unknown as { dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } };
    try {
      return dom ? dom.openOrClosedShadowRoot(element) : element.shadowRoot;
    } catch {
      return null;
    }
  },
};
