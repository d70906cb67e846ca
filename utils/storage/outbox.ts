/** The outbox as the workbench sees it, and the one way to change entries that keeps the counters right. */
import { fail } from '../errors.ts';
import { savedOf } from '../review/mark.ts';
import type { WireEvent } from '../review/wire.ts';
import { deleteByKey, endsOf, rowsByKey } from './close-rows.ts';
import { addCounts, type CountChanges, countEntry, type EntryState } from './counters.ts';
import type { CountersignDatabase, DestinationRow, LedgerRow, OutboxRow } from './database.ts';
import { guarded } from './failures.ts';
import { mayBeGiven } from './given.ts';
import { areSame, type Leaving, leavingAt, redactionTerms } from './leaving.ts';
import { owedTo } from './save.ts';
import type { Share } from './shares.ts';

/** An entry without what it delivers. */
export type OutboxEntry = Omit<OutboxRow, 'event'>;

/** What became, or will become, of one revision or of a review's tombstone at one destination. */
export interface Delivery extends Omit<OutboxEntry, 'state'> {
  readonly state: EntryState;
  /** Its present name, or that which it had when it acknowledged; null where it was removed before it did. */
  readonly destinationName: string | null;
  /** ISO time of the acknowledgement; null where there is none yet. `attempts` then are those that failed before. */
  readonly deliveredAt: string | null;
}

function withoutEvent({ event: _, ...entry }: OutboxRow): OutboxEntry {
  return entry;
}

/**
 * Writes changed entries and their counters. Only inside a readwrite transaction over `outbox` and `counters`, with
 * `rows` as they were read in it.
 */
export async function changeEntries(
  database: CountersignDatabase,
  rows: readonly OutboxRow[],
  change: (row: OutboxRow) => Partial<OutboxRow>,
): Promise<void> {
  const changes: CountChanges = new Map();
  const next = rows.map((row) => {
    const changed = { ...row, ...change(row) };
    countEntry(changes, row, -1);
    countEntry(changes, changed, 1);
    return changed;
  });
  await database.outbox.bulkPut(next);
  await addCounts(database, changes);
}

/**
 * Prepares pending entries for a destination with this share from their stored revisions; what must not leave becomes dead, with the reason.
 * Entries that are no longer pending when that is done stay as they are, and so do all where the terms changed meanwhile.
 */
export async function prepareOwed(
  database: CountersignDatabase,
  rows: readonly OutboxRow[],
  share: Share,
): Promise<void> {
  const terms = await redactionTerms(database);
  const keys = rows.map(({ key }) => key);
  const stored = await rowsByKey(database.revisions, keys, ({ key }) => key);
  const made = new Map<number, Leaving>();
  for (const [index, { entryId }] of rows.entries()) {
    const review = stored[index]?.review;
    const leaving = review && (await leavingAt(database, review, [share], terms)).get(share);
    made.set(
      entryId,
      leaving ?? { event: null, state: 'dead', reason: 'Not sent: this revision is not stored any more.' },
    );
  }
  const { outbox, counters, values } = database;
  await database.transaction('rw', [outbox, counters, values], async () => {
    if (!areSame(terms, await redactionTerms(database))) return;
    const current = await rowsByKey(outbox, [...made.keys()], (row) => row.entryId);
    const pending = current.filter((row) => row?.state === 'pending') as OutboxRow[];
    await changeEntries(database, pending, ({ entryId }) => made.get(entryId) ?? {});
  });
}

/** Which entries, newest first; `before` is the `entryId` that the last page ended with. */
export interface OutboxQuery {
  readonly state: OutboxRow['state'];
  readonly destinationId?: string;
  readonly before?: number;
  readonly limit: number;
}

