/** Deletion of reviews with everything that is kept of them, here and, by tombstones, wherever they were delivered to. */
import { deletionKey } from '../review/ids.ts';
import type { ReviewQuery } from '../review/query.ts';
import { type DeletionEvent, toDeletion } from '../review/wire.ts';
import { removeCases } from './cases.ts';
import { deleteByKey, endsOf, rowsWithin, worthReading } from './close-rows.ts';
import { addCounts, type CountChanges, countEntry, countRevision, counts } from './counters.ts';
import type { CountersignDatabase, DestinationRow, LedgerRow, OutboxRow, RevisionRow, TraceRow } from './database.ts';
import { guarded } from './failures.ts';
import { mayBeGiven } from './given.ts';
import { scan } from './list.ts';
import { dropEntries } from './outbox.ts';
import { removePins } from './pins.ts';
import { removeQueued } from './queue.ts';
import { removeSketches } from './sketches.ts';
import { removeTriaged } from './triaged.ts';

/** Which reviews go. `site` is an origin; a `query` means all that fit it, found text and dates among its conditions. */
export type Selection =
  | { readonly ids: readonly string[] }
  | { readonly site: string }
  | { readonly query: ReviewQuery }
  | { readonly all: true };

export interface DeletionOptions {
  /** Whether destinations that were given any of it are told to forget it. */
  readonly everywhere?: boolean;
  /** ms since 1970, for the tombstones. */
  readonly now?: number;
  /** Reviews per transaction. */
  readonly chunk?: number;
  /** Asked after each transaction: whether to stop there, with `more` to do. */
  readonly stop?: () => boolean;
}

/** What a deletion did, or would do. */
export interface Deletion {
  /** Reviews. */
  readonly deleted: number;
  /** Tombstones that are owed for them, over all destinations. */
  readonly tombstones: number;
  /** Not all was done in the time that there was: the same call goes on. */
  readonly more?: true;
}

/**
 * Removes reviews with all revisions, what is owed of them, and the unsaved work on their responses; with a site, a text or
 * everything, also what is set aside or skipped of it. Each destination that
 * has acknowledged or may have received a revision of a review is owed a tombstone of it; one that was given nothing never
 * hears of it. The ledger keeps what was delivered when: ids and times, no text.
 */
export async function deleteReviews(
  database: CountersignDatabase,
  selection: Selection,
  { everywhere = true, now = Date.now(), chunk = 250, stop = () => false }: DeletionOptions = {},
): Promise<Deletion> {
  const all = 'all' in selection ? await removeUntold(database) : null;
  if (all !== null) return { deleted: all, tombstones: 0 };
  let [deleted, tombstones] = [0, 0];
  for await (const ids of portions(database, selection, chunk)) {
    if (deleted > 0 && stop()) return { deleted, tombstones, more: true };
    const gone = await removeReviews(database, ids, everywhere ? now : null);
    deleted += gone.deleted;
    tombstones += gone.tombstones;
  }
  if ('site' in selection) await guarded(() => database.drafts.where('origin').equals(selection.site).delete());
  if ('all' in selection) await guarded(() => database.drafts.clear());
  const queued = queuedIn(selection);
  if (queued) {
    await guarded(() => removeQueued(database, queued));
    await guarded(() => removePins(database, queued));
    await guarded(() => removeTriaged(database, queued));
    await guarded(() => removeCases(database, queued));
  }
  return { deleted, tombstones };
}

/** Which of the queue and of the pins go with a selection; null for none. A condition that only reviews can meet means reviews only. */
function queuedIn(selection: Selection): Parameters<typeof removeQueued>[1] | null {
  if ('all' in selection) return {};
  if ('site' in selection) return { site: selection.site };
  if (!('query' in selection)) return null;
  const { search, site, ...others } = selection.query;
  const onlyReviews = Object.values(others).some((condition) => condition !== undefined);
  return onlyReviews || (search === undefined && site === undefined) ? null : { search, site };
}

/** Removes everything at once where nobody was given anything of it; null, and nothing is done, where somebody was. */
function removeUntold(database: CountersignDatabase): Promise<number | null> {
  const { revisions, outbox, ledger, traces, drafts, queue, pins, triaged, cases, sketches, counters } = database;
  return guarded(() =>
    database.transaction(
      'rw',
      [revisions, outbox, ledger, traces, drafts, queue, pins, triaged, cases, sketches, counters],
      async () => {
        const told = [await ledger.limit(1).count(), await traces.limit(1).count(), await outbox.limit(1).count()];
        if (told.some((count) => count > 0)) return null;
        const reviews = (await counters.get('reviews'))?.value ?? 0;
        const reviewed = [revisions, drafts, queue, pins, triaged, cases, sketches, counters];
        await Promise.all(reviewed.map((table) => table.clear()));
        return reviews;
      },
    ),
  );
}

