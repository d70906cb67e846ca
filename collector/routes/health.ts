/** /healthz: the process is there. /readyz: it can reach its database. */
import { Hono } from 'hono';
import type { AppEnv, AppParts } from '../env.ts';
import { Problem } from '../problem.ts';

export const healthRoutes = ({ database }: AppParts) =>
  new Hono<AppEnv>()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', async (context) => {
      try {
        await database.query('select 1 from countersign.migrations limit 1');
      } catch {
        throw new Problem(503, 'unavailable', 'The database cannot be reached.', { headers: { 'retry-after': '5' } });
      }
      return context.json({ status: 'ready' });
    });
