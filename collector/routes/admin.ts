/**
 * Tokens, for the command line only. An embedded database is open in one process, so a command run beside the collector
 * asks it here, with a secret that lies in the data folder and is new at each start.
 */
import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import * as z from 'zod/mini';
import { readJson } from '../body.ts';
import type { AppEnv, AppParts } from '../env.ts';
import { bearerToken } from '../middleware/authorize.ts';
import { Problem } from '../problem.ts';
import { createToken, listTokens, projectPattern, revokeToken, roles } from '../store/tokens.ts';

const newToken = z.strictObject({ project: z.string().check(z.regex(projectPattern)), role: z.enum(roles) });

function isSecret(given: string | null, secret: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export const adminRoutes = ({ database }: AppParts, secret: string) =>
  new Hono<AppEnv>()
    .use(async (context, next) => {
      // A browser always tells where a request comes from; commands do not.
      const fromBrowser = context.req.header('origin') !== undefined;
      if (fromBrowser || !isSecret(bearerToken(context.req.header('authorization')), secret)) {
        throw new Problem(404, 'not-found', 'There is nothing here.');
      }
      await next();
    })
    .get('/tokens', async (context) => context.json(await listTokens(database)))
    .post('/tokens', async (context) => {
      const parsed = newToken.safeParse((await readJson(context.req.raw, 1024)).value);
      if (!parsed.success) throw new Problem(400, 'invalid', 'A project and a role are needed.');
      return context.json(await createToken(database, parsed.data.project, parsed.data.role), 201);
    })
    .delete('/tokens/:id', async (context) =>
      context.json({ revoked: await revokeToken(database, context.req.param('id')) }),
    );
