/**
 * Counts that are kept, not counted: Dexie's `count()` is O(n) and the popup asks on every change.
 * Whoever changes a counted row calls `addCounts` in the same transaction, which must include `counters`.
 */
import type { Verdict } from '../review/schema.ts';
import type { CountersignDatabase, OutboxRow, RevisionRow } from './database.ts';

/** Changes by counter name; a name that nets to 0 costs nothing. */
export type CountChanges = Map<string, number>;

/** A leased entry is still owed, so taking and returning a lease changes no counter. */
type OutboxGroup = 'owed' | 'delivered' | 'dead';

/** What is stored, as the popup and the workbench show it. */
export interface Counts {
  /** Reviews, each once however many revisions it has. */
  readonly reviews: number;
  readonly revisions: number;
  /** Origins with their number of reviews, most first. */
  readonly sites: readonly { readonly site: string; readonly reviews: number }[];
  /** By the verdict of the newest revision. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Entries of all destinations, tombstones among them. */
  readonly owed: number;
  /** Of the revisions that are stored here; the ledger knows of those that were deleted too. */
  readonly delivered: number;
  readonly dead: number;
  /** The same by destination id. */
  readonly destinations: Readonly<Record<string, Readonly<Record<OutboxGroup, number>>>>;
}

/** Where an entry stands; what is delivered stands in the ledger. */
export type EntryState = OutboxRow['state'] | 'delivered';

const GROUPS: Record<EntryState, OutboxGroup> = {
  pending: 'owed',
  leased: 'owed',
  delivered: 'delivered',
  dead: 'dead',
};

function change(changes: CountChanges, name: string, by: number): void {
  changes.set(name, (changes.get(name) ?? 0) + by);
}

/** Notes that a revision came (`by` 1) or went (-1). Call it with the row as it is stored, `latest` included. */
export function countRevision(changes: CountChanges, row: RevisionRow, by: 1 | -1): CountChanges {
  change(changes, 'revisions', by);
  if (row.latest === 1) {
    change(changes, 'reviews', by);
    change(changes, `site ${row.site}`, by);
    change(changes, `verdict ${row.verdict}`, by);
  }
  return changes;
}

/** Notes that an entry of outbox or ledger came (`by` 1) or went (-1) in this state; a change of state is both. */
export function countEntry(
  changes: CountChanges,
  entry: { readonly destinationId: string; readonly state: EntryState },
  by: 1 | -1,
): CountChanges {
  change(changes, `outbox ${GROUPS[entry.state]} ${entry.destinationId}`, by);
  return changes;
}

/** Applies changes; only inside a readwrite transaction over `counters` that also makes the change itself. */
export async function addCounts(database: CountersignDatabase, changes: CountChanges): Promise<void> {
  const wanted = [...changes].filter(([, by]) => by !== 0);
  const rows = await database.counters.bulkGet(wanted.map(([name]) => name));
  const next = wanted.map(([name, by], index) => ({ name, value: (rows[index]?.value ?? 0) + by }));
  await database.counters.bulkPut(next.filter(({ value }) => value !== 0));
  await database.counters.bulkDelete(next.filter(({ value }) => value === 0).map(({ name }) => name));
}

/** Reads all counters; cheap at any size, and observable by `liveQuery`. */
export async function counts(database: CountersignDatabase): Promise<Counts> {
  const verdicts: Record<Verdict, number> = { approve: 0, correct: 0, reject: 0, unsure: 0 };
  const totals = { owed: 0, delivered: 0, dead: 0 };
  const sites: { site: string; reviews: number }[] = [];
  const destinations: Record<string, Record<OutboxGroup, number>> = Object.create(null);
  let [reviews, revisions] = [0, 0];
  for (const { name, value } of await database.counters.toArray()) {
    const [kind = '', first = '', second = ''] = name.split(' ');
    if (kind === 'reviews') reviews = value;
    else if (kind === 'revisions') revisions = value;
    else if (kind === 'site') sites.push({ site: first, reviews: value });
    else if (kind === 'verdict') verdicts[first as Verdict] = value;
    else if (kind === 'outbox') {
      const group = first as OutboxGroup;
      totals[group] += value;
      destinations[second] ??= { owed: 0, delivered: 0, dead: 0 };
      destinations[second][group] = value;
    }
  }
  sites.sort((a, b) => b.reviews - a.reviews || (a.site < b.site ? -1 : 1));
  return { reviews, revisions, sites, verdicts, ...totals, destinations };
}

/** Counts everything anew and stores it: after an upgrade, and as the truth that tests compare with. O(n). */
export async function recount(database: CountersignDatabase): Promise<void> {
  const { revisions, outbox, ledger, counters } = database;
  await database.transaction('rw', [revisions, outbox, ledger, counters], async () => {
    const changes: CountChanges = new Map();
    await revisions.each((row) => {
      countRevision(changes, row, 1);
    });
    await outbox.each((entry) => {
      countEntry(changes, entry, 1);
    });
    const stored = new Set(await revisions.toCollection().primaryKeys());
    await ledger.each(({ key, destinationId }) => {
      if (stored.has(key)) countEntry(changes, { destinationId, state: 'delivered' }, 1);
    });
    await counters.clear();
    await addCounts(database, changes);
  });
}
