/** The collector as a process of its own, as `npm run collector` starts it, and batches for it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { repository } from '../../../scripts/lib/run.ts';
import { inPlace, type ReviewEvent, toEvent } from '../../../utils/review/wire.ts';
import { reviewRow } from '../pages/reviews.ts';
import { corpus } from './words.ts';

export interface CollectorProcess {
  /** Where batches go. */
  readonly url: string;
  readonly token: string;
  /** ms from the start of the process until it took requests. */
  readonly startedMs: number;
  /** The most memory that it had so far, in MB; NaN where the system does not tell. */
  memory(): number;
  stop(): Promise<void>;
}

/** Starts it on an empty store: a folder, or a PostgreSQL server by its URL. */
export async function startCollector(
  store: { readonly data: string } | { readonly databaseUrl: string },
): Promise<CollectorProcess> {
  const began = performance.now();
  const place = 'data' in store ? ['--data', store.data] : [];
  const child = spawn(process.execPath, [join(repository, 'collector/main.ts'), '--port', '0', ...place], {
    env: { ...process.env, DATABASE_URL: 'data' in store ? '' : store.databaseUrl },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // A row that breaks leaves nothing running.
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  let said = '';
  child.stdout.setEncoding('utf8');
  for await (const part of child.stdout) {
    said += part;
    if (said.includes('A new token:') || said.includes('read the reviews back')) break;
  }
  const startedMs = performance.now() - began;
  const url = /Endpoint\s+(\S+)/.exec(said)?.[1];
  if (url === undefined) throw new Error(`The collector did not start: ${said}`);
  return {
    ...{ url, token: /Token\s+(\S+)/.exec(said)?.[1] ?? '', startedMs },
    memory() {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
      } catch {
        return Number.NaN;
      }
    },
    async stop() {
      process.off('exit', end);
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

/** Events of about 2 kB with their numbers, as one installation sends them. */
export async function someEvents(count: number): Promise<readonly ReviewEvent[]> {
  const words = corpus();
  const events: ReviewEvent[] = [];
  for (let at = 0; at < count; at += 1) {
    const { review } = await reviewRow(words, at, count);
    const place = { stream: '00000000-0000-4000-8000-000000000000', sequence: at + 1, closes: [] };
    events.push(inPlace(toEvent(review), place) as ReviewEvent);
  }
  return events;
}

/** One request's body. */
export interface Body {
  readonly json: string;
  readonly packed: Uint8Array;
  readonly events: number;
}

/** These events as requests of `size` each, as if another installation sent other reviews for each `round`. */
export function bodiesOf(events: readonly ReviewEvent[], size: number, round: number): readonly Body[] {
  const mark = (round + 1).toString(16).padStart(8, '0');
  const bodies: Body[] = [];
  for (let at = 0; at < events.length; at += size) {
    const some = events.slice(at, at + size);
    const json = JSON.stringify(some).replace(/\b[0-9a-f]{8}(?=-[0-9a-f]{4}-[47])/g, mark);
    bodies.push({ json, packed: gzipSync(json), events: some.length });
  }
  return bodies;
}

/** What `clients` got who sent these at the same time, each the next one that nobody has sent. */
export interface Sent {
  readonly ms: number;
  /** ms of each request. */
  readonly each: readonly number[];
  readonly stored: number;
  readonly duplicates: number;
}

/** Sends all; one in `broken` is broken off and sent again, 0 for none. Throws where a request is refused. */
export async function send(
  { url, token }: CollectorProcess,
  bodies: readonly Body[],
  clients: number,
  broken = 0,
): Promise<Sent> {
  const each: number[] = [];
  const counted = { stored: 0, duplicate: 0, invalid: 0 };
  let next = 0;
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/cloudevents-batch+json',
    'content-encoding': 'gzip',
  };
  // Connections of its own: between two rounds, those that were kept would have been closed by the collector.
  const agent = new Agent({ keepAlive: true });
  const post = (body: Uint8Array, signal?: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      const options = { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } };
      const sent = request(url, signal ? { ...options, signal } : options, (response) => {
        text(response).then(resolve, reject);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  const client = async () => {
    for (let at = next++; at < bodies.length; at = next++) {
      const { packed } = bodies[at] as Body;
      if (broken > 0 && at % broken === 0) await post(packed, AbortSignal.timeout(1 + (at % 30))).catch(() => null);
      const began = performance.now();
      const reply = JSON.parse(await post(packed)) as { results?: { status: keyof typeof counted }[] };
      if (!reply.results) throw new Error(`The collector answered ${JSON.stringify(reply)}`);
      each.push(performance.now() - began);
      for (const { status } of reply.results) counted[status] += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const ms = performance.now() - began;
  agent.destroy();
  if (counted.invalid > 0) throw new Error(`The collector refused ${counted.invalid} events`);
  return { ms, each, stored: counted.stored, duplicates: counted.duplicate };
}
