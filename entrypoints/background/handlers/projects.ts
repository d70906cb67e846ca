/** The team's project. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { Room } from '../room.ts';

export const projectHandlers = (_room: Room): Pick<Handlers['page'], 'setProject'> => ({
  setProject: async () => fail('not-found'),
});
