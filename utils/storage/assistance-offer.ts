/** What an editor offers of assistance: the model that is set, at the time that the team decided on. */
import type { AssistanceOffer } from '../assistance/types.ts';
import { offeredAssistance } from './assistance.ts';
import { currentProject } from './current-project.ts';
import type { CountersignDatabase } from './database.ts';

/** Null where none is set. Own judgement first, unless the project says otherwise. */
export async function assistanceOffer(database: CountersignDatabase): Promise<AssistanceOffer | null> {
  const row = await offeredAssistance(database);
  if (!row) return null;
  const { by, url, model } = row;
  const { when = 'after-verdict' } = (await currentProject(database)).assistance ?? {};
  return { by, url, model, when };
}
