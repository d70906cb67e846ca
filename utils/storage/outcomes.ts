/** What the outcome of a batch does to its outbox entries and to the destination, in one transaction. */
import type { BatchOutcome } from '../connectors/types.ts';
import { type Delay, sameTarget, settle } from '../delivery/settle.ts';
import type { Learnt } from '../delivery/types.ts';
import { deleteByKey, rowsByKey } from './close-rows.ts';
import { addCounts, type CountChanges, countEntry } from './counters.ts';
import type { CountersignDatabase, DestinationRow, LedgerRow, OutboxRow } from './database.ts';
import type { Lease } from './leases.ts';
import { madeAt } from './leaving.ts';

/** What the ledger keeps of an entry that was acknowledged. */
function ledgerRow(row: OutboxRow, { name, url }: DestinationRow, now: number): LedgerRow {
  const { entryId, key, reviewId, destinationId, kind, sequence } = row;
  return {
    ...{ entryId, key, reviewId, destinationId, kind, sequence },
    destinationName: name,
    destinationOrigin: URL.canParse(url) ? new URL(url).origin : url,
    level: row.event && madeAt(row.event),
    attempt: row.attempts + 1,
    deliveredAt: new Date(now).toISOString(),
  };
}

/**
 * The entries of a batch as they are now, undefined where one is gone. Most batches are accepted whole and nobody touched
 * them meanwhile: their keys show that, and a key is a fraction of what an entry holds.
 */
async function currentRows(
  { outbox }: CountersignDatabase,
  { rows, until }: Lease,
  outcome: BatchOutcome,
): Promise<readonly (OutboxRow | undefined)[]> {
  if (outcome.kind === 'items' && rows.every(({ key }) => outcome.items.get(key)?.outcome === 'delivered')) {
    const leased = new Set(await outbox.where('[state+leasedUntil]').equals(['leased', until]).primaryKeys());
    if (rows.every(({ entryId }) => leased.has(entryId))) return rows;
  }
  const entryIds = rows.map((row) => row.entryId);
  return rowsByKey(outbox, entryIds, (row) => row.entryId);
}

/**
 * Applies what a reply meant, in one transaction: the entries, the ledger, the destination's state and the counters.
 * Entries deleted meanwhile stay deleted; a destination changed meanwhile keeps its new state.
 */
export function applyOutcomes(
  database: CountersignDatabase,
  lease: Lease,
  outcome: BatchOutcome,
  now: number,
  delay: Delay,
  learnt?: Learnt,
): Promise<void> {
  const { outbox, ledger, destinations, counters } = database;
  return database.transaction('rw', [outbox, ledger, destinations, counters], async () => {
    const current = await currentRows(database, lease, outcome);
    const destination = await destinations.get(lease.destination.id);
    const same = destination !== undefined && sameTarget(destination, lease.destination);
    const settled = settle(outcome, lease, current, same ? destination : null, now, delay, learnt);
    if (same) await destinations.put({ ...destination, ...settled.destination });
    const counts: CountChanges = new Map();
    for (const { before, after } of settled.changed) {
      countEntry(counts, before, -1);
      countEntry(counts, after, 1);
    }
    // Ids of entries that leave the outbox.
    const gone = new Set<number>();
    for (const { current: row } of settled.delivered) {
      if (!row) continue;
      countEntry(counts, row, -1);
      gone.add(row.entryId);
    }
    const acknowledged = settled.delivered.map(({ sent }) => sent);
    const pairs = acknowledged.map(({ key, destinationId }): [string, string] => [key, destinationId]);
    const known = await rowsByKey(ledger, pairs, ({ key, destinationId }): [string, string] => [key, destinationId]);
    const accepted = acknowledged.filter((_, index) => known[index] === undefined);
    // What was deleted meanwhile is in the ledger, but no delivery of anything that is stored here.
    for (const { entryId, kind, destinationId } of accepted) {
      if (kind === 'review' && gone.has(entryId)) countEntry(counts, { destinationId, state: 'delivered' }, 1);
    }
    await ledger.bulkPut(accepted.map((row) => ledgerRow(row, lease.destination, now)));
    await deleteByKey(outbox, [...gone]);
    await outbox.bulkPut(settled.changed.map(({ after }) => after));
    await addCounts(database, counts);
  });
}
