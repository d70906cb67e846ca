/** Opens the database so that several contexts can share it through updates and deletions. */
import { report } from '../errors.ts';
import { CountersignDatabase } from './database.ts';

/**
 * The database of this context, not opened yet: the first use opens it, and opens it again after it was closed.
 * Close it with `close()` when the page goes; the background keeps its own for as long as it lives.
 */
export function openDatabase(name?: string): CountersignDatabase {
  const database = new CountersignDatabase(name);
  database.on('versionchange', () => {
    // An updated context wants a newer schema, or a page deletes the database: make way, and come back on next use.
    database.close({ disableAutoOpen: false });
  });
  database.on('blocked', () => report(new Error('blocked'), 'opening the database, which another window holds'));
  database.on('close', () => report(new Error('closed'), 'using the database, which the browser closed'));
  return database;
}
