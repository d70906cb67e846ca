/** Lists of reviews, newest first, read page by page: never all at once. */
import { contains, type DeliveryState, type ReviewQuery, searchWords } from '../review/query.ts';
import type { Review } from '../review/schema.ts';
import type { CountersignDatabase, RevisionRow } from './database.ts';
import { deliveryStates } from './delivery-states.ts';

/** The newest revision of a review, with what became of all its revisions. */
export interface ListedReview {
  readonly review: Review;
  readonly delivery: DeliveryState;
}

export interface ReviewPage {
  readonly reviews: readonly ListedReview[];
  /** Pass it as `before` for the next page; null where there is none. */
  readonly next: string | null;
}

export interface PageRequest {
  /** Reviews per page. */
  readonly limit: number;
  readonly before?: string | null;
  /** Stops a search that nobody waits for any more; the page is then cut short. */
  readonly signal?: AbortSignal | undefined;
}

/** Sorts after every string that a time or key can have. */
const LAST = '\uffff';
const CHUNK = 50;

const cursorOf = (row: RevisionRow) => `${row.createdAt} ${row.key}`;

/** Rows older than the cursor `before`, newest first, that fit everything but the delivery. */
function rowsBefore(database: CountersignDatabase, query: ReviewQuery, before: string | null, signal?: AbortSignal) {
  const [time = '', key = ''] = before?.split(' ') ?? [];
  const upper = before === null ? `${query.until ?? ''}${LAST}` : time;
  const { site, verdict, label, from = '' } = query;
  const collection =
    site === undefined
      ? database.revisions.where('[latest+createdAt]').between([1, from], [1, upper], true, true)
      : database.revisions.where('[latest+site+createdAt]').between([1, site, from], [1, site, upper], true, true);
  const words = searchWords(query.search);
  const goingOn = signal ? collection.until(() => signal.aborted) : collection;
  return goingOn.reverse().filter((row) => {
    // Rows of the same millisecond follow each other by key.
    if (before !== null && row.createdAt === time && row.key >= key) return false;
    if (verdict !== undefined && row.verdict !== verdict) return false;
    if (label !== undefined && !row.labels.includes(label)) return false;
    return contains(row.review, words);
  });
}

/** Reviews that fit, newest first, each with the cursor that continues after it. */
export async function* scan(
  database: CountersignDatabase,
  query: ReviewQuery,
  before: string | null,
  chunk: number,
  signal?: AbortSignal,
): AsyncGenerator<ListedReview & { readonly cursor: string }> {
  let cursor = before;
  for (;;) {
    const rows = await rowsBefore(database, query, cursor, signal).limit(chunk).toArray();
    if (signal?.aborted) return;
    const ids = rows.map((row) => row.id);
    const states = await deliveryStates(database, ids);
    for (const row of rows) {
      cursor = cursorOf(row);
      const delivery = states.get(row.id) ?? 'none';
      if (query.delivery === undefined || query.delivery === delivery) yield { review: row.review, delivery, cursor };
    }
    if (rows.length < chunk) return;
  }
}

/** One page of reviews that fit the query, newest first. Works inside `liveQuery`. */
export async function listReviews(
  database: CountersignDatabase,
  query: ReviewQuery = {},
  { limit, before = null, signal }: PageRequest = { limit: CHUNK },
): Promise<ReviewPage> {
  const reviews: ListedReview[] = [];
  let last: string | null = null;
  for await (const { cursor, ...listed } of scan(database, query, before, limit + 1, signal)) {
    // One more than asked for shows that there is a next page.
    if (reviews.length === limit) return { reviews, next: last };
    reviews.push(listed);
    last = cursor;
  }
  return { reviews, next: null };
}

/** All revisions of a review, oldest first; empty where it is not stored. */
export async function readRevisions(database: CountersignDatabase, reviewId: string): Promise<Review[]> {
  const rows = await database.revisions
    .where('[id+revision]')
    .between([reviewId, 0], [reviewId, Number.MAX_SAFE_INTEGER])
    .toArray();
  return rows.map((row) => row.review);
}

/** All revisions of the review that a response of this origin has, oldest first; empty where it has none. */
export async function historyOf(
  database: CountersignDatabase,
  { origin, responseKey }: { readonly origin: string; readonly responseKey: string },
): Promise<Review[]> {
  const rows = await database.revisions.where('[latest+responseKey]').equals([1, responseKey]).toArray();
  const own = rows.find((row) => row.site === origin);
  return own ? readRevisions(database, own.id) : [];
}
