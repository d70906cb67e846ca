/** What an answer that resembles a corrected one says of the model: shown to the reviewer, and kept with the review. */
import { type Standing, saysWhich, standingOf } from '../recurrence/state.ts';
import type { CorrectedBefore } from '../recurrence/view.ts';
import type { Recurrence, Review, ReviewDraft } from '../review/schema.ts';
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';
import { type Asked, type Resembled, recall, standingsOf } from './recalling.ts';
import { newestOf } from './save.ts';

const saysOf = (text: string, { snapshot, judgement }: Review) =>
  judgement.correction === null ? null : saysWhich(text, { rejected: snapshot.text, correction: judgement.correction });

/**
 * The review that a recurrence counts for: where a corrected answer was itself one that had been corrected before, the
 * first of them, as long as it is there.
 */
async function firstOf(database: CountersignDatabase, { id, oversight }: Review): Promise<string> {
  const before = oversight?.recurrence?.reviewId;
  return before !== undefined && (await newestOf(database, before)) ? before : id;
}

/** The correction that an answer reminds of, or null. `own`: the answer's own review, where it has one. */
export async function correctedBefore(
  database: CountersignDatabase,
  asked: Asked,
  own: string | null,
): Promise<CorrectedBefore | null> {
  const { corrected } = await recall(database, asked);
  return corrected && viewOf(database, corrected, asked.text, own);
}

async function viewOf(
  database: CountersignDatabase,
  { review, similarity }: Resembled,
  text: string,
  own: string | null,
): Promise<CorrectedBefore> {
  const reviewId = await firstOf(database, review);
  return {
    reviewId,
    similarity,
    says: saysOf(text, review),
    correction: review.judgement.correction ?? '',
    site: review.origin,
    correctedAt: review.createdAt,
    by: review.reviewer.name,
    since: await guarded(() => standingsOf(database, reviewId, own)),
  };
}

/**
 * What is to be stored of it with a draft. In the editor, the reviewer was shown it and may have said that it is something
 * else: there counts what the draft claims; everywhere else it is looked up. Null where there is nothing to say.
 */
export async function recurrenceOf(
  database: CountersignDatabase,
  draft: ReviewDraft,
  site: string,
): Promise<Recurrence | null> {
  if (draft.surface === 'editor' && !draft.oversight?.recurrence) return null;
  const { responseKey, snapshot, judgement } = draft;
  const { text, prompt } = snapshot;
  const before = await correctedBefore(database, { text, prompt, site, responseKey }, draft.id);
  if (!before) return null;
  const { reviewId, similarity, says, since } = before;
  const state: Standing | null = standingOf(says, judgement.verdict, since.fixed > 0);
  return state && { reviewId, similarity: Math.round(similarity * 1000) / 1000, state };
}
