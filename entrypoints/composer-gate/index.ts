/**
 * Holds drafts until a person has let them go, and keeps what was changed in them. Registered for the hosts that policies or
 * the user name, before any script of the page; on all others it does not exist.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { isEligible } from '../../utils/eligible.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { Answer, ContentCalls, Push } from '../../utils/messaging/contract.ts';
import { ownRuntime } from '../../utils/runtime.ts';
import { createGate } from './gate.ts';
import { createSurface } from './surface.ts';

/** First pause before an unanswered question is asked again, in ms; each further one is three times as long. */
const ASK_AGAIN_MS = 300;
const MOST_TRIES = 5;

const KEY = Symbol.for('composer-gate');
interface Running {
  readonly run: AbortController;
  isAlive(): boolean;
  refresh(): void;
  /** It knows what to hold. Tests ask. */
  isReady: boolean;
}
type World = { [KEY]?: Running };

/** Asks the background; the words for all failures there are would be a tenth of this script. */
const call: Call<ContentCalls> = async (verb, body) => {
  try {
    const answer = (await ownRuntime().sendMessage({ countersign: 1, call: verb, body })) as Answer<never> | undefined;
    if (answer) return answer;
  } catch {
    // An extension that was updated, or is gone.
  }
  return { ok: false, error: { code: 'unreachable', message: 'Countersign does not answer.', next: '' } };
};

const isAlive = () => {
  try {
    return Boolean(ownRuntime().id);
  } catch {
    return false;
  }
};

export default defineUnlistedScript(() => {
  if (!isEligible()) return;
  const world = globalThis as World;
  const before = world[KEY];
  // One gate a document; one whose extension was updated stands in nobody's way.
  if (before?.isAlive() && !before.run.signal.aborted) return before.refresh();
  before?.run.abort();

  const run = new AbortController();
  const gate = createGate({ call, surface: createSurface(), signal: run.signal });
  const refresh = async (failures = 0): Promise<void> => {
    const answer = await call('openComposer', {});
    if (run.signal.aborted) return;
    if (answer.ok) {
      gate.use(answer.value);
      running.isReady = true;
    } else if (!isAlive()) run.abort();
    // A background that is just starting: without its word nothing is held.
    else if (failures < MOST_TRIES) setTimeout(refresh, ASK_AGAIN_MS * 3 ** failures, failures + 1);
  };
  const listener = (message: unknown, { id, tab }: { id?: string; tab?: unknown }) => {
    // Only the background speaks for the extension: its messages come from no tab.
    if (id !== ownRuntime().id || tab || typeof message !== 'object' || !message || !('push' in message))
      return undefined;
    const push = message as Push;
    if (push.push === 'stop') run.abort();
    else if (push.push === 'pageChanged' || push.push === 'rulesChanged') void refresh();
    else gate.onPush(push);
    return undefined;
  };
  ownRuntime().onMessage.addListener(listener);
  run.signal.addEventListener('abort', () => isAlive() && ownRuntime().onMessage.removeListener(listener));
  const running: Running = { run, isAlive, refresh: () => void refresh(), isReady: false };
  world[KEY] = running;
  void refresh();
});
