/** Runs the collector as a program of its own, as a team would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from './run.ts';
import { Stop } from './steps.ts';

const program = join(repository, 'collector/main.ts');

export interface RunningCollector {
  readonly origin: string;
  /** Where events are delivered to. */
  readonly endpoint: string;
  /** May deliver and export. */
  readonly token: string;
  /** What it wrote, for a person to look into. */
  readonly log: string;
  stop(): Promise<void>;
}

/** One line of the export. */
export interface ExportedEvent {
  readonly seq: number;
  readonly receivedAt: string;
  readonly event: {
    readonly id: string;
    readonly data: {
      readonly judgement: { readonly verdict: string; readonly correction: string | null };
      readonly snapshot: { readonly text: string; readonly prompt: string | null };
    };
  };
}

/** Reads everything that the collector has. */
export async function readExport({ endpoint, token }: Pick<RunningCollector, 'endpoint' | 'token'>) {
  const response = await fetch(endpoint, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`The export answered ${response.status}`);
  const lines = (await response.text()).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as ExportedEvent);
}

function createToken(data: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = [program, 'token', 'create', '--project', 'demo', '--role', 'both', '--data', data, '--json'];
    const child = spawn(process.execPath, args, { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (part) => {
      output += part;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(output).token) : reject(new Stop('The collector could not make a token.')),
    );
  });
}

async function ready(origin: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Stop('The collector ended before it was ready.');
}

/** Starts the collector on `port` with its embedded database in the folder `data`. */
export async function runCollector(port: number, data: string): Promise<RunningCollector> {
  mkdirSync(dirname(data), { recursive: true });
  const log = `${data}.log`;
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, [program, '--port', String(port), '--data', data], {
    cwd: repository,
    stdio: ['ignore', output, output],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  let token: string;
  try {
    await ready(origin, child);
    // With the collector running, the command only asks it; an embedded database is open in one process.
    token = await createToken(data);
  } catch (error) {
    child.kill('SIGTERM');
    throw new Stop(`${(error as Error).message} Its log is ${log}`);
  }
  return {
    origin,
    endpoint: `${origin}/v1/events`,
    token,
    log,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
