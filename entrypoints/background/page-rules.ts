/** What detection is told on one document. */
import { rulesForHost } from '../../utils/detection/choose-rules.ts';
import type { PageRules } from '../../utils/detection/types.ts';
import { authorsFor, listAuthors } from '../../utils/storage/authors.ts';
import { readSettings } from '../../utils/storage/settings.ts';
import { type RuleParts, rulesInForce } from './rules.ts';

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
