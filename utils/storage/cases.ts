/**
 * Cases: answers of which it is not clear how to judge them, each with a question, what people said to it, whose turn it is, and
 * in the end a ruling. A ruling is shown at the next answer like it.
 */
import { fail } from '../errors.ts';
import { similarTo } from '../recurrence/similar.ts';
import type { CaseHint } from '../review/oversight-view.ts';
import { searchWords } from '../review/query.ts';
import type { Snapshot, Verdict } from '../review/schema.ts';
import type { CaseRow, CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';

/** No more than this, so that what one site may have us keep is bounded. */
const MOST_CASES = 2_000;
const MOST_ENTRIES = 500;
/** The newest rulings that an answer is compared with. */
const COMPARED = 500;
const END = '\uffff';

/** Which answer of which site. */
type Answer = Pick<CaseRow, 'site' | 'responseKey'>;

const iso = (now: number) => new Date(now).toISOString();

/** The newest case about an answer; null for none. */
export async function caseOf({ cases }: CountersignDatabase, { site, responseKey }: Answer): Promise<CaseRow | null> {
  const rows = await cases.where('[site+responseKey]').equals([site, responseKey]).toArray();
  return rows.sort((one, other) => (one.openedAt < other.openedAt ? 1 : -1))[0] ?? null;
}

/** Opens a case; where one is open about the same answer, the question is an entry of that. Throws `invalid` where there are too many. */
export function openCase(
  database: CountersignDatabase,
  { by, ...opened }: Answer & { readonly snapshot: Snapshot; readonly question: string; readonly by: string },
  now: number,
  newId: () => string = () => crypto.randomUUID(),
): Promise<CaseRow> {
  const { cases } = database;
  return guarded(() =>
    database.transaction('rw', cases, async () => {
      const there = await caseOf(database, opened);
      const at = iso(now);
      if (there?.state === 'open') {
        const row = { ...there, entries: [...there.entries, { by, text: opened.question, at }], updatedAt: at };
        await cases.put(row);
        return row;
      }
      if ((await cases.count()) >= MOST_CASES) {
        const message = `There are ${MOST_CASES} cases.`;
        fail('invalid', { field: 'question', message, next: 'Delete reviews that are settled, or forget old ones.' });
      }
      const { site, responseKey, snapshot, question } = opened;
      const row: CaseRow = {
        ...{ id: newId(), site, responseKey, snapshot, question, entries: [], owner: null },
        ...{ state: 'open', ruling: null, openedAt: at, updatedAt: at },
      };
      await cases.add(row);
      return row;
    }),
  );
}

/** Changes a case by what `change` makes of it. Throws `not-found`. */
function changed(
  { cases }: CountersignDatabase,
  id: string,
  now: number,
  change: (row: CaseRow) => Partial<CaseRow>,
): Promise<CaseRow> {
  return guarded(() =>
    cases.db.transaction('rw', cases, async () => {
      const row = await cases.get(id);
      if (!row) fail('not-found', { message: 'This case is not here any more.', next: 'Look at the list again.' });
      const next = { ...row, ...change(row), updatedAt: iso(now) };
      await cases.put(next);
      return next;
    }),
  );
}

/** Adds what somebody says to it. Throws `invalid` where there is no more room. */
export function addEntry(
  database: CountersignDatabase,
  { id, by, text }: { readonly id: string; readonly by: string; readonly text: string },
  now: number,
): Promise<CaseRow> {
  return changed(database, id, now, ({ entries }) => {
    if (entries.length >= MOST_ENTRIES) fail('invalid', { field: 'text', message: 'This case has 500 entries.' });
    return { entries: [...entries, { by, text, at: iso(now) }] };
  });
}

/** Whose turn it is; null for nobody's. */
export const setCaseOwner = (database: CountersignDatabase, id: string, owner: string | null, now: number) =>
  changed(database, id, now, () => ({ owner }));

/** How such an answer is to be judged, from now on. */
export const ruleCase = (
  database: CountersignDatabase,
  { id, verdict, text }: { readonly id: string; readonly verdict: Verdict; readonly text: string },
  now: number,
) =>
  changed(database, id, now, ({ ruling }) => ({
    state: 'ruled',
    ruling: { verdict, text, clause: ruling?.clause ?? null },
  }));

/** The ruling stands in the guidelines, under this id. */
export const noteClause = (database: CountersignDatabase, id: string, clause: string, now: number) =>
  changed(database, id, now, ({ ruling }) => ({ ruling: ruling && { ...ruling, clause } }));

/** Closes a case without a ruling, or opens it again, whatever its state. */
export const setCaseClosed = (database: CountersignDatabase, id: string, closed: boolean, now: number) =>
  changed(database, id, now, ({ ruling }) => (closed ? { state: 'closed' } : { state: ruling ? 'ruled' : 'open' }));

/** All cases, the one that moved last first. Works inside `liveQuery`. */
export async function listCases({ cases }: CountersignDatabase): Promise<CaseRow[]> {
  const rows = await cases.toArray();
  return rows.sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1));
}

/** How many wait for a ruling. Works inside `liveQuery`. */
export async function countOpenCases({ cases }: CountersignDatabase): Promise<number> {
  return cases.where('[state+updatedAt]').between(['open', ''], ['open', END]).count();
}

/** What was ruled about this answer, or about the one most like it; null for neither. */
export async function hintFor(
  database: CountersignDatabase,
  { site, responseKey, snapshot }: Answer & { readonly snapshot: Pick<Snapshot, 'text' | 'prompt'> },
): Promise<CaseHint | null> {
  const ruled = await database.cases
    .where('[state+updatedAt]')
    .between(['ruled', ''], ['ruled', END])
    .reverse()
    .limit(COMPARED)
    .toArray();
  const own = ruled.find((row) => row.site === site && row.responseKey === responseKey);
  const [like] = own
    ? []
    : similarTo(
        snapshot,
        ruled.map((row) => row.snapshot),
      );
  const row = own ?? (like && ruled[like.index]);
  if (!row?.ruling) return null;
  const { id, question, ruling } = row;
  return { id, question, verdict: ruling.verdict, text: ruling.text, own: own !== undefined };
}

/** What a deletion of reviews means. */
interface Which {
  readonly site?: string | undefined;
  readonly search?: string | undefined;
}

/** Forgets all of a site, or all in which every word of a search occurs, or everything. */
export function removeCases({ cases }: CountersignDatabase, { site, search }: Which): PromiseLike<unknown> {
  const words = searchWords(search);
  return cases
    .filter((row) => {
      if (site !== undefined && row.site !== site) return false;
      const { snapshot, question, entries, ruling } = row;
      const texts = [
        snapshot.text,
        snapshot.prompt ?? '',
        question,
        ruling?.text ?? '',
        ...entries.map(({ text }) => text),
      ];
      const said = texts.map((text) => text.toLowerCase());
      return words.every((word) => said.some((text) => text.includes(word)));
    })
    .delete();
}

/** Forgets what nobody has touched for so many days; 0 keeps all. */
export async function forgetOldCases({ cases }: CountersignDatabase, keepDays: number, now: number): Promise<void> {
  if (keepDays <= 0) return;
  const before = iso(now - keepDays * 86_400_000);
  await guarded(() => cases.filter(({ updatedAt }) => updatedAt < before).delete());
}
