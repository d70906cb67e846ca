/** Several destinations at once: each has its own order, pace and pauses, and its own numbers. */
import '../../support/outbox.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHostFloor } from '../../../utils/delivery/host-floor.ts';
import { saveDestination } from '../../../utils/storage/destinations.ts';
import { releaseExpired } from '../../../utils/storage/leases.ts';
import { deliveriesOf, discard } from '../../../utils/storage/outbox.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { createSender } from '../../../utils/sync/index.ts';
import type { SenderParts } from '../../../utils/sync/types.ts';
import { aDestinationRow, anEvent } from '../../support/builders.ts';
import * as endpoints from '../../support/fault-endpoint.ts';
import { destinationOf, openDatabase, owe, tally } from '../../support/outbox.ts';
import { NOON, stored } from '../../support/stored.ts';

let clock = NOON;
const open: { close(): Promise<void> }[] = [];
async function anEndpoint(always?: endpoints.Behavior): Promise<endpoints.FaultEndpoint> {
  const endpoint = await endpoints.startFaultEndpoint(always);
  open.push(endpoint);
  return endpoint;
}
beforeEach(() => {
  clock = NOON;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

type Parts = Omit<Partial<SenderParts>, 'database'>;
const theSender = (database: SenderParts['database'], parts: Parts = {}) =>
  createSender({
    database,
    now: () => clock,
    random: () => 0.5,
    locks: null,
    timeoutMs: 50_000,
    hostGapMs: 0,
    ...parts,
  });

/** Two endpoints and their destinations, with two reviews that are owed to both and past their undo window. */
async function twoDestinations(first?: endpoints.Behavior) {
  const [one, two] = [await anEndpoint(first), await anEndpoint()];
  const database = await openDatabase(
    aDestinationRow({ id: 'one', name: 'One', url: one.url, stream: crypto.randomUUID() }),
    aDestinationRow({ id: 'two', name: 'Two', url: two.url, stream: crypto.randomUUID() }),
  );
  const { draft } = await stored(database);
  const { draft: other } = await stored(database);
  clock += 8000;
  return { one, two, database, id: draft.id, otherId: other.id, sender: theSender(database) };
}

/** The numbers that an endpoint saw, in the order in which it saw them. */
const numbersAt = (endpoint: endpoints.FaultEndpoint) =>
  [...endpoint.numbers.values()].flatMap((numbers) => [...numbers.keys()]);

test('given one that hangs in the middle of its backlog, what is saved meanwhile reaches the other at once', async () => {
  const { one, two, database } = await twoDestinations();
  let release = () => {};
  one.always = () => new Promise((resolve) => (release = resolve));
  const sender = theSender(database);
  const first = sender.wake('saved');
  await until(() => one.requests.length === 1 && two.stored.size === 2);
  await owe(database, [anEvent()], clock, 'two');
  void sender.wake('saved');
  await until(() => two.stored.size === 3);
  expect(one.requests).toHaveLength(1);
  one.always = endpoints.acknowledge;
  release();
  await Promise.all(open.splice(0, 1).map((endpoint) => endpoint.close()));
  await first;
});

test('requests to one host keep their distance, whichever destinations they are for; other hosts do not wait', async () => {
  let time = 0;
  const slept: number[] = [];
  const turn = createHostFloor({ gapMs: 100, elapsed: () => time, sleep: async (ms) => void slept.push(ms) });
  await turn('https://a.example/one');
  await turn('https://a.example/two');
  await turn('https://b.example/');
  await turn('https://a.example/one');
  expect(slept).toEqual([100, 200]);
  time = 1000;
  await turn('https://a.example/two');
  expect(slept).toHaveLength(2);
});

describe('numbers', () => {
  test('are given by destination in the order of sending, kept over retries, and none is left out', async () => {
    const { one, two, database, sender } = await twoDestinations(endpoints.commitThenReset);
    await sender.wake('saved');
    one.always = endpoints.acknowledge;
    await owe(database, [anEvent()], clock, 'two');
    clock += 3_600_000;
    await sender.wake('alarm');
    expect(numbersAt(one)).toEqual([1, 2]);
    expect(numbersAt(two)).toEqual([1, 2, 3]);
    expect([...one.misnumbered, ...two.misnumbered]).toEqual([]);
    const ledger = await database.ledger.where('destinationId').equals('one').sortBy('sequence');
    expect(ledger.map(({ sequence, attempt }) => [sequence, attempt])).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  test('of what is given up are closed by the next event', async () => {
    const { one, database, sender } = await twoDestinations(endpoints.answer(422));
    await sender.wake('saved');
    expect(await discard(database, { destinationId: 'one' })).toBe(2);
    one.always = endpoints.acknowledge;
    await owe(database, [anEvent()], clock, 'one');
    await sender.wake('saved');
    expect([...one.closed.values()].flatMap((numbers) => [...numbers])).toEqual([1, 2]);
    expect(numbersAt(one)).toEqual([3]);
    expect(await destinationOf(database, 'one')).toMatchObject({ lastSequence: 3, closing: [] });
  });

  test('begin anew at a new address', async () => {
    const { one, database, sender } = await twoDestinations(endpoints.answer(500));
    await sender.wake('saved');
    const before = await destinationOf(database, 'one');
    const next = await anEndpoint();
    const { token: _, ...form } = { ...before, url: next.url };
    await saveDestination(database, { ...form, token: 'other' }, 'move');
    await sender.wake('settings');
    expect(numbersAt(next)).toEqual([1, 2]);
    expect((await destinationOf(database, 'one')).stream).not.toBe(before.stream);
    expect(one.stored.size).toBe(0);
  });
});

describe('a deletion', () => {
  test('tells whoever was given the review, or may have been, and nobody else', async () => {
    const { one, two, database, id, sender } = await twoDestinations(endpoints.commitThenReset);
    await database.outbox.filter(({ destinationId }) => destinationId === 'two').modify({ dueAt: clock + 600_000 });
    await sender.wake('saved');
    expect(await deleteReviews(database, { ids: [id] }, { now: clock })).toEqual({ deleted: 1, tombstones: 1 });
    one.always = endpoints.acknowledge;
    clock += 3_600_000;
    await sender.wake('alarm');
    expect([...one.stored]).toContain(`${id}:deleted`);
    expect([...one.readable].map((key) => key.split(':')[0])).not.toContain(id);
    expect([...two.stored].join()).not.toContain(id);
    expect(await tally(database)).toMatchObject({ owed: 0, dead: 0 });
    // Again, it says nothing new.
    expect(await deleteReviews(database, { ids: [id] }, { now: clock })).toEqual({ deleted: 0, tombstones: 0 });
    expect(await deliveriesOf(database, id)).toMatchObject([
      { kind: 'deletion', state: 'delivered', destinationName: 'One' },
    ]);
  });

  test('while the review is in flight reaches the endpoint after it', async () => {
    const { one, database, id, otherId, sender } = await twoDestinations();
    one.always = async (exchange) => {
      if (one.requests.length === 1) await deleteReviews(database, { ids: [id] }, { now: clock });
      await endpoints.acknowledge(exchange);
    };
    await sender.wake('saved');
    expect([...one.stored].sort()).toEqual([`${id}:1`, `${id}:deleted`, `${otherId}:1`].sort());
    expect([...one.readable]).toEqual([`${otherId}:1`]);
    expect(await deliveriesOf(database, id)).toHaveLength(4);
  });

  test('of what was given up, but may have arrived before, is told too', async () => {
    const { one, database, id, sender } = await twoDestinations(endpoints.commitThenReset);
    await sender.wake('saved');
    one.always = endpoints.answer(422);
    await sender.wake('user');
    await discard(database, { destinationId: 'one' });
    one.always = endpoints.acknowledge;
    await deleteReviews(database, { ids: [id] }, { now: clock });
    await sender.wake('saved');
    expect([...one.stored]).toContain(`${id}:deleted`);
  });

  test('of what a killed sender may have sent is told too', async () => {
    const { one, database, id } = await twoDestinations();
    let reached = 0;
    const killed: typeof fetch = async (...args) => {
      await fetch(...args);
      reached += 1;
      return new Promise(() => {});
    };
    void theSender(database, { fetch: killed }).wake('saved');
    await until(() => reached === 2);
    clock += 61_000;
    // The lease is over, and nothing but its number shows that the entry was ever sent.
    await releaseExpired(database, 'one', clock);
    await deleteReviews(database, { ids: [id] }, { now: clock });
    await theSender(database).wake('alarm');
    expect([...one.readable].map((key) => key.split(':')[0])).not.toContain(id);
    expect([...one.stored]).toContain(`${id}:deleted`);
  });

  test('that is to stay on this computer tells nobody', async () => {
    const { one, database, id, sender } = await twoDestinations();
    await sender.wake('saved');
    await deleteReviews(database, { ids: [id] }, { now: clock, everywhere: false });
    await sender.wake('alarm');
    expect([...one.stored].join()).not.toContain('deleted');
  });
});

test('given an address that is kept, what was owed still goes to the old one, and what is new only to the new one', async () => {
  const { one, database, sender, id } = await twoDestinations(endpoints.answer(503));
  await sender.wake('saved');
  const next = await anEndpoint();
  const { token: _, ...form } = { ...(await destinationOf(database, 'one')), url: next.url };
  const newId = await saveDestination(database, { ...form, token: 'other' }, 'keep', () => 'three');
  expect(newId).toBe('three');
  expect(await destinationOf(database, 'one')).toMatchObject({ url: one.url, former: true, token: 'cst_test' });
  one.always = endpoints.acknowledge;
  const { draft: later } = await stored(database, {}, { now: clock });
  clock += 3_600_000;
  await sender.wake('alarm');
  expect(one.stored.size).toBe(2);
  expect([...next.stored]).toEqual([`${later.id}:1`]);
  // What the old address was given, it is also told the end of.
  await deleteReviews(database, { ids: [id] }, { now: clock });
  await sender.wake('saved');
  expect([...one.stored]).toContain(`${id}:deleted`);
  expect([...next.stored].join()).not.toContain(id);
});

test('given a rate limit that is nearly used up, the rest waits for its share of the time', async () => {
  const limited: endpoints.Behavior = ({ commit, json }) =>
    json(200, { results: commit() }, { ratelimit: '"d";r=0;t=30' });
  const { one, two, database, sender } = await twoDestinations(limited);
  await sender.wake('saved');
  for (const id of ['one', 'two']) await owe(database, [anEvent()], clock, id);
  await sender.wake('saved');
  expect([one.stored.size, two.stored.size]).toEqual([2, 3]);
  expect(await sender.nextWakeAt()).toBe(clock + 30_000);
  clock += 30_000;
  await sender.wake('alarm');
  expect(one.stored.size).toBe(3);
});

describe('packed bodies', () => {
  const encodings = (endpoint: endpoints.FaultEndpoint) =>
    endpoint.requests.map(({ headers }) => headers['content-encoding'] ?? null);
  const offering: endpoints.Behavior = ({ commit, json }) =>
    json(200, { results: commit() }, { 'accept-encoding': 'gzip, br' });

  test('go only to an endpoint that has said that it takes them', async () => {
    const { one, two, database, sender } = await twoDestinations(offering);
    await sender.wake('saved');
    for (const id of ['one', 'two']) await owe(database, [anEvent()], clock, id);
    await sender.wake('saved');
    expect(encodings(one)).toEqual([null, 'gzip']);
    expect(encodings(two)).toEqual([null, null]);
    expect(one.stored.size).toBe(3);
  });

  test('are sent again as they are, and never again, where they are refused after all', async () => {
    const { one, database, sender } = await twoDestinations(offering);
    await sender.wake('saved');
    one.always = (exchange) =>
      exchange.request.headers['content-encoding'] ? exchange.json(415, {}) : offering(exchange);
    for (let round = 0; round < 2; round += 1) {
      await owe(database, [anEvent()], clock, 'one');
      await sender.wake('saved');
    }
    expect(encodings(one)).toEqual([null, 'gzip', null, null]);
    expect(one.stored.size).toBe(4);
  });

  test('go to a webhook only if it is set up so', async () => {
    const { one, database, sender } = await twoDestinations(offering);
    await database.destinations.update('one', { connector: 'webhook' });
    await sender.wake('saved');
    await owe(database, [anEvent()], clock, 'one');
    await sender.wake('saved');
    await database.destinations.update('one', { gzip: true });
    await owe(database, [anEvent()], clock, 'one');
    await sender.wake('saved');
    expect(encodings(one)).toEqual([null, null, 'gzip']);
  });
});

test('given quiet hours, nothing is sent but at the user’s word, and the next wake is at their end', async () => {
  const { one, database } = await twoDestinations();
  const end = clock + 3_600_000;
  const sender = theSender(database, { heldUntil: async () => (clock < end ? end : null) });
  await sender.wake('alarm');
  expect(one.requests).toEqual([]);
  expect(await sender.nextWakeAt()).toBe(end);
  await sender.wake('user');
  expect(one.stored.size).toBe(2);
});

test('given a clock set back a little during a wait, nothing waits for the old time', async () => {
  const { one, database, sender } = await twoDestinations(endpoints.answer(503, { 'retry-after': '7200' }));
  await sender.wake('saved');
  one.always = endpoints.acknowledge;
  clock -= 3_700_000;
  await sender.wake('alarm');
  expect(one.stored.size).toBe(2);
  expect((await tally(database)).owed).toBe(0);
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
