/** Damages the file of the extension's database in a profile on which no browser runs, as a failing disk does. */
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a browser reads first of a database: LevelDB's list of its files, and the head of SQLite's file. */
const heads = [
  /chrome-extension_[^/]+\.indexeddb\.leveldb\/MANIFEST-\d+$/,
  // What stands behind the caret is the database of `storage.local`.
  /storage\/default\/moz-extension\+\+\+[\w-]+\/idb\/[^/]+\.sqlite$/,
];

/** Answers the files that were damaged. */
export async function damageDatabase(profile: string): Promise<readonly string[]> {
  const names = await readdir(profile, { recursive: true });
  const files = names.filter((name) => heads.some((head) => head.test(name)));
  for (const name of files) {
    const path = join(profile, name);
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(Math.min(4096, statSync(path).size), 0x5a), 0, undefined, 0);
    closeSync(file);
  }
  return files;
}
