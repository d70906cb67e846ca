/** What a page's responses are worth to a reviewer; what triages them is loaded when the first of them is told of. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import type { Room } from '../room.ts';

export const triageHandlers = (room: Room): Pick<Handlers['content'], 'triage'> => ({
  async triage({ answers }, from) {
    const { sites, lent, isPaused } = room;
    const on = (await sites.isOn(from.origin)) || ((await lent.covers(from)) && !(await isPaused()));
    if (!on) fail('off');
    const { triageOf } = await import('../triaging.ts');
    const answer = await triageOf(room).look(from.origin, answers);
    await room.showBadge();
    return answer;
  },
});

/** Other terms are in force, or may be: decides anew, and tells pages and the toolbar button. */
export async function termsChanged(room: Room): Promise<void> {
  const { triageOf } = await import('../triaging.ts');
  await triageOf(room).decideAnew();
  await room.showBadge();
  void room.pushes.toAll({ push: 'pageChanged' });
}
