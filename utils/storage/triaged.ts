/** What triage made of the answers on pages: what asks for a look and why, until it was looked at. */
import { searchWords } from '../review/query.ts';
import type { Oversight } from '../review/schema.ts';
import { nameOf, type QueueKey, reviewsOf } from './asking.ts';
import type { CountersignDatabase, TriagedRow } from './database.ts';
import { guarded } from './failures.ts';

/** No more than this of one site: what one site may have us keep is bounded. The oldest make room. */
export const MOST_TRIAGED = 2_000;
/** In memory-only mode, where room is short. */
const MOST_IN_MEMORY = 200;
/** Above that by so many, room is made for several at once. */
const SLACK = 50;
/** How many of a site's newest answers say what is usual there. */
const USUAL = 200;
const DAY = 86_400_000;
const END = '\uffff';

const keyOf = ({ site, responseKey }: QueueKey): [string, string] => [site, responseKey];

/** Rows of these answers; those that triage has not seen are left out. */
export async function triagedOf({ triaged }: CountersignDatabase, answers: readonly QueueKey[]): Promise<TriagedRow[]> {
  const rows = await triaged.bulkGet(answers.map(keyOf));
  return rows.filter((row) => row !== undefined);
}

/** What a page may know of rows: keys, never why. */
export const answerOf = (rows: readonly TriagedRow[]) => ({
  asks: rows.filter(({ asks }) => asks === 1).map(({ responseKey }) => responseKey),
  corrected: rows.filter(({ corrected }) => corrected).map(({ responseKey }) => responseKey),
});

/** Keeps rows, each instead of the one before; a site with too many gives up its oldest. */
export function keepTriaged({ triaged, routing }: CountersignDatabase, rows: readonly TriagedRow[]): Promise<void> {
  const most = routing.isOn ? MOST_IN_MEMORY : MOST_TRIAGED;
  return guarded(() =>
    triaged.db.transaction('rw', triaged, async () => {
      await triaged.bulkPut([...rows]);
      for (const site of new Set(rows.map((row) => row.site))) {
        const its = () => triaged.where('[site+responseKey]').between([site, ''], [site, END]);
        if ((await its().count()) <= most + SLACK) continue;
        const all = await its().toArray();
        all.sort((one, other) => (one.triagedAt < other.triagedAt ? 1 : -1));
        await triaged.bulkDelete(all.slice(most).map(keyOf));
      }
    }),
  );
}

/** Goes through all rows, with what `change` makes of each; null leaves one as it is. Answers how many changed. */
export function reviseTriaged(
  { triaged }: CountersignDatabase,
  change: (row: TriagedRow) => Partial<TriagedRow> | null,
): Promise<number> {
  return guarded(() =>
    triaged.db.transaction('rw', triaged, async () => {
      const changed: TriagedRow[] = [];
      await triaged.each((row) => {
        const to = change(row);
        if (to) changed.push({ ...row, ...to });
      });
      await triaged.bulkPut(changed);
      return changed.length;
    }),
  );
}

/** What a review keeps of why it was asked for; null where nobody asked. For the storing of a revision. */
export async function askedOf(
  { triaged }: CountersignDatabase,
  site: string,
  responseKey: string,
): Promise<NonNullable<Oversight['asked']> | null> {
  const row = await triaged.get([site, responseKey]);
  if (!row || row.asks === 0) return null;
  const { priority, reasons, audit } = row;
  return { priority, reasons: reasons.map((reason) => reason.slice(0, 300)), ...(audit ? { audit: true } : {}) };
}

/** Signals of answers that were judged, with the verdict, the newest first; those that the reviewer was unsure of say nothing. */
export async function judgedOf(
  database: CountersignDatabase,
  most: number,
): Promise<readonly { readonly strengths: TriagedRow['signals']; readonly bad: boolean; readonly priority: number }[]> {
  const rows = await database.triaged.orderBy('triagedAt').reverse().toArray();
  const reviews = await reviewsOf(database, rows);
  return rows
    .flatMap((row) => {
      const verdict = reviews.get(nameOf(row))?.review.judgement.verdict;
      if (verdict === undefined || verdict === 'unsure') return [];
      return [{ strengths: row.signals, bad: verdict !== 'approve', priority: row.priority }];
    })
    .slice(0, most);
}

/** The newest answers of a site, for what is usual there: lengths in characters, and formats. */
export async function usualOf(
  { triaged }: CountersignDatabase,
  site: string,
): Promise<readonly Pick<TriagedRow, 'responseKey' | 'length' | 'format'>[]> {
  const rows = await triaged.where('[site+responseKey]').between([site, ''], [site, END]).toArray();
  return rows.sort((one, other) => (one.triagedAt < other.triagedAt ? 1 : -1)).slice(0, USUAL);
}

/** What a deletion of reviews means. */
interface Which {
  readonly site?: string | undefined;
  readonly search?: string | undefined;
}

/** Forgets all of a site, or all in whose reasons every word of a search occurs, or everything. */
export function removeTriaged({ triaged }: CountersignDatabase, { site, search }: Which): PromiseLike<unknown> {
  const words = searchWords(search);
  if (words.length === 0 && site === undefined) return triaged.clear();
  const rows =
    site === undefined ? triaged.toCollection() : triaged.where('[site+responseKey]').between([site, ''], [site, END]);
  return rows
    .filter(({ said }) => {
      const text = Object.values(said).join('\n').toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .delete();
}

/** Forgets what was seen more than so many days ago; 0 keeps all. */
export async function forgetOldTriaged({ triaged }: CountersignDatabase, keepDays: number, now: number): Promise<void> {
  if (keepDays <= 0) return;
  const before = new Date(now - keepDays * DAY).toISOString();
  await guarded(() => triaged.where('triagedAt').below(before).delete());
}
