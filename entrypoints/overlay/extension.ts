import type { Extension } from '../../utils/handover.ts';
import { ownDom, ownRuntime } from '../../utils/runtime.ts';

/** As much of the extension API as the drawing script needs, so that it need not carry the whole of it. */
export const extension: Extension = {
  id: ownRuntime().id,
  isAlive() {
    try {
      return Boolean(ownRuntime().id);
    } catch {
      return false;
    }
  },
  url: (path) => ownRuntime().getURL(path),
  rootOf(element) {
    // Firefox gives content scripts a property, Chromium a call; the page has neither.
    const { openOrClosedShadowRoot: own } = element as { openOrClosedShadowRoot?: ShadowRoot | null };
    if (own !== undefined) return own;
    try {
      return ownDom()?.openOrClosedShadowRoot(element) ?? element.shadowRoot;
    } catch {
      return element.shadowRoot;
    }
  },
};
