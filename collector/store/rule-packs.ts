/** The rule pack of each project: one at a time. */
import { createHash } from 'node:crypto';
import type { Queries } from './database.ts';

/** A pack as it is stored. */
export interface StoredPack {
  /** SHA-256 of the text, lowercase hexadecimal. */
  readonly hash: string;
  /** JSON text. */
  readonly pack: string;
}

/** The project's pack; null where it has none. */
export async function readRulePack({ query }: Queries, project: string): Promise<StoredPack | null> {
  const [row] = await query<StoredPack>('select hash, pack from countersign.rule_packs where project = $1', [project]);
  return row ?? null;
}

/**
 * Puts a pack in the place of the one before and answers its hash, committed when it resolves. With `expected`, only where
 * the one before has one of these hashes: null where it has another, or there is none.
 */
export async function storeRulePack(
  { query }: Queries,
  project: string,
  pack: string,
  expected: readonly string[] | null = null,
): Promise<string | null> {
  const hash = createHash('sha256').update(pack).digest('hex');
  const parameters = [project, hash, pack];
  const rows =
    expected === null
      ? await query<{ hash: string }>(
          `insert into countersign.rule_packs (project, hash, pack) values ($1, $2, $3)
           on conflict (project) do update set hash = excluded.hash, pack = excluded.pack, updated_at = now()
           returning hash`,
          parameters,
        )
      : await query<{ hash: string }>(
          `update countersign.rule_packs set hash = $2, pack = $3, updated_at = now()
           where project = $1 and hash in (select jsonb_array_elements_text($4::text::jsonb)) returning hash`,
          [...parameters, JSON.stringify(expected)],
        );
  return rows[0]?.hash ?? null;
}
