/** When the outbox has something to do, by a clock that may have gone back since. */
import { askableAt, LEASE_MS, LONGEST_WAIT_MS, plausible } from '../delivery/times.ts';
import type { CountersignDatabase, OutboxRow } from './database.ts';

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
