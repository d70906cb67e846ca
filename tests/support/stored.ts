/** Reviews in a database, as a reviewer would have stored them. */

import type { Saved } from '../../utils/review/mark.ts';
import type { RevisionContext } from '../../utils/review/revise.ts';
import { defaultRubric } from '../../utils/review/rubric.ts';
import type { ReviewDraft } from '../../utils/review/schema.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { saveRevision } from '../../utils/storage/save.ts';
import { aDraft } from './builders.ts';
import { openDatabase } from './outbox.ts';

export { openDatabase };

/** When tests happen, in ms since 1970. */
export const NOON = Date.parse('2026-11-21T12:00:00.000Z');
export const SITE = 'https://chat.example';

export function aContext(change: Partial<RevisionContext> = {}): RevisionContext {
  return { origin: SITE, reviewer: { id: 'installation-1', name: null }, rubric: defaultRubric, now: NOON, ...change };
}

/** Stores a draft and gives it back with the answer. */
export async function stored(
  database: CountersignDatabase,
  change: Partial<ReviewDraft> = {},
  context: Partial<RevisionContext> = {},
): Promise<{ draft: ReviewDraft; saved: Saved }> {
  const draft = aDraft(change);
  return { draft, saved: await saveRevision(database, draft, aContext(context)) };
}

/** The draft of the revision after this one. */
export function revisionAfter(draft: ReviewDraft, change: Partial<ReviewDraft> = {}): ReviewDraft {
  return aDraft({ ...draft, saveId: aDraft().saveId, basedOn: draft.basedOn + 1, ...change });
}

/** What a rejected call was rejected with. */
export const failing = (code: string, field?: string) => ({ failure: field ? { code, field } : { code } });
