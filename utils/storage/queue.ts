/**
 * Answers that the reviewer set aside for later, or skipped, from any page. A row is older than the review that answers it,
 * and then counts no more; it stays a day, so that an undo of the review brings it back.
 */
import { fail } from '../errors.ts';
import { searchWords } from '../review/query.ts';
import type { Snapshot } from '../review/schema.ts';
import { nameOf, type QueueKey, reviewsOf } from './asking.ts';
import type { CountersignDatabase, QueueRow } from './database.ts';
import { guarded } from './failures.ts';

/** No more than this of one site: what one site may have us keep is bounded. */
export const MOST_QUEUED = 500;
/** ms. */
const DAY = 86_400_000;
const END = '\uffff';

const keyOf = ({ site, responseKey }: QueueKey): [string, string] => [site, responseKey];

/** Those of these answers that have unsaved work, as `site responseKey`. */
export async function draftsOf(
  { drafts }: CountersignDatabase,
  answers: readonly QueueKey[],
): Promise<ReadonlySet<string>> {
  const keys = await drafts.where('[origin+responseKey]').anyOf(answers.map(keyOf)).primaryKeys();
  return new Set((keys as unknown as [string, string][]).map(([origin, responseKey]) => `${origin} ${responseKey}`));
}

/** All rows, oldest first. Works inside `liveQuery`. */
export async function queueRows({ queue }: CountersignDatabase): Promise<QueueRow[]> {
  const rows = await queue.toArray();
  return rows.sort((one, other) => (one.addedAt < other.addedAt ? -1 : 1));
}

/** How many answers wait, set aside and not judged since. */
export async function countAside(database: CountersignDatabase): Promise<number> {
  const rows = await database.queue.where('[state+addedAt]').between(['aside', ''], ['aside', END]).toArray();
  const reviews = await reviewsOf(database, rows);
  return rows.filter((row) => (reviews.get(nameOf(row))?.createdAt ?? '') < row.addedAt).length;
}

/** What is to become of an answer; `null` forgets that it was ever in the queue. */
export interface Queueing extends QueueKey {
  readonly state: QueueRow['state'] | null;
  readonly why?: string | null | undefined;
  /** Needed where it is not in the queue yet. */
  readonly snapshot?: Snapshot | undefined;
}

/** Puts an answer into the queue, or takes it out. Throws `not-found` for an unknown one, `invalid` where the queue is full. */
export function setQueued(database: CountersignDatabase, queueing: Queueing, now: number): Promise<void> {
  const { queue } = database;
  const { site, responseKey, state, why = null } = queueing;
  return guarded(() =>
    database.transaction('rw', queue, async () => {
      if (state === null) return queue.delete([site, responseKey]);
      const snapshot = queueing.snapshot ?? (await queue.get([site, responseKey]))?.snapshot;
      if (!snapshot) fail('not-found');
      await makeRoom(database, queueing);
      await queue.put({ site, responseKey, state, why, snapshot, addedAt: new Date(now).toISOString() });
    }),
  );
}

/** Sets aside, or takes that back; answers whether it is aside now. What was judged since is set aside anew. */
export function toggleAside(
  database: CountersignDatabase,
  { site, responseKey, snapshot }: QueueKey & { readonly snapshot: Snapshot },
  now: number,
): Promise<boolean> {
  const { queue, revisions } = database;
  return guarded(() =>
    database.transaction('rw', [queue, revisions], async () => {
      const key = { site, responseKey };
      const there = await queue.get(keyOf(key));
      const judgedAt = (await reviewsOf(database, [key])).get(nameOf(key))?.createdAt ?? '';
      if (there?.state === 'aside' && there.addedAt > judgedAt) {
        await queue.delete(keyOf(key));
        return false;
      }
      await makeRoom(database, key);
      await queue.put({ ...key, state: 'aside', why: null, snapshot, addedAt: new Date(now).toISOString() });
      return true;
    }),
  );
}

/** A full site gives up what was skipped longest ago; what is set aside is never dropped unasked. */
async function makeRoom({ queue }: CountersignDatabase, { site, responseKey }: QueueKey): Promise<void> {
  const its = () => queue.where('[site+responseKey]').between([site, ''], [site, END]);
  if ((await its().count()) < MOST_QUEUED || (await queue.get([site, responseKey]))) return;
  const skipped = (await its().toArray()).filter(({ state }) => state === 'skipped');
  const [oldest] = skipped.sort((one, other) => (one.addedAt < other.addedAt ? -1 : 1));
  if (oldest) return queue.delete(keyOf(oldest));
  fail('invalid', {
    message: `${MOST_QUEUED} answers of this site are set aside already.`,
    next: 'Judge some of them in the side panel, or take some back there.',
  });
}

/** Forgets rows whose answer was judged more than a day ago. Answers how many. */
export function forgetJudged(database: CountersignDatabase, now: number): Promise<number> {
  const { queue, revisions } = database;
  return guarded(() =>
    database.transaction('rw', [queue, revisions], async () => {
      const rows = await queue.toArray();
      const reviews = await reviewsOf(database, rows);
      const over = rows.filter((row) => {
        const judgedAt = reviews.get(nameOf(row))?.createdAt;
        return judgedAt !== undefined && judgedAt > row.addedAt && Date.parse(judgedAt) < now - DAY;
      });
      await queue.bulkDelete(over.map(keyOf));
      return over.length;
    }),
  );
}

/** Forgets what was put into the queue more than so many days ago; 0 keeps all. */
export async function forgetOldQueued({ queue }: CountersignDatabase, keepDays: number, now: number): Promise<void> {
  if (keepDays <= 0) return;
  const before = new Date(now - keepDays * DAY).toISOString();
  await guarded(() => queue.filter((row) => row.addedAt < before).delete());
}

/** Forgets all of a site, or all in which every word of a search occurs, or everything. For the deletion of reviews. */
export function removeQueued(
  { queue }: CountersignDatabase,
  which: { readonly site?: string | undefined; readonly search?: string | undefined },
): PromiseLike<unknown> {
  const words = searchWords(which.search);
  if (which.site === undefined && words.length === 0) return queue.clear();
  return queue
    .filter(({ site, why, snapshot: { text, prompt } }) => {
      if (which.site !== undefined && site !== which.site) return false;
      const texts = [text, prompt ?? '', why ?? ''].map((one) => one.toLowerCase());
      return words.every((word) => texts.some((one) => one.includes(word)));
    })
    .delete();
}
