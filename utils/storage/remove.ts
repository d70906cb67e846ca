/** Deletion of reviews with everything that is kept of them. */
import { addCounts, type CountChanges, countEntry, countRevision } from './counters.ts';
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';

/** Which reviews go. `site` is an origin. */
export type Selection = { readonly ids: readonly string[] } | { readonly site: string } | { readonly all: true };

/**
 * Removes reviews with all revisions, their outbox entries in whatever state, and the unsaved work on their responses.
 * Answers how many reviews. What was delivered before stays where it was delivered to.
 */
export async function deleteReviews(
  database: CountersignDatabase,
  selection: Selection,
  chunk = 250,
): Promise<{ deleted: number }> {
  if ('all' in selection) return { deleted: await removeAll(database) };
  if ('site' in selection) return { deleted: await removeSite(database, selection.site, chunk) };
  let deleted = 0;
  for (let start = 0; start < selection.ids.length; start += chunk) {
    deleted += await removeReviews(database, selection.ids.slice(start, start + chunk));
  }
  return { deleted };
}

function removeReviews(database: CountersignDatabase, ids: readonly string[]): Promise<number> {
  const { revisions, outbox, drafts, counters } = database;
  return guarded(() =>
    database.transaction('rw', [revisions, outbox, drafts, counters], async () => {
      const rows = await revisions.where('id').anyOf(ids).toArray();
      const entries = await outbox.where('reviewId').anyOf(ids).toArray();
      const changes: CountChanges = new Map();
      for (const row of rows) countRevision(changes, row, -1);
      for (const entry of entries) countEntry(changes, entry, -1);
      await revisions.bulkDelete(rows.map((row) => row.key));
      await outbox.bulkDelete(entries.map((entry) => entry.entryId));
      await drafts.bulkDelete(rows.map((row): [string, string] => [row.site, row.responseKey]));
      await addCounts(database, changes);
      return rows.filter((row) => row.latest === 1).length;
    }),
  );
}

async function removeSite(database: CountersignDatabase, site: string, chunk: number): Promise<number> {
  let deleted = 0;
  for (;;) {
    const rows = database.revisions.where('[latest+site+createdAt]').between([1, site, ''], [1, site, '\uffff']);
    const keys = await guarded(() => rows.limit(chunk).primaryKeys());
    if (keys.length === 0) break;
    const ids = keys.map((key) => key.slice(0, key.lastIndexOf(':')));
    deleted += await removeReviews(database, ids);
  }
  await guarded(() => database.drafts.where('origin').equals(site).delete());
  return deleted;
}

function removeAll(database: CountersignDatabase): Promise<number> {
  const { revisions, outbox, drafts, counters } = database;
  return guarded(() =>
    database.transaction('rw', [revisions, outbox, drafts, counters], async () => {
      const reviews = (await counters.get('reviews'))?.value ?? 0;
      await Promise.all([revisions.clear(), outbox.clear(), drafts.clear(), counters.clear()]);
      return reviews;
    }),
  );
}
