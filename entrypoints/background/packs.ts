/** When the team's rule pack is fetched: when its address is set, when the user asks, and once a day. */
import type { Browser } from '../../utils/browser.ts';
import { readAddress } from '../../utils/connectors/address.ts';
import { fail } from '../../utils/errors.ts';
import type { RulePackState } from '../../utils/messaging/contract.ts';
import { rulePackState, setPackUrl } from '../../utils/storage/rules.ts';
import { storedPack } from '../../utils/storage/stored-rules.ts';
import { type PackParts, updateRulePack } from '../../utils/sync/rule-pack.ts';
import { PACK_ALARM, type RulePacks } from './late-packs.ts';

const DAY_MS = 86_400_000;

interface Parts extends PackParts {
  readonly alarms: Browser['alarms'];
  /** Other rules are in force from now on. */
  readonly rulesChanged: () => Promise<void>;
}

export function createRulePacks({ alarms, rulesChanged, ...parts }: Parts): RulePacks {
  const { database, now } = parts;

  async function update(): Promise<RulePackState> {
    if (await updateRulePack(parts)) await rulesChanged();
    return rulePackState(database);
  }

  return {
    async setUrl(url) {
      const address = url === null ? null : readAddress(url);
      if (address?.ok === false) {
        fail('invalid', { field: 'url', message: address.error, next: 'Correct the address of the rule pack.' });
      }
      await setPackUrl(database, address?.value.url.href ?? null);
      if (url === null) await alarms.clear(PACK_ALARM);
      else alarms.create(PACK_ALARM, { periodInMinutes: 24 * 60 });
      const state = await update();
      // A pack of before is gone, whether or not another one came.
      await rulesChanged();
      return state;
    },
    update,
    async updateIfDue() {
      const pack = await storedPack(database);
      if (pack === null) return;
      if (!(await alarms.get(PACK_ALARM))) alarms.create(PACK_ALARM, { periodInMinutes: 24 * 60 });
      const tried = pack.triedAt === null ? 0 : Date.parse(pack.triedAt);
      // The alarm comes a moment early as often as late; a clock that was set back must not silence it.
      if (now() - tried >= DAY_MS - 60_000 || tried > now()) await update();
    },
  };
}
