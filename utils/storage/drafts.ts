/** Unsaved work: survives a re-render, a reload and a crash. */
import type { CountersignDatabase, DraftRow } from './database.ts';
import { guarded } from './failures.ts';

/** Which response of which site. */
export type DraftKey = Pick<DraftRow, 'origin' | 'responseKey'>;

/** The unsaved work on this response, or null. */
export async function getDraft(database: CountersignDatabase, key: DraftKey): Promise<DraftRow | null> {
  return (await database.drafts.get([key.origin, key.responseKey])) ?? null;
}

/** Keeps this work instead of what was kept before. */
export async function putDraft(database: CountersignDatabase, draft: DraftRow): Promise<void> {
  await guarded(() => database.drafts.put(draft));
}

/** Forgets the unsaved work on this response. */
export async function removeDraft(database: CountersignDatabase, key: DraftKey): Promise<void> {
  await guarded(() => database.drafts.delete([key.origin, key.responseKey]));
}
