import { expect, it, vi } from 'vitest';
import { followPermissions } from '../../../entrypoints/workbench/store/follow-permissions.ts';
import type { Browser } from '../../../utils/browser.ts';

/** An event of the extension API that the test fires. */
function anEvent() {
  const listeners = new Set<() => void>();
  return {
    addListener: (listener: () => void) => void listeners.add(listener),
    removeListener: (listener: () => void) => void listeners.delete(listener),
    fire: () => listeners.forEach((listener) => void listener()),
  };
}

it('given permissions, when one comes or goes, then they are read again, until the page stops', () => {
  const [onAdded, onRemoved, stop] = [anEvent(), anEvent(), new AbortController()];
  const read = vi.fn(async () => {});
  followPermissions({ onAdded, onRemoved } as unknown as Browser['permissions'], read, stop.signal);
  expect(read).toHaveBeenCalledTimes(1);
  onAdded.fire();
  expect(read).toHaveBeenCalledTimes(2);
  onRemoved.fire();
  expect(read).toHaveBeenCalledTimes(3);
  stop.abort();
  onAdded.fire();
  onRemoved.fire();
  expect(read).toHaveBeenCalledTimes(3);
});
