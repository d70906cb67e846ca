/** Lists that are edited: every change makes a new one. Pure. */

export type Identified = { readonly id: string };

/** With this item instead of the one of its place. */
export const replacedAt = <T>(list: readonly T[], index: number, item: T): T[] =>
  list.map((one, at) => (at === index ? item : one));

export const withoutAt = <T>(list: readonly T[], index: number): T[] => list.filter((_, at) => at !== index);

/** One place up (-1) or down (1); as it is where there is no such place. */
export function movedBy<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const to = index + by;
  const item = list[index];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return withoutAt(list, index).toSpliced(to, 0, item);
}

/** An id made of a name, that none of the list has: it stays when the name changes, since reviews refer to it. */
export function freshId(name: string, taken: readonly Identified[]): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const base =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 48) || 'item';
  const isTaken = (id: string) => taken.some((item) => item.id === id);
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!isTaken(id)) return id;
  }
}

/** The one that was put in, or taken out. */
export const toggledIn = <T>(list: readonly T[] | undefined, item: T): T[] =>
  list?.includes(item) ? list.filter((one) => one !== item) : [...(list ?? []), item];

/** Text for a field that may be absent. */
export const orAbsent = (text: string): string | undefined => (text.trim() === '' ? undefined : text);

/** What was typed between commas or line ends. */
export const typedList = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
