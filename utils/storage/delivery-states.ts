/** What became of reviews as a whole. */
import type { DeliveryState } from '../review/query.ts';
import type { CountersignDatabase, OutboxRow } from './database.ts';

function stateOf(states: ReadonlySet<OutboxRow['state']> | undefined, delivered: boolean): DeliveryState {
  if (states) return states.has('dead') ? 'dead' : 'pending';
  return delivered ? 'delivered' : 'none';
}

/** The delivery of each review as one word; two cursors over index keys, which never read an entry. */
export async function deliveryStates(
  database: CountersignDatabase,
  reviewIds: readonly string[],
): Promise<Map<string, DeliveryState>> {
  const ranges = [...new Set(reviewIds)].sort().map((id) => [
    [id, ''],
    [id, '\uffff'],
  ]) as never;
  const states = new Map<string, Set<OutboxRow['state']>>();
  const owed = database.outbox
    .where('[reviewId+state]')
    .inAnyRange(ranges)
    .eachUniqueKey((key) => {
      const [id, state] = key as unknown as [string, OutboxRow['state']];
      states.set(id, (states.get(id) ?? new Set()).add(state));
    });
  const delivered = new Set<string>();
  const acknowledged = database.ledger
    .where('[reviewId+destinationId]')
    .inAnyRange(ranges)
    .eachUniqueKey((key) => {
      delivered.add((key as unknown as [string, string])[0]);
    });
  await Promise.all([owed, acknowledged]);
  return new Map(reviewIds.map((id) => [id, stateOf(states.get(id), delivered.has(id))]));
}
