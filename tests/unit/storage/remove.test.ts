import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { counts } from '../../../utils/storage/counters.ts';
import { putDraft } from '../../../utils/storage/drafts.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { aDestinationRow, aJudgement, aSnapshot } from '../../support/builders.ts';
import { aContext, openDatabase, revisionAfter, SITE, stored } from '../../support/stored.ts';

const OTHER = 'https://help.example';

/** Three reviews of one site, one with two revisions, one of another; unsaved work on one of each. */
async function aCollection() {
  const database = await openDatabase(aDestinationRow());
  const { draft } = await stored(database);
  await saveRevision(database, revisionAfter(draft), aContext());
  const second = await stored(database);
  await stored(database);
  const elsewhere = await stored(database, {}, { origin: OTHER });
  for (const [origin, { responseKey }] of [
    [SITE, draft],
    [OTHER, elsewhere.draft],
  ] as const) {
    await putDraft(database, { origin, responseKey, judgement: aJudgement(), snapshot: aSnapshot(), updatedAt: 'now' });
  }
  return { database, ids: [draft.id, second.draft.id] };
}

describe('deletion', () => {
  it('given ids, removes those with revisions, entries and unsaved work, and counts reviews', async () => {
    const { database, ids } = await aCollection();
    expect(await deleteReviews(database, { ids: [...ids, 'unknown'] }, { chunk: 2 })).toMatchObject({ deleted: 2 });
    expect(await counts(database)).toMatchObject({ reviews: 2, revisions: 2, owed: 2 });
    expect(await database.revisions.count()).toBe(2);
    expect(await database.outbox.count()).toBe(2);
    expect(await database.drafts.toArray()).toMatchObject([{ origin: OTHER }]);
  });

  it('given a site, removes all of it, in portions, and nothing of another', async () => {
    const { database } = await aCollection();
    expect(await deleteReviews(database, { site: SITE }, { chunk: 2 })).toMatchObject({ deleted: 3 });
    expect(await counts(database)).toMatchObject({ reviews: 1, owed: 1, sites: [{ site: OTHER, reviews: 1 }] });
    expect(await database.revisions.toArray()).toMatchObject([{ site: OTHER }]);
    expect(await database.drafts.toArray()).toMatchObject([{ origin: OTHER }]);
  });

  it('given everything, leaves only settings and destinations', async () => {
    const { database } = await aCollection();
    expect(await deleteReviews(database, { all: true })).toEqual({ deleted: 4, tombstones: 0 });
    for (const table of [database.revisions, database.outbox, database.drafts, database.counters]) {
      expect(await table.toArray()).toEqual([]);
    }
    expect(await database.destinations.count()).toBe(1);
    expect(await deleteReviews(database, { all: true })).toMatchObject({ deleted: 0 });
  });

  it('given more than there is time for, says so, and the same call goes on', async () => {
    const { database } = await aCollection();
    const some = await deleteReviews(database, { all: true }, { chunk: 1, stop: () => true });
    expect(some).toEqual({ deleted: 1, tombstones: 0, more: true });
    expect(await counts(database)).toMatchObject({ reviews: 3 });
    expect(await deleteReviews(database, { all: true }, { chunk: 1 })).toEqual({ deleted: 3, tombstones: 0 });
    expect(await database.counters.toArray()).toEqual([]);
  });

  it('given reviews that nobody was told of, removes all in one go', async () => {
    const database = await openDatabase();
    await stored(database);
    await stored(database);
    expect(await deleteReviews(database, { all: true }, { chunk: 1, stop: () => true })).toEqual({
      deleted: 2,
      tombstones: 0,
    });
    expect(await database.counters.toArray()).toEqual([]);
  });
});
