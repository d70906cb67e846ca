/** Taking a revision back before it was released. */
import { fail } from '../errors.ts';
import { idempotencyKey } from '../review/ids.ts';
import { type Mark, markOf, savedOf } from '../review/mark.ts';
import type { Review } from '../review/schema.ts';
import { addCounts, type CountChanges, countEntry, countRevision } from './counters.ts';
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';
import { givenKey, mayBeGiven } from './given.ts';
import { newestOf } from './save.ts';
import { keepSketch, removeSketches } from './sketches.ts';

/** Which revision, and who asks: `origin` null for an extension page, which may undo on any site. */
export interface UndoRequest {
  readonly reviewId: string;
  readonly revision: number;
  readonly origin: string | null;
  /** ms since 1970. */
  readonly now: number;
}

/** What was taken back, and the mark of the revision before it. */
export interface Undone {
  readonly removed: Review;
  readonly mark: Mark | null;
}

/**
 * Removes the newest revision and its outbox entries, makes the one before the newest again, and keeps what had been
 * typed as a draft. Throws `not-found`, `conflict` when a newer revision exists, or `too-late` when the window has closed
 * or a delivery has begun.
 */
export function undoRevision(
  database: CountersignDatabase,
  { reviewId, revision, origin, now }: UndoRequest,
): Promise<Undone> {
  const { revisions, outbox, ledger, drafts, sketches, counters } = database;
  return guarded(() =>
    database.transaction('rw', [revisions, outbox, ledger, drafts, sketches, counters], async () => {
      const newest = await newestOf(database, reviewId);
      if (!newest || newest.revision < revision) fail('not-found');
      if (origin !== null && newest.site !== origin) fail('not-found');
      if (newest.revision > revision) fail('conflict');
      if (now > savedOf(newest.review).undoUntil) fail('too-late');
      const entries = await outbox.where('key').equals(newest.key).toArray();
      // The clock may say that there is time left when it was set back: what counts is what has left.
      if (entries.some(mayBeGiven) || (await givenKey(database, newest.key))) fail('too-late');

      const changes: CountChanges = new Map();
      await outbox.bulkDelete(entries.map((entry) => entry.entryId));
      for (const entry of entries) countEntry(changes, entry, -1);
      await revisions.delete(newest.key);
      countRevision(changes, newest, -1);
      const previous = await revisions.get(idempotencyKey({ id: reviewId, revision: revision - 1 }));
      if (previous) {
        countRevision(changes, previous, -1);
        await revisions.update(previous.key, { latest: 1 });
        countRevision(changes, { ...previous, latest: 1 }, 1);
      }
      await removeSketches(database, [reviewId]);
      if (previous) await keepSketch(database, previous.review);
      await addCounts(database, changes);
      await keepTyped(database, newest.review, now);
      return { removed: newest.review, mark: previous ? markOf(previous.review) : null };
    }),
  );
}

/** Undo takes the judgement back, not the work: typed text becomes the draft again, unless newer work is there. */
async function keepTyped(database: CountersignDatabase, review: Review, now: number): Promise<void> {
  const { correction, comment } = review.judgement;
  if (correction === null && comment === null) return;
  const { origin, responseKey, judgement, snapshot } = review;
  if (await database.drafts.get([origin, responseKey])) return;
  await database.drafts.put({ origin, responseKey, judgement, snapshot, updatedAt: new Date(now).toISOString() });
}
