/** Answers that the reviewer keeps at hand to compare with others, from whatever page. They stay until they are taken away. */
import { canonicalJson } from '../review/hash.ts';
import { searchWords } from '../review/query.ts';
import type { CountersignDatabase, PinRow } from './database.ts';
import { guarded } from './failures.ts';

/** No more than this: the one that was pinned first makes room. As many as are compared at once, less the one under review. */
export const MOST_PINS = 7;

/** What was pinned, and how many there are now. */
export interface Pinned {
  readonly id: string;
  readonly count: number;
}

/** Pins an answer. The same text of the same answer is pinned once, and counts as pinned last. */
export function pin(
  database: CountersignDatabase,
  { site, responseKey, snapshot }: Omit<PinRow, 'id' | 'addedAt'>,
  now: number,
  newId: () => string = () => crypto.randomUUID(),
): Promise<Pinned> {
  const { pins } = database;
  const name = (row: Pick<PinRow, 'site' | 'responseKey' | 'snapshot'>) =>
    canonicalJson([row.site, row.responseKey, row.snapshot.text]);
  return guarded(() =>
    database.transaction('rw', pins, async () => {
      const own = name({ site, responseKey, snapshot });
      const there = await pins.orderBy('addedAt').toArray();
      const same = there.find((row) => name(row) === own);
      const others = there.filter((row) => row !== same);
      const excess = others.slice(0, Math.max(0, others.length + 1 - MOST_PINS));
      await pins.bulkDelete(excess.map(({ id }) => id));
      const id = same?.id ?? newId();
      await pins.put({ id, site, responseKey, snapshot, addedAt: new Date(now).toISOString() });
      return { id, count: others.length - excess.length + 1 };
    }),
  );
}

/** Forgets a pinned answer; nothing happens where there is none. */
export async function unpin(database: CountersignDatabase, id: string): Promise<void> {
  await guarded(() => database.pins.delete(id));
}

/** Forgets all of a site, or all in which every word of a search occurs, or everything. For the deletion of reviews. */
export function removePins(
  { pins }: CountersignDatabase,
  which: { readonly site?: string | undefined; readonly search?: string | undefined },
): PromiseLike<unknown> {
  const words = searchWords(which.search);
  return pins
    .filter(({ site, snapshot: { text, prompt } }) => {
      const texts = [text, prompt ?? ''].map((one) => one.toLowerCase());
      const isOf = which.site === undefined || site === which.site;
      return isOf && words.every((word) => texts.some((one) => one.includes(word)));
    })
    .delete();
}

/** Forgets what was pinned more than so many days ago; 0 keeps all. */
export async function forgetOldPins({ pins }: CountersignDatabase, keepDays: number, now: number): Promise<void> {
  if (keepDays <= 0) return;
  const before = new Date(now - keepDays * 86_400_000).toISOString();
  await guarded(() => pins.where('addedAt').below(before).delete());
}

/** What is pinned, the newest first. */
export function listPins({ pins }: CountersignDatabase): Promise<PinRow[]> {
  return pins.orderBy('addedAt').reverse().toArray();
}
