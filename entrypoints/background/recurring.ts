/** What is stored of an answer that resembles one corrected before. */
import { report } from '../../utils/errors.ts';
import type { Recurrence, ReviewDraft } from '../../utils/review/schema.ts';
import type { Room } from './room.ts';

/** Whether the model is fixed, the same or regressed; null where there is nothing to say. What fails in here holds no save up. */
export async function recurrenceOn(
  { database }: Pick<Room, 'database'>,
  draft: ReviewDraft,
  origin: string,
): Promise<Recurrence | null> {
  try {
    const { recurrenceOf } = await import('../../utils/storage/recurring.ts');
    return await recurrenceOf(database, draft, origin);
  } catch (thrown) {
    report(thrown, 'looking for a correction made before');
    return null;
  }
}
