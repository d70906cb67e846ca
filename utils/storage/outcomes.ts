/** What the outcome of a batch does to its outbox entries and to the destination, in one transaction. */
import type { BatchOutcome } from '../connectors/types.ts';
import { deleteByKey, rowsByKey } from './close-rows.ts';
import { addCounts, type CountChanges, countEntry } from './counters.ts';
import type { CountersignDatabase, DestinationRow, LedgerRow, OutboxRow } from './database.ts';
import { LONGEST_DELAY_MS } from './due.ts';
import type { Lease } from './leases.ts';
import { madeAt } from './leaving.ts';

/** The most of a reason that is kept, in UTF-16 code units. */
const REASON_LIMIT = 500;

/** ms to wait before the attempt after `failures` (1 or more) failed ones. */
export type Delay = (failures: number) => number;

/** Whether the destination is still the one that the batch was sent to. */
const sameTarget = (a: DestinationRow, b: DestinationRow) =>
  a.url === b.url &&
  a.token === b.token &&
  a.secret === b.secret &&
  a.connector === b.connector &&
  JSON.stringify(a.options ?? {}) === JSON.stringify(b.options ?? {});

/** What a reply told besides the fate of its batch. */
export interface Learnt {
  /** ms to leave the destination alone, as its rate limit asks; 0 where it asks nothing. */
  readonly paceMs: number;
  /** Whether it takes bodies packed with gzip; null where it did not say. */
  readonly takesGzip: boolean | null;
}

const NOTHING: Learnt = { paceMs: 0, takesGzip: null };

/** Gathers the changes to a leased batch, and what they do to the counters. */
class Changes {
  readonly rows: OutboxRow[] = [];
  /** Ids of entries that leave the outbox. */
  readonly gone: number[] = [];
  readonly accepted: OutboxRow[] = [];
  readonly counts: CountChanges = new Map();

  private change(row: OutboxRow, change: Partial<OutboxRow>): void {
    const next = { ...row, leasedUntil: 0, ...change };
    countEntry(this.counts, row, -1);
    countEntry(this.counts, next, 1);
    this.rows.push(next);
  }

  /** The endpoint has it, whatever became of lease and entry meanwhile. */
  deliver(sent: OutboxRow, current: OutboxRow | undefined): void {
    this.accepted.push(sent);
    if (!current) return;
    countEntry(this.counts, current, -1);
    this.gone.push(current.entryId);
  }

  bury(row: OutboxRow, reason: string): void {
    if (row.state === 'dead') return;
    this.change(row, { state: 'dead', reason: reason.slice(0, REASON_LIMIT), attempts: row.attempts + 1 });
  }

  /** Back in the queue, if it is still ours; `change` says what was learnt. */
  giveBack(row: OutboxRow, lease: Lease, change: Partial<OutboxRow> = {}): void {
    if (row.state !== 'leased' || row.leasedUntil !== lease.until) return;
    this.change(row, { state: 'pending', ...change });
  }
}

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

/** What an outcome does to the destination's row; the entries' changes are gathered in `changes`. */
function apply(
  outcome: BatchOutcome,
  lease: Lease,
  current: readonly (OutboxRow | undefined)[],
  destination: DestinationRow,
  changes: Changes,
  now: number,
  delay: Delay,
): Partial<DestinationRow> {
  const rows = current.filter((row) => row !== undefined);
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
      for (const [index, sent] of lease.rows.entries()) {
        const row = current[index];
        const item = outcome.items.get(sent.key);
        delivered ||= item?.outcome === 'delivered';
        if (item?.outcome === 'delivered') changes.deliver(sent, row);
        else if (!row) continue;
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

/** The destination's own state after a reply, with the time that a wait began, by which a clock set back is recognised. */
function paced(change: Partial<DestinationRow>, { paceMs, takesGzip }: Learnt, now: number): Partial<DestinationRow> {
  const until = paceMs > 0 && change.pausedBecause === undefined ? now + Math.min(paceMs, LONGEST_DELAY_MS) : 0;
  const notBefore = Math.max(change.notBefore ?? 0, until);
  return {
    ...change,
    ...(notBefore > 0 ? { notBefore, waitingSince: now } : {}),
    ...(takesGzip === null ? {} : { takesGzip }),
  };
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
  learnt: Learnt = NOTHING,
): Promise<void> {
  const { outbox, ledger, destinations, counters } = database;
  return database.transaction('rw', [outbox, ledger, destinations, counters], async () => {
    const entryIds = lease.rows.map((row) => row.entryId);
    const current = await rowsByKey(outbox, entryIds, (row) => row.entryId);
    const destination = await destinations.get(lease.destination.id);
    const changes = new Changes();
    if (destination && sameTarget(destination, lease.destination)) {
      const change = apply(outcome, lease, current, destination, changes, now, delay);
      await destinations.put({ ...destination, ...paced(change, learnt, now) });
    } else {
      for (const [index, sent] of lease.rows.entries()) {
        const row = current[index];
        const delivered = outcome.kind === 'items' && outcome.items.get(sent.key)?.outcome === 'delivered';
        if (delivered) changes.deliver(sent, row);
        else if (row) changes.giveBack(row, lease);
      }
    }
    const pairs = changes.accepted.map(({ key, destinationId }): [string, string] => [key, destinationId]);
    const known = await rowsByKey(ledger, pairs, ({ key, destinationId }): [string, string] => [key, destinationId]);
    const accepted = changes.accepted.filter((_, index) => known[index] === undefined);
    // What was deleted meanwhile is in the ledger, but no delivery of anything that is stored here.
    const gone = new Set(changes.gone);
    for (const { entryId, kind, destinationId } of accepted) {
      if (kind === 'review' && gone.has(entryId)) countEntry(changes.counts, { destinationId, state: 'delivered' }, 1);
    }
    await ledger.bulkPut(accepted.map((row) => ledgerRow(row, lease.destination, now)));
    await deleteByKey(outbox, changes.gone);
    await outbox.bulkPut(changes.rows);
    await addCounts(database, changes.counts);
  });
}
