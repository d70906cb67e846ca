/**
 * Databases as earlier versions of the program left them, opened by this one. The dumps were made by those versions: they
 * saved, delivered, were refused, waited and had a batch in flight.
 */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reviewSchema } from '../../../utils/review/schema.ts';
import { checkChains } from '../../../utils/storage/check-chains.ts';
import { recount } from '../../../utils/storage/counters.ts';
import { currentProject } from '../../../utils/storage/current-project.ts';
import { CountersignDatabase } from '../../../utils/storage/database.ts';
import { guarded } from '../../../utils/storage/failures.ts';
import { readNames } from '../../../utils/storage/judging.ts';
import { opened } from '../../../utils/storage/opening.ts';
import { deliveriesOf } from '../../../utils/storage/outbox.ts';
import { setProject } from '../../../utils/storage/projects.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { readSettings } from '../../../utils/storage/settings.ts';
import { createSender } from '../../../utils/sync/index.ts';
import { aTriagedRow } from '../../support/builders.ts';
import { type DatabaseDump, restoreDatabase } from '../../support/database-dump.ts';
import { tally } from '../../support/outbox.ts';
import { aProject } from '../../support/projects.ts';
import { stored } from '../../support/stored.ts';

const folder = new URL('../../fixtures/databases/', import.meta.url);
const readDump = (version: number): DatabaseDump =>
  JSON.parse(readFileSync(new URL(`version-${version}.json`, folder), 'utf8'));
/** The program's version; IndexedDB counts ten times that. */
const PRESENT = new CountersignDatabase('present').verno;
const earlier = Array.from({ length: PRESENT - 1 }, (_, index) => index + 1);

interface OldEntry {
  readonly key: string;
  readonly reviewId: string;
  readonly destinationId: string;
  readonly state: string;
  readonly attempts: number;
  readonly deliveredAt: string | null;
}

const asDelivered = (row: OldEntry): OldEntry => ({ ...row, state: 'delivered' });

let restored = 0;
async function open(version: number) {
  restored += 1;
  const dump = readDump(version);
  const name = `upgrade-${version}-${restored}`;
  await restoreDatabase(name, dump);
  const rowsOf = <Row>(store: string) => dump.stores.find((one) => one.name === store)?.rows as readonly Row[];
  // Up to version 2, what was delivered stayed in the outbox.
  const old = [...rowsOf<OldEntry>('outbox'), ...(rowsOf<OldEntry>('ledger') ?? []).map(asDelivered)];
  return { database: new CountersignDatabase(name), rowsOf, old };
}

it('there is a dump of every earlier version', () => {
  expect(readdirSync(folder).sort()).toEqual([...earlier.map((version) => `version-${version}.json`)].sort());
});

