import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../collector/store/database.ts';
import type { ReviewEvent } from '../../utils/review/wire.ts';
import { anEvent } from '../support/builders.ts';
import { aClient, temporaryDatabase } from '../support/collector.ts';

let database: Database;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());

const pool: ReviewEvent[] = Array.from({ length: 12 }, () => anEvent());

test('whatever the order, the batches, the repetitions and the overlap in time, the same set is stored, each once', async () => {
  const batch = fc.array(fc.nat(pool.length - 1), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(batch, fc.boolean()), { maxLength: 10 }), async (batches) => {
      const client = await aClient(database);
      const answers = new Map<string, string[]>();
      let meanwhile: Promise<void>[] = [];
      for (const [places, waits] of batches) {
        const events = places.flatMap((place) => pool[place] ?? []);
        const delivered = client.deliver(events).then((results) => {
          expect(results.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
          for (const { id, status } of results) answers.set(id, [...(answers.get(id) ?? []), status]);
        });
        meanwhile.push(delivered);
        if (waits) {
          await Promise.all(meanwhile);
          meanwhile = [];
        }
      }
      await Promise.all(meanwhile);
      const sent = new Set(batches.flatMap(([places]) => places.map((place) => pool[place]?.id ?? '')));
      const stored = (await client.export()).map(({ event }) => event.id);
      expect(stored.toSorted()).toEqual([...sent].sort());
      // Exactly one sender of each was told that it is new.
      for (const said of answers.values()) expect(said.filter((one) => one === 'stored')).toHaveLength(1);
    }),
    { numRuns: 40 },
  );
});

test('a reader that follows along meets every event once, while several senders write', async () => {
  const client = await aClient(database);
  const events = Array.from({ length: 200 }, () => anEvent());
  let writing = true;
  const writers = Promise.all(
    [0, 1, 2, 3].map(async (writer) => {
      for (let at = writer * 5; at < events.length; at += 20) await client.deliver(events.slice(at, at + 5));
    }),
  ).then(() => {
    writing = false;
  });
  const met: string[] = [];
  let after = 0;
  for (let last = false; !last; ) {
    last = !writing;
    for (const { seq, event } of await client.export(`?after=${after}`)) {
      met.push(event.id);
      after = seq;
    }
  }
  await writers;
  expect(met.toSorted()).toEqual(events.map(({ id }) => id).sort());
});
