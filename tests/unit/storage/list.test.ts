import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { eachReview } from '../../../utils/storage/each-review.ts';
import { historyOf, listReviews, readRevisions } from '../../../utils/storage/list.ts';
import { changeEntries, deliveriesOf } from '../../../utils/storage/outbox.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { aDestinationRow, aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';
import { acknowledged } from '../../support/outbox.ts';
import { aContext, NOON, openDatabase, revisionAfter, SITE, stored } from '../../support/stored.ts';

const OTHER = 'https://help.example';
const MINUTE = 60_000;
let database: CountersignDatabase;
/** Review ids, oldest first. */
const ids: string[] = [];

async function settle(reviewId: string, state: 'delivered' | 'dead') {
  if (state === 'delivered') {
    return acknowledged(database, await database.outbox.where('reviewId').equals(reviewId).toArray());
  }
  await database.transaction('rw', database.outbox, database.counters, async () => {
    const rows = await database.outbox.where('reviewId').equals(reviewId).toArray();
    await changeEntries(database, rows, () => ({ state, reason: 'Too large.' }));
  });
}

// Seven reviews: 0 before there was a destination, 1 delivered, 2 dead, 3 and 4 in the same millisecond on another site,
// 5 with a second revision, 6 with words to search for.
beforeAll(async () => {
  database = await openDatabase();
  const add = async (index: number, judgement = aJudgement(), context = {}, text = 'An answer.') => {
    const now = NOON + index * MINUTE;
    const { draft } = await stored(database, { judgement, snapshot: aSnapshot({ text }) }, { now, ...context });
    ids.push(draft.id);
    return draft;
  };
  await add(0, aJudgement({ verdict: 'approve', labels: [], correction: null }));
  await database.destinations.add(aDestinationRow());
  const unsafe = aFinding('An answer.', 'answer', { label: 'unsafe' });
  await settle((await add(1, aJudgement({ findings: [unsafe] }))).id, 'delivered');
  await settle((await add(2, aJudgement({ verdict: 'reject', labels: ['tone', 'policy'] }))).id, 'dead');
  await add(3, aJudgement(), { origin: OTHER });
  await add(3, aJudgement(), { origin: OTHER });
  const fifth = await add(5);
  const unsure = revisionAfter(fifth, { judgement: aJudgement({ verdict: 'unsure' }) });
  await saveRevision(database, unsure, aContext({ now: NOON + 10 * MINUTE }));
  await add(6, aJudgement({ comment: 'Ask the Zürich office' }), {}, 'Parcels travel by SHIP.');
});

/** The indexes of the listed reviews. */
async function listed(query: ReviewQuery, limit = 10): Promise<number[]> {
  const { reviews } = await listReviews(database, query, { limit });
  return reviews.map(({ review }) => ids.indexOf(review.id));
}

describe('the list of reviews', () => {
  it('is sorted by the newest revision, newest first', async () => {
    const [first, second, third, fourth, ...rest] = await listed({});
    expect([first, second]).toEqual([5, 6]);
    expect([third, fourth].sort()).toEqual([3, 4]);
    expect(rest).toEqual([2, 1, 0]);
  });

  it.each<[string, ReviewQuery, number[]]>([
    ['a site', { site: SITE }, [5, 6, 2, 1, 0]],
    ['a verdict of the newest revision', { verdict: 'unsure' }, [5]],
    ['a verdict that only an older revision had', { verdict: 'correct', site: SITE }, [6, 1]],
    ['a label', { label: 'policy' }, [2]],
    ['a label that is on a finding only', { label: 'unsafe' }, [1]],
    ['a first minute', { from: '2026-11-21T12:06', site: SITE }, [5, 6]],
    ['a last minute', { until: '2026-11-21T12:02' }, [2, 1, 0]],
    ['a last day', { until: '2026-11-21', verdict: 'approve' }, [0]],
    ['a day without any', { from: '2026-11-22' }, []],
    ['words of answer and comment', { search: 'ship zürich' }, [6]],
    ['words that nobody wrote', { search: 'ship zurich' }, []],
    ['delivered', { delivery: 'delivered' }, [1]],
    ['dead', { delivery: 'dead' }, [2]],
    ['still owed', { delivery: 'pending', site: SITE }, [5, 6]],
    ['owed to nobody', { delivery: 'none' }, [0]],
    ['several conditions', { verdict: 'reject', label: 'tone', delivery: 'dead', search: 'answer' }, [2]],
  ])('given %s, holds exactly those', async (_, query, expected) => {
    expect(await listed(query)).toEqual(expected);
  });

  it.each([1, 2, 3, 7])('given pages of %i, yields each review once in the same order', async (limit) => {
    const whole = await listed({});
    const paged: number[] = [];
    let before: string | null = null;
    do {
      const page = await listReviews(database, {}, { limit, before });
      expect(page.reviews.length).toBeLessThanOrEqual(limit);
      paged.push(...page.reviews.map(({ review }) => ids.indexOf(review.id)));
      before = page.next;
    } while (before !== null);
    expect(paged).toEqual(whole);
  });

  it('given a filter that few pass, fills its page from far down the list', async () => {
    const page = await listReviews(database, { delivery: 'none' }, { limit: 1 });
    expect(page.reviews).toHaveLength(1);
    expect(page.next).toBeNull();
  });
});

describe('the export', () => {
  it('yields every revision of what fits, the revisions of each review oldest first', async () => {
    const exported: string[] = [];
    for await (const { id, revision } of eachReview(database, { site: SITE }, 2)) {
      exported.push(`${ids.indexOf(id)}:${revision}`);
    }
    expect(exported).toEqual(['5:1', '5:2', '6:1', '2:1', '1:1', '0:1']);
  });
});

describe('one review', () => {
  it('given its id, has its revisions and what became of each', async () => {
    const id = ids[5] as string;
    expect((await readRevisions(database, id)).map(({ revision }) => revision)).toEqual([1, 2]);
    expect(await deliveriesOf(database, id)).toMatchObject([
      { key: `${id}:1`, state: 'pending', destinationName: 'Team' },
      { key: `${id}:2`, state: 'pending', destinationName: 'Team' },
    ]);
    expect((await deliveriesOf(database, id)).every((entry) => !('event' in entry))).toBe(true);
  });

  it('given an unknown response, or the response of another site, is empty', async () => {
    const [review] = await readRevisions(database, ids[0] as string);
    const responseKey = review?.responseKey as string;
    expect(await historyOf(database, { origin: SITE, responseKey })).toHaveLength(1);
    expect(await historyOf(database, { origin: OTHER, responseKey })).toEqual([]);
    expect(await historyOf(database, { origin: SITE, responseKey: 'unknown' })).toEqual([]);
  });
});
