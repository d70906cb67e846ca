/** What every surface's save and undo have in common: who judges by which rubric, and what follows a change. */
import type { Mark, Saved } from '../../utils/review/mark.ts';
import { defaultRubric } from '../../utils/review/rubric.ts';
import type { ReviewDraft } from '../../utils/review/schema.ts';
import { saveRevision } from '../../utils/storage/save.ts';
import { installationId, readSettings } from '../../utils/storage/settings.ts';
import { undoRevision } from '../../utils/storage/undo.ts';
import type { Room } from './room.ts';

export const rubric = defaultRubric;

/** Stores a draft judged on `origin`, and sets delivery going; the answer does not wait for that. */
export async function save(room: Room, draft: ReviewDraft, origin: string): Promise<Saved> {
  const { database, delivery, now } = room;
  const { settings } = await readSettings(database);
  const reviewer = { id: await installationId(database), name: settings.reviewerName };
  return delivery.owing(() => saveRevision(database, draft, { origin, reviewer, rubric, now: now() }));
}

/** Which revision is taken back, and by whom: `origin` null for an extension page. */
interface Undo {
  readonly reviewId: string;
  readonly revision: number;
  readonly origin: string | null;
}

/** Takes a revision back; answers the mark that is left and the origin that it concerns. */
export async function undo(room: Room, request: Undo): Promise<{ mark: Mark | null; origin: string }> {
  const { removed, mark } = await undoRevision(room.database, { ...request, now: room.now() });
  void room.delivery.schedule();
  return { mark, origin: removed.origin };
}
