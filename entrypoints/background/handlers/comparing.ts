/** Pinned answers, and texts that go back into the page. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { EditorRow } from '../../../utils/storage/database.ts';
import { sessionOf } from '../../../utils/storage/editors.ts';
import { pin, unpin } from '../../../utils/storage/pins.ts';
import type { Room } from '../room.ts';

export const pinHandlers = ({ database, sites, lent, now, isPaused }: Room): Pick<Handlers['content'], 'pin'> => ({
  async pin(answer, from) {
    const on = (await sites.isOn(from.origin)) || ((await lent.covers(from)) && !(await isPaused()));
    if (!on) fail('off');
    const { count } = await pin(database, { ...answer, site: from.origin }, now());
    return { count };
  },
});

const parentOf = ({ tabId, parentFrameId }: EditorRow) => ({ tabId, frameId: parentFrameId });

const nowhere = {
  message: 'There is no message field on this page that takes the text.',
  next: 'Copy the text and paste it where you write.',
};

type InsertCalls = 'insertText' | 'pin' | 'unpin';

export const insertHandlers = ({ database, insert, now }: Room): Pick<Handlers['editor'], InsertCalls> => ({
  async insertText({ text }, frame) {
    const session = await sessionOf(database, frame);
    if (!(await insert(parentOf(session), text))) fail('not-found', nowhere);
    return null;
  },
  async pin(_, frame) {
    const { responseKey, snapshot, origin } = await sessionOf(database, frame);
    return pin(database, { responseKey, snapshot, site: origin }, now());
  },
  async unpin({ id }, frame) {
    await sessionOf(database, frame);
    await unpin(database, id);
    return null;
  },
});
