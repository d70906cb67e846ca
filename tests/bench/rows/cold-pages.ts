/** Cold paths: the workbench first thing after the browser has started, and the collector's start. */
import { cpSync } from 'node:fs';
import { folderWithDatabase, temporaryFolder } from '../../support/collector.ts';
import { startPostgres } from '../../support/postgres.ts';
import { bodiesOf, send, someEvents, startCollector } from '../lib/collector.ts';
import { withReviews } from '../lib/filled.ts';
import { interleaved } from '../lib/numbers.ts';
import type { Bench, Row } from '../lib/types.ts';
import { openWorkbench } from '../lib/workbench.ts';

/** ms from the start of the process until it takes requests, and until the first batch was stored. */
async function startOn(store: Parameters<typeof startCollector>[0], bodies: Parameters<typeof send>[1]) {
  const collector = await startCollector(store);
  try {
    // Where the store had a token before, none is shown again.
    const first = collector.token === '' ? null : (await send(collector, bodies, 1)).ms;
    return { started: collector.startedMs, first };
  } finally {
    await collector.stop();
  }
}

async function run(bench: Bench): Promise<void> {
  const count = bench.quick ? 300 : 100_000;
  bench.progress(`fills ${count}`);
  const extension = await bench.extension();
  const opened: number[] = [];
  for (let round = 0; round < bench.rounds; round += 1)
    opened.push(await withReviews(extension, count, async (session) => (await openWorkbench(session)).firstMs));
  bench.report({
    ...{ metric: 'workbench after the browser’s start: first reviews painted', unit: 'ms', ours: opened },
    ...{ gate: { of: 'ours', most: 1000 }, aim: { of: 'ours', most: 500 } },
  });

  const bodies = bodiesOf(await someEvents(50), 50, 0);
  const server = bench.quick ? null : await startPostgres({});
  try {
    const runs = await interleaved(bench.rounds, {
      ...(bench.quick ? {} : { made: () => inFolder(null, bodies) }),
      there: async () => {
        const empty = await folderWithDatabase();
        const started = await inFolder(empty.path, bodies);
        empty.remove();
        return started;
      },
      ...(server === null ? {} : { server: async () => startOn({ databaseUrl: await server.newDatabase() }, bodies) }),
    });
    const names = {
      made: 'collector with PGlite, its database made',
      there: 'collector with PGlite, its database there',
      server: 'collector with PostgreSQL',
    };
    for (const [way, all] of Object.entries(runs)) {
      const name = names[way as keyof typeof names];
      bench.report({ metric: `${name}: takes requests`, unit: 'ms', ours: all.map(({ started }) => started) });
      const firsts = all.flatMap(({ first }) => (first === null ? [] : [first]));
      if (firsts.length > 0) bench.report({ metric: `${name}: first 50 stored`, unit: 'ms', ours: firsts });
    }
  } finally {
    await server?.stop();
  }
}

/** Starts it on a copy of `from`, or on nothing. */
async function inFolder(from: string | null, bodies: Parameters<typeof send>[1]) {
  const folder = temporaryFolder();
  try {
    if (from !== null) cpSync(from, folder.path, { recursive: true });
    return await startOn({ data: folder.path }, bodies);
  } finally {
    folder.remove();
  }
}

export const row: Row = {
  id: 'cold-pages',
  title: 'Cold paths: the workbench on 100,000 reviews after the browser’s start, the collector’s start',
  browsers: ['chromium'],
  run,
};
