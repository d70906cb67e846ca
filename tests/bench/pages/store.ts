/** The store in a page of its own: filling it, what the product asks of it, and the same asked of IndexedDB itself. */
import type { ExportChoice } from '../../../components/workbench/export-panel.tsx';
import { linesOf } from '../../../entrypoints/workbench/store/export.ts';
import { fileOf } from '../../../entrypoints/workbench/store/save-file.ts';
import { contains, type ReviewQuery, searchWords } from '../../../utils/review/query.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { counts } from '../../../utils/storage/counters.ts';
import { CountersignDatabase, type RevisionRow } from '../../../utils/storage/database.ts';
import { historyOf, listReviews } from '../../../utils/storage/list.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { PROGRESS, type Progress, SKETCH_VERSION } from '../../../utils/storage/sketched.ts';
import { aDraft } from '../../support/builders.ts';
import { fill as fillWith } from './reviews.ts';

let database: CountersignDatabase;

/** Opens the store of this name, the product's own by default. */
export async function open(name?: string): Promise<void> {
  database = new CountersignDatabase(name);
  // What is saved one by one is sketched as it is saved: the background finds nothing to do with a store that was filled here.
  const value: Progress = { version: SKETCH_VERSION, after: null };
  await database.values.put({ name: PROGRESS, value });
}

/** See pages/reviews.ts. */
export const fill = (corpus: string, from: number, to: number, of: number): Promise<number> =>
  fillWith(database, corpus, from, to, of);

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

/** ms of each thing that the product asks of a store in daily use, by name, `times` times. */
export async function daily(times: number, stored: number): Promise<Readonly<Record<string, readonly number[]>>> {
  const context = { origin: 'https://chat.example', reviewer: { id: 'i', name: null }, rubric: defaultRubric };
  const works: Readonly<Record<string, (at: number) => Promise<unknown>>> = {
    'save a review': () => saveRevision(database, aDraft(), { ...context, now: Date.now() }),
    'the latest 50': () => listReviews(database, {}, { limit: 50 }),
    'the history of an answer': (at) =>
      historyOf(database, {
        origin: `https://chat-${(at * 37) % 20}.example`,
        responseKey: `chat.example/answer-${(at * 37) % stored}`,
      }),
    'all counts': () => counts(database),
    'the latest 50 of a site': () => listReviews(database, { site: 'https://chat-3.example' }, { limit: 50 }),
    'the latest 50 of a verdict': () => listReviews(database, { verdict: 'reject' }, { limit: 50 }),
  };
  const took: Record<string, number[]> = {};
  for (const [name, work] of Object.entries(works)) {
    took[name] = [];
    for (let at = 0; at < times; at += 1) took[name].push((await timed(() => work(at))).ms);
  }
  return took;
}

/** ms of a search that goes through everything and finds one. */
export const rare = async (): Promise<number> =>
  (await timed(() => listReviews(database, { search: 'needle7' }, { limit: 50 }))).ms;

/** Writes the file of an export as the workbench does; answers ms, its lines, and its bytes. */
export async function exported(choice: ExportChoice): Promise<{ ms: number; lines: number; bytes: number }> {
  let lines = 0;
  const count = (done: number) => {
    lines = done;
  };
  const { ms, value } = await timed(async () =>
    fileOf(await linesOf(database, {}, choice), count, new AbortController().signal),
  );
  return { ms, lines, bytes: value?.size ?? 0 };
}

/** The rows of a stretch of an index, newest first, as IndexedDB itself gives them. */
function rawRows(raw: IDBDatabase, range: IDBKeyRange, index: string, count: number): Promise<RevisionRow[]> {
  return new Promise((resolve, reject) => {
    const source = raw.transaction('revisions').objectStore('revisions').index(index);
    const getAll = source.getAll.bind(source) as unknown as (options: object) => IDBRequest<RevisionRow[]>;
    const request = getAll({ query: range, count, direction: 'prev' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const INDEX = '[latest+createdAt]';

/** Portions of all rows, newest first; `onRow` answers whether it wants more. */
async function rawEach(
  onRow: (row: RevisionRow) => boolean,
  portion: number,
  { from = '', until: end = '' }: Pick<ReviewQuery, 'from' | 'until'> = {},
): Promise<void> {
  await database.open();
  let until = `${end}\uffff`;
  for (;;) {
    const range = IDBKeyRange.bound([1, from], [1, until], false, true);
    const rows = await rawRows(database.backendDB(), range, INDEX, portion);
    for (const row of rows) if (!onRow(row)) return;
    const last = rows.at(-1);
    if (!last || rows.length < portion) return;
    until = last.createdAt;
  }
}

/** ms of the first page of a query on IndexedDB itself, by the best index there is for it; a site comes alone. */
export async function rawPage(query: ReviewQuery, limit: number): Promise<number> {
  const words = searchWords(query.search);
  const { site, verdict, label } = query;
  const plain = Object.keys(query).length === 0;
  const found: RevisionRow[] = [];
  const fits = (row: RevisionRow) =>
    (verdict === undefined || row.verdict === verdict) &&
    (label === undefined || row.labels.includes(label)) &&
    contains(row.review, words);
  const { ms } = await timed(async () => {
    await database.open();
    if (site !== undefined) {
      const range = IDBKeyRange.bound([1, site, ''], [1, site, '\uffff']);
      return void found.push(...(await rawRows(database.backendDB(), range, '[latest+site+createdAt]', limit)));
    }
    await rawEach(
      (row) => {
        if (fits(row)) found.push(row);
        return found.length < limit;
      },
      plain ? limit : 200,
      query,
    );
  });
  return ms;
}

/** ms that it takes to read all newest revisions from IndexedDB itself, and to write them as JSON. */
export async function rawJson(): Promise<{ readonly all: number; readonly json: number; readonly records: number }> {
  let [json, records, length] = [0, 0, 0];
  const { ms } = await timed(() =>
    rawEach(({ review }) => {
      const began = performance.now();
      length += JSON.stringify(review).length;
      json += performance.now() - began;
      records += 1;
      return length > 0;
    }, 1000),
  );
  return { all: ms, json, records };
}
