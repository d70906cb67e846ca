/** Rows by many keys come out as one request for each would give them, whether they lie close together or far apart. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteByKey, endsOf, rowsByKey, rowsWithin } from '../../../utils/storage/close-rows.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { openDatabase } from '../../support/outbox.ts';

let database: CountersignDatabase;
const keyOf = ({ reviewId, destinationId }: { reviewId: string; destinationId: string }): [string, string] => [
  reviewId,
  destinationId,
];
const key = (number: number): [string, string] => [`review-${String(number).padStart(4, '0')}`, 'team'];
const keys = (...numbers: readonly number[]) => numbers.map(key);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

beforeEach(async () => {
  database = await openDatabase();
  await database.traces.bulkPut(numbers(200).map((number) => ({ reviewId: key(number)[0], destinationId: 'team' })));
});

describe('many rows by their keys', () => {
  it.each([
    ['close together', numbers(20)],
    ['far apart', numbers(20).map((number) => number * 10)],
    ['out of order', [7, 3, 190, 4, 5, 2]],
    ['not there', [500, 3, 501, 4, 502, 5]],
    ['few', [3]],
    ['none', []],
  ])('given keys that are %s, are what one request for each gives', async (_how, wanted) => {
    const found = await rowsByKey(database.traces, keys(...wanted), keyOf);
    expect(found).toEqual(await database.traces.bulkGet(keys(...wanted)));
  });

  it.each([
    ['close together', numbers(20)],
    ['with others between', [3, 4, 5, 6, 8, 9]],
    ['not there', [500, 3, 501, 4, 502, 5]],
    ['none', []],
  ])('given keys that are %s, are deleted, and no other is', async (_how, wanted) => {
    await database.transaction('rw', database.traces, () => deleteByKey(database.traces, keys(...wanted)));
    const left = numbers(200).filter((number) => !wanted.includes(number));
    expect(await database.traces.toCollection().primaryKeys()).toEqual(keys(...left));
  });

  it('given more between the ends than may be read, says so instead of reading them', async () => {
    const ends = endsOf(keys(9, 2, 5));
    expect(ends).toEqual([key(2), key(9)]);
    expect(await rowsWithin(database.traces, ':id', ends, 7)).toBeNull();
    expect(await rowsWithin(database.traces, ':id', ends, 8)).toHaveLength(8);
  });
});
