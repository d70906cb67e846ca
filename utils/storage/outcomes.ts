/** What the outcome of a batch does to its outbox entries and to the destination, in one transaction. */
import type { BatchOutcome } from '../connectors/types.ts';
import { addCounts, type CountChanges, countEntry } from './counters.ts';
import type { CountersignDatabase, DestinationRow, OutboxRow } from './database.ts';
import { type Lease, LONGEST_DELAY_MS } from './leases.ts';

/** The most of a reason that is kept, in UTF-16 code units. */
const REASON_LIMIT = 500;

/** ms to wait before the attempt after `failures` (1 or more) failed ones. */
export type Delay = (failures: number) => number;

/** Whether the destination is still the one that the batch was sent to. */
const sameTarget = (a: DestinationRow, b: DestinationRow) =>
  a.url === b.url && a.token === b.token && a.secret === b.secret && a.connector === b.connector;

/** Gathers the changes to a leased batch, and what they do to the counters. */
class Changes {
  readonly rows: OutboxRow[] = [];
  readonly counts: CountChanges = new Map();

  private change(row: OutboxRow, change: Partial<OutboxRow>): void {
    const next = { ...row, leasedUntil: 0, ...change };
    countEntry(this.counts, row, -1);
    countEntry(this.counts, next, 1);
    this.rows.push(next);
  }

  /** The endpoint has it, whatever became of the lease meanwhile. */
  deliver(row: OutboxRow, now: number): void {
    if (row.state === 'delivered') return;
    this.change(row, { state: 'delivered', event: null, reason: null, deliveredAt: new Date(now).toISOString() });
  }

  bury(row: OutboxRow, reason: string): void {
    if (row.state !== 'leased' && row.state !== 'pending') return;
    this.change(row, { state: 'dead', reason: reason.slice(0, REASON_LIMIT), attempts: row.attempts + 1 });
  }

  /** Back in the queue, if it is still ours; `change` says what was learnt. */
  giveBack(row: OutboxRow, lease: Lease, change: Partial<OutboxRow> = {}): void {
    if (row.state !== 'leased' || row.leasedUntil !== lease.until) return;
    this.change(row, { state: 'pending', ...change });
  }
}

/** What an outcome does to the destination's row; the entries' changes are gathered in `changes`. */
function apply(
  outcome: BatchOutcome,
  lease: Lease,
  rows: readonly OutboxRow[],
  destination: DestinationRow,
  changes: Changes,
  now: number,
  delay: Delay,
): Partial<DestinationRow> {
  const single = lease.rows.length === 1;
  const backOff = (retryAfterMs: number | null, reason: string): Partial<DestinationRow> => {
    for (const row of rows) {
      changes.giveBack(row, lease, { attempts: row.attempts + 1, reason: reason.slice(0, REASON_LIMIT) });
    }
    const failures = destination.failures + 1;
    return { failures, notBefore: now + Math.min(retryAfterMs ?? delay(failures), LONGEST_DELAY_MS) };
  };
  switch (outcome.kind) {
    case 'items': {
      const unnamed = 'The endpoint did not name this review in its answer.';
      if (!lease.rows.some((row) => outcome.items.has(row.key))) return backOff(null, unnamed);
      let delivered = false;
      for (const row of rows) {
        const item = outcome.items.get(row.key);
        delivered ||= item?.outcome === 'delivered';
        if (item?.outcome === 'delivered') changes.deliver(row, now);
        else if (item?.outcome === 'dead') changes.bury(row, item.reason);
        else {
          const attempts = row.attempts + 1;
          changes.giveBack(row, lease, { attempts, reason: unnamed, dueAt: now + delay(attempts) });
        }
      }
      return {
        failures: 0,
        notBefore: 0,
        suspects: Math.max(0, (destination.suspects ?? 0) - lease.rows.length),
        ...(delivered ? { lastDeliveredAt: new Date(now).toISOString() } : {}),
      };
    }
    case 'too-large':
      if (single) {
        const size = Math.ceil(lease.bytes / 1024);
        for (const row of rows) changes.bury(row, `The endpoint refused this review as too large (${size} KB).`);
        return { failures: 0, notBefore: 0 };
      }
      for (const row of rows) changes.giveBack(row, lease);
      return { failures: 0, notBefore: 0, byteLimit: Math.max(1, Math.floor(lease.bytes / 2)) };
    case 'invalid':
      if (single) {
        for (const row of rows) changes.bury(row, outcome.reason);
        return { failures: 0, notBefore: 0, suspects: 0 };
      }
      for (const row of rows) changes.giveBack(row, lease);
      return { failures: 0, notBefore: 0, suspects: lease.rows.length };
    case 'later':
      return backOff(outcome.retryAfterMs, outcome.reason);
    case 'pause': {
      const reason = outcome.reason.slice(0, REASON_LIMIT);
      for (const row of rows) changes.giveBack(row, lease, { reason });
      return { pausedBecause: reason };
    }
  }
}

/**
 * Applies what a reply meant, in one transaction: the entries, the destination's state and the counters.
 * Entries deleted meanwhile stay deleted; a destination changed meanwhile keeps its new state.
 */
export function applyOutcomes(
  database: CountersignDatabase,
  lease: Lease,
  outcome: BatchOutcome,
  now: number,
  delay: Delay,
): Promise<void> {
  return database.transaction('rw', database.outbox, database.destinations, database.counters, async () => {
    const current = await database.outbox.bulkGet(lease.rows.map((row) => row.entryId));
    const rows = current.filter((row) => row !== undefined);
    const destination = await database.destinations.get(lease.destination.id);
    const changes = new Changes();
    if (destination && sameTarget(destination, lease.destination)) {
      const change = apply(outcome, lease, rows, destination, changes, now, delay);
      await database.destinations.put({ ...destination, ...change });
    } else {
      for (const row of rows) {
        const delivered = outcome.kind === 'items' && outcome.items.get(row.key)?.outcome === 'delivered';
        if (delivered) changes.deliver(row, now);
        else changes.giveBack(row, lease);
      }
    }
    await database.outbox.bulkPut(changes.rows);
    await addCounts(database, changes.counts);
  });
}
