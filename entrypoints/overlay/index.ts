/**
 * Finds responses, by the rules that the background has for this address. Loaded where the gate saw a sign of a conversation,
 * and on the hosts that a rule names. What it finds is drawn by `entrypoints/toolbar`.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createDetector } from '../../utils/detection/detector.ts';
import { isEligible } from '../../utils/eligible.ts';
import { claimDocument, finderOf } from '../../utils/handover.ts';
import { contentClient } from '../../utils/messaging/client.ts';
import type { Push } from '../../utils/messaging/contract.ts';
import { ownRuntime } from '../../utils/runtime.ts';
import { extension } from './extension.ts';
import { startOverlay } from './start.ts';

/** Only the background speaks for the extension: its messages come from no tab. */
function listen(onPush: (push: Push) => void, signal: AbortSignal): void {
  const listener = (message: unknown, { id, tab }: { id?: string; tab?: unknown }) => {
    if (id === extension.id && !tab && typeof message === 'object' && message && 'push' in message) {
      onPush(message as Push);
    }
    return undefined;
  };
  ownRuntime().onMessage.addListener(listener);
  signal.addEventListener('abort', () => {
    if (extension.isAlive()) ownRuntime().onMessage.removeListener(listener);
  });
}

export default defineUnlistedScript(() => {
  const handover = isEligible() ? claimDocument() : null;
  if (!handover) return;
  const call = contentClient();
  let coming: ReturnType<typeof finderOf> | null = null;
  const loadFinder = async () => {
    coming ??= finderOf(handover, () => call('find', {}));
    const finder = await coming;
    if (!finder) coming = null;
    return finder;
  };
  const detector = createDetector({ document, loadFinder });
  startOverlay({ detector, call, listen, loadFinder, extension, handover });
});
