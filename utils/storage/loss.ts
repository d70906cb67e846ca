/**
 * Whether the database is the one that was here. A browser that finds its file damaged throws all of it away and makes an
 * empty one, and says nothing (Chromium: the first opening fails, the next finds nothing; Firefox: at once). So a database has a
 * name of its own, drawn at its birth, and a note of it lies in another store of the browser, `storage.local`, with how
 * many reviews there were: a number and a random name, which anybody may read.
 */
import type { CountersignDatabase } from './database.ts';

const NOTE = 'database';
const BORN = 'born';
const LOST = 'lost';

/** The part of `storage.local` that is used. */
export interface NoteArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

interface Note {
  readonly born: string;
  readonly reviews: number;
  /** ISO time. */
  readonly countedAt: string;
}

/** What is gone, as far as anybody knows. */
export interface Loss {
  /** When they were last counted, which was when the background last started. */
  readonly reviews: number;
  /** ISO times. */
  readonly countedAt: string;
  readonly noticedAt: string;
}

function noteIn(items: Record<string, unknown>): Note | null {
  const note = items[NOTE];
  if (typeof note !== 'object' || note === null) return null;
  const { born, reviews, countedAt } = note as Record<string, unknown>;
  const whole = typeof born === 'string' && typeof reviews === 'number' && typeof countedAt === 'string';
  return whole ? { born, reviews, countedAt } : null;
}

/**
 * Looks whether this is the database of the note, and writes down that it was not; then brings the note up to date. In
 * memory-only mode what is counted is not noted. Answers whether something was found to be lost just now. `now` in ms since 1970.
 */
export async function noticeLoss(database: CountersignDatabase, area: NoteArea, now: number): Promise<boolean> {
  const { values, counters } = database;
  const note = noteIn(await area.get(NOTE));
  const at = new Date(now).toISOString();
  const { born, lost } = await database.transaction('rw', [values, counters], async () => {
    const known = (await values.get(BORN))?.value;
    if (typeof known === 'string') return { born: known, lost: false };
    const name = crypto.randomUUID();
    await values.put({ name: BORN, value: name });
    // Made before there were names: what is in it was not lost.
    const isEmpty = (await counters.get('reviews')) === undefined;
    if (note === null || !isEmpty) return { born: name, lost: false };
    const loss: Loss = { reviews: note.reviews, countedAt: note.countedAt, noticedAt: at };
    await values.put({ name: LOST, value: loss });
    return { born: name, lost: true };
  });
  await noteDown(database, area, born, note, at);
  return lost;
}

async function noteDown(
  database: CountersignDatabase,
  area: NoteArea,
  born: string,
  note: Note | null,
  countedAt: string,
): Promise<void> {
  const before = note?.born === born ? note.reviews : null;
  const reviews = database.routing.isOn ? (before ?? 0) : ((await database.counters.get('reviews'))?.value ?? 0);
  if (reviews !== before) await area.set({ [NOTE]: { born, reviews, countedAt } satisfies Note });
}

/** What was lost and not yet dismissed; null for nothing. Works inside `liveQuery`. */
export async function lossOf({ values }: CountersignDatabase): Promise<Loss | null> {
  return ((await values.get(LOST))?.value as Loss | undefined) ?? null;
}

/** The reviewer knows. */
export async function dismissLoss({ values }: CountersignDatabase): Promise<void> {
  await values.delete(LOST);
}

/** For who removes everything on purpose: done first, so that nobody takes it for a loss. */
export const forgetNote = (area: NoteArea): Promise<void> => area.remove(NOTE);
