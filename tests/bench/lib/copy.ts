/** The limits of PostgreSQL for the same events: COPY, and plain inserts, into a table with the collector's own columns and indexes. */
import pg from 'pg';
import type { Body } from './collector.ts';

interface Wire {
  query(sql: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** A statement in the driver's own protocol: COPY from these chunks. */
class Copy {
  readonly sql: string;
  readonly chunks: readonly Buffer[];
  readonly done: (error: Error | null) => void;

  constructor(sql: string, chunks: readonly Buffer[], done: (error: Error | null) => void) {
    this.sql = sql;
    this.chunks = chunks;
    this.done = done;
  }

  submit(wire: Wire): void {
    wire.query(this.sql);
  }

  handleCopyInResponse(wire: Wire): void {
    for (const chunk of this.chunks) wire.sendCopyFromChunk(chunk);
    wire.endCopyFrom();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.done(null);
  }

  handleError(error: Error): void {
    this.done(error);
  }
}

const escaped = (json: string) => json.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');

/** The lines of COPY for each of the bodies, made before anything is measured. */
export const copyLines = (bodies: readonly Body[]): readonly Buffer[] =>
  bodies.map(({ json }, part) => {
    const events = JSON.parse(json) as readonly { readonly id: string }[];
    const lines = events.map(
      (event, at) => `limit\t${event.id}\t${part * events.length + at + 1}\t${escaped(JSON.stringify(event))}\n`,
    );
    return Buffer.from(lines.join(''));
  });

/** The statement that stores a batch, `$1` its JSON, without any of what the collector does beside. */
export const INSERT = `insert into limits (project, key, seq, event)
  select 'limit', value->>'id', ordinality, value from jsonb_array_elements($1::text::jsonb) with ordinality
  on conflict (project, key) do nothing`;

/** Makes the table of the limits anew, like the collector's. */
export const TABLE = `drop table if exists limits; create table limits (like countersign.events including all);
  drop index if exists limits_project_seq_idx`;

/** Runs `part` for each of `count` parts on `streams` connections at once; answers ms. */
async function onConnections(
  url: string,
  streams: number,
  count: number,
  part: (client: pg.Client, at: number) => Promise<unknown>,
): Promise<number> {
  const clients = Array.from({ length: streams }, () => new pg.Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query(TABLE);
  let next = 0;
  const began = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let at = next++; at < count; at = next++) await part(client, at);
    }),
  );
  const ms = performance.now() - began;
  await Promise.all(clients.map((client) => client.end()));
  return ms;
}

/** ms of COPY over so many connections, a statement for each part of the lines. */
export const copy = (url: string, streams: number, lines: readonly Buffer[]): Promise<number> =>
  onConnections(
    url,
    streams,
    lines.length,
    (client, at) =>
      new Promise<void>((resolve, reject) => {
        const done = (error: Error | null) => (error ? reject(error) : resolve());
        const sql = 'copy limits (project, key, seq, event) from stdin';
        client.query(new Copy(sql, [lines[at] as Buffer], done) as never);
      }),
  );

/** ms of an insert for each body over so many connections. */
export const insert = (url: string, streams: number, bodies: readonly Body[]): Promise<number> =>
  onConnections(url, streams, bodies.length, (client, at) => client.query(INSERT, [bodies[at]?.json]));
