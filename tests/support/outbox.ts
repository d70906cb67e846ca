/** A database with something to deliver. Import this before anything that opens a database: it brings IndexedDB. */
import 'fake-indexeddb/auto';
import { isDeletion, type WireEvent } from '../../utils/review/wire.ts';
import { addCounts, countEntry, counts } from '../../utils/storage/counters.ts';
import { CountersignDatabase, type DestinationRow, type OutboxRow } from '../../utils/storage/database.ts';
import { applyOutcomes } from '../../utils/storage/outcomes.ts';
import { aDestinationRow } from './builders.ts';

let opened = 0;

/** A fresh database of its own, with these destinations. */
export async function openDatabase(...destinations: DestinationRow[]): Promise<CountersignDatabase> {
  opened += 1;
  const database = new CountersignDatabase(`test-${process.pid}-${opened}`);
  await database.destinations.bulkPut(destinations);
  return database;
}

/** Owes these events to a destination, due at `dueAt`, with the counters that belong to them. */
export async function owe(
  database: CountersignDatabase,
  events: readonly WireEvent[],
  dueAt: number,
  destinationId = 'team',
): Promise<void> {
  const rows = events.map(
    (event): Omit<OutboxRow, 'entryId'> => ({
      key: event.id,
      reviewId: event.data.id,
      destinationId,
      kind: isDeletion(event) ? 'deletion' : 'review',
      state: 'pending',
      dueAt,
      leasedUntil: 0,
      attempts: 0,
      reason: null,
      sequence: null,
      closes: [],
      event,
    }),
  );
  await database.transaction('rw', database.outbox, database.counters, async () => {
    await database.outbox.bulkAdd(rows);
    const changes = new Map<string, number>();
    for (const row of rows) countEntry(changes, row, 1);
    await addCounts(database, changes);
  });
}

/** Has these entries acknowledged, as a sender does. */
export async function acknowledged(
  database: CountersignDatabase,
  rows: readonly OutboxRow[],
  now = Date.parse('2026-11-21T12:00:00.000Z'),
): Promise<void> {
  for (const id of new Set(rows.map(({ destinationId }) => destinationId))) {
    const its = rows.filter(({ destinationId }) => destinationId === id);
    const destination = (await database.destinations.get(id)) ?? aDestinationRow({ id });
    const items = new Map(its.map(({ key }) => [key, { outcome: 'delivered' }] as const));
    const lease = { destination, rows: its, events: [], bytes: 2, until: 0 };
    await applyOutcomes(database, lease, { kind: 'items', items }, now, () => 0);
  }
}

/** How many entries are owed, delivered and dead: as counted anew, after checking that the counters say the same. */
export async function tally(
  database: CountersignDatabase,
  { allStored = false } = {},
): Promise<{ owed: number; delivered: number; dead: number }> {
  const tallied = { owed: 0, delivered: 0, dead: 0 };
  await database.outbox.each(({ state }) => {
    if (state === 'dead') tallied.dead += 1;
    else tallied.owed += 1;
  });
  // Tests may owe events of no stored revision, unless they say otherwise; else only what is stored here counts.
  const keys = new Set(await database.revisions.toCollection().primaryKeys());
  tallied.delivered = await database.ledger
    .filter(({ key, kind }) => kind === 'review' && ((keys.size === 0 && !allStored) || keys.has(key)))
    .count();
  const { owed, delivered, dead } = await counts(database);
  if (owed !== tallied.owed || delivered !== tallied.delivered || dead !== tallied.dead) {
    throw new Error(`counters say ${JSON.stringify({ owed, delivered, dead })}, rows ${JSON.stringify(tallied)}`);
  }
  return tallied;
}

export const destinationOf = async (database: CountersignDatabase, id = 'team'): Promise<DestinationRow> => {
  const row = await database.destinations.get(id);
  if (!row) throw new Error(`no destination ${id}`);
  return row;
};