/** How many reviews a selection means, for the question before a deletion. */
export async function countSelection(
  database: CountersignDatabase,
  selection: Selection,
  signal?: AbortSignal,
): Promise<number> {
  if ('all' in selection) return (await counts(database)).reviews;
  if ('site' in selection) {
    return (await counts(database)).sites.find(({ site }) => site === selection.site)?.reviews ?? 0;
  }
  if ('query' in selection) {
    let count = 0;
    for await (const _ of scan(database, selection.query, null, 200, signal)) count += 1;
    return count;
  }
  const rows = await database.revisions.where('id').anyOf(selection.ids).primaryKeys();
  return new Set(rows.map(reviewOf)).size;
}

const reviewOf = (key: string) => key.slice(0, key.lastIndexOf(':'));

/** The ids of what is selected, in portions that each are read when the one before is gone. */
async function* portions(
  database: CountersignDatabase,
  selection: Selection,
  chunk: number,
): AsyncGenerator<readonly string[]> {
  if ('ids' in selection) {
    for (let start = 0; start < selection.ids.length; start += chunk) yield selection.ids.slice(start, start + chunk);
    return;
  }
  if ('query' in selection) {
    const found: string[] = [];
    for await (const { review } of scan(database, selection.query, null, chunk)) found.push(review.id);
    yield* portions(database, { ids: found.sort() }, chunk);
    return;
  }
  for (;;) {
    const { revisions } = database;
    const rows =
      'site' in selection
        ? revisions.where('[latest+site+createdAt]').between([1, selection.site, ''], [1, selection.site, '\uffff'])
        : // In the order in which they lie on the disk, so that each portion lies close together.
          revisions.toCollection();
    const keys = await guarded(() => rows.limit(chunk).primaryKeys());
    if (keys.length === 0) return;
    yield [...new Set(keys.map(reviewOf))];
  }
}

/** All that the database has of some reviews. */
interface Belongings {
  readonly rows: readonly RevisionRow[];
  readonly entries: readonly OutboxRow[];
  readonly accepted: readonly LedgerRow[];
  readonly traces: readonly TraceRow[];
}

/** Reads it in one request for each table where the reviews lie close together. */
async function belongingsOf(database: CountersignDatabase, ids: readonly string[]): Promise<Belongings> {
  const { revisions, outbox, ledger, traces } = database;
  const wanted = new Set(ids);
  const [first, last] = endsOf(ids);
  const most = worthReading(ids.length);
  const ofReviews: readonly [[string, string], [string, string]] = [
    [first, ''],
    [last, '\uffff'],
  ];
  const each = [...ids].sort().map((id) => [
    [id, ''],
    [id, '\uffff'],
  ]) as never;
  const rows =
    (await rowsWithin(revisions, ':id', [`${first}:`, `${last}:\uffff`], most)) ??
    (await revisions.where('id').anyOf(ids).toArray());
  const entries =
    (await rowsWithin(outbox, '[reviewId+state]', ofReviews, most)) ??
    (await outbox.where('reviewId').anyOf(ids).toArray());
  const accepted =
    (await rowsWithin(ledger, '[reviewId+destinationId]', ofReviews, most)) ??
    (await ledger.where('[reviewId+destinationId]').inAnyRange(each).toArray());
  const traced =
    (await rowsWithin(traces, '[reviewId+destinationId]', ofReviews, most)) ??
    (await traces.where('[reviewId+destinationId]').inAnyRange(each).toArray());
  return {
    rows: rows.filter(({ id }) => wanted.has(id)),
    entries: entries.filter(({ reviewId }) => wanted.has(reviewId)),
    accepted: accepted.filter(({ reviewId }) => wanted.has(reviewId)),
    traces: traced.filter(({ reviewId }) => wanted.has(reviewId)),
  };
}

type Answer = [site: string, responseKey: string];

