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

const KEY = Symbol.for('composer-gate');
interface Running {
  readonly run: AbortController;
  isAlive(): boolean;
  refresh(): void;
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
  const refresh = async () => {
    const answer = await call('openComposer', {});
    if (answer.ok && !run.signal.aborted) gate.use(answer.value);
    else if (!isAlive()) run.abort();
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
  world[KEY] = { run, isAlive, refresh: () => void refresh() };
  void refresh();
});
