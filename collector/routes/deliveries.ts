/** GET /v1/deliveries?review=<id>: what became of one review at each destination. Needs a token of the role `operate`. */
import { Hono } from 'hono';
import type { AppEnv, AppParts } from '../env.ts';
import { authorize } from '../middleware/authorize.ts';
import { Problem } from '../problem.ts';
import { listDeliveries } from '../store/deliveries.ts';

export const deliveriesRoute = ({ database }: AppParts) =>
  new Hono<AppEnv>().get('/', authorize(database, 'operate'), async (context) => {
    const review = context.req.query('review') ?? '';
    if (!/^[\x21-\x7e]{1,128}$/.test(review)) {
      throw new Problem(400, 'invalid', 'The id of a review is needed.', { field: 'review' });
    }
    const deliveries = await listDeliveries(database, context.get('caller').project, review);
    return context.json({ deliveries }, 200, { 'cache-control': 'no-store' });
  });
