/**
 * Refuses requests addressed to a name that is not ours. A page can point its own name at 127.0.0.1 (DNS rebinding) and
 * then talk to a collector that listens there only; the name in `Host` gives it away.
 */
import { createMiddleware } from 'hono/factory';
import { Problem } from '../problem.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

export const isLoopback = (host: string) => [...loopback, '::1'].includes(host) || host.startsWith('127.');

/** `hosts`: names that are allowed beside those of this computer, without ports; `null` allows any. */
export const checkHost = (hosts: readonly string[] | null) =>
  createMiddleware(async (context, next) => {
    if (hosts !== null) {
      const { hostname } = new URL(context.req.url);
      if (!loopback.includes(hostname) && !hosts.includes(hostname)) {
        throw new Problem(421, 'misdirected', 'This collector does not answer to that host name; see --allow-host.');
      }
    }
    await next();
  });
