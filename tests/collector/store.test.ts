import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Database, StoreError } from '../../collector/store/database.ts';
import { newestSeq, storeEvents } from '../../collector/store/events.ts';
import { migrate, readMigrations } from '../../collector/store/migrate.ts';
import { openPglite } from '../../collector/store/pglite.ts';
import { anEvent } from '../support/builders.ts';
import { folderWithDatabase, incoming, temporaryFolder } from '../support/collector.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, fsyncSync: vi.fn(real.fsyncSync) };
});

const opened: { close(): Promise<void> }[] = [];
const folders: { remove(): void }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  for (const folder of folders.splice(0)) folder.remove();
});

async function open(path?: string): Promise<Database & { path: string }> {
  const folder = path === undefined ? await folderWithDatabase() : { path, remove: () => {} };
  folders.push(folder);
  const database = await openPglite(folder.path);
  opened.push(database);
  return { ...database, path: folder.path };
}

describe('the embedded database', () => {
  test('syncs each commit to the disk before it says that it is done', async () => {
    const database = await open();
    await migrate(database);
    const synced = vi.mocked(fs.fsyncSync);
    for (let times = 0; times < 3; times += 1) {
      synced.mockClear();
      await storeEvents(database, 'support', incoming(anEvent()));
      expect(synced).toHaveBeenCalled();
    }
    expect(await database.query('show fsync')).toEqual([{ fsync: 'on' }]);
  });

  test('keeps what it has over a restart', async () => {
    const before = await open();
    await migrate(before);
    await storeEvents(before, 'support', incoming(anEvent(), anEvent()));
    await opened.pop()?.close();
    const after = await open(before.path);
    expect(await migrate(after)).toBe(0);
    expect(await newestSeq(after, 'support')).toBe(2);
  });

  test('given a folder that cannot be used, it says which', async () => {
    const folder = temporaryFolder();
    folders.push(folder);
    fs.writeFileSync(join(folder.path, 'postgres'), 'not a folder');
    const opening = openPglite(folder.path);
    await expect(opening).rejects.toThrow(StoreError);
    await expect(opening).rejects.toThrow(folder.path);
  });
});

describe('migrations', () => {
  test('are applied once each, in order', async () => {
    const database = await open();
    expect(await migrate(database)).toBe(readMigrations().length);
    expect(await migrate(database)).toBe(0);
    const versions = readMigrations().map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });

  test('given one that fails, none of it is applied', async () => {
    const database = await open();
    await migrate(database);
    const broken = { version: 9000, name: 'broken', sql: 'create table countersign.half (a int); select 1/0;' };
    await expect(migrate(database, [...readMigrations(), broken])).rejects.toThrow(/division by zero/);
    expect(await database.query(`select to_regclass('countersign.half') as half`)).toEqual([{ half: null }]);
  });

  test('given a database of a later version, it is left alone', async () => {
    const database = await open();
    await migrate(database, [...readMigrations(), { version: 9000, name: 'later', sql: 'select 1' }]);
    await expect(migrate(database)).rejects.toThrow(/schema 9000.*Update the collector/);
  });
});
