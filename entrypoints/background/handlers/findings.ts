/** Where the findings of a stored review lie on the page now. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { Room } from '../room.ts';

export const findingHandlers = (_room: Room): Pick<Handlers['content'], 'anchorFindings'> => ({
  anchorFindings: async () => fail('not-found'),
});
