/** What is set aside and skipped: kept, bounded, found again after an undo, deleted with its site, its text and all. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { reviewsOf } from '../../../utils/storage/asking.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { exportAll } from '../../../utils/storage/export-all.ts';
import {
  countAside,
  draftsOf,
  forgetJudged,
  forgetOldQueued,
  MOST_QUEUED,
  queueRows,
  setQueued,
  toggleAside,
} from '../../../utils/storage/queue.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { aJudgement, aSnapshot } from '../../support/builders.ts';
import { failing, NOON, openDatabase, SITE, stored } from '../../support/stored.ts';

let database: CountersignDatabase;
beforeEach(async () => {
  database = await openDatabase();
});

const DAY = 86_400_000;
const one = { site: SITE, responseKey: 'one', snapshot: aSnapshot() };
const states = async () => (await queueRows(database)).map(({ responseKey, state }) => `${responseKey} ${state}`);

describe('setting aside', () => {
  it('given an answer, when it is set aside twice, then the second takes it back', async () => {
    expect(await toggleAside(database, one, NOON)).toBe(true);
    expect(await queueRows(database)).toEqual([
      { ...one, state: 'aside', why: null, addedAt: new Date(NOON).toISOString() },
    ]);
    expect(await toggleAside(database, one, NOON + 1)).toBe(false);
    expect(await queueRows(database)).toEqual([]);
  });

  it('given that it was judged since, when it is set aside again, then it waits anew', async () => {
    await toggleAside(database, one, NOON - 2);
    await stored(database, { responseKey: 'one' }, { now: NOON });
    expect(await countAside(database)).toBe(0);
    expect(await toggleAside(database, one, NOON + 2)).toBe(true);
    expect(await countAside(database)).toBe(1);
  });

  it('given a skipped answer, when it is set aside, then that is what it is', async () => {
    await setQueued(database, { ...one, state: 'skipped', why: 'Not my topic' }, NOON);
    expect(await toggleAside(database, one, NOON + 1)).toBe(true);
    expect((await queueRows(database))[0]).toMatchObject({ state: 'aside', why: null });
  });

  it('given a skip without a snapshot, when there is none from before, then it is refused, else the one from before stays', async () => {
    const { snapshot: _, ...bare } = one;
    await expect(setQueued(database, { ...bare, state: 'skipped' }, NOON)).rejects.toMatchObject(failing('not-found'));
    await toggleAside(database, one, NOON);
    await setQueued(database, { ...bare, state: 'skipped', why: 'Later' }, NOON + 1);
    expect((await queueRows(database))[0]).toMatchObject({ state: 'skipped', why: 'Later', snapshot: one.snapshot });
    await setQueued(database, { ...bare, state: null }, NOON + 2);
    expect(await states()).toEqual([]);
  });

  it('given a site with all that is kept of one, when one more comes, then the oldest skip makes room, and no other site is touched', async () => {
    const addedAt = (n: number) => new Date(NOON + n).toISOString();
    const rows = Array.from({ length: MOST_QUEUED }, (_, n) => ({
      ...{ ...one, responseKey: `key ${n}`, why: null, addedAt: addedAt(n) },
      state: n === 7 ? ('skipped' as const) : ('aside' as const),
    }));
    await database.queue.bulkAdd(rows);
    await toggleAside(database, one, NOON + 9_999);
    expect(await database.queue.get([SITE, 'key 7'])).toBeUndefined();
    const again = toggleAside(database, { ...one, responseKey: 'two' }, NOON + 10_000);
    await expect(again).rejects.toMatchObject({ failure: { code: 'invalid' } });
    expect(await toggleAside(database, { ...one, site: 'https://other.example' }, NOON)).toBe(true);
  });
});

describe('what is known of answers', () => {
  it('is their review and their draft, of their own site only', async () => {
    await stored(database, { responseKey: 'one', judgement: aJudgement({ verdict: 'reject' }) });
    await stored(database, { responseKey: 'one' }, { origin: 'https://other.example' });
    const updatedAt = new Date(NOON).toISOString();
    await database.drafts.put({
      origin: SITE,
      responseKey: 'two',
      judgement: aJudgement(),
      snapshot: aSnapshot(),
      updatedAt,
    });
    const answers = [one, { site: SITE, responseKey: 'two' }, { site: 'https://third.example', responseKey: 'one' }];
    const reviews = await reviewsOf(database, answers);
    expect(reviews.get(`${SITE} one`)?.verdict).toBe('reject');
    expect(reviews.get('https://third.example one')).toBeUndefined();
    expect([...(await draftsOf(database, answers))]).toEqual([`${SITE} two`]);
  });
});

describe('forgetting', () => {
  beforeEach(async () => {
    await toggleAside(database, one, NOON);
    await toggleAside(
      database,
      { ...one, responseKey: 'two', snapshot: aSnapshot({ text: 'Kim lives in Oslo.' }) },
      NOON,
    );
    await toggleAside(database, { ...one, site: 'https://other.example' }, NOON);
  });

  it('given a judgement, when a day has gone, then the row goes; before it stays for an undo', async () => {
    await stored(database, { responseKey: 'one' }, { now: NOON + 1 });
    expect(await forgetJudged(database, NOON + 2)).toBe(0);
    expect(await forgetJudged(database, NOON + DAY + 2)).toBe(1);
    expect(await database.queue.get([SITE, 'one'])).toBeUndefined();
  });

  it('given days to keep, when they are over, then what was set aside before goes too; 0 keeps all', async () => {
    await forgetOldQueued(database, 0, NOON + 1000 * DAY);
    expect(await states()).toHaveLength(3);
    await forgetOldQueued(database, 7, NOON + 8 * DAY);
    expect(await states()).toEqual([]);
  });

  it('given a deletion of a site, of a text, of a review, of all, then its rows go and no others', async () => {
    await deleteReviews(database, { query: { search: 'oslo kim' } });
    expect(await states()).toEqual(['one aside', 'one aside']);
    await deleteReviews(database, { query: { verdict: 'reject' } });
    expect(await states()).toHaveLength(2);
    const { draft } = await stored(database, { responseKey: 'one' });
    await deleteReviews(database, { ids: [draft.id] });
    expect((await queueRows(database)).map(({ site }) => site)).toEqual(['https://other.example']);
    await deleteReviews(database, { site: 'https://other.example' });
    expect(await states()).toEqual([]);
    await toggleAside(database, one, NOON);
    await deleteReviews(database, { all: true });
    expect(await states()).toEqual([]);
  });

  it('given a backup, then every row is a line of it', async () => {
    const lines: object[] = [];
    for await (const line of exportAll(database, NOON)) if ('queued' in line) lines.push(line);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ queued: { state: 'aside', snapshot: { text: expect.any(String) } } });
  });
});
