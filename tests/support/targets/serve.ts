/** A target's stand-in on the loopback, and what was asked of it: by the product, or by the target's own client. */
import type { HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import { startEndpoint } from '../endpoint.ts';

/** A request without what every HTTP client sets as it likes. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Served {
  readonly origin: string;
  /** What was asked since the last time; `headers` are those named. */
  asked(...headers: readonly string[]): readonly Asked[];
  close(): Promise<void>;
}

/** Serves `target` on a free port. */
export async function serve(target: { readonly answer: (request: HttpRequest) => HttpReply }): Promise<Served> {
  const endpoint = await startEndpoint();
  const { origin } = new URL(endpoint.url);
  let seen = 0;
  endpoint.answer(({ method, path, headers, body }, response) => {
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const request = { method: method as HttpRequest['method'], url: `${origin}${path}`, headers: plain, body };
    const reply = target.answer(request);
    response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? 'application/json' });
    response.end(reply.status === 204 ? undefined : reply.body);
  });
  return {
    origin,
    asked: (...names) => {
      const since = endpoint.requests.slice(seen);
      seen = endpoint.requests.length;
      return since.map(({ method, path, headers, body }) => ({
        method,
        path,
        body: body === '' ? null : JSON.parse(body),
        headers: Object.fromEntries(names.map((name) => [name, headers[name] as string | undefined])),
      }));
    },
    close: () => endpoint.close(),
  };
}