/** One page of entries in one state. */
export async function listOutbox(
  database: CountersignDatabase,
  { state, destinationId, before, limit }: OutboxQuery,
): Promise<OutboxEntry[]> {
  const rows = await database.outbox
    .where('[state+leasedUntil]')
    .between([state, 0], [state, Number.MAX_SAFE_INTEGER])
    .reverse()
    .filter((row) => before === undefined || row.entryId < before)
    .filter((row) => destinationId === undefined || row.destinationId === destinationId)
    .limit(limit)
    .toArray();
  return rows.map(withoutEvent);
}

function acknowledged({ destinationOrigin: _, level: __, attempt, ...row }: LedgerRow): Delivery {
  return { ...row, state: 'delivered', dueAt: 0, leasedUntil: 0, attempts: attempt - 1, reason: null, closes: [] };
}

/** What became of a review at each destination, revision by revision in the order they were saved. */
export async function deliveriesOf(database: CountersignDatabase, reviewId: string): Promise<Delivery[]> {
  const rows = await database.outbox.where('reviewId').equals(reviewId).toArray();
  const known = await database.ledger
    .where('[reviewId+destinationId]')
    .between([reviewId, ''], [reviewId, '\uffff'])
    .toArray();
  const names = new Map((await database.destinations.toArray()).map(({ id, name }) => [id, name]));
  const owed = rows.map((row): Delivery => ({ ...withoutEvent(row), destinationName: null, deliveredAt: null }));
  return [...owed, ...known.map(acknowledged)]
    .map((one) => ({ ...one, destinationName: names.get(one.destinationId) ?? one.destinationName }))
    .sort((a, b) => a.entryId - b.entryId);
}

/** What an entry would deliver, or null where it is delivered, gone, withheld or not prepared yet. */
export async function eventOf(database: CountersignDatabase, entryId: number): Promise<WireEvent | null> {
  return (await database.outbox.get(entryId))?.event ?? null;
}

/** A dead entry with what it would have delivered. */
export interface DeadLetter extends OutboxEntry {
  readonly event: WireEvent;
}

/** All dead entries but those withheld, which have nothing to deliver, oldest first, for the export. */
export async function* eachDeadLetter(database: CountersignDatabase, chunk = 50): AsyncGenerator<DeadLetter> {
  const ids = await database.outbox.where('[state+leasedUntil]').equals(['dead', 0]).primaryKeys();
  for (let start = 0; start < ids.length; start += chunk) {
    for (const row of await database.outbox.bulkGet(ids.slice(start, start + chunk))) {
      if (row?.state === 'dead' && row.event) yield { ...row, event: row.event };
    }
  }
}

type DeadSelection = { readonly entryId: number } | { readonly destinationId: string };

/** Entries that one transaction takes: each may hold a long text. */
const CHUNK = 100;

/** Up to `CHUNK` dead entries: the one, or those of a destination. Only inside a transaction over `outbox`. */
async function deadRows({ outbox }: CountersignDatabase, which: DeadSelection): Promise<OutboxRow[]> {
  if ('entryId' in which) {
    const row = await outbox.get(which.entryId);
    return row?.state === 'dead' ? [row] : fail('not-found');
  }
  const { destinationId: id } = which;
  const dead = outbox.where('[destinationId+state+dueAt]');
  return dead
    .between([id, 'dead', Number.NEGATIVE_INFINITY], [id, 'dead', Number.POSITIVE_INFINITY], true, true)
    .limit(CHUNK)
    .toArray();
}

/** Does `work` on dead entries, portion by portion, until there are none; answers how many there were. */
async function withDead(
  database: CountersignDatabase,
  which: DeadSelection,
  work: (rows: readonly OutboxRow[]) => Promise<void>,
): Promise<number> {
  const { outbox, traces, destinations, counters } = database;
  for (let done = 0; ; ) {
    const count = await guarded(() =>
      database.transaction('rw', [outbox, traces, destinations, counters], async () => {
        const rows = await deadRows(database, which);
        await work(rows);
        return rows.length;
      }),
    );
    done += count;
    if ('entryId' in which || count < CHUNK) return done;
  }
}

/**
 * Puts dead entries back in the queue, due at once and as if never tried: one, or all of a destination. Answers how many.
 * What was withheld is checked again before it leaves, and not before its undo window has closed.
 * Throws `not-found` for an entry that is not there or not dead.
 */
