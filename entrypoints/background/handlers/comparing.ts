/** Pinned answers, and texts that go back into the page. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { Room } from '../room.ts';

export const pinHandlers = (_room: Room): Pick<Handlers['content'], 'pin'> => ({
  pin: async () => fail('not-found'),
});

export const insertHandlers = (_room: Room): Pick<Handlers['editor'], 'insertText' | 'unpin'> => ({
  insertText: async () => fail('not-found'),
  unpin: async () => fail('not-found'),
});
