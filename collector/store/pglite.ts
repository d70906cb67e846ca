/** PostgreSQL inside this process, with its data in a folder. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import { type Database, type Queries, StoreError } from './database.ts';
import { DurableNodeFS, durableStart, syncTree } from './durable-nodefs.ts';

const queriesOf = (connection: PGlite | Transaction): Queries => ({
  query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await connection.query<Row>(sql, [...parameters])).rows,
  script: async (sql) => {
    await connection.exec(sql);
  },
});

const dataFolder = (folder: string) => join(folder, 'postgres');

/** Whether there is a database below `folder`; the first start takes some seconds longer. */
export const hasDatabase = (folder: string): boolean => existsSync(join(dataFolder(folder), 'PG_VERSION'));

/** Opens, or creates, the database below `folder`. The caller holds the folder's lock: PGlite takes none. */
export async function openPglite(folder: string): Promise<Database> {
  const data = dataFolder(folder);
  const isNew = !hasDatabase(folder);
  let pglite: PGlite;
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    pglite = await PGlite.create({ fs: new DurableNodeFS(data), startParams: durableStart });
    if (isNew) syncTree(data);
  } catch (cause) {
    throw new StoreError(`The database in ${data} cannot be opened: ${(cause as Error).message}`, { cause });
  }
  return {
    name: `embedded PostgreSQL in ${folder}`,
    ...queriesOf(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(queriesOf(transaction))),
    alone: (work) => pglite.transaction((transaction) => work(queriesOf(transaction))),
    close: () => pglite.close(),
  };
}
