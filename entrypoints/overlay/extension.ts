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
    // Firefox gives content scripts a property, Chromium a call; the page has neither.
    const { openOrClosedShadowRoot: own } = element as { openOrClosedShadowRoot?: ShadowRoot | null };
    if (own !== undefined) return own;
    const { dom } = browser as unknown as { dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } };
    try {
      return dom?.openOrClosedShadowRoot(element) ?? element.shadowRoot;
    } catch {
      return element.shadowRoot;
    }
  },
};
