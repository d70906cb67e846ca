/** Rows of one table in memory, with the indexes of its schema: an object store, as far as Dexie asks one for something. */
import { cmp, type DBCoreIndex, type DBCoreKeyRange, type DBCoreTableSchema } from 'dexie';

/** One row, as an index sees it. */
export interface Entry {
  readonly key: unknown;
  readonly primaryKey: unknown;
  readonly value: object;
}

/** How a primary key is written as text, the same for the same key. Keys are strings, numbers, and arrays of them. */
export const nameOf = (key: unknown): string => JSON.stringify(key);

/** Values of other kinds, such as null, are in no index. */
function isKey(key: unknown): boolean {
  if (Array.isArray(key)) return key.every(isKey);
  return typeof key === 'string' || (typeof key === 'number' && !Number.isNaN(key));
}

// Dexie's numbers for ranges: everything, and nothing.
const [ANY, NEVER] = [3, 4];

function isWithin(key: unknown, { type, lower, lowerOpen, upper, upperOpen }: DBCoreKeyRange): boolean {
  if (type === (ANY as never)) return true;
  if (type === (NEVER as never)) return false;
  const [fromLower, fromUpper] = [
    lower === undefined ? 1 : cmp(key, lower),
    upper === undefined ? -1 : cmp(key, upper),
  ];
  return (lowerOpen ? fromLower > 0 : fromLower >= 0) && (upperOpen ? fromUpper < 0 : fromUpper <= 0);
}

const constraint = () => new DOMException('A row with this key is there already.', 'ConstraintError');

export class Rows {
  readonly schema: DBCoreTableSchema;
  readonly #rows = new Map<string, object>();
  /** All entries of an index in its order; made when it is asked for, void after a change. */
  readonly #sorted = new Map<string | null, readonly Entry[]>();
  #lastNumber: number;

  /** `lastNumber`: what comes after it is the first number that is given to a row without a key. */
  constructor(schema: DBCoreTableSchema, lastNumber: number) {
    this.schema = schema;
    this.#lastNumber = lastNumber;
  }

  get(key: unknown): object | undefined {
    const row = this.#rows.get(nameOf(key));
    return row && structuredClone(row);
  }

  /** The row by the name of its key, itself and not a copy. */
  peek(name: string): object | undefined {
    return this.#rows.get(name);
  }

  clear(): void {
    this.#rows.clear();
    this.#sorted.clear();
  }

  /** Puts a row in the place of whatever has that name, or with undefined removes it. Nothing is checked. */
  set(name: string, row: object | undefined): void {
    if (row === undefined) this.#rows.delete(name);
    else {
      this.#rows.set(name, row);
      const key = JSON.parse(name) as unknown;
      if (typeof key === 'number') this.#lastNumber = Math.max(this.#lastNumber, key);
    }
    this.#sorted.clear();
  }

  /** A copy of `value` with its key, a new number where it has none. Throws `ConstraintError` as IndexedDB does. */
  admit(value: object, mayReplace: boolean): { readonly key: unknown; readonly row: object } {
    const { primaryKey, indexes } = this.schema;
    const row = structuredClone(value) as Record<string, unknown>;
    let key: unknown = primaryKey.extractKey?.(row);
    if (key === undefined && primaryKey.autoIncrement) {
      key = this.#lastNumber + 1;
      row[primaryKey.keyPath as string] = key;
    }
    if (!isKey(key)) throw new DOMException('The row has no key.', 'DataError');
    if (!mayReplace && this.#rows.has(nameOf(key))) throw constraint();
    for (const index of indexes) {
      if (index.unique && this.#isTaken(index, index.extractKey?.(row), key)) throw constraint();
    }
    return { key, row };
  }

  #isTaken(index: DBCoreIndex, value: unknown, by: unknown): boolean {
    if (!isKey(value)) return false;
    const entries = this.#all(index);
    const at = firstAt(entries, value);
    const found = entries[at];
    return found !== undefined && cmp(found.key, value) === 0 && cmp(found.primaryKey, by) !== 0;
  }

  #all(index: DBCoreIndex): readonly Entry[] {
    const known = this.#sorted.get(index.name);
    if (known) return known;
    const { extractKey } = this.schema.primaryKey;
    const entries: Entry[] = [];
    for (const value of this.#rows.values()) {
      const [found, primaryKey] = [index.extractKey?.(value) as unknown, extractKey?.(value) as unknown];
      const keys = index.multiEntry && Array.isArray(found) ? new Set<unknown>(found) : [found];
      for (const key of keys) if (isKey(key)) entries.push({ key, primaryKey, value });
    }
    entries.sort((a, b) => cmp(a.key, b.key) || cmp(a.primaryKey, b.primaryKey));
    this.#sorted.set(index.name, entries);
    return entries;
  }

  /** What lies in a range of an index, in its order, or backwards; `unique` takes the first of each key only. */
  within(index: DBCoreIndex, range: DBCoreKeyRange, { reverse = false, unique = false } = {}): readonly Entry[] {
    const all = this.#all(index);
    const start = range.lower === undefined || range.type === (ANY as never) ? 0 : firstAt(all, range.lower);
    const found: Entry[] = [];
    for (let at = start; at < all.length; at += 1) {
      const entry = all[at] as Entry;
      if (isWithin(entry.key, range)) {
        if (!unique || found.length === 0 || cmp(found.at(-1)?.key, entry.key) !== 0) found.push(entry);
      } else if (found.length > 0) break;
      else if (range.upper !== undefined && cmp(entry.key, range.upper) > 0) break;
    }
    return reverse ? found.reverse() : found;
  }
}

/** The place of the first entry whose key is not less than this one. */
function firstAt(entries: readonly Entry[], key: unknown): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cmp(entries[middle]?.key, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What one transaction changed: each place once, by table and name of the key. */
export type Changes = Map<
  string,
  {
    readonly rows: Rows;
    readonly name: string;
    readonly before: object | undefined;
    readonly after: object | undefined;
  }
>;

/** Puts back what was there before, but where somebody has changed it again since. */
export function undo(changes: Changes): void {
  for (const { rows, name, before, after } of changes.values()) if (rows.peek(name) === after) rows.set(name, before);
}
