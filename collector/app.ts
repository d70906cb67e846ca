/** The collector's HTTP interface, without a socket: tests call `createApp(parts).request(…)`. */
import { Hono } from 'hono';
import type { AppEnv, AppParts } from './env.ts';
import { extensionCors } from './middleware/extension-cors.ts';
import { checkHost } from './middleware/host.ts';
import { requestLog } from './middleware/request-log.ts';
import { Problem, reply } from './problem.ts';
import { adminRoutes } from './routes/admin.ts';
import { deliveriesRoute } from './routes/deliveries.ts';
import { destinationsRoute } from './routes/destinations.ts';
import { exportRoute } from './routes/export.ts';
import { gapsRoute } from './routes/gaps.ts';
import { healthRoutes } from './routes/health.ts';
import { ingestRoute } from './routes/ingest.ts';
import { joinRoute } from './routes/join.ts';
import { openapiRoute } from './routes/openapi.ts';
import { rulesRoute } from './routes/rules.ts';
import { teamRoute } from './routes/team.ts';

/** Whether the database, not the request, is to blame: classes of SQLSTATE and the driver's own network errors. */
function isAway(error: unknown): boolean {
  const code = Reflect.get(Object(error), 'code');
  return (
    (typeof code === 'string' && /^(?:08|53|57P|25006|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_)/.test(code)) ||
    (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message))
  );
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isAway(error)) {
    return new Problem(503, 'unavailable', 'The database cannot be reached.', { headers: { 'retry-after': '5' } });
  }
  return new Problem(500, 'unexpected', 'Something unexpected went wrong; the log has more under the request id.');
}

export function createApp(parts: AppParts): Hono<AppEnv> {
  const { log, hosts = null, adminSecret = null } = parts;
  const app = new Hono<AppEnv>();
  app.onError((error, context) => reply(context, asProblem(error)));
  app.notFound((context) => reply(context, new Problem(404, 'not-found', 'There is nothing here.')));
  app.use(requestLog(log), checkHost(hosts), extensionCors());
  app.route('/v1/events', ingestRoute(parts)).route('/v1/events', exportRoute(parts));
  app.all('/v1/events', () => {
    throw new Problem(405, 'method-not-allowed', 'Deliver with POST, export with GET.', {
      headers: { allow: 'GET, POST' },
    });
  });
  app.route('/v1/gaps', gapsRoute(parts));
  app.route('/v1/destinations', destinationsRoute(parts)).route('/v1/deliveries', deliveriesRoute(parts));
  app.route('/v1/rules', rulesRoute(parts));
  app.all('/v1/rules', () => {
    throw new Problem(405, 'method-not-allowed', 'Read with GET, publish with PUT.', {
      headers: { allow: 'GET, PUT' },
    });
  });
  app.route('/v1/team', teamRoute(parts)).route('/join', joinRoute());
  app.all('/v1/team', () => {
    throw new Problem(405, 'method-not-allowed', 'Read with GET, publish with PUT.', {
      headers: { allow: 'GET, PUT' },
    });
  });
  app.route('/', healthRoutes(parts)).route('/', openapiRoute());
  if (adminSecret !== null) app.route('/admin', adminRoutes(parts, adminSecret));
  return app;
}
