/** Stands before a server and can lose its answers: the server has done its work, and the client never learns of it. */
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BreakingProxy {
  readonly url: string;
  /** How many requests reached the server behind. */
  readonly forwarded: number;
  /** How many of the next answers to lose. */
  lose: number;
  close(): Promise<void>;
}

/** `target` as `http://127.0.0.1:7411`; `loses` says which answers may be lost. */
export async function startBreakingProxy(
  target: string,
  loses: (request: IncomingMessage) => boolean = () => true,
): Promise<BreakingProxy> {
  let forwarded = 0;
  const server = createServer((incoming, outgoing) => {
    const { host: _, ...headers } = incoming.headers;
    const onward = request(`${target}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      forwarded += 1;
      if (proxy.lose > 0 && loses(incoming)) {
        proxy.lose -= 1;
        answer.resume();
        incoming.socket.resetAndDestroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: BreakingProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get forwarded() {
      return forwarded;
    },
    lose: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
