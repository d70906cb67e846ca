/** The rules in force: the bundled ones with what the team and the user have put beside or in place of them. */
import { mergeRules, type OwnedRule, rulesForHost } from '../../utils/detection/choose-rules.ts';
import type { PageRules } from '../../utils/detection/types.ts';
import { authorsFor, listAuthors } from '../../utils/storage/authors.ts';
import { listRules, rulesOff } from '../../utils/storage/rules.ts';
import { readSettings } from '../../utils/storage/settings.ts';
import type { Room } from './room.ts';

type RuleParts = Pick<Room, 'database' | 'bundledRules'>;

/** All rules in force; those that were made by pointing only for the web origin they were made on, or for all with `null`. */
export async function rulesInForce(
  { database, bundledRules }: RuleParts,
  origin: string | null,
): Promise<readonly OwnedRule[]> {
  const [bundled, rows, off] = await Promise.all([bundledRules(), listRules(database), rulesOff(database)]);
  const good = rows.filter(({ keptFor }) => keptFor === null || origin === null || keptFor === origin);
  const of = (from: 'team' | 'user') => good.filter((row) => row.origin === from).map(({ rule }) => rule);
  return mergeRules({ bundled, team: of('team'), user: of('user') }, off);
}

/** The match patterns of all of them. */
export async function namedHosts(parts: RuleParts): Promise<readonly string[]> {
  return (await rulesInForce(parts, null)).flatMap(({ matches }) => matches);
}

/** The address by which rules are chosen for a document: its own, or where it has none the root of its origin. */
export function addressOf({ origin, url }: { readonly origin: string; readonly url: string }): string {
  return url.startsWith(`${origin}/`) ? url : `${origin}/`;
}

/** What detection needs to know on one document. */
export async function pageRules(
  parts: RuleParts,
  from: { readonly origin: string; readonly url: string },
): Promise<PageRules> {
  const [all, authors, { settings }] = await Promise.all([
    rulesInForce(parts, from.origin),
    listAuthors(parts.database),
    readSettings(parts.database),
  ]);
  const rules = rulesForHost(all, addressOf(from));
  return {
    rules,
    authors: authorsFor(authors, from.origin, new Set(rules.map(({ id }) => id))),
    threshold: settings.assertFrom,
    generic: settings.findWithoutRule,
  };
}
