/** GET /v1/gaps: whether anything that was sent is missing, sender by sender. */
import { Hono } from 'hono';
import type { AppEnv, AppParts } from '../env.ts';
import { authorize } from '../middleware/authorize.ts';
import { readGaps } from '../store/gaps.ts';

export const gapsRoute = ({ database }: AppParts) =>
  new Hono<AppEnv>().get('/', authorize(database, 'read'), async (context) => {
    const streams = await readGaps(database, context.get('caller').project);
    const complete = streams.every(({ missing }) => missing.length === 0);
    return context.json({ complete, streams }, 200, { 'cache-control': 'no-store' });
  });
