/** The rules in force: the bundled ones with what the team and the user have put beside or in place of them. */
import { mergeRules, type OwnedRule, rulesForHost } from '../../utils/detection/choose-rules.ts';
import { siteRules } from '../../utils/detection/sites/index.ts';
import type { PageRules } from '../../utils/detection/types.ts';
import { authorsFor, listAuthors } from '../../utils/storage/authors.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { listRules, rulesOff } from '../../utils/storage/rules.ts';
import { readSettings } from '../../utils/storage/settings.ts';

/** All rules in force; those that were made by pointing only for the web origin they were made on, or for all with `null`. */
export async function rulesInForce(
  database: CountersignDatabase,
  origin: string | null,
): Promise<readonly OwnedRule[]> {
  const [rows, off] = await Promise.all([listRules(database), rulesOff(database)]);
  const good = rows.filter(({ keptFor }) => keptFor === null || origin === null || keptFor === origin);
  const of = (from: 'team' | 'user') => good.filter((row) => row.origin === from).map(({ rule }) => rule);
  return mergeRules({ bundled: siteRules, team: of('team'), user: of('user') }, off);
}

/** The match patterns of all of them. */
export async function namedHosts(database: CountersignDatabase): Promise<readonly string[]> {
  return (await rulesInForce(database, null)).flatMap(({ matches }) => matches);
}

/** The address by which rules are chosen for a document: its own, or where it has none the root of its origin. */
export function addressOf({ origin, url }: { readonly origin: string; readonly url: string }): string {
  return url.startsWith(`${origin}/`) ? url : `${origin}/`;
}

/** What detection needs to know on one document. */
export async function pageRules(
  database: CountersignDatabase,
  from: { readonly origin: string; readonly url: string },
): Promise<PageRules> {
  const [all, authors, { settings }] = await Promise.all([
    rulesInForce(database, from.origin),
    listAuthors(database),
    readSettings(database),
  ]);
  const rules = rulesForHost(all, addressOf(from));
  return {
    rules,
    authors: authorsFor(authors, from.origin, new Set(rules.map(({ id }) => id))),
    threshold: settings.assertFrom,
    generic: settings.findWithoutRule,
  };
}
