/** The one door to PostgreSQL, embedded or served. The SQL is the same on both. */

export interface Queries {
  /** Runs one statement. Numbers wider than 32 bits and times come as the driver likes: cast them to text in the SQL. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs several statements, without parameters. */
  script(sql: string): Promise<void>;
}

export interface Database extends Queries {
  /** What it is, for the log; without credentials. */
  readonly name: string;
  /** Runs `work` in one transaction, which sees in each statement what others have committed before it. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction, alone among all processes that share the database. */
  alone<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The store cannot be used at all; the message is for whoever starts the collector. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
