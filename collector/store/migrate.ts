/** Brings a database to the present schema: plain SQL files, each applied once, in the order of their numbers. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Database, StoreError } from './database.ts';

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

const folder = new URL('./migrations/', import.meta.url);

/** All migrations of this version of the program, oldest first. */
export function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      sql: readFileSync(new URL(file, folder), 'utf8'),
    }));
}

/**
 * Applies what is missing, all or nothing, one process at a time; answers how many. Throws `StoreError` where the
 * database was made by a later version of the program: an older one must not write to it.
 */
export function migrate(database: Database, migrations: readonly Migration[] = readMigrations()): Promise<number> {
  return database.alone(async ({ query, script }) => {
    await script(`
      create schema if not exists countersign;
      create table if not exists countersign.migrations (
        version integer primary key, name text not null, applied_at timestamptz not null default now());
    `);
    const applied = await query<{ version: number }>('select version from countersign.migrations');
    const known = new Set(migrations.map(({ version }) => version));
    const later = applied.find(({ version }) => !known.has(version));
    if (later) {
      throw new StoreError(
        `The database is at schema ${later.version}, which this version of the collector does not know. Update the collector.`,
      );
    }
    const done = new Set(applied.map(({ version }) => version));
    const missing = migrations.filter(({ version }) => !done.has(version));
    for (const { version, name, sql } of missing) {
      await script(sql);
      await query('insert into countersign.migrations (version, name) values ($1, $2)', [version, name]);
    }
    return missing.length;
  });
}
