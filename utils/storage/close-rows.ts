/**
 * Many rows in few requests. One request for each key is what most of the time of a large delivery or deletion went into;
 * the rows of a backlog lie close together, so that one request for all between the first and the last does.
 */
import { cmp, type IndexableType, type Table } from 'dexie';

/** Rows between the first and the last key for each one asked for; where there are more, each is asked for by itself. */
const SPARSE = 2;
/** Below, one request for each is as quick. */
const FEW = 4;

/** The smallest and the greatest of these, as IndexedDB orders them. */
export function endsOf<Key>(keys: readonly Key[]): readonly [first: Key, last: Key] {
  let [first, last] = [keys[0] as Key, keys[0] as Key];
  for (const key of keys) {
    if (cmp(key, first) < 0) first = key;
    else if (cmp(key, last) > 0) last = key;
  }
  return [first, last];
}

/** So many rows of an index may be read to find `count` of them. */
export const worthReading = (count: number) => count * SPARSE + FEW;

/** All rows with an index between these, or null where they are more than `most`. */
export async function rowsWithin<Row, Key, Insert>(
  table: Table<Row, Key, Insert>,
  index: string,
  [from, to]: readonly [IndexableType, IndexableType],
  most: number,
): Promise<Row[] | null> {
  const rows = await table
    .where(index)
    .between(from, to, true, true)
    .limit(most + 1)
    .toArray();
  return rows.length > most ? null : rows;
}

/** As `bulkGet`: the rows with these keys in this order, undefined where there is none. `keyOf` reads the key of a row. */
export async function rowsByKey<Row, Key extends IndexableType, Insert>(
  table: Table<Row, Key, Insert>,
  keys: readonly Key[],
  keyOf: (row: Row) => Key,
): Promise<(Row | undefined)[]> {
  const near = keys.length > FEW ? await rowsWithin(table, ':id', endsOf(keys), worthReading(keys.length)) : null;
  if (near === null) return table.bulkGet([...keys]);
  const known = new Map(near.map((row) => [JSON.stringify(keyOf(row)), row]));
  return keys.map((key) => known.get(JSON.stringify(key)));
}

/** As `bulkDelete`. Only inside a readwrite transaction over the table. */
export async function deleteByKey<Row, Key extends IndexableType, Insert>(
  table: Table<Row, Key, Insert>,
  keys: readonly Key[],
): Promise<void> {
  if (keys.length > FEW) {
    const [first, last] = endsOf(keys);
    const between = () => table.where(':id').between(first, last, true, true);
    const there = await between()
      .limit(keys.length + 1)
      .primaryKeys();
    const wanted = new Set(keys.map((key) => JSON.stringify(key)));
    if (there.every((key) => wanted.has(JSON.stringify(key)))) return void (await between().delete());
  }
  await table.bulkDelete([...keys]);
}
