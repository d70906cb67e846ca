/**
 * How delivery borrows outbox entries. An entry is leased, never removed, before its acknowledgement; everything that a
 * later sender must know is in the rows, so a sender may die at any point.
 */
import type { Connector } from '../connectors/types.ts';
import { mostItems, nextBatch } from '../delivery/batch.ts';
import { askableAt, LEASE_MS, LONGEST_WAIT_MS, plausible } from '../delivery/times.ts';
import type { InFlight } from '../delivery/types.ts';
import type { WireEvent } from '../review/wire.ts';
import type { CountersignDatabase, DestinationRow, OutboxRow } from './database.ts';
import { between } from './due.ts';
import { isMadeFor } from './leaving.ts';
import { prepareOwed } from './outbox.ts';
import { type Share, shareOf } from './shares.ts';

/** Entries that are prepared before the next look: what is done is stored, should the worker die. */
const PREPARED_AT_ONCE = 50;

/** A batch in flight. */
export interface Lease extends InFlight<OutboxRow> {
  readonly destination: DestinationRow;
  /** What is sent: the events of the rows, each with its place in the destination's stream. */
  readonly events: readonly WireEvent[];
}

/** The entries that are due, oldest first; those that only a clock set back keeps waiting come last. */
async function dueRows(database: CountersignDatabase, id: string, now: number, limit: number): Promise<OutboxRow[]> {
  const pending = (from: number, to: number, most: number) =>
    between(database, [id, 'pending'], from, to).limit(most).toArray();
  const due = await pending(Number.NEGATIVE_INFINITY, now, limit);
  if (due.length >= limit) return due;
  return [...due, ...(await pending(now + LONGEST_WAIT_MS + 1, Number.POSITIVE_INFINITY, limit - due.length))];
}

/** Due entries that hold nothing, or something made for another share than the destination's. */
interface Unprepared {
  readonly unprepared: readonly OutboxRow[];
  readonly share: Share;
}

/**
 * Leases the next batch of a destination for `LEASE_MS`; null when nothing may be sent now: nothing due, the
 * destination is paused, gone, or not to be asked yet. Only what was made for the destination's share is leased:
 * entries that came before the destination or before a change of its share are prepared here, from the stored revision.
 */
export async function leaseBatch(
  database: CountersignDatabase,
  destinationId: string,
  limits: Connector['limits'],
  now: number,
): Promise<Lease | null> {
  for (;;) {
    const next = await lease(database, destinationId, limits, now);
    if (next === null || 'rows' in next) return next;
    await prepareOwed(database, next.unprepared.slice(0, PREPARED_AT_ONCE), next.share);
  }
}

function lease(
  database: CountersignDatabase,
  destinationId: string,
  limits: Connector['limits'],
  now: number,
): Promise<Lease | Unprepared | null> {
  return database.transaction('rw', database.outbox, database.destinations, async () => {
    const destination = await database.destinations.get(destinationId);
    if (!destination || destination.pausedBecause !== null) return null;
    if (askableAt(destination, now) > now) return null;
    const due = await dueRows(database, destinationId, now, mostItems(destination, limits));
    if (due.length === 0) return null;
    const share = shareOf(destination);
    const unprepared = due.filter(({ event }) => !isMadeFor(event, share));
    if (unprepared.length > 0) return { unprepared, share };
    const batch = nextBatch(destination, due, limits);
    const until = now + LEASE_MS;
    const rows = batch.rows.map((row): OutboxRow => ({ ...row, state: 'leased', leasedUntil: until }));
    await database.outbox.bulkPut(rows);
    const sender = { ...destination, ...batch.numbering };
    await database.destinations.put(sender);
    return { destination: sender, rows, events: batch.events, bytes: batch.bytes, until };
  });
}

/** Makes a destination's entries pending again whose sender died in flight; answers how many. */
export function releaseExpired(database: CountersignDatabase, destinationId: string, now: number): Promise<number> {
  return database.transaction('rw', database.outbox, async () => {
    const leased = await between(
      database,
      [destinationId, 'leased'],
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    )
      .filter(({ leasedUntil }) => plausible(leasedUntil, now, LEASE_MS) <= now)
      .toArray();
    await database.outbox.bulkPut(leased.map((row): OutboxRow => ({ ...row, state: 'pending', leasedUntil: 0 })));
    return leased.length;
  });
}

/** Forgets every backoff and pause, of the entries too, at the user's word. The undo window of new entries stays. */
export function resumeDestinations(database: CountersignDatabase, now: number): Promise<void> {
  return database.transaction('rw', database.outbox, database.destinations, async () => {
    for (const destination of await database.destinations.toArray()) {
      if (destination.unconfirmed) continue;
      await database.destinations.put({ ...destination, pausedBecause: null, notBefore: 0, failures: 0 });
      await between(database, [destination.id, 'pending'], now + 1, Number.POSITIVE_INFINITY)
        .filter((row) => row.attempts > 0)
        .modify({ dueAt: now });
    }
  });
}
