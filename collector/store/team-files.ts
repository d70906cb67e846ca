/** The team file of each project: one at a time. */
import { createHash } from 'node:crypto';
import type { Queries } from './database.ts';

/** A file as it is stored. */
export interface StoredTeamFile {
  /** SHA-256 of the text, lowercase hexadecimal. */
  readonly hash: string;
  /** JSON text. */
  readonly file: string;
}

/** The project's team file; null where nobody has published one. */
export async function readTeamFile({ query }: Queries, project: string): Promise<StoredTeamFile | null> {
  const [row] = await query<StoredTeamFile>('select hash, file from countersign.team_files where project = $1', [
    project,
  ]);
  return row ?? null;
}

/** Puts a file in the place of the one before and answers its hash, committed when it resolves. */
export async function storeTeamFile({ query }: Queries, project: string, file: string): Promise<string> {
  const hash = createHash('sha256').update(file).digest('hex');
  await query(
    `insert into countersign.team_files (project, hash, file) values ($1, $2, $3)
     on conflict (project) do update set hash = excluded.hash, file = excluded.file, updated_at = now()`,
    [project, hash, file],
  );
  return hash;
}
