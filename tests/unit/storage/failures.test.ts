import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CountersignError, failure } from '../../../utils/errors.ts';
import { CountersignDatabase } from '../../../utils/storage/database.ts';
import { asStorageError, guarded, withReason } from '../../../utils/storage/failures.ts';
import { failing } from '../../support/stored.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });

describe('errors of the database', () => {
  it.each<[string, unknown, string]>([
    ['a full disk', named('QuotaExceededError'), 'storage-full'],
    [
      'a full disk inside an aborted transaction',
      named('AbortError', { inner: named('QuotaExceededError') }),
      'storage-full',
    ],
    ['a full disk among many writes', named('BulkError', { failures: [named('QuotaExceededError')] }), 'storage-full'],
    ['a database closed under us', new Dexie.DatabaseClosedError(), 'storage-blocked'],
    ['a newer version elsewhere', new Dexie.VersionError(), 'storage-blocked'],
    ['a unique index', named('ConstraintError'), 'conflict'],
    ['a damaged file', named('UnknownError'), 'storage-failed'],
    ['no IndexedDB at all', new Dexie.MissingAPIError(), 'storage-failed'],
    ['something that is no error', 'text', 'storage-failed'],
  ])('given %s, have a name', (_, thrown, code) => {
    expect(asStorageError(thrown)).toMatchObject(failing(code));
  });

  it('given a failure of our own, stay what they are', () => {
    const own = new CountersignError(failure('too-late'));
    expect(asStorageError(own)).toBe(own);
  });

  it('given work on a full disk, name it; given a mistake of the program, leave it what it is', async () => {
    const full = named('AbortError', { inner: named('QuotaExceededError') });
    await expect(guarded(() => Promise.reject(full))).rejects.toMatchObject(failing('storage-full'));
    const mistake = new TypeError('undefined is not a function');
    await expect(guarded(() => Promise.reject(mistake))).rejects.toBe(mistake);
  });

  it('given work that never ends, say that the database is blocked', async () => {
    await expect(guarded(() => new Promise(() => {}), 5)).rejects.toMatchObject(failing('storage-blocked'));
  });

  it('given a computer that is held up for longer than the database may take, does not blame the database', async () => {
    const database = new CountersignDatabase('held-up');
    await database.values.put({ name: 'a', value: 1 });
    const counted = guarded(() => database.values.count(), 300);
    const until = performance.now() + 400;
    while (performance.now() < until);
    expect(await counted).toBe(1);
  });
});

describe('an open database', () => {
  it('given a context that wants a newer version, makes way', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const ours = new CountersignDatabase('shared-1');
    await ours.values.put({ name: 'a', value: 1 });
    const theirs = new Dexie('shared-1');
    theirs.version(2).stores({ values: 'name', more: 'id' });
    // That this opens without waiting shows that ours stepped aside.
    await theirs.open();
    expect(ours.isOpen()).toBe(false);
    expect(await theirs.table('values').get('a')).toEqual({ name: 'a', value: 1 });
    theirs.close();
  });

  it('given a context that deletes the database, makes way and starts empty', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const ours = new CountersignDatabase('shared-2');
    await ours.values.put({ name: 'a', value: 1 });
    await Dexie.delete('shared-2');
    expect(await ours.values.get('a')).toBeUndefined();
    await ours.values.put({ name: 'b', value: 2 });
    expect(await ours.values.count()).toBe(1);
  });

  it('given another window that does not make way, says so instead of waiting for it', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const stubborn = indexedDB.open('shared-3', 5);
    await new Promise((resolve) => {
      stubborn.onsuccess = resolve;
    });
    const ours = new CountersignDatabase('shared-3');
    await expect(guarded(() => ours.values.count(), 50)).rejects.toMatchObject(failing('storage-blocked'));
    stubborn.result.close();
  });

  it('asks for strict durability', () => {
    expect(new CountersignDatabase('durable')).toMatchObject({ _options: { chromeTransactionDurability: 'strict' } });
  });
});

describe('a write that failed without a reason', () => {
  const failed = new CountersignError(failure('storage-failed'));
  const room = (left: number) => ({ estimate: async () => ({ quota: 5_000_000, usage: 5_000_000 - left }) });

  it('given a disk with nothing left, was one on a full disk', async () => {
    expect(await withReason(failed, room(0))).toMatchObject({ failure: { code: 'storage-full' } });
  });

  it('given room, or a browser that does not tell, or another failure, stays what it is', async () => {
    expect(await withReason(failed, room(2_000_000))).toBe(failed);
    expect(await withReason(failed, undefined)).toBe(failed);
    expect(await withReason(failed, { estimate: () => Promise.reject(new Error('no')) })).toBe(failed);
    const conflict = new CountersignError(failure('conflict'));
    expect(await withReason(conflict, room(0))).toBe(conflict);
  });
});
