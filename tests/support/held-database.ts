/** Holds the extension's database as a window does whose update hangs: nobody else can open it meanwhile. */
import type { Tab } from './browser/types.ts';

interface Holder {
  release?: () => Promise<void>;
}

/**
 * Starts an update of the database in `tab`, a page of the extension, and never ends it. Answers how to let go: the update
 * is taken back, so that the database is as it was.
 */
export async function holdDatabase(tab: Tab): Promise<() => Promise<void>> {
  await tab.document.evaluate(async () => {
    const present = (await indexedDB.databases()).find(({ name }) => name === 'countersign');
    const request = indexedDB.open('countersign', (present?.version ?? 10) + 1);
    await new Promise<void>((resolve, reject) => {
      request.onupgradeneeded = () => {
        const update = request.transaction as IDBTransaction;
        const store = update.objectStore(update.objectStoreNames[0] as string);
        // A transaction without a request under way would end.
        const goOn = () => {
          store.getKey(0).onsuccess = goOn;
        };
        goOn();
        (window as Holder).release = () => {
          const gone = new Promise<void>((done) => request.addEventListener('error', () => done()));
          update.abort();
          return gone;
        };
        resolve();
      };
      request.onerror = () => reject(request.error);
    });
  });
  return () => tab.document.evaluate(() => (window as Holder).release?.());
}
