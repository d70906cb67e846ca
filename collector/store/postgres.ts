/** A PostgreSQL server, by its URL. */
import pg from 'pg';
import { type Database, type Queries, StoreError } from './database.ts';

/** Any number that no other program takes in the same database: the ASCII of "csgn". */
const LOCK = 0x6373676e;

const queriesOf = (connection: Pick<pg.Pool, 'query'> | pg.PoolClient): Queries => ({
  query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await connection.query(sql, [...parameters])).rows as Row[],
  script: async (sql) => {
    await connection.query(sql);
  },
});

/** Connects to a server. `onLost` is told when an idle connection breaks; the pool makes a new one when it is needed. */
export async function openPostgres(url: string, onLost: (error: Error) => void = () => {}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'countersign-collector',
  });
  pool.on('error', onLost);
  let name: string;
  try {
    const { rows } = await pool.query('select current_database() as database, inet_server_port() as port');
    name = `PostgreSQL database ${rows[0].database}`;
  } catch (cause) {
    await pool.end();
    // The driver's message names host, port, user or database, never the password.
    throw new StoreError(`The database of DATABASE_URL cannot be used: ${(cause as Error).message}`, { cause });
  }
  async function transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const result = await work(queriesOf(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }
  return {
    name,
    ...queriesOf(pool),
    transaction,
    alone: (work) =>
      transaction(async (queries) => {
        await queries.query('select pg_advisory_xact_lock($1)', [LOCK]);
        return work(queries);
      }),
    close: () => pool.end(),
  };
}
