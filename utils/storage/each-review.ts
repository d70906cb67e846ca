/** Reads all reviews that fit a query one after the other, for the export: never all at once. */
import type { ReviewQuery } from '../review/query.ts';
import type { Review } from '../review/schema.ts';
import type { CountersignDatabase } from './database.ts';
import { readRevisions, scan } from './list.ts';

/** Reviews per reading. */
const CHUNK = 50;

/** Every revision of every review that fits: reviews newest first, the revisions of each oldest first. */
export async function* eachReview(
  database: CountersignDatabase,
  query: ReviewQuery = {},
  chunk = CHUNK,
): AsyncGenerator<Review> {
  for await (const { review } of scan(database, query, null, chunk)) {
    // Most reviews have one revision, and it is here already.
    if (review.revision === 1) yield review;
    else yield* await readRevisions(database, review.id);
  }
}

/** The newest revision of every review that fits: reviews newest first. */
export async function* eachNewest(
  database: CountersignDatabase,
  query: ReviewQuery = {},
  chunk = CHUNK,
): AsyncGenerator<Review> {
  for await (const { review } of scan(database, query, null, chunk)) yield review;
}