describe.each(earlier)('a database of version %i', (version) => {
  it('keeps every revision, draft and setting as it was', async () => {
    const { database, rowsOf } = await open(version);
    expect(await database.revisions.toArray()).toEqual(rowsOf('revisions'));
    expect(await database.drafts.toArray()).toEqual(rowsOf('drafts'));
    for (const { review } of await database.revisions.toArray()) expect(() => reviewSchema.parse(review)).not.toThrow();
    expect(await checkChains(database)).toMatchObject({ checked: 7, broken: null });
    expect(await readSettings(database)).toMatchObject({ settings: { theme: 'dark' }, repaired: [] });
    for (const store of ['rules', 'authors', 'ledger'] as const) {
      if (store === 'ledger' && version < 3) continue;
      expect(await database[store].toArray()).toEqual(rowsOf(store) ?? []);
    }
  });

  it('has what was delivered in the ledger, owes the rest as before, and counts both right', async () => {
    const { database, old } = await open(version);
    const delivered = old.filter(({ state }) => state === 'delivered');
    const ledger = await database.ledger.toArray();
    expect(ledger.map(({ key, destinationId }) => `${key} ${destinationId}`).sort()).toEqual(
      delivered.map(({ key, destinationId }) => `${key} ${destinationId}`).sort(),
    );
    expect(ledger.find(({ destinationId }) => destinationId === 'team')).toMatchObject({
      destinationName: 'Team',
      destinationOrigin: 'https://feedback.example',
      attempt: 1,
      deliveredAt: delivered.find(({ destinationId }) => destinationId === 'team')?.deliveredAt,
    });
    const owed = await database.outbox.toArray();
    expect(owed.map(({ key, destinationId, state, attempts }) => [key, destinationId, state, attempts])).toEqual(
      old
        .filter(({ state }) => state !== 'delivered')
        .map(({ key, destinationId, state, attempts }) => [key, destinationId, state, attempts]),
    );
    const counters = await database.counters.toArray();
    await recount(database);
    expect(await database.counters.toArray()).toEqual(counters);
    const [review] = delivered;
    expect(await deliveriesOf(database, review?.reviewId ?? '')).toContainEqual(
      expect.objectContaining({ state: 'delivered', destinationName: 'a destination that was removed' }),
    );
  });

  it('goes on delivering, numbered, and tells of a deletion whoever was or may have been given the review', async () => {
    const { database, old } = await open(version);
    const inFlight = old.find(({ state }) => state === 'leased')?.reviewId ?? '';
    const fresh = old.filter(({ state, attempts }) => state === 'pending' && attempts === 0).at(-1)?.reviewId ?? '';
    const now = Date.parse('2026-11-02T08:00:00Z');
    const { tombstones } = await deleteReviews(database, { ids: [inFlight, fresh] }, { now });
    expect(tombstones).toBe(old.filter(({ reviewId }) => reviewId === inFlight).length);
    await stored(database, {}, { now });
    const sent: { id: string; sequence: string }[] = [];
    const sender = createSender({
      database,
      now: () => now + 60_000,
      locks: null,
      hostGapMs: 0,
      fetch: async (_url, init) => {
        const events = JSON.parse(String(init?.body)) as typeof sent;
        sent.push(...events);
        return Response.json({ results: events.map(({ id }) => ({ id, status: 'stored' })) });
      },
    });
    await sender.wake('user');
    const { owed, dead } = await tally(database);
    expect([owed, dead]).toEqual([0, old.filter(({ state }) => state === 'dead').length]);
    const ids = sent.map(({ id }) => id);
    expect(ids).toContain(`${inFlight}:deleted`);
    expect(ids.join()).not.toContain(fresh);
    for (const { stream, lastSequence } of await database.destinations.toArray()) {
      expect(stream).toMatch(/^[0-9a-f-]{36}$/);
      expect(lastSequence).toBeGreaterThan(0);
    }
  });
});

it('given a database of version 3, it has room for rubrics, what is set aside and what is pinned, and none yet', async () => {
  const { database } = await open(3);
  expect(await database.rubrics.count()).toBe(0);
  expect(await database.queue.count()).toBe(0);
  expect(await database.pins.count()).toBe(0);
  // What was judged before there were projects is named by what comes with the program.
  const [row] = await database.revisions.toArray();
  const names = (await readNames(database))(row?.review);
  expect(names.labels.find(({ id }) => id === 'wrong')?.name).toBe('Wrong');
  await setProject(database, aProject());
  expect((await currentProject(database)).id).toBe('team');
});

it('given a database of version 4, it keeps the queue, the pins and the project, and has room for triage and cases', async () => {
  const { database, rowsOf } = await open(4);
  for (const store of ['queue', 'pins', 'rubrics'] as const) {
    expect(rowsOf(store).length).toBeGreaterThan(0);
    expect(await database[store].toArray()).toEqual(rowsOf(store));
  }
  expect((await currentProject(database)).id).toBe('team');
  expect([await database.triaged.count(), await database.cases.count()]).toEqual([0, 0]);
  await database.triaged.put(aTriagedRow());
  expect(await database.triaged.where('[asks+triagedAt]').between([1, ''], [1, '\uffff']).count()).toBe(1);
});

it('given a database of a later version, it is left alone, and the reviewer is told to update', async () => {
  const dump = readDump(1);
  await restoreDatabase('upgrade-later', { ...dump, version: (PRESENT + 1) * 10 });
  const database = new CountersignDatabase('upgrade-later');
  const failure = { code: 'storage-blocked', next: 'Update Countersign, then save again.' };
  await expect(opened(database)).rejects.toMatchObject({ failure });
  await expect(guarded(() => database.revisions.count())).rejects.toMatchObject({ failure });
});
