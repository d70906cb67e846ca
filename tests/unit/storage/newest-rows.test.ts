import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { idempotencyKey } from '../../../utils/review/ids.ts';
import type { CountersignDatabase, RevisionRow } from '../../../utils/storage/database.ts';
import { newestRows, type RowPlace, type RowRange } from '../../../utils/storage/newest-rows.ts';
import { aReview } from '../../support/builders.ts';
import { NOON, openDatabase, SITE } from '../../support/stored.ts';

const OTHER = 'https://help.example';
let database: CountersignDatabase;

beforeEach(async () => {
  database = await openDatabase();
});

/** A stored revision, `ago` ms before noon. */
function rowAt(index: number, ago: number, site = SITE, latest: 0 | 1 = 1): RevisionRow {
  const id = `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`;
  const review = aReview({ id, origin: site, createdAt: new Date(NOON - ago).toISOString() });
  const { responseKey, createdAt, judgement } = review;
  const { verdict, labels } = judgement;
  const key = idempotencyKey(review);
  return { key, id, revision: 1, latest, saveId: id, responseKey, site, verdict, labels, createdAt, review };
}

async function read(range: RowRange, after: RowPlace | null, portion: number): Promise<string[]> {
  const keys: string[] = [];
  for await (const rows of newestRows(database, range, after, portion)) keys.push(...rows.map(({ key }) => key));
  return keys;
}

const newestFirst = (a: RowPlace, b: RowPlace) =>
  a.createdAt === b.createdAt ? (a.key < b.key ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1;

describe('reading from the newest to the oldest', () => {
  it('given any times, crowded or years apart, gives every row once and in order, from any place on', async () => {
    const ago = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.nat(100_000), fc.nat(3 * 365 * 86_400_000));
    const stored = fc.array(fc.tuple(ago, fc.boolean(), fc.boolean()), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        stored,
        fc.nat(39),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (times, at, portion, all) => {
          const rows = times.map(([ms, other, old], index) => rowAt(index, ms, other ? OTHER : SITE, old ? 0 : 1));
          await database.revisions.clear();
          await database.revisions.bulkAdd(rows);
          const range = all ? {} : { site: OTHER };
          const wanted = rows
            .filter(({ latest, site }) => latest === 1 && (all || site === OTHER))
            .sort(newestFirst)
            .map(({ key }) => key);
          expect(await read(range, null, portion)).toEqual(wanted);
          const place = rows.find(({ key }) => key === wanted[at]);
          if (place) expect(await read(range, place, portion)).toEqual(wanted.slice(at + 1));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('given a first and a last day, gives what lies between, both days included', async () => {
    const day = 86_400_000;
    await database.revisions.bulkAdd([0, 1, 2, 3].map((days) => rowAt(days, days * day)));
    const range = { from: '2026-11-19', until: '2026-11-20' };
    expect(await read(range, null, 10)).toEqual([rowAt(1, day).key, rowAt(2, 2 * day).key]);
  });

  it('given more rows in one millisecond than a portion has, gives all of them', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => rowAt(index, 0));
    await database.revisions.bulkAdd(rows);
    expect(await read({}, null, 3)).toEqual(rows.map(({ key }) => key).reverse());
  });

  it('given that nobody waits any more, stops', async () => {
    await database.revisions.bulkAdd(Array.from({ length: 30 }, (_, index) => rowAt(index, index * 60_000)));
    const stop = new AbortController();
    let portions = 0;
    for await (const rows of newestRows(database, {}, null, 2, stop.signal)) {
      expect(rows.length).toBeGreaterThan(0);
      portions++;
      stop.abort();
    }
    expect(portions).toBe(1);
  });
});
