/**
 * A real HTTP endpoint on loopback that misbehaves on request. It stores each event once, as an endpoint should, and
 * tells what it saw; how it answers is a script: one behavior per request, then `always`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReviewEvent } from '../../utils/review/wire.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly events: readonly ReviewEvent[];
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
  /** Ids of what was stored, each once. */
  readonly stored: Set<string>;
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

export async function startFaultEndpoint(always: Behavior = acknowledge): Promise<FaultEndpoint> {
  const stored = new Set<string>();
  const requests: Seen[] = [];
  const script: Behavior[] = [];
  const server = createServer(async (request, response) => {
    try {
      const body = await readBody(request);
      const events = body.length > 0 ? (JSON.parse(body.toString()) as ReviewEvent[]) : [];
      requests.push({ ids: events.map(({ id }) => id), bytes: body.length, headers: request.headers });
      await (script.shift() ?? endpoint.always)({
        request,
        response,
        events,
        bytes: body.length,
        commit: () =>
          events.map(({ id }) => {
            if (stored.has(id)) return { id, status: 'duplicate' };
            stored.add(id);
            return { id, status: 'stored' };
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
