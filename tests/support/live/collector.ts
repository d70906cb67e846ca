/** The collector as it is run: a process of its own, with a file that says what it passes reviews on to. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../scripts/lib/run.ts';
import { until } from '../browser/poll.ts';
import { folderWithDatabase } from '../collector.ts';
import { freePort } from './server.ts';

export interface RunningCollector {
  readonly endpoint: string;
  /** Of the role that delivers. */
  readonly token: string;
  /** Ends it in the middle of whatever it does. */
  kill(): void;
  /** Starts it again on its data, once it has ended. */
  startAgain(): Promise<void>;
  remove(): Promise<void>;
}

const program = join(repository, 'collector/main.ts');

/** Starts it with these destinations of the project `live`, as they stand in its file. */
export async function runCollector(destinations: readonly object[]): Promise<RunningCollector> {
  const folder = await folderWithDatabase();
  const file = join(folder.path, '..', `${folder.path.split(/[\\/]/).at(-1)}.json`);
  writeFileSync(file, JSON.stringify({ destinations: destinations.map((each) => ({ project: 'live', ...each })) }));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess;
  let log = '';
  const start = async () => {
    child = spawn(process.execPath, [program, '--data', folder.path, '--port', String(port), '--destinations', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      log = `${log}${chunk}`.slice(-20_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    await until(
      'the collector answers',
      async () => {
        if (child.exitCode !== null) throw new Error(`The collector ended by itself: ${log}`);
        return (await fetch(`${url}/readyz`).catch(() => null))?.ok === true;
      },
      { timeoutMs: 120_000 },
    );
  };
  const make = [program, 'token', 'create', '--data', folder.path, '--project', 'live', '--role', 'write', '--json'];
  const { token } = JSON.parse(execFileSync(process.execPath, make, { encoding: 'utf8' })) as { token: string };
  await start();
  const ended = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return {
    endpoint: `${url}/v1/events`,
    token,
    kill: () => void child.kill('SIGKILL'),
    startAgain: async () => {
      await ended();
      await start();
    },
    remove: async () => {
      child.kill('SIGKILL');
      await ended();
      folder.remove();
    },
  };
}
