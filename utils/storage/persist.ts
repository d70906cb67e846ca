import { report } from '../errors.ts';

/**
 * Asks the browser to keep what is stored even when the disk is low; it may refuse without asking anybody. At the first save, and by
 * each page that is opened: a service worker, which is what saves in Chromium, has no way to ask; Firefox's background has.
 */
export async function askToPersist(storage: StorageManager | undefined = globalThis.navigator?.storage): Promise<void> {
  try {
    if (typeof storage?.persist === 'function' && !(await storage.persisted())) await storage.persist();
  } catch (thrown) {
    report(thrown, 'asking the browser to keep the data');
  }
}
