/** Which model is asked for a second opinion. The key stays in this database and in the requests it is for. */
import type { AssistanceView, AssistedBy } from '../assistance/types.ts';
import { fail } from '../errors.ts';
import type { CountersignDatabase } from './database.ts';
import { guarded } from './failures.ts';

const NAME = 'assistance';
const ASKED = 'assistance-asked';

/** As stored. */
export interface AssistanceRow extends AssistanceView {
  readonly key: string | null;
  /** It came from a file: nothing is asked there before the user has saved it. */
  readonly unconfirmed?: true;
}

/** A key that is left out is the one stored, null removes it. */
export type AssistanceInput = AssistanceView & { readonly key?: string | null | undefined };

/** How often whom was asked, over all time; no text. */
export interface AssistanceAsked {
  readonly count: number;
  /** Origin of the endpoint that was asked last; the name of the browser's own where it was that. */
  readonly whom: string;
  /** ISO time. */
  readonly lastAt: string;
}

const originOf = (url: string) => URL.parse(url)?.origin ?? url;

/** What is set, or null for off. Works inside `liveQuery`. */
export async function readAssistance({ values }: CountersignDatabase): Promise<AssistanceRow | null> {
  const row = (await values.get(NAME))?.value as AssistanceRow | undefined;
  return row ?? null;
}

/** What an editor may offer: null where nothing is set, or nobody has looked at it since it came from a file. */
export async function offeredAssistance(database: CountersignDatabase): Promise<AssistanceRow | null> {
  const row = await readAssistance(database);
  return row?.unconfirmed ? null : row;
}

/**
 * Sets it, or turns it off for null, which forgets the key. A key is never sent to another origin than it was given for:
 * throws `invalid` for the field `key` where it must be entered again.
 */
export function saveAssistance(database: CountersignDatabase, input: AssistanceInput | null): Promise<void> {
  const { values } = database;
  return guarded(() =>
    database.transaction('rw', values, async () => {
      if (input === null) return values.delete(NAME);
      const { by, url, model, key } = input;
      const stored = await readAssistance(database);
      const kept = by === 'endpoint' && stored?.by === by ? stored.key : null;
      if (key === undefined && kept !== null && originOf(stored?.url ?? '') !== originOf(url)) {
        const message = 'The address changed, so the key that was given for the old one is not sent there.';
        fail('invalid', { field: 'key', message, next: 'Enter the key for the new address.' });
      }
      await values.put({ name: NAME, value: { by, url, model, key: key === undefined ? kept : key } });
    }),
  );
}

/** Notes that somebody was asked. */
export async function noteAsked(
  database: CountersignDatabase,
  { by, url }: AssistanceView,
  now: number,
): Promise<void> {
  const count = ((await askedSoFar(database))?.count ?? 0) + 1;
  const whom: AssistanceAsked['whom'] = by === 'endpoint' ? originOf(url) : by;
  await database.values.put({ name: ASKED, value: { count, whom, lastAt: new Date(now).toISOString() } });
}

/** How often models were asked; null for never. */
export async function askedSoFar({ values }: CountersignDatabase): Promise<AssistanceAsked | null> {
  return ((await values.get(ASKED))?.value as AssistanceAsked | undefined) ?? null;
}

/** For pages: without the key, but with whether there is one. */
export interface AssistanceShown extends AssistanceView {
  readonly by: AssistedBy;
  readonly hasKey: boolean;
  readonly unconfirmed: boolean;
}

/** What pages show of it. Works inside `liveQuery`. */
export async function shownAssistance(database: CountersignDatabase): Promise<AssistanceShown | null> {
  const row = await readAssistance(database);
  if (!row) return null;
  const { by, url, model, key, unconfirmed = false } = row;
  return { by, url, model, hasKey: key !== null, unconfirmed };
}
