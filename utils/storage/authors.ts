/** Whom the reviewer or the team named: "messages by NAME are AI", or are not. */
import { foldAuthor } from '../detection/author-name.ts';
import type { AuthorRule } from '../detection/types.ts';
import { fail } from '../errors.ts';
import type { AuthorRow, CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';

/** Names that one web origin may have kept; a page cannot fill the database with more. */
const PER_ORIGIN = 100;
/** Names in all that the user may have kept. */
const USER_AUTHORS = 2_000;

/** What a reviewer says of an author; `is: null` takes it back. */
export interface AuthorWord {
  readonly site: string;
  readonly author: string;
  readonly is: AuthorRule['is'] | null;
}

const tidy = (name: string) => name.replace(/\s+/gu, ' ').trim();

function rowOf({ site, author, is }: AuthorRule, origin: AuthorRow['origin'], keptFor: string, savedAt: string) {
  return { site, author: tidy(author), is, folded: foldAuthor(author), origin, keptFor, savedAt } satisfies AuthorRow;
}

/** All of them. */
export async function listAuthors(database: CountersignDatabase): Promise<AuthorRow[]> {
  return database.authors.toArray();
}

/** Keeps, or forgets, what was said on a page of one web origin; it is good there and nowhere else. */
export function keepAuthor(
  database: CountersignDatabase,
  word: AuthorWord,
  keptFor: string,
  now: number,
): Promise<void> {
  const { site, author, is } = word;
  return guarded(() =>
    database.transaction('rw', database.authors, async () => {
      if (is === null) return database.authors.delete(['user', site, foldAuthor(author), keptFor]);
      await database.authors.put(rowOf({ site, author, is }, 'user', keptFor, new Date(now).toISOString()));
      const own = await database.authors.filter((row) => row.origin === 'user' && row.keptFor === keptFor).count();
      if (own > PER_ORIGIN) tooMany('author', `More than ${PER_ORIGIN} authors were named on this site.`);
    }),
  );
}

/**
 * The same said in the settings, where the whole site is meant. Where the name was kept for some origins before, it is
 * changed or forgotten there and not made good anywhere else.
 */
export function saveAuthor(
  database: CountersignDatabase,
  { site, author, is }: AuthorWord,
  now: number,
): Promise<void> {
  const folded = foldAuthor(author);
  return guarded(() =>
    database.transaction('rw', database.authors, async () => {
      const same = database.authors
        .where('[origin+site+folded+keptFor]')
        .between(['user', site, folded, ''], ['user', site, folded, '\uffff'], true, true);
      const rows = await same.toArray();
      if (is === null) await same.delete();
      else if (rows.length > 0) await database.authors.bulkPut(rows.map((row) => ({ ...row, is })));
      else await putUserAuthors(database, [{ site, author, is }], now);
    }),
  );
}

/** Keeps several, all or none: from a file. To be called inside a transaction that has `authors`. */
export async function putUserAuthors(
  database: CountersignDatabase,
  authors: readonly AuthorRule[],
  now: number,
): Promise<void> {
  const savedAt = new Date(now).toISOString();
  await database.authors.bulkPut(authors.map((author) => rowOf(author, 'user', '', savedAt)));
  const all = await database.authors.filter((row) => row.origin === 'user').count();
  if (all > USER_AUTHORS) tooMany('authors', `There would be more than ${USER_AUTHORS} authors.`);
}

function tooMany(field: string, message: string): never {
  fail('invalid', { field, message, next: 'Forget some of them in the settings first.' });
}

/** Puts the team's authors in the place of those before, inside the caller's transaction. */
export async function replaceTeamAuthors(
  database: CountersignDatabase,
  authors: readonly AuthorRule[],
  savedAt: string,
): Promise<void> {
  await database.authors
    .where('[origin+site+folded+keptFor]')
    .between(['team', '', '', ''], ['team', '\uffff', '', ''])
    .delete();
  await database.authors.bulkPut(authors.map((author) => rowOf(author, 'team', '', savedAt)));
}

/** Those that are good on a page of this web origin, where these rules may apply: the user's word before the team's. */
export function authorsFor(rows: readonly AuthorRow[], origin: string, rules: ReadonlySet<string>): AuthorRule[] {
  const good = rows.filter(
    ({ site, keptFor }) => (site === origin || rules.has(site)) && (keptFor === '' || keptFor === origin),
  );
  // What was said of this very page counts before what was said of the site, and the user's word before the team's.
  const rank = (row: AuthorRow) => (row.origin === 'user' ? 2 : 0) + (row.keptFor === '' ? 0 : 1);
  const best = new Map<string, AuthorRow>();
  for (const row of good) {
    const name = `${row.site}\n${row.folded}`;
    const before = best.get(name);
    if (!before || rank(row) > rank(before)) best.set(name, row);
  }
  return [...best.values()].map(({ site, author, is }) => ({ site, author, is }));
}
