/** What became of reviews as a whole. */
import type { DeliveryState } from '../review/query.ts';
import type { CountersignDatabase, OutboxRow } from './database.ts';

function stateOf(states: ReadonlySet<OutboxRow['state']> | undefined): DeliveryState {
  if (!states) return 'none';
  if (states.has('dead')) return 'dead';
  return states.has('pending') || states.has('leased') ? 'pending' : 'delivered';
}

/** The delivery of each review as one word; one cursor over index keys, which never reads an entry. */
export async function deliveryStates(
  database: CountersignDatabase,
  reviewIds: readonly string[],
): Promise<Map<string, DeliveryState>> {
  const ranges = [...new Set(reviewIds)].sort().map((id) => [
    [id, ''],
    [id, '\uffff'],
  ]);
  const states = new Map<string, Set<OutboxRow['state']>>();
  await database.outbox
    .where('[reviewId+state]')
    .inAnyRange(ranges as never)
    .eachUniqueKey((key) => {
      const [id, state] = key as unknown as [string, OutboxRow['state']];
      states.set(id, (states.get(id) ?? new Set()).add(state));
    });
  return new Map(reviewIds.map((id) => [id, stateOf(states.get(id))]));
}
