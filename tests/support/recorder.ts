/** A proxy on the loopback that notes every request of a browser and lets only those through that stay on this machine. */
import { createServer, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface RecordedRequest {
  readonly method: string;
  /** The whole address; of an encrypted connection only `https://host:port`. */
  readonly url: string;
  /** The `Origin` header, which tells an extension's request from a page's. */
  readonly origin: string | null;
}

export interface Recorder {
  /** `host:port`, for `SessionOptions.proxy`. */
  readonly address: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

const isLocal = (host: string) => host === '127.0.0.1' || host === 'localhost' || host === '[::1]';

/** Starts a recording proxy on a free port. */
export async function startRecorder(): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  const tunnels = new Set<Socket>();

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/');
    requests.push({ method: request.method ?? '', url: url.href, origin: request.headers.origin ?? null });
    if (!isLocal(url.hostname)) return void response.writeHead(502).end();
    const passed = send(url, { method: request.method ?? 'GET', headers: request.headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  server.on('connect', (request, socket: Socket) => {
    const [host = '', port = ''] = (request.url ?? '').split(/:(?=\d+$)/);
    requests.push({ method: 'CONNECT', url: `https://${request.url}`, origin: null });
    if (!isLocal(host)) return void socket.end('HTTP/1.1 502 Refused\r\n\r\n');
    const tunnel = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    for (const end of [tunnel, socket]) {
      tunnels.add(end);
      end.on('error', () => end.destroy());
      end.on('close', () => tunnels.delete(end));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const tunnel of tunnels) tunnel.destroy();
      }),
  };
}
