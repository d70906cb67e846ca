/** What the workbench may ask for to set up a destination: apart from the rest, for it needs to know all connectors. */
import { abouts } from '../../../utils/connectors/abouts.ts';
import { checkDestination } from '../../../utils/connectors/check.ts';
import type { DestinationInput } from '../../../utils/connectors/types.ts';
import { CountersignError } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { completeInput, saveDestination } from '../../../utils/storage/destinations.ts';
import { failWithoutConsent } from '../consent.ts';
import type { Room } from '../room.ts';

/** Throws the complaint, with the field named. */
function failUnlessValid(input: DestinationInput): void {
  const checked = checkDestination(input, abouts[input.connector]);
  if (!checked.ok) throw new CountersignError(checked.error);
}

type Set = Pick<Handlers['page'], 'saveDestination' | 'testDestination' | 'sendSample'>;

export function destinationHandlers(room: Room): Set {
  const { database, delivery } = room;

  return {
    async saveDestination({ owed, ...input }) {
      failUnlessValid(input);
      await failWithoutConsent(room);
      const id = await saveDestination(database, input, owed);
      void delivery.wake('settings');
      return { id };
    },

    async testDestination(input) {
      failUnlessValid(input);
      await failWithoutConsent(room);
      const { ok, message, next } = await room.probe(await completeInput(database, input));
      return { ok, message, next };
    },

    async sendSample({ destination, trace }) {
      failUnlessValid(destination);
      await failWithoutConsent(room);
      const { ok, message, next } = await room.sendSample(await completeInput(database, destination), trace);
      return { ok, message, next };
    },
  };
}
