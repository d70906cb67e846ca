/** Bearer tokens: shown once, stored as a hash. */
import { createHash, randomBytes } from 'node:crypto';
import type { Queries } from './database.ts';

export const roles = ['write', 'read', 'both', 'maintain', 'operate'] as const;
/**
 * What a token may do: `write` deliver, `read` export, `maintain` publish the site rules and the team file, `operate` manage the
 * destinations. All may read the rules and the team file.
 */
export type Role = (typeof roles)[number];

/** Who is calling, as far as the token says. */
export interface Caller {
  readonly project: string;
  readonly role: Role;
}

export interface TokenRow extends Caller {
  /** Names the token in lists and for revoking; not a secret. */
  readonly id: string;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** A token as it is given out, this once. */
export interface NewToken extends Caller {
  readonly id: string;
  readonly token: string;
}

/** What a project may be called: it stands in commands, logs and, some day, addresses. */
export const projectPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

export async function createToken({ query }: Queries, project: string, role: Role): Promise<NewToken> {
  const token = `cst_${randomBytes(32).toString('base64url')}`;
  const id = randomBytes(5).toString('hex');
  await query('insert into countersign.tokens (hash, id, project, role) values ($1, $2, $3, $4)', [
    hashOf(token),
    id,
    project,
    role,
  ]);
  return { id, token, project, role };
}

/** Whose token this is; null where it is unknown or revoked. */
export async function findCaller({ query }: Queries, token: string): Promise<Caller | null> {
  const [row] = await query<Caller>(
    'select project, role from countersign.tokens where hash = $1 and revoked_at is null',
    [hashOf(token)],
  );
  return row ? { project: row.project, role: row.role } : null;
}

const time = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** All tokens, oldest first. */
export function listTokens({ query }: Queries): Promise<TokenRow[]> {
  return query<TokenRow>(
    `select id, project, role, ${time('created_at')} as "createdAt", ${time('revoked_at')} as "revokedAt"
     from countersign.tokens order by created_at, id`,
  );
}

/** Takes a token back for good, from the next request on; false where there is none with this id that still works. */
export async function revokeToken({ query }: Queries, id: string): Promise<boolean> {
  const rows = await query(
    'update countersign.tokens set revoked_at = now() where id = $1 and revoked_at is null returning id',
    [id],
  );
  return rows.length > 0;
}
