/** When the outbox has something to do, by a clock that may have gone back since. */
import type { CountersignDatabase, DestinationRow, OutboxRow } from './database.ts';

/** How long an entry in flight belongs to its sender, in ms: three times the longest request. */
export const LEASE_MS = 60_000;
/** The longest delay of a whole destination, in ms; a time further ahead means that the clock went back. */
export const LONGEST_DELAY_MS = 86_400_000;
/** The longest delay of one entry, in ms: the longest backoff. */
export const LONGEST_WAIT_MS = 3_600_000;

/** A time that a delay of at most `longest` can have set, else `now`: the clock went back since. */
export const plausible = (time: number, now: number, longest: number) => (time > now + longest ? now : time);

/** When a destination may next be asked, by a clock that may have gone back since. */
export function askableAt({ notBefore, waitingSince }: DestinationRow, now: number): number {
  const wentBack = waitingSince !== undefined && now < waitingSince;
  return wentBack ? now : plausible(notBefore, now, LONGEST_DELAY_MS);
}

/** Entries of a destination in one state whose time lies between these, earliest first. */
export const between = (
  { outbox }: CountersignDatabase,
  [id, state]: readonly [id: string, state: OutboxRow['state']],
  from: number,
  to: number,
) => outbox.where('[destinationId+state+dueAt]').between([id, state, from], [id, state, to], true, true);

/** When the outbox next has something to do, in ms since 1970; null when time alone changes nothing. */
export function nextDueAt(database: CountersignDatabase, now: number): Promise<number | null> {
  return database.transaction('r', database.outbox, database.destinations, async () => {
    const times: number[] = [];
    for (const destination of await database.destinations.toArray()) {
      if (destination.pausedBecause !== null) continue;
      const [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      const pending = [destination.id, 'pending'] as const;
      const first =
        (await between(database, pending, now + LONGEST_WAIT_MS + 1, to).first()) ??
        (await between(database, pending, from, now + LONGEST_WAIT_MS).first());
      if (first) times.push(Math.max(plausible(first.dueAt, now, LONGEST_WAIT_MS), askableAt(destination, now)));
      const leased = await between(database, [destination.id, 'leased'], from, to).first();
      if (leased) times.push(plausible(leased.leasedUntil, now, LEASE_MS));
    }
    return times.length === 0 ? null : Math.min(...times);
  });
}
