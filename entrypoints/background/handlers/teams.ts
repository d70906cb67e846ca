/** Joining and leaving a team. Apart from the rest, for it needs to know all that a team file can hold. */
import { fail, report } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { storedPack } from '../../../utils/storage/stored-rules.ts';
import { joinTeam, leaveTeam } from '../../../utils/storage/team.ts';
import { readTeam } from '../../../utils/team/team-schema.ts';
import { failWithoutConsent } from '../consent.ts';
import type { Room } from '../room.ts';
import { termsChanged } from './triage.ts';

export function teamHandlers(room: Room): Pick<Handlers['page'], 'joinTeam' | 'leaveTeam'> {
  const { database, delivery, packs, permissions, sites } = room;

  /** Everything that reads what a team sets does so anew. */
  async function changed(): Promise<void> {
    await room.rulesChanged();
    await sites.guard();
    await termsChanged(room);
    void delivery.wake('settings');
  }

  return {
    async joinTeam({ json, source, granted }) {
      const read = readTeam(json, source);
      if (!read.ok)
        fail('invalid', { ...read.error, next: 'Tell whoever gave you the team file; nothing has changed.' });
      const team = read.value;
      if (team.destinations.length > 0) await failWithoutConsent(room);
      await joinTeam(database, team, { source, granted, now: room.now() });
      await changed();
      // Nobody waits for the rules: what comes of them shows beside their address.
      void packs.updateIfDue().catch((thrown: unknown) => report(thrown, 'fetching the rules of a team'));
      return null;
    },

    async leaveTeam({ owed }) {
      const before = await storedPack(database);
      const granted = await leaveTeam(database, owed);
      // With nowhere to fetch rules from any more, nothing wakes the background for it.
      if (before && (await storedPack(database)) === null) await packs.setUrl(null);
      if (granted.length > 0)
        await permissions
          .remove({ origins: [...granted] })
          .catch((thrown: unknown) => report(thrown, 'giving the permissions for a team back'));
      await changed();
      return null;
    },
  };
}
