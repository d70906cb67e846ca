/** The reviews that a host page's responses have. */
import { type Mark, markOf } from '../review/mark.ts';
import type { Review } from '../review/schema.ts';
import type { CountersignDatabase } from './database.ts';

/** Marks of those of these responses that have a review made on `origin`. */
export async function marksFor(
  database: CountersignDatabase,
  origin: string,
  responseKeys: readonly string[],
): Promise<Mark[]> {
  const wanted = [...new Set(responseKeys)].map((key): [number, string] => [1, key]);
  const rows = await database.revisions.where('[latest+responseKey]').anyOf(wanted).toArray();
  return rows.filter((row) => row.site === origin).map((row) => markOf(row.review));
}

/** The newest revision of the review that a response has, made on `origin`; null where it has none. */
export async function reviewOn(
  database: CountersignDatabase,
  origin: string,
  responseKey: string,
): Promise<Review | null> {
  const rows = await database.revisions.where('[latest+responseKey]').equals([1, responseKey]).toArray();
  return rows.find((row) => row.site === origin)?.review ?? null;
}
