/** Opens the store that the options name, ready to use. */
import { resolve } from 'node:path';
import type { StoreOptions } from '../options.ts';
import type { Database } from './database.ts';
import { type FolderLock, lockFolder } from './lock.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

export interface Store {
  readonly database: Database;
  /** The lock on the folder of an embedded database; null with a server. */
  readonly lock: FolderLock | null;
  close(): Promise<void>;
}

/** Throws `FolderTaken` or another `StoreError` where the store cannot be used. */
export async function openStore(options: StoreOptions, onLost?: (error: Error) => void): Promise<Store> {
  const folder = resolve(options.data);
  const lock = options.databaseUrl === null ? lockFolder(folder) : null;
  let database: Database | null = null;
  try {
    database =
      options.databaseUrl === null ? await openPglite(folder) : await openPostgres(options.databaseUrl, onLost);
    await migrate(database);
  } catch (error) {
    await database?.close().catch(() => {});
    lock?.release();
    throw error;
  }
  const opened = database;
  return {
    database: opened,
    lock,
    async close() {
      try {
        await opened.close();
      } finally {
        lock?.release();
      }
    },
  };
}
