/** What the product asks of its store, and the same of IndexedDB itself by its best form; runs in the extension's background. */
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { counts } from '../../../utils/storage/counters.ts';
import { CountersignDatabase, type OutboxRow, type RevisionRow } from '../../../utils/storage/database.ts';
import { between } from '../../../utils/storage/due.ts';
import { listReviews } from '../../../utils/storage/list.ts';
import { marksFor } from '../../../utils/storage/marks.ts';
import { owedTo, saveRevision } from '../../../utils/storage/save.ts';
import { aDraft } from '../../support/builders.ts';
import { fill as fillWith, reviewRow } from './reviews.ts';

/** Named apart from the product's own, which works meanwhile. */
const NAME = 'bench-queries';
const TO = 'bench';
let database: CountersignDatabase;
let stored = 0;

type Work = (at: number) => Promise<unknown>;

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
const raw = () => database.backendDB();
const indexOf = (table: string, index: string) => raw().transaction(table).objectStore(table).index(index);

/** So many rows of a stretch, newest first. */
function latest(index: string, range: IDBKeyRange, count: number): Promise<unknown> {
  const source = indexOf('revisions', index);
  const getAll = source.getAll.bind(source) as unknown as (options: object) => IDBRequest<RevisionRow[]>;
  return answered(getAll({ query: range, count, direction: 'prev' }));
}

async function bulk(rows: readonly RevisionRow[], add: (other: CountersignDatabase) => Promise<unknown>) {
  const other = new CountersignDatabase(`bench-bulk-${Math.random()}`);
  await other.open();
  const began = performance.now();
  await add(other);
  const ms = performance.now() - began;
  await other.delete();
  return ms / rows.length;
}

const site = (at: number) => `https://chat-${(at * 7) % 20}.example`;
/** Twenty answers of one page. */
const keysOf = (at: number) =>
  Array.from({ length: 20 }, (_, each) => `chat.example/answer-${(at * 331 + each * 20 + ((at * 7) % 20)) % stored}`);
const context = { origin: 'https://chat.example', reviewer: { id: 'i', name: null }, rubric: defaultRubric };
let fresh = 0;
let spare: RevisionRow[] = [];
const nextRow = (): RevisionRow => {
  fresh += 1;
  const row = spare[fresh % spare.length] as RevisionRow;
  const id = crypto.randomUUID();
  return { ...row, key: `${id}:1`, id, saveId: crypto.randomUUID(), responseKey: `fresh-${fresh}` };
};

/** Each query: as the product asks, and as IndexedDB itself could be asked. */
const queries: Readonly<Record<string, { readonly ours: Work; readonly raw: Work }>> = {
  'latest 50': {
    ours: () => listReviews(database, {}, { limit: 50 }),
    raw: () => latest('[latest+createdAt]', IDBKeyRange.bound([1, ''], [1, '\uffff']), 51),
  },
  'latest 50 of a site': {
    ours: (at) => listReviews(database, { site: site(at) }, { limit: 50 }),
    raw: (at) => latest('[latest+site+createdAt]', IDBKeyRange.bound([1, site(at), ''], [1, site(at), '\uffff']), 51),
  },
  'conversation of 20 answers': {
    ours: (at) => marksFor(database, site(at), keysOf(at)),
    raw: (at) => {
      const index = indexOf('revisions', '[latest+responseKey]');
      return Promise.all(keysOf(at).map((key) => answered(index.getAll([1, key]))));
    },
  },
  'pending 100': {
    ours: () => between(database, [TO, 'pending'], 0, Number.MAX_SAFE_INTEGER).limit(100).toArray(),
    raw: () =>
      answered(
        indexOf('outbox', '[destinationId+state+dueAt]').getAll(
          IDBKeyRange.bound([TO, 'pending', 0], [TO, 'pending', Number.MAX_SAFE_INTEGER]),
          100,
        ),
      ),
  },
  counts: {
    ours: () => counts(database),
    raw: () => answered(raw().transaction('counters').objectStore('counters').getAll()),
  },
  'add a row': {
    ours: () => database.revisions.add(nextRow()),
    raw: () => {
      const transaction = raw().transaction('revisions', 'readwrite', { durability: 'strict' });
      transaction.objectStore('revisions').add(nextRow());
      return committed(transaction);
    },
  },
  'save a review, with its checks and counts': {
    ours: () => saveRevision(database, aDraft(), { ...context, now: Date.now() }),
    raw: () => {
      const transaction = raw().transaction('revisions', 'readwrite', { durability: 'strict' });
      transaction.objectStore('revisions').add(nextRow());
      return committed(transaction);
    },
  },
};

export const names = () => Object.keys(queries);

/** Fills a store with so many reviews, of which 2,000 at most are owed to somebody. Answers ms. */
export async function fill(corpus: string, count: number): Promise<number> {
  database = new CountersignDatabase(NAME);
  stored = count;
  const ms = await fillWith(database, corpus, 0, count, count);
  spare = await database.revisions.limit(50).toArray();
  const rows = await database.revisions.limit(2000).toArray();
  const owed = rows.map(({ review }, at) => owedTo(TO, review, at, { event: null }));
  await database.outbox.bulkAdd(owed as OutboxRow[]);
  return ms;
}

/** ms of each of so many calls. */
export async function times(name: string, who: 'ours' | 'raw', count: number): Promise<number[]> {
  const work = queries[name]?.[who] as Work;
  const took: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    await work(at);
    took.push(performance.now() - began);
  }
  return took;
}

/** ms for each row of so many that are stored together in a store of their own. */
export async function storeTogether(corpus: string, count: number, who: 'ours' | 'raw'): Promise<number> {
  const rows = await Promise.all(Array.from({ length: count }, (_, at) => reviewRow(corpus, at, count)));
  return bulk(rows, (other) => {
    if (who === 'ours') return other.revisions.bulkAdd(rows);
    const transaction = other.backendDB().transaction('revisions', 'readwrite', { durability: 'strict' });
    const table = transaction.objectStore('revisions');
    for (const row of rows) table.add(row);
    return committed(transaction);
  });
}
