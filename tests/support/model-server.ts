/** A small server that speaks OpenAI's chat completions, streamed, and misbehaves as told. Nothing of it is a real model. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedModel {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** As it came over the wire. */
  readonly body: string;
}

/** How an answer goes: writes to the response, and may take as long as it likes. `gone` aborts when the caller has hung up. */
export type Answering = (asked: AskedModel, response: ServerResponse, gone: AbortSignal) => void | Promise<void>;

export interface ModelServer {
  /** Up to `/v1`. */
  readonly url: string;
  /** All questions so far but CORS preflights. */
  readonly asked: readonly AskedModel[];
  /** Connections that the caller has cut while they were answered. */
  readonly hungUp: number;
  answer(how: Answering): void;
  close(): Promise<void>;
}

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, accept',
  'access-control-allow-methods': 'POST',
};

const chunk = (delta: object, finish: string | null = null) => ({
  ...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_763_740_000, model: 'test-model' },
  choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
});

const eventOf = (value: object) => `data: ${JSON.stringify(value)}\n\n`;

/** Begins a stream of events. */
export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { ...cors, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.write(eventOf(chunk({ role: 'assistant', content: '' })));
}

/** One more piece of what the model says. */
export function say(response: ServerResponse, content: string): void {
  response.write(eventOf(chunk({ content })));
}

/** The end of a stream, as servers write it. */
export function endStream(response: ServerResponse, finish = 'stop'): void {
  response.end(`${eventOf(chunk({}, finish))}data: [DONE]\n\n`);
}

/** Says this text in pieces of a few characters, then ends. */
export const saying =
  (text: string): Answering =>
  (_, response) => {
    beginStream(response);
    for (let at = 0; at < text.length; at += 7) say(response, text.slice(at, at + 7));
    endStream(response);
  };

/** Proposes this. */
export const proposing = (reply: object): Answering => saying(JSON.stringify(reply, null, 1));

/** Says this word again and again until the caller hangs up. */
export const sayingForever =
  (word: string): Answering =>
  async (_, response, gone) => {
    beginStream(response);
    while (!gone.aborted) {
      say(response, word.repeat(200));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };

/** Answers once with this status and body. */
export const replying =
  (status: number, body: string, kind = 'application/json', more: Readonly<Record<string, string>> = {}): Answering =>
  (_, response) =>
    void response.writeHead(status, { ...cors, 'content-type': kind, ...more }).end(body);

/** Starts a server that proposes nothing until told otherwise. */
export async function startModelServer(): Promise<ModelServer> {
  const asked: AskedModel[] = [];
  let how: Answering = proposing({ labels: [], findings: [], correction: null });
  let hungUp = 0;
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end();
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const received = { method, path: url, headers, body: Buffer.concat(parts).toString('utf8') };
      asked.push(received);
      const gone = new AbortController();
      response.on('close', () => {
        if (!response.writableFinished) hungUp += 1;
        gone.abort();
      });
      Promise.resolve(how(received, response, gone.signal)).catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    get hungUp() {
      return hungUp;
    },
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
