/** Storing a revision: in one transaction with what is owed of it, or not at all. */
import { fail } from '../errors.ts';
import { idempotencyKey } from '../review/ids.ts';
import { type Saved, savedOf } from '../review/mark.ts';
import { nextRevision, type RevisionContext } from '../review/revise.ts';
import type { Review, ReviewDraft } from '../review/schema.ts';
import { addCounts, type CountChanges, countEntry, countRevision } from './counters.ts';
import type { CountersignDatabase, OutboxRow, RevisionRow } from './database.ts';
import { guarded } from './failures.ts';
import { areSame, type Leaving, leavingAt, type RedactionTerms, redactionTerms } from './leaving.ts';
import { type Share, shareOf, shares } from './shares.ts';
import { keepSketch } from './sketches.ts';

/** The row of a revision that is its review's newest. */
export function rowOf(review: Review, saveId: string): RevisionRow {
  return {
    key: idempotencyKey(review),
    id: review.id,
    revision: review.revision,
    latest: 1,
    saveId,
    responseKey: review.responseKey,
    site: review.origin,
    verdict: review.judgement.verdict,
    labels: review.judgement.labels,
    createdAt: review.createdAt,
    review,
  };
}

/** A new entry, due at `dueAt` (ms since 1970), with what may leave, and nothing else; null is prepared before it leaves. */
export function owedTo(
  destinationId: string,
  review: Review,
  dueAt: number,
  leaving: Leaving | { readonly event: null },
): Omit<OutboxRow, 'entryId'> {
  return {
    key: idempotencyKey(review),
    reviewId: review.id,
    destinationId,
    kind: 'review',
    state: 'pending',
    dueAt,
    leasedUntil: 0,
    attempts: 0,
    reason: null,
    sequence: null,
    closes: [],
    ...leaving,
  };
}

/** The newest revision of a review, or null. */
export async function newestOf(database: CountersignDatabase, reviewId: string): Promise<RevisionRow | null> {
  // Revisions are numbered without gaps from 1 and only ever taken back from the end, so the greatest key is the newest.
  const row = await database.revisions
    .where('[id+revision]')
    .between([reviewId, 1], [reviewId, Number.MAX_SAFE_INTEGER])
    .last();
  return row ?? null;
}

/** What this attempt to save has stored already, or null. */
async function replayed(database: CountersignDatabase, draft: ReviewDraft): Promise<Saved | null> {
  const row = await database.revisions.where('saveId').equals(draft.saveId).first();
  if (row && row.id !== draft.id) fail('invalid', { field: 'saveId' });
  return row ? savedOf(row.review) : null;
}

/** One reviewer has one review of a response; a first revision beside another review of it builds on an outdated view. */
async function failWhereReviewed(database: CountersignDatabase, review: Review): Promise<void> {
  const others = await database.revisions.where('[latest+responseKey]').equals([1, review.responseKey]).toArray();
  if (others.some((other) => other.site === review.origin && other.id !== review.id)) fail('conflict');
}

/**
 * Stores the draft as the next revision of its review, with one outbox entry per destination, due when the undo window
 * closes, and removes the response's draft. Each entry holds what its destination may get; where that could not be made,
 * it is dead and says why. Entries still unsent of earlier revisions stay: each revision is owed.
 * A repeated `saveId` is answered with what is stored. Throws `conflict`, `forbidden`, `invalid` or a storage failure;
 * then nothing at all was stored.
 */
export function saveRevision(
  database: CountersignDatabase,
  draft: ReviewDraft,
  context: RevisionContext,
): Promise<Saved> {
  return guarded(async () => {
    const before = await replayed(database, draft);
    if (before) return before;
    // Hashing waits for another thread, and a transaction would commit meanwhile: hash first, look again inside.
    const previous = await newestOf(database, draft.id);
    const review = await nextRevision(draft, previous?.review ?? null, context);
    const terms = await redactionTerms(database);
    const wanted = (await database.destinations.toArray()).map(shareOf);
    const saved = await store(database, draft, review, await leavingAt(database, review, wanted, terms), terms);
    if (saved) return saved;
    // Somebody changed meanwhile what a destination gets: with all shares at hand, that cannot happen again.
    const atLast = await store(database, draft, review, await leavingAt(database, review, shares, terms), terms);
    return atLast ?? fail('conflict');
  });
}

/**
 * Answers null, and stores nothing, where a destination gets a share that is not among `leaving`. Where the terms changed
 * since `leaving` was made, the entries are prepared before they leave.
 */
function store(
  database: CountersignDatabase,
  draft: ReviewDraft,
  review: Review,
  leaving: ReadonlyMap<Share, Leaving>,
  terms: RedactionTerms,
): Promise<Saved | null> {
  const { revisions, outbox, destinations, drafts, sketches, counters, values } = database;
  return database.transaction('rw', [revisions, outbox, destinations, drafts, sketches, counters, values], async () => {
    const meanwhile = await replayed(database, draft);
    if (meanwhile) return meanwhile;
    const newest = await newestOf(database, draft.id);
    if ((newest?.review.hash ?? null) !== review.previousHash) fail('conflict');
    await failWhereReviewed(database, review);

    const saved = savedOf(review);
    const owed: Omit<OutboxRow, 'entryId'>[] = [];
    const current = areSame(terms, await redactionTerms(database));
    for (const destination of await destinations.toArray()) {
      if (destination.former) continue;
      const its = leaving.get(shareOf(destination));
      if (!its) return null;
      owed.push(owedTo(destination.id, review, saved.undoUntil, current ? its : { event: null }));
    }

    const changes: CountChanges = new Map();
    if (newest) {
      countRevision(changes, newest, -1);
      await revisions.update(newest.key, { latest: 0 });
      countRevision(changes, { ...newest, latest: 0 }, 1);
    }
    const row = rowOf(review, draft.saveId);
    await revisions.add(row);
    countRevision(changes, row, 1);
    await keepSketch(database, review);

    await outbox.bulkAdd(owed);
    for (const entry of owed) countEntry(changes, entry, 1);
    await drafts.delete([review.origin, review.responseKey]);
    await addCounts(database, changes);
    return saved;
  });
}
