/** An endpoint that misbehaves as told. It answers requests by hand, so that a test can say exactly what goes over the wire. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Endpoint {
  readonly url: string;
  /** All requests so far but CORS preflights. */
  readonly requests: readonly ReceivedRequest[];
  /** Answers every further request like this. */
  answer(how: (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>): void;
  close(): Promise<void>;
}

/** What a browser wants to hear before it lets an extension read a reply. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*, authorization, content-type, webhook-id, webhook-timestamp, webhook-signature',
  'access-control-allow-methods': 'POST, GET',
};

/** The ids of the events in a batch. */
export const eventIds = (body: string): readonly string[] =>
  (JSON.parse(body) as readonly { readonly id: string }[]).map((event) => event.id);

/** Acknowledges every event of a batch as stored. */
export function acknowledge(request: ReceivedRequest, response: ServerResponse): void {
  const results = eventIds(request.body).map((id) => ({ id, status: 'stored' }));
  response.writeHead(200, { ...corsHeaders, 'content-type': 'application/json' }).end(JSON.stringify({ results }));
}

/** Starts an endpoint on `port`; 0 takes a free one. It acknowledges everything until told otherwise. */
export async function startEndpoint(port = 0): Promise<Endpoint> {
  const requests: ReceivedRequest[] = [];
  let how: Parameters<Endpoint['answer']>[0] = acknowledge;
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') return void response.writeHead(204, corsHeaders).end();
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const received = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      requests.push(received);
      Promise.resolve(how(received, response)).catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`,
    requests,
    answer: (next) => {
      how = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
