/** Which model gives a second opinion, and what the editor needs to ask it. The question itself is the editor's to send. */
import { checkDestination } from '../../../utils/connectors/check.ts';
import { CountersignError, fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { noteAsked, offeredAssistance, saveAssistance } from '../../../utils/storage/assistance.ts';
import { sessionOf } from '../../../utils/storage/editors.ts';
import { redactionTerms } from '../../../utils/storage/leaving.ts';
import type { Room } from '../room.ts';

async function failWithoutConsent({ mayTransmit }: Room): Promise<void> {
  if (await mayTransmit()) return;
  const message = 'Firefox has no permission from you to let Countersign send anything.';
  fail('forbidden', {
    message,
    next: 'Save the model again in the settings and allow it in the dialog that Firefox shows.',
  });
}

export const assistancePageHandlers = (room: Room): Pick<Handlers['page'], 'saveAssistance'> => ({
  async saveAssistance({ by, url, model, key }) {
    if (by === 'endpoint') {
      await failWithoutConsent(room);
      if (model.trim() === '') fail('invalid', { field: 'model', message: 'A model has a name.', next: 'Enter it.' });
      const checked = checkDestination({
        id: null,
        name: 'model',
        connector: 'webhook',
        url,
        ...(key && { token: key }),
      });
      if (!checked.ok) throw new CountersignError(checked.error);
    }
    await saveAssistance(room.database, by === 'off' ? null : { by, url, model: model.trim(), key });
    return null;
  },
});

export const assistanceEditorHandlers = (room: Room): Pick<Handlers['editor'], 'assistanceTerms'> => ({
  async assistanceTerms({ ask }, frame) {
    const { database, now } = room;
    await sessionOf(database, frame);
    const row = await offeredAssistance(database);
    if (!row) fail('off', { message: 'No model is set any more.', next: 'Set one in the settings.' });
    if (row.by === 'endpoint') await failWithoutConsent(room);
    if (ask) await noteAsked(database, row, now());
    const { by, url, model } = row;
    // A look at what would be sent needs no key.
    return { by, url, model, key: ask ? row.key : null, redaction: await redactionTerms(database) };
  },
});
