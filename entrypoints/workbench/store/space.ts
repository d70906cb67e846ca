/** How much is stored, and whether the browser has promised to keep it. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Space } from '../../../components/settings/types.ts';
import { report } from '../../../utils/errors.ts';

/** Bytes used and available, as far as the browser tells. */
async function readSpace(storage: StorageManager = navigator.storage): Promise<Space> {
  try {
    const { usage = null, quota = null } = await storage.estimate();
    return { used: usage, available: quota, persisted: await storage.persisted() };
  } catch (thrown) {
    report(thrown, 'reading the space');
    return { used: null, available: null, persisted: false };
  }
}

/** Follows the space whenever `changes` has another value, until `stop` aborts; null while it is read. */
export function createSpace(changes: ReadonlySignal<unknown>, stop: AbortSignal): ReadonlySignal<Space | null> {
  const space = signal<Space | null>(null);
  const end = effect(() => {
    changes.value;
    void readSpace().then((found) => {
      space.value = found;
    });
  });
  stop.addEventListener('abort', end);
  return space;
}
