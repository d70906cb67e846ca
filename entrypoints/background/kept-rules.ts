/** Rules from outside, as they are kept: made by pointing on a page, written in the settings, or read from a file. */
import { checkRule, type RuleComplaint, readPack } from '../../utils/detection/rule-pack.ts';
import { fail } from '../../utils/errors.ts';
import { canonicalJson, sha256 } from '../../utils/review/hash.ts';
import { putUserAuthors } from '../../utils/storage/authors.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { guarded } from '../../utils/storage/failures.ts';
import { putUserRule, putUserRules, removeUserRule } from '../../utils/storage/rules.ts';
import { listRules } from '../../utils/storage/stored-rules.ts';

function refuse({ field, message }: RuleComplaint): never {
  fail('invalid', { field, message, next: 'Correct it there and try again; nothing was changed.' });
}

/** The id of the one rule that may be made by pointing on a web origin: readable, and no other origin's. */
async function idFor(origin: string): Promise<string> {
  const { host } = new URL(origin);
  const readable = host
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `own-${readable}-${(await sha256(origin)).slice(0, 12)}`;
}

/**
 * Keeps a rule that came from a page of this origin, or forgets it with null. What it says of its own id, name, version and
 * addresses is not asked: it is good for this origin and no other. Throws `invalid` in words.
 */
export async function keepRule(
  database: CountersignDatabase,
  given: unknown,
  origin: string,
  now: number,
): Promise<void> {
  const id = await idFor(origin);
  if (given === null) return removeUserRule(database, id);
  const date = new Date(now).toISOString().slice(0, 10);
  const own = { id, name: new URL(origin).host.slice(0, 100), matches: [`${origin}/*`], version: date };
  const checked = checkRule({ ...(given as object), ...own });
  if (!checked.ok) refuse(checked.error);
  const { version: _, ...said } = checked.value;
  const version = `${date}-${(await sha256(canonicalJson(said))).slice(0, 8)}`;
  await putUserRule(database, { ...checked.value, version }, { keptFor: origin, now });
}

/** Keeps a rule from the settings. One that was made by pointing stays with its origin as long as its addresses do. */
export async function saveRule(database: CountersignDatabase, given: unknown, now: number): Promise<void> {
  const checked = checkRule(given);
  if (!checked.ok) refuse(checked.error);
  const rule = checked.value;
  const before = (await listRules(database)).find((row) => row.origin === 'user' && row.id === rule.id);
  const sameAddresses = before?.rule.matches.join(' ') === rule.matches.join(' ');
  await putUserRule(database, rule, { keptFor: sameAddresses ? (before?.keptFor ?? null) : null, now });
}

/** Takes all of a pack from a file as the user's own, or nothing of it. */
export async function importRules(
  database: CountersignDatabase,
  json: string,
  now: number,
): Promise<{ readonly rules: number; readonly authors: number }> {
  const pack = readPack(json);
  if (!pack.ok) refuse(pack.error);
  const { rules, authors = [] } = pack.value;
  await guarded(() =>
    database.transaction('rw', [database.rules, database.authors], async () => {
      await putUserRules(database, rules, { keptFor: null, now });
      await putUserAuthors(database, authors, now);
    }),
  );
  return { rules: rules.length, authors: authors.length };
}
