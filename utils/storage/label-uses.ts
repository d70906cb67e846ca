/**
 * How often the reviewer has used each label lately, so that the ones in use can come first. Counted once a day, before the
 * first question of that day, and kept until the next: digit keys must not change under the reviewer's fingers.
 */
import type { Label } from '../review/rubric.ts';
import type { CountersignDatabase } from './database.ts';

const NAME = 'label-uses';
/** Older reviews say nothing about today's work. */
const REVIEWS = 500;

interface Counted {
  /** Local date, as `2026-11-21`. */
  readonly day: string;
  readonly uses: Readonly<Record<string, number>>;
}

const dayOf = (now: number) => new Date(now).toLocaleDateString('sv');

async function count({ revisions }: CountersignDatabase): Promise<Counted['uses']> {
  const uses: Record<string, number> = {};
  const newest = revisions.where('[latest+createdAt]').between([1, ''], [1, '\uffff']).reverse().limit(REVIEWS);
  await newest.each(({ labels }) => {
    for (const id of labels) uses[id] = (Object.hasOwn(uses, id) ? (uses[id] as number) : 0) + 1;
  });
  return uses;
}

/** The labels with those used most first, the others as in the rubric; the same order all day. `now` in ms since 1970. */
export async function inOrderOfUse<Item extends Pick<Label, 'id'>>(
  database: CountersignDatabase,
  labels: readonly Item[],
  now: number,
): Promise<Item[]> {
  const kept = (await database.values.get(NAME))?.value as Counted | undefined;
  const day = dayOf(now);
  const uses = kept?.day === day ? kept.uses : await count(database);
  if (kept?.day !== day) await database.values.put({ name: NAME, value: { day, uses } satisfies Counted });
  const usesOf = ({ id }: Item) => (Object.hasOwn(uses, id) ? (uses[id] as number) : 0);
  // Sorting is stable.
  return [...labels].sort((one, other) => usesOf(other) - usesOf(one));
}
