/** The team's rule pack, whose code loads where there is one, or somebody asks for one. */
import { late } from '../../utils/late.ts';
import type { RulePackState } from '../../utils/messaging/contract.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { storedPack } from '../../utils/storage/stored-rules.ts';

export const PACK_ALARM = 'rule-pack';

export interface RulePacks {
  /** Sets the address, or forgets it with null, and fetches the pack now. Throws `invalid` for an address that is none. */
  setUrl(url: string | null): Promise<RulePackState>;
  /** Fetches it now. */
  update(): Promise<RulePackState>;
  /** Fetches it where the last try is a day ago, and makes sure that somebody asks again. */
  updateIfDue(): Promise<void>;
}

export function createLatePacks(database: CountersignDatabase, load: () => Promise<RulePacks>): RulePacks {
  const packs = late(load);
  return {
    setUrl: async (url) => (await packs()).setUrl(url),
    update: async () => (await packs()).update(),
    async updateIfDue() {
      if ((await storedPack(database)) !== null) await (await packs()).updateIfDue();
    },
  };
}
