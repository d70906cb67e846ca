/** Lets browser extensions read the replies, and no web page. */
import { cors } from 'hono/cors';

const extension = /^(?:chrome|moz)-extension:\/\/[0-9a-z-]{1,64}$/;

export const extensionCors = () =>
  cors({
    origin: (origin) => (extension.test(origin) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: [
      'accept',
      'authorization',
      'content-encoding',
      'content-type',
      'idempotency-key',
      'if-none-match',
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ],
    // Without these the extension could not read when to come back.
    exposeHeaders: ['accept-encoding', 'date', 'etag', 'retry-after', 'x-request-id'],
    maxAge: 86_400,
  });
