import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { browser } from '../../utils/browser.ts';
import { createDetector, siteRules } from '../../utils/detection/index.ts';
import { contentClient } from '../../utils/messaging/client.ts';
import type { Push } from '../../utils/messaging/contract.ts';
import { isEligible } from './eligible.ts';
import { claimDocument } from './instance.ts';
import { runOverlay } from './overlay.ts';

/** Only the background speaks for the extension: its messages come from no tab. */
function listen(onPush: (push: Push) => void, signal: AbortSignal): void {
  const listener = (message: unknown, sender: { id?: string; tab?: unknown }) => {
    if (
      sender.id === browser.runtime.id &&
      !sender.tab &&
      message &&
      typeof message === 'object' &&
      'push' in message
    ) {
      onPush(message as Push);
    }
    return undefined;
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener('abort', () => {
    try {
      browser.runtime.onMessage.removeListener(listener);
    } catch {
      // The extension is gone, and its listeners with it.
    }
  });
}

export default defineUnlistedScript(() => {
  const run = isEligible() ? claimDocument() : null;
  if (run) runOverlay({ detector: createDetector({ document, rules: siteRules }), call: contentClient(), listen, run });
});
