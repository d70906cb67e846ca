/** Admits callers by bearer token (RFC 6750) and by what their token may do. */
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../env.ts';
import { Problem } from '../problem.ts';
import type { Database } from '../store/database.ts';
import { findCaller, type Role } from '../store/tokens.ts';

/** The token in an `Authorization` header; null where there is none of that form. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer +([\x21-\x7e]{1,4096}) *$/i.exec(header ?? '')?.[1] ?? null;
}

const unauthorized = (message: string) =>
  new Problem(401, 'unauthorized', message, { headers: { 'www-authenticate': 'Bearer' } });

/** What a request needs: `rules` is to read the site rules and the team file, which every token may. */
type Right = 'write' | 'read' | 'maintain' | 'operate' | 'rules';

const allows = (role: Role, right: Right) =>
  right === 'rules' || role === right || (role === 'both' && (right === 'write' || right === 'read'));

export const authorize = (database: Database, right: Right) =>
  createMiddleware<AppEnv>(async (context, next) => {
    const token = bearerToken(context.req.header('authorization'));
    if (token === null) throw unauthorized('A bearer token is needed.');
    const caller = await findCaller(database, token);
    if (caller === null) throw unauthorized('The token is unknown or was revoked.');
    context.set('caller', caller);
    if (!allows(caller.role, right)) {
      throw new Problem(403, 'forbidden', `The token may not ${right} here; it is for ${caller.role} only.`);
    }
    await next();
  });
