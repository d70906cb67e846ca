/** What is set aside, skipped and reopened. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { Room } from '../room.ts';

export const asideHandlers = (_room: Room): Pick<Handlers['content'], 'setAside'> => ({
  setAside: async () => fail('not-found'),
});

export const queueHandlers = (_room: Room): Pick<Handlers['page'], 'queue' | 'reopen'> => ({
  queue: async () => fail('not-found'),
  reopen: async () => fail('not-found'),
});
