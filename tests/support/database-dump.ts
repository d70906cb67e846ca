/** A whole IndexedDB database as JSON, past all code of the extension, and back: how databases of earlier versions are kept. */

interface StoreDump {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly indexes: readonly { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
  readonly rows: readonly unknown[];
}

export interface DatabaseDump {
  /** As IndexedDB counts: ten times the program's. */
  readonly version: number;
  readonly stores: readonly StoreDump[];
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export async function dumpDatabase(name: string): Promise<DatabaseDump> {
  const database = await done(indexedDB.open(name));
  const stores: StoreDump[] = [];
  for (const storeName of database.objectStoreNames) {
    const store = database.transaction(storeName).objectStore(storeName);
    const { keyPath, autoIncrement } = store;
    const indexes = Array.from(store.indexNames, (each) => {
      const index = store.index(each);
      const { name: indexName, keyPath: path, unique, multiEntry } = index;
      return { name: indexName, keyPath: path as string | string[], unique, multiEntry };
    });
    const rows = await done(store.getAll());
    stores.push({ name: storeName, keyPath: keyPath as string | string[] | null, autoIncrement, indexes, rows });
  }
  const { version } = database;
  database.close();
  return { version, stores };
}

export async function restoreDatabase(name: string, { version, stores }: DatabaseDump): Promise<void> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    for (const { name: storeName, keyPath, autoIncrement, indexes, rows } of stores) {
      const store = request.result.createObjectStore(storeName, { keyPath, autoIncrement });
      for (const { name: index, keyPath: path, ...options } of indexes) store.createIndex(index, path, options);
      for (const row of rows) store.put(row);
    }
  };
  (await done(request)).close();
}
