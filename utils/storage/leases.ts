/**
 * How delivery borrows outbox entries. An entry is leased, never removed, before its acknowledgement; everything that a
 * later sender must know is in the rows, so a sender may die at any point.
 */
import type { Connector, PrivacyLevel } from '../connectors/types.ts';
import type { CountersignDatabase, DestinationRow, OutboxRow } from './database.ts';
import { isMadeAt, levelOf } from './leaving.ts';
import { prepareOwed } from './outbox.ts';

/** How long an entry in flight belongs to its sender, in ms: three times the longest request. */
const LEASE_MS = 60_000;
/** The longest delay that anybody sets, in ms; a time further ahead means that the clock went back. */
export const LONGEST_DELAY_MS = 86_400_000;
/** Entries that are prepared before the next look: what is done is stored, should the worker die. */
const PREPARED_AT_ONCE = 20;

/** A batch in flight. `until` tells this lease from a later one of the same entries. */
export interface Lease {
  readonly destination: DestinationRow;
  readonly rows: readonly OutboxRow[];
  /** UTF-8 bytes of the events as a JSON array. */
  readonly bytes: number;
  readonly until: number;
}

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

/** Due entries that hold nothing, or something made at another level than the destination's. */
interface Unprepared {
  readonly unprepared: readonly OutboxRow[];
  readonly level: PrivacyLevel;
}

/**
 * Leases the next batch of a destination for `LEASE_MS`; null when nothing may be sent now: nothing due, the
 * destination is paused, gone, or not to be asked yet. Only what was made at the destination's level is leased: entries
 * that came before the destination or before a change of its level are prepared here, from the stored revision.
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
    await prepareOwed(database, next.unprepared.slice(0, PREPARED_AT_ONCE), next.level);
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
    if (plausible(destination.notBefore, now, LONGEST_DELAY_MS) > now) return null;
    const suspects = destination.suspects ?? 0;
    const items = suspects > 0 ? Math.ceil(suspects / 2) : limits.items;
    const due = await dueRows(database, destinationId, now, items);
    if (due.length === 0) return null;
    const level = levelOf(destination);
    const unprepared = due.filter(({ event }) => !isMadeAt(event, level));
    if (unprepared.length > 0) return { unprepared, level };
    const { rows, bytes } = fitting(due, Math.min(limits.bytes, destination.byteLimit ?? limits.bytes));
    const until = now + LEASE_MS;
    const leased = rows.map((row): OutboxRow => ({ ...row, state: 'leased', leasedUntil: until }));
    await database.outbox.bulkPut(leased);
    return { destination, rows: leased, bytes, until };
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
