/** Lists of reviews, newest first, read page by page: never all at once. */
import { contains, type DeliveryState, type ReviewQuery, searchWords } from '../review/query.ts';
import type { Review } from '../review/schema.ts';
import { counts } from './counters.ts';
import type { CountersignDatabase, RevisionRow } from './database.ts';
import { deliveryStates } from './delivery-states.ts';
import { newestRows, type RowPlace } from './newest-rows.ts';

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

const CHUNK = 50;
/** Rows per reading while looking for what fits: each may be large. */
const PORTION = 200;
/** As many reviews in one state of delivery are looked up one by one instead of looking through all. */
const FEW = 500;

const cursorOf = (row: RevisionRow) => `${row.createdAt} ${row.key}`;

function placeOf(cursor: string | null): RowPlace | null {
  const [createdAt = '', key = ''] = cursor?.split(' ') ?? [];
  return cursor === null ? null : { createdAt, key };
}

/** Whether the label is on the answer, or on a part of it. */
function isOn(label: string, { labels, review }: RevisionRow): boolean {
  return labels.includes(label) || (review.judgement.findings?.some((finding) => finding.label === label) ?? false);
}

/** Whether the row fits everything but the delivery and the order. */
function fits(row: RevisionRow, query: ReviewQuery, words: readonly string[]): boolean {
  const { site, verdict, label, from = '', until } = query;
  if (site !== undefined && row.site !== site) return false;
  if (row.createdAt < from || (until !== undefined && row.createdAt > `${until}\uffff`)) return false;
  if (verdict !== undefined && row.verdict !== verdict) return false;
  if (label !== undefined && !isOn(label, row)) return false;
  return contains(row.review, words);
}

/** The newest revisions of the reviews with dead entries, or with owed ones, newest first; null where they are many. */
async function rowsInDelivery(database: CountersignDatabase, state: DeliveryState): Promise<RevisionRow[] | null> {
  if (state !== 'dead' && state !== 'pending') return null;
  const { dead, owed } = await counts(database);
  if ((state === 'dead' ? dead : owed) > FEW) return null;
  const ids = new Set<string>();
  for (const each of state === 'dead' ? ['dead'] : ['pending', 'leased']) {
    const entries = database.outbox.where('[state+leasedUntil]').between([each, 0], [each, Number.MAX_SAFE_INTEGER]);
    await entries.each(({ reviewId }) => {
      ids.add(reviewId);
    });
  }
  const rows = await database.revisions
    .where('id')
    .anyOf([...ids])
    .toArray();
  return rows.filter(({ latest }) => latest === 1).sort((a, b) => (cursorOf(a) < cursorOf(b) ? 1 : -1));
}

/** Portions of rows from the cursor on, newest first; a superset of what fits. */
async function* candidates(
  database: CountersignDatabase,
  query: ReviewQuery,
  before: string | null,
  chunk: number,
  signal?: AbortSignal,
): AsyncGenerator<readonly RevisionRow[]> {
  const few = query.delivery === undefined ? null : await rowsInDelivery(database, query.delivery);
  if (few) {
    yield before === null ? few : few.filter((row) => cursorOf(row) < before);
    return;
  }
  const { search, verdict, label, delivery } = query;
  const looking = [search, verdict, label, delivery].some((condition) => condition !== undefined);
  yield* newestRows(database, query, placeOf(before), looking ? PORTION : chunk, signal);
}

/** Reviews that fit, newest first, each with the cursor that continues after it. */
export async function* scan(
  database: CountersignDatabase,
  query: ReviewQuery,
  before: string | null,
  chunk: number,
  signal?: AbortSignal,
): AsyncGenerator<ListedReview & { readonly cursor: string }> {
  const words = searchWords(query.search);
  for await (const portion of candidates(database, query, before, chunk, signal)) {
    if (signal?.aborted) return;
    const rows = portion.filter((row) => fits(row, query, words));
    if (rows.length === 0) continue;
    const states = await deliveryStates(
      database,
      rows.map((row) => row.id),
    );
    for (const row of rows) {
      const delivery = states.get(row.id) ?? 'none';
      if (query.delivery !== undefined && query.delivery !== delivery) continue;
      yield { review: row.review, delivery, cursor: cursorOf(row) };
    }
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
