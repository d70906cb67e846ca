import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../../utils/storage/database.ts';
import { takeInventory, whatLeft } from '../../../utils/storage/inventory.ts';
import { aDestinationRow } from '../../support/builders.ts';
import { NOON, openDatabase, stored } from '../../support/stored.ts';

const at = (minute: number) => new Date(NOON + minute * 60_000).toISOString();

function accepted(destinationId: string, index: number, minute: number): LedgerRow {
  return {
    ...{ entryId: index, key: `r${index}:1`, reviewId: `r${index}`, destinationId, kind: 'review' as const },
    ...{
      destinationName: `Name ${index}`,
      destinationOrigin: `https://${destinationId}.example`,
      level: 'redacted' as const,
    },
    ...{ attempt: 1, deliveredAt: at(minute), sequence: index },
  };
}

describe('what has left', () => {
  it('given nothing, is empty', async () => {
    expect(await whatLeft(await openDatabase())).toEqual([]);
  });

  it('given three destinations, one of them gone, tells of each how many, since when, and the newest, the last served first', async () => {
    const database = await openDatabase(
      aDestinationRow({ id: 'a', name: 'Alpha' }),
      aDestinationRow({ id: 'b', name: 'Beta' }),
    );
    await database.ledger.bulkAdd([
      ...[1, 2, 3].map((index) => accepted('a', index, index)),
      accepted('b', 4, 9),
      accepted('gone', 5, 5),
      accepted('gone', 6, 6),
    ]);
    const left = await whatLeft(database, 2);
    expect(left.map(({ name, present, total, since }) => [name, present, total, since])).toEqual([
      ['Beta', true, 1, at(9)],
      ['Name 6', false, 2, at(5)],
      ['Alpha', true, 3, at(1)],
    ]);
    expect(left[2]?.newest.map(({ key }) => key)).toEqual(['r3:1', 'r2:1']);
    expect(left[2]?.origin).toBe('https://a.example');
  });
});

describe('what is stored', () => {
  it('counts each kind', async () => {
    const database = await openDatabase(aDestinationRow());
    await stored(database);
    await stored(database);
    await database.ledger.add(accepted('team', 1, 1));
    expect(await takeInventory(database)).toEqual({
      ...{
        reviews: 2,
        revisions: 2,
        drafts: 0,
        queued: 0,
        pinned: 0,
        triaged: 0,
        cases: 0,
        rules: 0,
        authors: 0,
        destinations: 1,
        owed: 2,
        dead: 0,
        ledger: 1,
      },
    });
  });
});
