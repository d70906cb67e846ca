import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { counts } from '../../../utils/storage/counters.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import {
  changeEntries,
  deliverEarlier,
  discard,
  eachDeadLetter,
  listOutbox,
  resend,
} from '../../../utils/storage/outbox.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { aDestinationRow } from '../../support/builders.ts';
import { aContext, failing, NOON, openDatabase, revisionAfter, stored } from '../../support/stored.ts';

const audit = aDestinationRow({ id: 'audit', name: 'Audit' });

/** A database with this many reviews whose entries are dead. */
async function withDead(count: number): Promise<CountersignDatabase> {
  const database = await openDatabase(aDestinationRow(), audit);
  for (let index = 0; index < count; index += 1) await stored(database);
  await database.transaction('rw', database.outbox, database.counters, async () => {
    const change = { state: 'dead', attempts: 1, reason: 'Refused.' } as const;
    await changeEntries(database, await database.outbox.toArray(), () => change);
  });
  return database;
}

describe('dead entries', () => {
  it('given pages, are listed newest first without what they deliver', async () => {
    const database = await withDead(3);
    const first = await listOutbox(database, { state: 'dead', limit: 4 });
    const second = await listOutbox(database, { state: 'dead', limit: 4, before: first.at(-1)?.entryId as number });
    expect([...first, ...second].map(({ entryId }) => entryId)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(first[0]).toMatchObject({ reason: 'Refused.', state: 'dead' });
    expect(first[0]).not.toHaveProperty('event');
  });

  it('given a destination, are listed and sent again for it alone', async () => {
    const database = await withDead(2);
    expect(await listOutbox(database, { state: 'dead', destinationId: 'audit', limit: 9 })).toHaveLength(2);
    expect(await resend(database, { destinationId: 'audit' }, NOON)).toBe(2);
    expect(await counts(database)).toMatchObject({ owed: 2, dead: 2 });
    for (const entry of await listOutbox(database, { state: 'pending', limit: 9 })) {
      expect(entry).toMatchObject({ destinationId: 'audit', dueAt: NOON, attempts: 0, reason: null });
    }
  });

  it('given one entry, sends it again; given one that is not dead, says so', async () => {
    const database = await withDead(1);
    expect(await resend(database, { entryId: 1 }, NOON)).toBe(1);
    await expect(resend(database, { entryId: 1 }, NOON)).rejects.toMatchObject(failing('not-found'));
    await expect(resend(database, { entryId: 99 }, NOON)).rejects.toMatchObject(failing('not-found'));
    expect(await counts(database)).toMatchObject({ owed: 1, dead: 1 });
  });

  it('given up, one or all of a destination, are gone and counted no more, and the reviews stay', async () => {
    const database = await withDead(2);
    const [one] = await listOutbox(database, { state: 'dead', destinationId: 'audit', limit: 1 });
    expect(await discard(database, { entryId: one?.entryId ?? 0 })).toBe(1);
    expect(await discard(database, { destinationId: 'audit' })).toBe(1);
    expect(await counts(database)).toMatchObject({ owed: 0, dead: 2, reviews: 2 });
    await expect(discard(database, { entryId: one?.entryId ?? 0 })).rejects.toMatchObject(failing('not-found'));
  });

  it('given one that waits or was delivered, cannot give it up', async () => {
    const database = await withDead(1);
    await resend(database, { entryId: 1 }, NOON);
    await expect(discard(database, { entryId: 1 })).rejects.toMatchObject(failing('not-found'));
    expect(await counts(database)).toMatchObject({ owed: 1, dead: 1 });
  });

  it('can be exported with all they would have delivered', async () => {
    const database = await withDead(3);
    const ids: string[] = [];
    for await (const letter of eachDeadLetter(database, 2)) ids.push(`${letter.entryId} ${letter.event.id}`);
    expect(ids).toHaveLength(6);
    expect(ids[0]).toMatch(/^1 .+:1$/);
  });
});

describe('a destination that came later', () => {
  it('is owed nothing of the past until asked, then every revision once', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    await saveRevision(database, revisionAfter(draft), aContext());
    await database.destinations.add(audit);
    await stored(database);
    expect(await counts(database)).toMatchObject({ owed: 1 });
    expect(await deliverEarlier(database, 'audit', NOON + 60_000, 2)).toBe(2);
    expect(await counts(database)).toMatchObject({ owed: 3 });
    expect(await deliverEarlier(database, 'audit', NOON + 60_000)).toBe(0);
  });

  it('given a revision that can still be undone, waits for that window', async () => {
    const database = await openDatabase();
    await stored(database);
    await database.destinations.add(audit);
    await deliverEarlier(database, 'audit', NOON + 1);
    expect(await database.outbox.toArray()).toMatchObject([{ dueAt: NOON + 8_000 }]);
  });

  it('given an unknown destination, owes nothing', async () => {
    const database = await openDatabase();
    await stored(database);
    await expect(deliverEarlier(database, 'gone', NOON)).rejects.toMatchObject(failing('not-found'));
  });
});
