/** The rules in force: the bundled ones with what the team and the user have put beside or in place of them. */
import { mergeRules, type OwnedRule } from '../../utils/detection/choose-rules.ts';
import { listRules, rulesOff } from '../../utils/storage/stored-rules.ts';
import type { Room } from './room.ts';

export type RuleParts = Pick<Room, 'database' | 'bundledRules'>;

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
