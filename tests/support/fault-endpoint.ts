/**
 * A real HTTP endpoint on loopback that misbehaves on request. It stores each event once, forgets what a tombstone names,
 * and tells what it saw; how it answers is a script: one behavior per request, then `always`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { isDeletion, type WireEvent } from '../../utils/review/wire.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly events: readonly WireEvent[];
  /** UTF-8 bytes of the body. */
  readonly bytes: number;
  /** Stores the events and says what became of each. */
  commit(): { id: string; status: 'stored' | 'duplicate' }[];
  json(status: number, body: unknown, headers?: Record<string, string>): void;
}

export type Behavior = (exchange: Exchange) => void | Promise<void>;

/** A request as the endpoint saw it. */
export interface Seen {
  readonly ids: readonly string[];
  readonly bytes: number;
  readonly headers: IncomingMessage['headers'];
}

export interface FaultEndpoint {
  readonly url: string;
  /** Ids of what was stored, each once, tombstones among them. */
  readonly stored: Set<string>;
  /** Ids of what is stored and not forgotten since. */
  readonly readable: Set<string>;
  /** Whose number each number is, by stream. */
  readonly numbers: Map<string, Map<number, string>>;
  /** Numbers that it was told not to wait for, by stream. */
  readonly closed: Map<string, Set<number>>;
  /** Numbers that were given to two events. */
  readonly misnumbered: string[];
  readonly requests: Seen[];
  /** Behaviors of the next requests, in order. */
  readonly script: Behavior[];
  /** Behavior once the script is used up. */
  always: Behavior;
  close(): Promise<void>;
}

export const acknowledge: Behavior = ({ commit, json }) => json(200, { results: commit() });
export const answer =
  (status: number, headers: Record<string, string> = {}, body: unknown = {}): Behavior =>
  ({ json }) =>
    json(status, body, headers);
/** The connection ends before anything is stored. */
export const drop: Behavior = ({ request }) => void request.socket.destroy();
/** All is stored, and the acknowledgement is lost. */
export const commitThenReset: Behavior = ({ commit, request }) => {
  commit();
  request.socket.resetAndDestroy();
};
/** All is stored, and the acknowledgement breaks off in the middle. */
export const commitThenTruncate: Behavior = ({ commit, response, request }) => {
  const body = JSON.stringify({ results: commit() });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.slice(0, body.length / 2), () => request.socket.destroy());
};
/** All is stored, and the answer never comes. */
export const commitThenHang: Behavior = ({ commit }) => void commit();
/** All is stored, and the answer begins but never ends. */
export const slowBody: Behavior = ({ response, commit }) => {
  commit();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{');
};
/** A body that has no end. */
export const endlessBody: Behavior = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = `{"results":[${' '.repeat(16_384)}`;
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
};
export const htmlPage: Behavior = ({ response }) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><form>Sign in</form></html>');
export const redirectTo =
  (url: string, status: 302 | 307): Behavior =>
  ({ response }) =>
    void response.writeHead(status, { location: url }).end();
/** Answers after `ms`. */
export const late =
  (ms: number, then: Behavior = acknowledge): Behavior =>
  async (exchange) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await then(exchange);
  };
/** 422 for any batch that holds one of these. */
export const rejectBatchesWith =
  (poison: ReadonlySet<string>): Behavior =>
  (exchange) =>
    exchange.events.some(({ id }) => poison.has(id))
      ? exchange.json(422, { message: 'rating out of range' })
      : acknowledge(exchange);
/** Answers at 20 bytes a second for ever. */
export const tricklingBody: Behavior = ({ response, commit }) => {
  commit();
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
};
/** All is stored twice over: as when something between resends the request. */
export const twice: Behavior = ({ commit, json }) => {
  const first = commit();
  commit();
  json(200, { results: first });
};
/** 413 for any body of more than `limit` bytes. */
export const limitBytes =
  (limit: number): Behavior =>
  (exchange) =>
    exchange.bytes > limit ? exchange.json(413, {}) : acknowledge(exchange);

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What a browser wants to hear before it lets a page send, and read the answer. */
const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers':
    '*, authorization, content-type, content-encoding, idempotency-key, webhook-id, webhook-timestamp, webhook-signature',
  'access-control-expose-headers': 'retry-after, date, ratelimit, ratelimit-policy, accept-encoding',
};

export async function startFaultEndpoint(always: Behavior = acknowledge): Promise<FaultEndpoint> {
  const stored = new Set<string>();
  const readable = new Set<string>();
  const numbers = new Map<string, Map<number, string>>();
  const closed = new Map<string, Set<number>>();
  const place = ({ id, stream = '', sequence, closes }: WireEvent) => {
    if (sequence !== undefined) {
      const its = numbers.get(stream) ?? new Map<number, string>();
      const holder = its.get(Number(sequence)) ?? id;
      if (holder !== id) misnumbered.push(`${sequence}: ${holder}, ${id}`);
      numbers.set(stream, its.set(Number(sequence), id));
    }
    for (const number of closes?.split(' ') ?? []) {
      closed.set(stream, (closed.get(stream) ?? new Set()).add(Number(number)));
    }
  };
  const misnumbered: string[] = [];
  const keep = (event: WireEvent) => {
    stored.add(event.id);
    if (isDeletion(event)) {
      for (const id of readable) if (id.startsWith(`${event.data.id}:`)) readable.delete(id);
    } else if (!stored.has(`${event.data.id}:deleted`)) readable.add(event.id);
  };
  const requests: Seen[] = [];
  const script: Behavior[] = [];
  const server = createServer(async (request, response) => {
    for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    try {
      const body = await readBody(request);
      const packed = request.headers['content-encoding'] === 'gzip';
      const text = (packed ? gunzipSync(body) : body).toString();
      const events = text === '' ? [] : (JSON.parse(text) as WireEvent[]);
      requests.push({ ids: events.map(({ id }) => id), bytes: body.length, headers: request.headers });
      await (script.shift() ?? endpoint.always)({
        request,
        response,
        events,
        bytes: body.length,
        commit: () =>
          events.map((event) => {
            const { id } = event;
            place(event);
            const status = stored.has(id) ? 'duplicate' : 'stored';
            keep(event);
            return { id, status };
          }),
        json: (status, reply, headers = {}) =>
          void response
            .writeHead(status, { 'content-type': 'application/json', ...headers })
            .end(JSON.stringify(reply)),
      });
    } catch {
      request.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint: FaultEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`,
    stored,
    readable,
    numbers,
    closed,
    misnumbered,
    requests,
    script,
    always,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return endpoint;
}
