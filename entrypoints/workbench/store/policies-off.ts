/** Which policies were cut off in this browser session, live. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Browser } from '../../../utils/browser.ts';
import type { BrokenPolicy } from '../../../utils/review/policy.ts';
import { POLICIES_OFF, type PoliciesOff } from '../../../utils/triage/off.ts';

/** Follows until `stop` aborts. */
export function policiesOff(storage: Browser['storage'], stop: AbortSignal): ReadonlySignal<readonly BrokenPolicy[]> {
  const off = signal<readonly BrokenPolicy[]>([]);
  const read = async () => {
    const kept = (await storage.session.get(POLICIES_OFF))[POLICIES_OFF] as PoliciesOff | undefined;
    off.value = Object.values(kept ?? {});
  };
  const onChanged = (changes: object, area: string) => {
    if (area === 'session' && POLICIES_OFF in changes) void read();
  };
  storage.onChanged.addListener(onChanged);
  stop.addEventListener('abort', () => storage.onChanged.removeListener(onChanged));
  void read();
  return off;
}
