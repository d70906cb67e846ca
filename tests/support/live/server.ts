/** A target as a process of its own on the loopback, with a fresh folder for its data. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { until } from '../browser/poll.ts';
import { missing, programOf, type TargetId, targets } from './targets.ts';

/** Where a target shall run. */
interface Place {
  readonly port: number;
  /** For targets that listen a second time. */
  readonly sparePort: number;
  /** Empty at first, and taken away at the end. */
  readonly folder: string;
}

/** How a target is started. */
export interface Start {
  /** In the `bin` of its virtual environment. */
  readonly program: string;
  readonly args: (place: Place) => readonly string[];
  readonly env?: (place: Place) => Readonly<Record<string, string>>;
  /** What must be in its folder before. */
  readonly prepare?: (place: Place) => Promise<void>;
  /** A path that answers 200 once it is up. */
  readonly ready: string;
}

export interface LiveServer extends Place {
  readonly url: string;
  /** What it printed so far. */
  log(): string;
  stop(): Promise<void>;
}

/** First starts compile what was installed, and make databases by hundreds of steps: on a small or busy machine for minutes. */
const START_MS = 600_000;

/** A port of the loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** Starts the target and waits until it answers. */
async function startTarget(id: TargetId, { program, args, env, prepare, ready }: Start): Promise<LiveServer> {
  const folder = await mkdtemp(join(tmpdir(), `countersign-live-${id}-`));
  const place = { port: await freePort(), sparePort: await freePort(), folder };
  await prepare?.(place);
  let log = '';
  const child = spawn(programOf(id, program), args(place), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: servers of this kind start workers, which must end with them.
    detached: true,
    env: { ...process.env, HOME: folder, PYTHONUNBUFFERED: '1', ...env?.(place) },
  });
  const keep = (chunk: Buffer) => {
    log = `${log}${chunk}`.slice(-100_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = `http://127.0.0.1:${place.port}`;
  try {
    const up = await Promise.race([
      ended.then(() => false),
      until(
        `${targets[id].name} answers at ${ready}`,
        async () => {
          if (child.exitCode !== null) return 'ended';
          const answer = await fetch(`${url}${ready}`, { signal: AbortSignal.timeout(10_000) });
          await answer.body?.cancel();
          return answer.ok;
        },
        { timeoutMs: START_MS },
      ),
    ]);
    if (up !== true) throw new Error(`${targets[id].name} ended by itself`);
  } catch (error) {
    await stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n${log.slice(-4000)}`);
  }
  return { ...place, url, log: () => log, stop };
}

/** Tests with a running target; skipped with the reason where it is not installed. `server()` is there within tests and hooks. */
export function describeLive(id: TargetId, start: Start, tell: (server: () => LiveServer) => void): void {
  const { name, version } = targets[id];
  const reason = missing(id);
  if (reason !== null) {
    test.skip(`${name} ${version}: ${reason}`, () => {});
    return;
  }
  describe(`${name} ${version}`, () => {
    let server: LiveServer | undefined;
    beforeAll(async () => {
      server = await startTarget(id, start);
    }, START_MS + 30_000);
    afterAll(() => server?.stop());
    tell(() => {
      if (!server) throw new Error(`${name} does not run`);
      return server;
    });
  });
}