export function resend(database: CountersignDatabase, which: DeadSelection, now: number): Promise<number> {
  return withDead(database, which, (rows) =>
    changeEntries(database, rows, ({ attempts, dueAt }) => {
      const due = attempts === 0 ? Math.max(now, dueAt) : now;
      return { state: 'pending', dueAt: due, attempts: 0, reason: null };
    }),
  );
}

/**
 * Takes entries of one destination out of the queue for good, and has it told that their numbers will not come. Only
 * inside a readwrite transaction over `outbox`, `destinations` and `counters`.
 */
export async function dropEntries(
  database: CountersignDatabase,
  destination: DestinationRow | undefined,
  rows: readonly OutboxRow[],
): Promise<void> {
  const changes: CountChanges = new Map();
  for (const row of rows) countEntry(changes, row, -1);
  await deleteByKey(
    database.outbox,
    rows.map((row) => row.entryId),
  );
  await addCounts(database, changes);
  const numbers = rows.flatMap(({ sequence, closes }) => [...(sequence === null ? [] : [sequence]), ...closes]);
  if (!destination || numbers.length === 0) return;
  await database.destinations.put({ ...destination, closing: [...destination.closing, ...numbers] });
}

/**
 * Gives dead entries up for good: one, or all of a destination; the reviews stay. Answers how many.
 * Throws `not-found` for an entry that is not there or not dead.
 */
export function discard(database: CountersignDatabase, which: DeadSelection): Promise<number> {
  return withDead(database, which, async (rows) => {
    const [first] = rows;
    if (!first) return;
    await dropEntries(database, await database.destinations.get(first.destinationId), rows);
    const given = rows.filter((row) => row.kind === 'review' && mayBeGiven(row));
    await database.traces.bulkPut(given.map(({ reviewId, destinationId }) => ({ reviewId, destinationId })));
  });
}

/**
 * Owes a destination all revisions that were saved before it existed; those it was owed already stay as they are. A new
 * destination is owed nothing of the past by itself: nothing leaves unasked. Each is prepared when it is about to leave.
 * Answers how many were added.
 * Throws `not-found` for an unknown destination.
 */
export async function deliverEarlier(
  database: CountersignDatabase,
  destinationId: string,
  now: number,
  chunk = 100,
): Promise<number> {
  const { revisions, outbox, ledger, destinations, counters } = database;
  let [after, owed] = ['', 0];
  for (;;) {
    const keys = await guarded(() =>
      database.transaction('rw', [revisions, outbox, ledger, destinations, counters], async () => {
        const destination = await destinations.get(destinationId);
        if (!destination || destination.former) fail('not-found');
        const rows = await revisions.where('key').above(after).limit(chunk).toArray();
        const pairs = rows.map((row): [string, string] => [row.key, destinationId]);
        const ends = endsOf(pairs);
        const queued =
          rows.length === 0
            ? []
            : await outbox
                .where('[key+destinationId]')
                .between(...ends, true, true)
                .keys();
        const known =
          rows.length === 0
            ? []
            : await ledger
                .where('[key+destinationId]')
                .between(...ends, true, true)
                .primaryKeys();
        const its = ([...queued, ...known] as unknown as [string, string][]).filter(([, id]) => id === destinationId);
        const had = new Set(its.map(([key]) => key));
        const entries = rows
          .filter((row) => !had.has(row.key))
          .map(({ review }) =>
            owedTo(destinationId, review, Math.max(now, savedOf(review).undoUntil), { event: null }),
          );
        await outbox.bulkAdd(entries);
        const changes: CountChanges = new Map();
        for (const entry of entries) countEntry(changes, entry, 1);
        await addCounts(database, changes);
        owed += entries.length;
        return rows.map((row) => row.key);
      }),
    );
    after = keys.at(-1) ?? after;
    if (keys.length < chunk) return owed;
  }
}
