/** Gives each request an id and writes one line when it is answered. The path has no query, the line no content. */
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../env.ts';
import { describeError, type Log } from '../log.ts';

export const requestLog = (log: Log) =>
  createMiddleware<AppEnv>(async (context, next) => {
    const began = performance.now();
    const requestId = crypto.randomUUID();
    context.set('requestId', requestId);
    context.set('notes', {});
    context.header('x-request-id', requestId);
    await next();
    const { error } = context;
    const known = error === undefined || error.name === 'Problem';
    log[known ? 'info' : 'error']('request', {
      requestId,
      method: context.req.method,
      path: context.req.path.slice(0, 200),
      status: context.res.status,
      ms: Math.round((performance.now() - began) * 10) / 10,
      ...(context.get('caller') ? { project: context.get('caller').project } : {}),
      ...context.get('notes'),
      ...(known ? {} : describeError(error)),
    });
  });
