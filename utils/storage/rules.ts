/**
 * Site rules that did not come with the program, which rules are switched off, and how the team's pack stands. What is
 * stored was checked before; the functions that read need no schema, so pages may load them.
 */
import type { AuthorRule, RulePack, SiteRule } from '../detection/types.ts';
import { fail } from '../errors.ts';
import { replaceTeamAuthors } from './authors.ts';
import type { AuthorRow, CountersignDatabase, RuleRow } from './database.ts';
import { guarded } from './failures.ts';
import { OFF, PACK, rulesOff, type StoredPack, storedPack } from './stored-rules.ts';

/** Rules of the user's own; what points at answers on more sites than this is a pack. */
const USER_RULES = 500;

interface Keeping {
  readonly keptFor: string | null;
  /** ms since 1970. */
  readonly now: number;
}

/** Keeps a rule of the user's own in place of the one with its id. Throws `invalid` where there are too many. */
export function putUserRule(database: CountersignDatabase, rule: SiteRule, keeping: Keeping): Promise<void> {
  return guarded(() => database.transaction('rw', database.rules, () => putUserRules(database, [rule], keeping)));
}

/** Keeps several, all or none. To be called inside a transaction that has `rules`. */
export async function putUserRules(
  database: CountersignDatabase,
  rules: readonly SiteRule[],
  { keptFor, now }: Keeping,
): Promise<void> {
  const savedAt = new Date(now).toISOString();
  await database.rules.bulkPut(rules.map((rule) => ({ origin: 'user', id: rule.id, rule, keptFor, savedAt })));
  const count = await database.rules.where('[origin+id]').between(['user', ''], ['user', '\uffff']).count();
  if (count > USER_RULES) {
    const message = `There would be more than ${USER_RULES} rules of your own.`;
    fail('invalid', { field: 'rule', message, next: 'Remove some that you do not need any more.' });
  }
}

/** Forgets one of the user's own rules; one that is not there is forgotten already. */
export async function removeUserRule(database: CountersignDatabase, id: string): Promise<void> {
  await guarded(() => database.rules.delete(['user', id]));
}

/** Switches a rule on or off by its id. */
export async function switchRule(database: CountersignDatabase, id: string, on: boolean): Promise<void> {
  await guarded(() =>
    database.transaction('rw', database.values, async () => {
      const others = (await rulesOff(database)).filter((one) => one !== id);
      await database.values.put({ name: OFF, value: on ? others : [...others, id].slice(-1000) });
    }),
  );
}

/** The team's pack, as the settings show it. Works inside `liveQuery`. */
export async function rulePackState(database: CountersignDatabase) {
  const pack = await storedPack(database);
  const rules = await database.rules.where('[origin+id]').between(['team', ''], ['team', '\uffff']).count();
  const { url = null, version = null, fetchedAt = null, triedAt = null, problem = null } = pack ?? {};
  return { url, version, rules, fetchedAt, triedAt, problem };
}

/** Notes a try that brought nothing new. The pack in use stays. Does nothing where the address is another one by now. */
export function notePack(database: CountersignDatabase, change: StoredPack): Promise<void> {
  return guarded(() =>
    database.transaction('rw', database.values, async () => {
      const stored = await storedPack(database);
      if (stored === null || stored.url === change.url) await database.values.put({ name: PACK, value: change });
    }),
  );
}

/** Sets the address and forgets the pack of another one. */
export function setPackUrl(database: CountersignDatabase, url: string | null): Promise<void> {
  return guarded(() =>
    database.transaction('rw', [database.values, database.rules, database.authors], async () => {
      const stored = await storedPack(database);
      if (stored?.url === url) return;
      await replaceTeam(database, [], [], '');
      await putPack(database, url === null ? null : freshPack(url));
    }),
  );
}

/** Of an address from which nothing was fetched yet. */
export const freshPack = (url: string): StoredPack => ({
  ...{ url, version: null, etag: null, fetchedAt: null, triedAt: null, problem: null },
});

/** Says where the team's rules come from, inside the caller's transaction; null for nowhere. */
export async function putPack({ values }: CountersignDatabase, pack: StoredPack | null): Promise<void> {
  if (pack === null) await values.delete(PACK);
  else await values.put({ name: PACK, value: pack });
}

/** Puts rules and authors in the place of the team's, inside the caller's transaction, which has both tables. */
export async function replaceTeam(
  database: CountersignDatabase,
  rules: readonly SiteRule[],
  authors: readonly AuthorRule[],
  savedAt: string,
): Promise<void> {
  await database.rules.where('[origin+id]').between(['team', ''], ['team', '\uffff']).delete();
  await database.rules.bulkPut(rules.map((rule) => ({ origin: 'team', id: rule.id, rule, keptFor: null, savedAt })));
  await replaceTeamAuthors(database, authors, savedAt);
}

/** The team's rules and authors, as they are stored. */
export async function teamRows({ rules, authors }: CountersignDatabase) {
  const isTeams = ({ origin }: { readonly origin: string }) => origin === 'team';
  return { rules: await rules.filter(isTeams).toArray(), authors: await authors.filter(isTeams).toArray() };
}

/** Puts them back, inside the caller's transaction, which has both tables. */
export async function putTeamRows(
  database: CountersignDatabase,
  { rules, authors }: { readonly rules: readonly RuleRow[]; readonly authors: readonly AuthorRow[] },
): Promise<void> {
  await replaceTeam(database, [], [], '');
  await database.rules.bulkPut(rules);
  await database.authors.bulkPut(authors);
}

/**
 * Puts a pack that was checked in the place of the one before, all of it or nothing. Answers false where the address was
 * changed in the meantime: then it is not the team's any more.
 */
export function putTeamPack(
  database: CountersignDatabase,
  pack: RulePack,
  { url, etag, now }: { readonly url: string; readonly etag: string | null; readonly now: number },
): Promise<boolean> {
  const at = new Date(now).toISOString();
  return guarded(() =>
    database.transaction('rw', [database.values, database.rules, database.authors], async () => {
      if ((await storedPack(database))?.url !== url) return false;
      await replaceTeam(database, pack.rules, pack.authors ?? [], at);
      const state: StoredPack = { url, version: pack.version, etag, fetchedAt: at, triedAt: at, problem: null };
      await database.values.put({ name: PACK, value: state });
      return true;
    }),
  );
}
