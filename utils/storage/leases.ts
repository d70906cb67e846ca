/**
 * How delivery borrows outbox entries. An entry is leased, never removed, before its acknowledgement; everything that a
 * later sender must know is in the rows, so a sender may die at any point.
 */
import type { Connector } from '../connectors/types.ts';
import { inPlace, MOST_CLOSED, type WireEvent } from '../review/wire.ts';
import type { CountersignDatabase, DestinationRow, OutboxRow } from './database.ts';
import { askableAt, between, LEASE_MS, LONGEST_WAIT_MS, plausible } from './due.ts';
import { isMadeFor } from './leaving.ts';
import { prepareOwed } from './outbox.ts';
import { type Share, shareOf } from './shares.ts';

/** Entries that are prepared before the next look: what is done is stored, should the worker die. */
const PREPARED_AT_ONCE = 50;

/** A batch in flight. `until` tells this lease from a later one of the same entries. */
export interface Lease {
  readonly destination: DestinationRow;
  readonly rows: readonly OutboxRow[];
  /** What is sent: the events of the rows, each with its place in the destination's stream. */
  readonly events: readonly WireEvent[];
  /** UTF-8 bytes of the events as a JSON array. */
  readonly bytes: number;
  readonly until: number;
}

const utf8 = new TextEncoder();
const bytesOf = (event: WireEvent) => utf8.encode(JSON.stringify(event)).length;

/** The entries that are due, oldest first; those that only a clock set back keeps waiting come last. */
async function dueRows(database: CountersignDatabase, id: string, now: number, limit: number): Promise<OutboxRow[]> {
  const pending = (from: number, to: number, most: number) =>
    between(database, [id, 'pending'], from, to).limit(most).toArray();
  const due = await pending(Number.NEGATIVE_INFINITY, now, limit);
  if (due.length >= limit) return due;
  return [...due, ...(await pending(now + LONGEST_WAIT_MS + 1, Number.POSITIVE_INFINITY, limit - due.length))];
}

/** An entry with what is sent of it. */
interface Numbered {
  readonly row: OutboxRow & { readonly sequence: number };
  readonly event: WireEvent;
}

/**
 * Gives those entries their number that have none, which is every entry that was never sent: numbers follow the order of
 * sending, and none is skipped. The first of them also closes numbers that will not come any more.
 */
function numbered({ stream, lastSequence, closing }: DestinationRow, rows: readonly OutboxRow[]): Numbered[] {
  let last = lastSequence;
  let closes = closing.slice(0, MOST_CLOSED);
  return rows.flatMap((row) => {
    const { event } = row;
    if (event === null) return [];
    let { sequence } = row;
    if (sequence !== null) return [{ row: { ...row, sequence }, event: inPlace(event, { ...row, stream, sequence }) }];
    last += 1;
    sequence = last;
    const next = { ...row, sequence, closes };
    closes = [];
    return [{ row: next, event: inPlace(event, { ...next, stream }) }];
  });
}

/** As many of these, from the front, as `bytes` allow, and at least one. */
function fitting(entries: readonly Numbered[], bytes: number): { taken: Numbered[]; bytes: number } {
  const taken: Numbered[] = [];
  let total = 2;
  for (const entry of entries) {
    const more = bytesOf(entry.event) + (taken.length > 0 ? 1 : 0);
    if (taken.length > 0 && total + more > bytes) break;
    taken.push(entry);
    total += more;
  }
  return { taken, bytes: total };
}

/** What of a destination changes when these entries are sent: the last number given, and what is still to be closed. */
function given({ lastSequence, closing }: DestinationRow, due: readonly OutboxRow[], taken: readonly Numbered[]) {
  const carries = due.slice(0, taken.length).some(({ sequence }) => sequence === null);
  return {
    lastSequence: Math.max(lastSequence, ...taken.map(({ row }) => row.sequence)),
    closing: carries ? closing.slice(MOST_CLOSED) : closing,
  };
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
    const suspects = destination.suspects ?? 0;
    const items = suspects > 0 ? Math.ceil(suspects / 2) : limits.items;
    const due = await dueRows(database, destinationId, now, items);
    if (due.length === 0) return null;
    const share = shareOf(destination);
    const unprepared = due.filter(({ event }) => !isMadeFor(event, share));
    if (unprepared.length > 0) return { unprepared, share };
    const most = Math.min(limits.bytes, destination.byteLimit ?? limits.bytes);
    const { taken, bytes } = fitting(numbered(destination, due), most);
    const until = now + LEASE_MS;
    const rows = taken.map(({ row }): OutboxRow => ({ ...row, state: 'leased', leasedUntil: until }));
    await database.outbox.bulkPut(rows);
    const sender = { ...destination, ...given(destination, due, taken) };
    await database.destinations.put(sender);
    return { destination: sender, rows, events: taken.map(({ event }) => event), bytes, until };
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
