/** What is kept for long: the chain, what is too old, what a selection means. */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { checkChains } from '../../../utils/storage/check-chains.ts';
import { counts } from '../../../utils/storage/counters.ts';
import { countSelection, deleteReviews } from '../../../utils/storage/remove.ts';
import { countOutdated, forgetDaily, forgetOutdated } from '../../../utils/storage/retention.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { aDestinationRow, aJudgement, aSnapshot } from '../../support/builders.ts';
import { acknowledged } from '../../support/outbox.ts';
import { aContext, NOON, openDatabase, revisionAfter, SITE, stored } from '../../support/stored.ts';

const DAY = 86_400_000;

describe('the check of the chain', () => {
  async function aLog() {
    const database = await openDatabase();
    const { draft } = await stored(database);
    await saveRevision(database, revisionAfter(draft, { judgement: aJudgement({ verdict: 'reject' }) }), aContext());
    for (let more = 0; more < 5; more += 1) await stored(database);
    return { database, key: `${draft.id}:2`, id: draft.id };
  }

  it.each([1, 3, 200])(
    'given an untouched log, in portions of %i, finds it whole and tells how far it is',
    async (portion) => {
      const { database } = await aLog();
      const steps: number[] = [];
      const onProgress = (done: number, all: number) => {
        expect(all).toBe(7);
        steps.push(done);
      };
      expect(await checkChains(database, { portion, onProgress })).toEqual({ checked: 7, broken: null });
      expect(steps.at(-1)).toBe(7);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    },
  );

  it('given one altered revision, names it in words', async () => {
    const { database, key, id } = await aLog();
    await database.revisions
      .where('key')
      .equals(key)
      .modify((row) => {
        Object.assign(row.review.judgement, { verdict: 'approve' });
      });
    const { broken } = await checkChains(database);
    expect(broken).toMatchObject({ reviewId: id, revision: 2, why: 'hash' });
    expect(broken?.words).toBe(
      `Revision 2 of the review made on ${SITE} at ${new Date(NOON).toISOString()} does not hold: it was changed after it was made.`,
    );
  });

  it('given a revision that is missing, says so', async () => {
    const { database, key } = await aLog();
    await database.revisions.delete(key.replace(/2$/, '1'));
    expect((await checkChains(database)).broken).toMatchObject({ revision: 2, why: 'order' });
  });

  it('ends when nobody waits for it any more', async () => {
    const { database } = await aLog();
    expect(await checkChains(database, { signal: AbortSignal.abort() })).toEqual({ checked: 0, broken: null });
  });
});

describe('what is too old', () => {
  /** Reviews of 40, 20 and 10 days ago, all delivered but the oldest, and one more of 50 days ago that was refused. */
  async function aPast() {
    const database = await openDatabase(aDestinationRow());
    const ids: string[] = [];
    for (const days of [40, 20, 10, 50, 45]) {
      const { draft } = await stored(database, {}, { now: NOON - days * DAY });
      ids.push(draft.id);
    }
    const rows = await database.outbox.toArray();
    const of = (index: number) => rows.filter(({ reviewId }) => reviewId === ids[index]);
    await acknowledged(database, [...of(1), ...of(2), ...of(4)]);
    await database.outbox
      .where('reviewId')
      .equals(ids[3] as string)
      .modify({ state: 'dead' });
    return { database, ids };
  }
  const left = async (database: Awaited<ReturnType<typeof aPast>>['database']) =>
    (await database.revisions.toArray()).map(({ id }) => id).sort();

  it('goes, but never what is still owed or was refused; the ledger stays', async () => {
    const { database, ids } = await aPast();
    expect(await countOutdated(database, 15, NOON)).toBe(2);
    expect(await forgetOutdated(database, { keepDays: 15, forgetEverywhere: false }, NOON)).toEqual({
      deleted: 2,
      tombstones: 0,
    });
    expect(await left(database)).toEqual([ids[0], ids[2], ids[3]].sort());
    expect(await database.ledger.count()).toBe(3);
    expect(await counts(database)).toMatchObject({ reviews: 3, delivered: 1 });
  });

  it('is forgotten at the destinations too where the reviewer wants that', async () => {
    const { database, ids } = await aPast();
    const forgotten = await forgetOutdated(database, { keepDays: 15, forgetEverywhere: true }, NOON);
    expect(forgotten).toEqual({ deleted: 2, tombstones: 2 });
    const tombstones = await database.outbox.filter(({ kind }) => kind === 'deletion').toArray();
    expect(tombstones.map(({ reviewId }) => reviewId).sort()).toEqual([ids[1], ids[4]].sort());
  });

  it('is looked for once a day, and not at all where everything is kept', async () => {
    const { database } = await aPast();
    const keeping = { keepDays: 15, forgetEverywhere: false };
    expect(await forgetDaily(database, { ...keeping, keepDays: 0 }, NOON)).toBeNull();
    expect(await forgetDaily(database, keeping, NOON)).toMatchObject({ deleted: 2 });
    expect(await forgetDaily(database, keeping, NOON + DAY - 1)).toBeNull();
    expect(await forgetDaily(database, keeping, NOON + 10 * DAY)).toMatchObject({ deleted: 1 });
    // A clock set back must not stop it for good.
    expect(await forgetDaily(database, keeping, NOON)).not.toBeNull();
  });
});

describe('a selection', () => {
  it('by found text, by date and by site means what a list of it shows, and only that goes', async () => {
    const database = await openDatabase();
    const { draft: secret } = await stored(database, { snapshot: aSnapshot({ text: 'Call Jane Doe.' }) });
    await stored(database, {}, { now: NOON - 10 * DAY });
    await stored(database, {}, { origin: 'https://help.example' });
    const [byText, byDate] = [{ query: { search: 'jane doe' } }, { query: { until: '2026-11-12' } }];
    expect(await countSelection(database, byText)).toBe(1);
    expect(await countSelection(database, byDate)).toBe(1);
    expect(await countSelection(database, { site: SITE })).toBe(2);
    expect(await countSelection(database, { ids: [secret.id, 'none'] })).toBe(1);
    expect(await countSelection(database, { all: true })).toBe(3);
    expect(await deleteReviews(database, byText)).toMatchObject({ deleted: 1 });
    expect(await deleteReviews(database, byDate)).toMatchObject({ deleted: 1 });
    expect(await counts(database)).toMatchObject({ reviews: 1 });
  });
});
