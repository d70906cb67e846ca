/** Reads the rules that did not come with the program: apart from what changes them, because every start of the background does. */
import type { CountersignDatabase, RuleRow } from './database.ts';

export const OFF = 'rules-off';
export const PACK = 'rule-pack';

/** How the team's rule pack stands, with what the next request needs. */
export interface StoredPack {
  readonly url: string;
  /** Of the pack in use, which is the last good one; null where there is none yet. */
  readonly version: string | null;
  /** As the server gave it with the pack in use. */
  readonly etag: string | null;
  /** ISO times; null for never. */
  readonly fetchedAt: string | null;
  readonly triedAt: string | null;
  /** Why the last try failed, in words; null where it did not. */
  readonly problem: string | null;
}

/** All of them, the team's first, each sort by id. */
export async function listRules(database: CountersignDatabase): Promise<RuleRow[]> {
  return database.rules.toArray();
}

/** The ids of rules that are switched off, whoever made them. */
export async function rulesOff(database: CountersignDatabase): Promise<readonly string[]> {
  const value = (await database.values.get(OFF))?.value;
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}

/** The team's pack; null where none is set. */
export async function storedPack(database: CountersignDatabase): Promise<StoredPack | null> {
  return ((await database.values.get(PACK))?.value as StoredPack | undefined) ?? null;
}
