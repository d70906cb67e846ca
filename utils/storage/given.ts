/** What destinations were given, or may have been given: what a tombstone must follow, and what cannot be undone. */
import type { CountersignDatabase, OutboxRow } from './database.ts';

/**
 * Whether an entry may have reached its destination. The number is given with the first lease; entries from before there
 * were numbers show it by a lease, an attempt, or the reason of one. A dead entry that was never sent was withheld.
 */
export function mayBeGiven({ state, sequence, attempts, reason }: OutboxRow): boolean {
  return sequence !== null || attempts > 0 || state === 'leased' || (state === 'pending' && reason !== null);
}

/** Whether any destination has acknowledged this key. */
export async function givenKey(database: CountersignDatabase, key: string): Promise<boolean> {
  const known = database.ledger.where('[key+destinationId]').between([key, ''], [key, '\uffff']);
  return (await known.limit(1).primaryKeys()).length > 0;
}
