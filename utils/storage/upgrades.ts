/** From each version of the database to the next. Tested from dumps of real databases of every earlier version. */
import type { Transaction } from 'dexie';
import type { DestinationRow, LedgerRow, OutboxRow } from './database.ts';

const originOf = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);

/** An outbox entry before version 3, where what was delivered stayed. */
type EarlierRow = Omit<OutboxRow, 'state' | 'kind' | 'sequence' | 'closes'> & {
  state: OutboxRow['state'] | 'delivered';
  deliveredAt?: string | null;
};

let running = 0;

/** Whether this context is bringing its database up to date now. */
export const isUpgrading = () => running > 0;

async function counted<T>(upgrade: () => Promise<T>): Promise<T> {
  running += 1;
  try {
    return await upgrade();
  } finally {
    running -= 1;
  }
}

/**
 * To version 3: what was delivered moves to the ledger; entries and destinations get what numbers them. What may have
 * been sent before has no number, and keeps being owed under a new one, since an endpoint stores a key once.
 */
export function toLedger(transaction: Transaction): Promise<void> {
  return counted(() => moveToLedger(transaction));
}

async function moveToLedger(transaction: Transaction): Promise<void> {
  const destinations = new Map<string, DestinationRow>();
  await transaction
    .table<DestinationRow>('destinations')
    .toCollection()
    .modify((row) => {
      Object.assign(row, { stream: crypto.randomUUID(), lastSequence: 0, closing: [] });
      destinations.set(row.id, row);
    });
  const outbox = transaction.table<EarlierRow, number>('outbox');
  const ledger = transaction.table<LedgerRow>('ledger');
  for (let after = Number.NEGATIVE_INFINITY; ; ) {
    const rows = await outbox.where('entryId').above(after).limit(500).toArray();
    const last = rows.at(-1);
    if (!last) return;
    after = last.entryId;
    const delivered = rows.filter(({ state }) => state === 'delivered');
    await ledger.bulkPut(
      delivered.map(({ entryId, key, reviewId, destinationId, attempts, deliveredAt }) => ({
        entryId,
        key,
        reviewId,
        destinationId,
        kind: 'review',
        destinationName: destinations.get(destinationId)?.name ?? 'a destination that was removed',
        destinationOrigin: originOf(destinations.get(destinationId)?.url ?? ''),
        level: null,
        attempt: attempts + 1,
        deliveredAt: deliveredAt ?? '',
        sequence: null,
      })),
    );
    await outbox.bulkDelete(delivered.map(({ entryId }) => entryId));
    await outbox.bulkPut(
      rows
        .filter(({ state }) => state !== 'delivered')
        // Whether it was sent is not known where it was leased or tried: `attempts` says so for those that were.
        .map(({ deliveredAt: _, ...row }) => ({ ...row, kind: 'review', sequence: null, closes: [] }) as EarlierRow),
    );
  }
}