/** Removes what else is kept of these answers: unsaved work, the place in the queue, what triage made of them, pins, cases. There is seldom much of it, and one request shows that. */
async function removeBeside(
  { drafts, queue, triaged, pins, cases }: CountersignDatabase,
  rows: readonly RevisionRow[],
): Promise<void> {
  const answers = rows.map((row): Answer => [row.site, row.responseKey]);
  const gone = new Set(answers.map((pair) => JSON.stringify(pair)));
  for (const table of [drafts, queue, triaged]) {
    const there = await table.limit(rows.length + 1).primaryKeys();
    const many = there.length > rows.length;
    await table.bulkDelete(many ? answers : there.filter((pair) => gone.has(JSON.stringify(pair))));
  }
  for (const table of [pins, cases] as const)
    await table.filter(({ site, responseKey }) => gone.has(JSON.stringify([site, responseKey]))).delete();
}

/** Removes these reviews in one transaction; `now` null owes nobody a tombstone. */
function removeReviews(database: CountersignDatabase, ids: readonly string[], now: number | null): Promise<Deletion> {
  const { revisions, outbox, ledger, traces, destinations, drafts, queue, pins, triaged, cases, sketches, counters } =
    database;
  const tables = [
    revisions,
    outbox,
    ledger,
    traces,
    destinations,
    drafts,
    queue,
    pins,
    triaged,
    cases,
    sketches,
    counters,
  ];
  return guarded(() =>
    database.transaction('rw', tables, async () => {
      const theirs = await belongingsOf(database, ids);
      const { rows, entries } = theirs;
      const changes: CountChanges = new Map();
      for (const row of rows) countRevision(changes, row, -1);
      const stored = new Set(rows.map(({ key }) => key));
      for (const { key, destinationId } of theirs.accepted) {
        if (stored.has(key)) countEntry(changes, { destinationId, state: 'delivered' }, -1);
      }
      await deleteByKey(
        revisions,
        rows.map((row) => row.key),
      );
      await removeBeside(database, rows);
      await removeSketches(database, ids);
      await addCounts(database, changes);

      const latest = rows.filter((row) => row.latest === 1);
      let tombstones = 0;
      const known = await destinations.toArray();
      for (const destination of known) {
        const its = entries.filter(({ destinationId }) => destinationId === destination.id);
        const owed = now === null ? [] : tombstonesFor(destination, latest, theirs, now);
        // A tombstone that is under way already stays.
        const dropped = its.filter(({ kind }) => kind === 'review');
        await dropEntries(database, destination, dropped);
        await owe(database, destination.id, owed, now ?? 0);
        tombstones += owed.length;
      }
      // With everywhere, the tombstones have taken them up.
      const taken = theirs.traces.map(({ reviewId, destinationId }): [string, string] => [reviewId, destinationId]);
      if (now !== null) await traces.bulkDelete(taken);
      const places = new Set(known.map(({ id }) => id));
      const orphans = entries.filter(({ destinationId }) => !places.has(destinationId));
      await dropEntries(database, undefined, orphans);
      return { deleted: latest.length, tombstones };
    }),
  );
}

/** The tombstones that a destination is owed: of each review that it was or may have been given. */
function tombstonesFor(
  { id }: DestinationRow,
  rows: readonly RevisionRow[],
  { entries, accepted, traces }: Belongings,
  now: number,
): DeletionEvent[] {
  const here = ({ destinationId }: { readonly destinationId: string }) => destinationId === id;
  const given = new Set([
    ...traces.filter(here).map(({ reviewId }) => reviewId),
    ...accepted.filter((row) => here(row) && row.kind === 'review').map(({ reviewId }) => reviewId),
    ...entries
      .filter((entry) => here(entry) && entry.kind === 'review' && mayBeGiven(entry))
      .map(({ reviewId }) => reviewId),
  ]);
  const told = new Set(
    [...accepted, ...entries].filter((row) => here(row) && row.kind === 'deletion').map(({ key }) => key),
  );
  return rows
    .filter((row) => given.has(row.id) && !told.has(deletionKey(row.id)))
    .map(({ review }) => toDeletion(review, now));
}

/** Queues tombstones, due at once: who deletes has been asked before. */
async function owe(
  database: CountersignDatabase,
  destinationId: string,
  events: readonly DeletionEvent[],
  now: number,
): Promise<void> {
  const rows = events.map(
    (event): Omit<OutboxRow, 'entryId'> => ({
      key: event.id,
      reviewId: event.data.id,
      destinationId,
      kind: 'deletion',
      state: 'pending',
      dueAt: now,
      leasedUntil: 0,
      attempts: 0,
      reason: null,
      sequence: null,
      closes: [],
      event,
    }),
  );
  await database.outbox.bulkAdd(rows);
  const changes: CountChanges = new Map();
  for (const row of rows) countEntry(changes, row, 1);
  await addCounts(database, changes);
}
