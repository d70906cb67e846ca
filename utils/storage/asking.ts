/** How many answers ask for a look: apart from the rest of queue and triage, because the badge shows it at every start. */
import type { CountersignDatabase, QueueRow, RevisionRow } from './database.ts';

const DAY = 86_400_000;

/** Which answer of which site. */
export type QueueKey = Pick<QueueRow, 'site' | 'responseKey'>;

/** `site responseKey`, by which answers are told apart here. */
export const nameOf = ({ site, responseKey }: QueueKey) => `${site} ${responseKey}`;

/** The newest revision of the review that each of these answers has, by `site responseKey`. */
export async function reviewsOf(
  database: CountersignDatabase,
  answers: readonly QueueKey[],
): Promise<ReadonlyMap<string, RevisionRow>> {
  const wanted = [...new Set(answers.map(({ responseKey }) => responseKey))].map((key): [number, string] => [1, key]);
  const rows = await database.revisions.where('[latest+responseKey]').anyOf(wanted).toArray();
  return new Map(rows.map((row) => [nameOf(row), row]));
}

/** How many answers that were seen in the last week ask for a look and had none. `now` in ms since 1970. */
export async function countAsking(database: CountersignDatabase, now: number): Promise<number> {
  const since = new Date(now - 7 * DAY).toISOString();
  const rows = await database.triaged.where('[asks+triagedAt]').between([1, since], [1, '\uffff']).toArray();
  if (rows.length === 0) return 0;
  const reviews = await reviewsOf(database, rows);
  return rows.filter((row) => !reviews.has(nameOf(row))).length;
}
