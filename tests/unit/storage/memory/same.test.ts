/** A table in memory answers as the same table on disk does, whatever is done to both. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CountersignDatabase, type OutboxRow } from '../../../../utils/storage/database.ts';
import { turnMemoryOnly } from '../../../../utils/storage/memory/switch.ts';

let databases = 0;
const open = () => new CountersignDatabase(`same-${++databases}`);

type Row = Omit<OutboxRow, 'entryId'>;
const key = fc.constantFrom('a:1', 'a:2', 'b:1', 'c:1');
const state = fc.constantFrom('pending' as const, 'leased' as const, 'dead' as const);
const row: fc.Arbitrary<Row> = fc.record({
  key,
  reviewId: fc.constantFrom('a', 'b'),
  destinationId: fc.constantFrom('team', 'audit'),
  kind: fc.constant('review' as const),
  state,
  dueAt: fc.integer({ min: 0, max: 5 }),
  leasedUntil: fc.integer({ min: 0, max: 5 }),
  attempts: fc.constant(0),
  reason: fc.constant(null),
  sequence: fc.option(fc.integer({ min: 1, max: 3 })),
  closes: fc.constant([]),
  event: fc.constant(null),
});
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), row }),
  fc.record({ do: fc.constant('addMany' as const), rows: fc.array(row, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('modify' as const), state, to: state }),
  fc.record({ do: fc.constant('delete' as const), state, due: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ do: fc.constant('abort' as const), rows: fc.array(row, { minLength: 1, maxLength: 3 }) }),
  fc.record({ do: fc.constant('clear' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer Kind> ? Kind : never;

/** What a step answers or throws, and everything that can be read after it; numbers are told by their order. */
async function done({ outbox, ...database }: CountersignDatabase & Dexie, step: Step): Promise<unknown> {
  const db = outbox.db;
  const act = async () => {
    switch (step.do) {
      case 'add':
        return (await outbox.add(step.row as OutboxRow)) > 0;
      case 'addMany':
        return db.transaction('rw', outbox, () => outbox.bulkAdd(step.rows as OutboxRow[]).then(() => true));
      case 'modify':
        return outbox
          .where('[state+leasedUntil]')
          .between([step.state, 0], [step.state, 4])
          .filter(({ dueAt }) => dueAt > 1)
          .modify({ state: step.to });
      case 'delete':
        return outbox
          .where('[destinationId+state+dueAt]')
          .between(['team', step.state, 0], ['team', step.state, step.due])
          .delete();
      case 'abort':
        return db.transaction('rw', outbox, async () => {
          await outbox.clear();
          await outbox.bulkPut(step.rows as OutboxRow[]);
          throw new Error('No');
        });
      case 'clear':
        return outbox.clear();
    }
  };
  const answer = await act().catch((thrown: Error) => thrown.name);
  void database;
  const plain = ({ entryId: _, ...rest }: OutboxRow) => rest;
  return {
    answer,
    all: (await outbox.toArray()).map(plain),
    backwards: (await outbox.orderBy('[state+leasedUntil]').reverse().limit(3).toArray()).map(plain),
    offset: (await outbox.orderBy('key').offset(1).limit(2).toArray()).map(plain),
    prefix: (await outbox.where('key').startsWith('a:').toArray()).map(plain),
    any: (await outbox.where('key').anyOf('c:1', 'a:2', 'a:1').toArray()).map(plain),
    above: await outbox.where('key').above('a:2').count(),
    last: (await outbox.where('[reviewId+state]').between(['a', ''], ['a', '\uffff']).last())?.key,
    first: (
      await outbox
        .where('[destinationId+state+dueAt]')
        .between(['team', 'dead', Dexie.minKey], ['team', 'dead', Dexie.maxKey])
        .first()
    )?.key,
    unique: await outbox.orderBy('key').uniqueKeys(),
    pairs: (await outbox.where('[key+destinationId]').equals(['a:1', 'team']).toArray()).map(plain),
    filtered: (await outbox.filter(({ dueAt }) => dueAt > 2).toArray()).map(plain),
    sorted: (await outbox.toCollection().sortBy('dueAt')).map(({ dueAt }) => dueAt),
    count: await outbox.count(),
  };
}

it('given any steps, answers, refuses and rolls back as on disk', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const [disk, memory] = [open(), open()];
      await turnMemoryOnly(memory, { on: true, stored: 'keep' });
      for (const each of steps) expect(await done(memory as never, each)).toEqual(await done(disk as never, each));
      expect(memory.routing.isOn).toBe(true);
      await Promise.all([disk.delete(), memory.delete()]);
    }),
    { numRuns: 60 },
  );
});
