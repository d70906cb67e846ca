/**
 * What delivery does to the outbox: lease, apply outcomes, release. An entry is leased, never removed, before its
 * acknowledgement; everything that a later sender must know is in the rows, so a sender may die at any point.
 */
import type { BatchOutcome, Connector } from '../connectors/types.ts';
import { addCounts, type CountChanges, countEntry } from './counters.ts';
import type { CountersignDatabase, DestinationRow, OutboxRow } from './database.ts';

/** How long an entry in flight belongs to its sender, in ms: three times the longest request. */
export const LEASE_MS = 60_000;
/** The longest delay that anybody sets, in ms; a time further ahead means that the clock went back. */
export const LONGEST_DELAY_MS = 86_400_000;
/** The most of a reason that is kept, in UTF-16 code units. */
export const REASON_LIMIT = 500;

/** A batch in flight. `until` tells this lease from a later one of the same entries. */
export interface Lease {
  readonly destination: DestinationRow;
  readonly rows: readonly OutboxRow[];
  /** UTF-8 bytes of the events as a JSON array. */
  readonly bytes: number;
  readonly until: number;
}

/** ms to wait before the attempt after `failures` (1 or more) failed ones. */
export type Delay = (failures: number) => number;

const utf8 = new TextEncoder();
const bytesOf = (row: OutboxRow) => utf8.encode(JSON.stringify(row.event)).length;

/** A time that a delay of at most `longest` can have set, else `now`: the clock went back since. */
const plausible = (time: number, now: number, longest: number) => (time > now + longest ? now : time);

/** The entries that are due, oldest first; those that only a clock set back keeps waiting come last. */
async function dueRows(database: CountersignDatabase, id: string, now: number, limit: number): Promise<OutboxRow[]> {
  const between = (from: number, to: number, most: number) =>
    database.outbox
      .where('[destinationId+state+dueAt]')
      .between([id, 'pending', from], [id, 'pending', to], true, true)
      .limit(most)
      .toArray();
  const due = await between(Number.NEGATIVE_INFINITY, now, limit);
  if (due.length >= limit) return due;
  return [...due, ...(await between(now + LONGEST_DELAY_MS + 1, Number.POSITIVE_INFINITY, limit - due.length))];
}

/** As many of the rows, from the front, as `bytes` allow, and at least one. */
function fitting(rows: readonly OutboxRow[], bytes: number): { rows: OutboxRow[]; bytes: number } {
  const taken: OutboxRow[] = [];
  let total = 2;
  for (const row of rows) {
    const more = bytesOf(row) + (taken.length > 0 ? 1 : 0);
    if (taken.length > 0 && total + more > bytes) break;
    taken.push(row);
    total += more;
  }
  return { rows: taken, bytes: total };
}

/**
 * Leases the next batch of a destination for `LEASE_MS`; null when nothing may be sent now: nothing due, the
 * destination is paused, gone, or not to be asked yet.
 */
export function leaseBatch(
  database: CountersignDatabase,
  destinationId: string,
  limits: Connector['limits'],
  now: number,
): Promise<Lease | null> {
  return database.transaction('rw', database.outbox, database.destinations, async () => {
    const destination = await database.destinations.get(destinationId);
    if (!destination || destination.pausedBecause !== null) return null;
    if (plausible(destination.notBefore, now, LONGEST_DELAY_MS) > now) return null;
    const suspects = destination.suspects ?? 0;
    const items = suspects > 0 ? Math.max(1, Math.floor(suspects / 2)) : limits.items;
    const due = await dueRows(database, destinationId, now, items);
    if (due.length === 0) return null;
    const { rows, bytes } = fitting(due, Math.min(limits.bytes, destination.byteLimit ?? limits.bytes));
    const until = now + LEASE_MS;
    const leased = rows.map((row): OutboxRow => ({ ...row, state: 'leased', leasedUntil: until }));
    await database.outbox.bulkPut(leased);
    return { destination, rows: leased, bytes, until };
  });
}

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

/** Makes entries pending again whose sender died in flight; answers how many. */
export function releaseExpired(database: CountersignDatabase, now: number): Promise<number> {
  return database.transaction('rw', database.outbox, async () => {
    const leased = (from: number, to: number) =>
      database.outbox.where('[state+leasedUntil]').between(['leased', from], ['leased', to], true, true).toArray();
    const expired = [
      ...(await leased(Number.NEGATIVE_INFINITY, now)),
      ...(await leased(now + LEASE_MS + 1, Number.POSITIVE_INFINITY)),
    ];
    await database.outbox.bulkPut(expired.map((row): OutboxRow => ({ ...row, state: 'pending', leasedUntil: 0 })));
    return expired.length;
  });
}

/** Forgets every backoff and pause, of the entries too, at the user's word. The undo window of new entries stays. */
export function resumeDestinations(database: CountersignDatabase, now: number): Promise<void> {
  return database.transaction('rw', database.outbox, database.destinations, async () => {
    for (const destination of await database.destinations.toArray()) {
      await database.destinations.put({ ...destination, pausedBecause: null, notBefore: 0, failures: 0 });
      await database.outbox
        .where('[destinationId+state+dueAt]')
        .between([destination.id, 'pending', now], [destination.id, 'pending', Number.POSITIVE_INFINITY], false, true)
        .filter((row) => row.attempts > 0)
        .modify({ dueAt: now });
    }
  });
}

/** When the outbox next has something to do, in ms since 1970; null when time alone changes nothing. */
export function nextDueAt(database: CountersignDatabase, now: number): Promise<number | null> {
  return database.transaction('r', database.outbox, database.destinations, async () => {
    const times: number[] = [];
    for (const destination of await database.destinations.toArray()) {
      if (destination.pausedBecause !== null) continue;
      const range = (from: number, to: number) =>
        database.outbox
          .where('[destinationId+state+dueAt]')
          .between([destination.id, 'pending', from], [destination.id, 'pending', to], true, true)
          .first();
      const first =
        (await range(now + LONGEST_DELAY_MS + 1, Number.POSITIVE_INFINITY)) ??
        (await range(Number.NEGATIVE_INFINITY, now + LONGEST_DELAY_MS));
      if (!first) continue;
      const dueAt = plausible(first.dueAt, now, LONGEST_DELAY_MS);
      times.push(Math.max(dueAt, plausible(destination.notBefore, now, LONGEST_DELAY_MS)));
    }
    const [leased] = await database.outbox
      .where('[state+leasedUntil]')
      .between(['leased', Number.NEGATIVE_INFINITY], ['leased', Number.POSITIVE_INFINITY], true, true)
      .limit(1)
      .toArray();
    if (leased) times.push(plausible(leased.leasedUntil, now, LEASE_MS));
    return times.length === 0 ? null : Math.min(...times);
  });
}
