import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReviewList, type ReviewList } from '../../../entrypoints/workbench/store/review-list.ts';
import { uuidv7 } from '../../../utils/review/ids.ts';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { listReviews, type PageRequest } from '../../../utils/storage/list.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { aSnapshot } from '../../support/builders.ts';
import { NOON, openDatabase, stored } from '../../support/stored.ts';

let database: CountersignDatabase;
let stop: AbortController;

beforeEach(async () => {
  database = await openDatabase();
  stop = new AbortController();
});
afterEach(() => stop.abort());

/** Stores a review per text, one minute after the other, and answers their ids. */
async function store(...texts: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, text] of texts.entries()) {
    const id = uuidv7();
    await stored(database, { id, snapshot: aSnapshot({ text, prompt: null }) }, { now: NOON + index * 60_000 });
    ids.push(id);
  }
  return ids;
}

function listOf(query = signal<ReviewQuery>({}), changes = signal(0)) {
  const read = vi.fn((asked: ReviewQuery, request: PageRequest) => listReviews(database, asked, request));
  const list = createReviewList({ query, changes, read, settleMs: 1 }, stop.signal);
  return { list, query, changes, read };
}

const excerpts = ({ state }: ReviewList) => state.value.rows.map(({ excerpt }) => excerpt);
const ready = (list: ReviewList) => vi.waitFor(() => expect(list.state.value.searching).toBe(false));

describe('the list of reviews', () => {
  it('given stored reviews, shows the newest first', async () => {
    await store('old', 'new');
    const { list } = listOf();
    expect(list.state.value.searching).toBe(true);
    await ready(list);
    expect(excerpts(list)).toEqual(['new', 'old']);
    expect(list.state.value.more).toBe(false);
  });

  it('given more than a page, reads the next page when asked, each row once', async () => {
    await store(...Array.from({ length: 65 }, (_, index) => `answer ${index}`));
    const { list } = listOf();
    await ready(list);
    expect(list.state.value).toMatchObject({ more: true });
    expect(list.state.value.rows).toHaveLength(60);
    list.more();
    list.more();
    await vi.waitFor(() => expect(list.state.value.more).toBe(false));
    expect(new Set(excerpts(list)).size).toBe(65);
    expect(list.state.value.rows).toHaveLength(65);
  });

  it('given another query while one is read, shows only what the last one asked for', async () => {
    await store('ships sail', 'trains roll');
    const { list, query } = listOf();
    query.value = { search: 'ships' };
    query.value = { search: 'trains' };
    await ready(list);
    expect(excerpts(list)).toEqual(['trains roll']);
  });

  it('given a query that takes its place, stops the reading before it', async () => {
    await store('one');
    const { list, query, read } = listOf();
    query.value = { search: 'one' };
    await ready(list);
    expect(read.mock.calls.map(([, { signal: given }]) => given?.aborted)).toEqual([true, false]);
  });

  it('given a deletion, follows it and keeps the rest', async () => {
    const [first = ''] = await store('goes', 'stays');
    const { list, changes } = listOf();
    await ready(list);
    await deleteReviews(database, { ids: [first] });
    changes.value++;
    await vi.waitFor(() => expect(excerpts(list)).toEqual(['stays']));
  });

  it('given many changes at once, reads once', async () => {
    await store('one');
    const { list, changes, read } = listOf();
    await ready(list);
    for (let change = 0; change < 50; change++) changes.value++;
    await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(2));
    await ready(list);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('given a database that cannot be read, says so and shows what it had', async () => {
    await store('one');
    const { list, changes, read } = listOf();
    await ready(list);
    read.mockRejectedValueOnce(new Error('broken'));
    changes.value++;
    await vi.waitFor(() => expect(list.state.value.failure?.code).toBe('unexpected'));
    expect(excerpts(list)).toEqual(['one']);
  });
});
