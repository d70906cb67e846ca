/** What pages may ask about corrections that an answer reminds of. The approved text goes to pages of the extension only. */
import type { Handlers } from '../../../utils/messaging/server.ts';
import { sessionOf } from '../../../utils/storage/editors.ts';
import { historyOf } from '../../../utils/storage/list.ts';
import type { Room } from '../room.ts';

export const recurringHandlers = ({ database }: Room): Pick<Handlers['editor'], 'correctedBefore'> => ({
  async correctedBefore(_, frame) {
    const { origin: site, responseKey, snapshot } = await sessionOf(database, frame);
    const own = (await historyOf(database, { origin: site, responseKey })).at(-1)?.id ?? null;
    const { text, prompt } = snapshot;
    const { correctedBefore } = await import('../../../utils/storage/recurring.ts');
    return correctedBefore(database, { site, responseKey, text, prompt }, own);
  },
});
