/** The list: pages of summaries that grow as one scrolls, and follow what is stored. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ReviewSummary } from '../../../components/workbench/types.ts';
import type { Failure } from '../../../utils/errors.ts';
import { asFailure } from '../../../utils/errors.ts';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import type { readNames } from '../../../utils/storage/judging.ts';
import type { PageRequest, ReviewPage } from '../../../utils/storage/list.ts';
import { summaryOf } from './summary.ts';

export interface ListState {
  readonly rows: readonly ReviewSummary[];
  /** There is more to read. */
  readonly more: boolean;
  /** The first page of a new query is being read; the rows are still those of the old one. */
  readonly searching: boolean;
  readonly failure: Failure | null;
}

interface ListParts {
  readonly query: ReadonlySignal<ReviewQuery>;
  /** Its value changes whenever the list may have. */
  readonly changes: ReadonlySignal<unknown>;
  readonly read: (query: ReviewQuery, request: PageRequest) => Promise<ReviewPage>;
  /** Reads the names that the rubrics of reviews have for labels. */
  readonly names?: () => ReturnType<typeof readNames>;
  /** ms between a change and the next reading, so that a delivery of thousands is not followed one by one. */
  readonly settleMs?: number;
}

/** Rows per reading. */
const PAGE = 60;

export interface ReviewList {
  readonly state: ReadonlySignal<ListState>;
  /** Reads the next page, unless one is being read. */
  readonly more: () => void;
}

/** Labels by their ids. */
const asCalled: NonNullable<ListParts['names']> = async () => () => ({ labels: [], dimensions: [] });

/** The list of what fits `query`, until `stop` aborts. */
export function createReviewList(parts: ListParts, stop: AbortSignal): ReviewList {
  const { query, changes, read, names = asCalled, settleMs = 400 } = parts;
  const state = signal<ListState>({ rows: [], more: false, searching: true, failure: null });
  let reading: AbortController | null = null;
  let next: string | null = null;

  const page = async (asked: ReviewQuery, limit: number, before: string | null, signal: AbortSignal) => {
    const found = await read(asked, { limit, before, signal });
    const namesOf = await names();
    const rows = found.reviews.map((listed) => summaryOf(listed, namesOf(listed.review).labels, asked.search));
    return { rows, next: found.next };
  };

  /** Runs one reading; a newer one takes its place. */
  async function run(work: (asked: ReviewQuery, signal: AbortSignal) => Promise<void>): Promise<void> {
    reading?.abort();
    const mine = new AbortController();
    reading = mine;
    try {
      await work(query.peek(), mine.signal);
    } catch (thrown) {
      if (!mine.signal.aborted) state.value = { ...state.peek(), searching: false, failure: asFailure(thrown) };
    } finally {
      if (reading === mine) reading = null;
    }
  }

  /** The first rows again, as many as there were, shown together so that nothing flickers. */
  const refresh = (atLeast: number) =>
    run(async (asked, signal) => {
      const rows: ReviewSummary[] = [];
      let after: string | null = null;
      do {
        const found = await page(asked, PAGE, after, signal);
        if (signal.aborted) return;
        rows.push(...found.rows);
        after = found.next;
      } while (after !== null && rows.length < atLeast);
      next = after;
      state.value = { rows, more: after !== null, searching: false, failure: null };
    });

  const more = () => {
    if (reading || next === null) return;
    void run(async (asked, signal) => {
      const found = await page(asked, PAGE, next, signal);
      if (signal.aborted) return;
      next = found.next;
      const rows = [...state.peek().rows, ...found.rows];
      state.value = { rows, more: next !== null, searching: false, failure: null };
    });
  };

  const ends = [
    effect(() => {
      query.value;
      state.value = { ...state.peek(), searching: true };
      void refresh(0);
    }),
    followLater(changes, settleMs, () => refresh(state.peek().rows.length)),
  ];
  stop.addEventListener('abort', () => {
    for (const end of ends) end();
    reading?.abort();
  });
  return { state, more };
}

/** Calls `follow` some ms after a change, once for all changes until then; not for the value that is there already. */
function followLater(changes: ReadonlySignal<unknown>, ms: number, follow: () => Promise<void>): () => void {
  let first = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = effect(() => {
    changes.value;
    if (!first) timer ??= setTimeout(() => void follow().finally(() => (timer = undefined)), ms);
    first = false;
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
