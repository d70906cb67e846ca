/** The collector as a running server: store, interface and socket, opened and closed together. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.ts';
import { createFanOut } from './fan-out/fan-out.ts';
import { readDestinationsFile, storeFiled } from './fan-out/file.ts';
import { createSecrets } from './fan-out/secrets.ts';
import { describeError, type Log } from './log.ts';
import { isLoopback } from './middleware/host.ts';
import type { ServeOptions } from './options.ts';
import { releaseHolds } from './store/destinations.ts';
import { openStore, type Store } from './store/open.ts';
import { createToken, listTokens, type NewToken } from './store/tokens.ts';

/** How long requests under way may take to end when the collector stops, in ms. */
const DRAIN_MS = 10_000;

export interface Collector {
  /** Where it listens, without a path: `http://127.0.0.1:7411`. */
  readonly url: string;
  readonly store: Store;
  /** The very first token, made because there was none; null otherwise. */
  readonly firstToken: NewToken | null;
  /** Takes no more requests, lets those under way end, closes the store. May be called again. */
  close(): Promise<void>;
}

/** The socket cannot be had; the message is for whoever starts the collector. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

function listen(server: Server, { port, host }: Pick<ServeOptions, 'port' | 'host'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: `Port ${port} is taken. Stop what uses it, or choose another with --port.`,
        EACCES: `Port ${port} may not be used by this user. Choose another with --port.`,
        EADDRNOTAVAIL: `This computer has no address ${host}.`,
        ENOTFOUND: `There is no address ${host}.`,
      };
      reject(new ListenError(why[error.code ?? ''] ?? `Cannot listen on ${host}:${port}: ${error.message}`));
    });
    server.listen(port, host, resolve);
  });
}

const inUrl = (host: string) => (host.includes(':') ? `[${host}]` : host);

async function closeServer(server: Server, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const late = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(late);
}

/** Opens everything, or nothing. Throws `StoreError` or `ListenError` with a message for the user. */
export async function startCollector(options: ServeOptions, log: Log, drainMs = DRAIN_MS): Promise<Collector> {
  const filed = options.destinations === undefined ? null : readDestinationsFile(options.destinations, process.env);
  let app: ReturnType<typeof createApp> | null = null;
  const starting = () => new Response(null, { status: 503, headers: { 'retry-after': '1' } });
  const server = createAdaptorServer({ fetch: (request, env) => app?.fetch(request, env) ?? starting() }) as Server;
  // The socket first: a taken port should not cost the time that it takes to open a database.
  await listen(server, options);
  let store: Store | null = null;
  try {
    store = await openStore(options, (error) => log.error('database connection lost', describeError(error)));
    // The lock on the folder says that nobody else sends.
    if (store.lock) await releaseHolds(store.database);
    if (filed) await storeFiled(store.database, filed);
  } catch (error) {
    await closeServer(server, 0);
    await store?.close();
    throw error;
  }
  const { database, lock } = store;
  const url = `http://${inUrl(options.host)}:${(server.address() as AddressInfo).port}`;
  const hosts = isLoopback(options.host) || options.allowHosts.length > 0 ? options.allowHosts : null;
  const firstToken = (await listTokens(database)).length === 0 ? await createToken(database, 'default', 'write') : null;
  const secretsOf = createSecrets(filed ?? []);
  const fanOut = createFanOut({ database, log, secretsOf });
  const adminSecret = lock?.holder.secret ?? null;
  app = createApp({ database, log, hosts, adminSecret, secretsOf, onOwed: () => fanOut.wake() });
  fanOut.wake();
  lock?.announce(url);
  log.info('listening', { url, database: database.name });
  let closing: Promise<void> | null = null;
  const close = async () => {
    log.info('stopping');
    await Promise.all([closeServer(server, drainMs), fanOut.stop(drainMs)]);
    await store.close();
    log.info('stopped');
  };
  return {
    url,
    store,
    firstToken,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
