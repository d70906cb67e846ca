import { report } from '../../../utils/errors.ts';

/** Asks the browser to keep what is stored even when the disk is low; it may refuse without asking anybody. */
export async function askToPersist(storage: StorageManager = navigator.storage): Promise<void> {
  try {
    if (!(await storage.persisted())) await storage.persist();
  } catch (thrown) {
    report(thrown, 'asking the browser to keep the data');
  }
}
