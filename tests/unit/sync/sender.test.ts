import '../../support/outbox.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Connector } from '../../../utils/connectors/types.ts';
import type { CountersignDatabase, DestinationRow } from '../../../utils/storage/database.ts';
import { createSender } from '../../../utils/sync/index.ts';
import type { SenderParts } from '../../../utils/sync/types.ts';
import { aDestinationRow, anEvent } from '../../support/builders.ts';
import * as endpoints from '../../support/fault-endpoint.ts';
import { destinationOf, openDatabase, owe, tally } from '../../support/outbox.ts';

const START = Date.parse('2026-11-21T08:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let clock = START;
const open: { close(): Promise<void> }[] = [];

async function anEndpoint(always?: endpoints.Behavior): Promise<endpoints.FaultEndpoint> {
  const endpoint = await endpoints.startFaultEndpoint(always);
  open.push(endpoint);
  return endpoint;
}

/** ms. A request that is to end in time says so itself. */
const PATIENCE_MS = 50_000;

const theSender = (database: CountersignDatabase, parts: Partial<SenderParts> = {}) =>
  createSender({
    database,
    now: () => clock,
    random: () => 0.5,
    locks: null,
    timeoutMs: PATIENCE_MS,
    hostGapMs: 0,
    ...parts,
  });

/** An endpoint, a database with that endpoint as its destination, and `count` events owed to it. */
async function aBacklog(count: number, always?: endpoints.Behavior, change: Partial<DestinationRow> = {}) {
  const endpoint = await anEndpoint(always);
  const database = await openDatabase(aDestinationRow({ url: endpoint.url, ...change }));
  const events = Array.from({ length: count }, () => anEvent());
  await owe(database, events, START);
  return { endpoint, database, events, sender: theSender(database) };
}

beforeEach(() => {
  clock = START;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('delivery', () => {
  test('given a backlog, when woken, all of it arrives once, and the entries say so', async () => {
    const { endpoint, database, events, sender } = await aBacklog(120);
    await sender.wake('saved');
    expect([...endpoint.stored].sort()).toEqual(events.map(({ id }) => id).sort());
    expect(await tally(database)).toEqual({ owed: 0, delivered: 120, dead: 0 });
    expect(await database.outbox.count()).toBe(0);
    expect(await database.ledger.toCollection().first()).toMatchObject({
      kind: 'review',
      destinationName: 'Team',
      level: 'text',
      attempt: 1,
      deliveredAt: '2026-11-21T08:00:00.000Z',
    });
    expect(await destinationOf(database)).toMatchObject({ failures: 0, lastDeliveredAt: '2026-11-21T08:00:00.000Z' });
    expect(await sender.nextWakeAt()).toBeNull();
  });

  test('no batch has more than 50 events or 256 KB', async () => {
    const { endpoint, sender, database } = await aBacklog(60);
    const long = Array.from({ length: 8 }, () =>
      anEvent({ snapshot: { ...anEvent().data.snapshot, text: 'é'.repeat(40_000) } }),
    );
    await owe(database, long, START);
    await sender.wake('saved');
    expect(endpoint.stored.size).toBe(68);
    expect(Math.max(...endpoint.requests.map(({ ids }) => ids.length))).toBe(50);
    expect(Math.max(...endpoint.requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(256 * 1024);
  });

  test('nothing is sent within the undo window; the next wake is at its end', async () => {
    const { endpoint, sender } = await aBacklog(1);
    clock = START - 8000;
    await sender.wake('saved');
    await sender.wake('user');
    expect(endpoint.requests).toHaveLength(0);
    expect(await sender.nextWakeAt()).toBe(START);
    clock = START;
    await sender.wake('alarm');
    expect(endpoint.stored.size).toBe(1);
  });

  test('without a destination there is no request at all', async () => {
    const database = await openDatabase();
    const fetched = vi.fn<typeof fetch>(async () => new Response());
    const sender = theSender(database, { fetch: fetched });
    await sender.wake('user');
    expect(fetched).not.toHaveBeenCalled();
    expect(await sender.nextWakeAt()).toBeNull();
  });

  test('the request shows nothing but what was configured', async () => {
    const { endpoint, sender } = await aBacklog(1);
    await sender.wake('saved');
    const headers = endpoint.requests[0]?.headers;
    expect(headers?.authorization).toBe('Bearer cst_test');
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('referer');
  });
});

describe('an endpoint that fails for a while', () => {
  test.each<[string, endpoints.Behavior]>([
    ['drops the connection', endpoints.drop],
    ['stores, then resets the connection', endpoints.commitThenReset],
    ['stores, then breaks off its answer', endpoints.commitThenTruncate],
    ['answers 500', endpoints.answer(500)],
    ['answers 503', endpoints.answer(503)],
    ['answers 409, as it is still at it', endpoints.answer(409)],
    ['names nobody', endpoints.answer(200, {}, { results: [] })],
  ])('given one that %s, nothing is lost and nothing is stored twice', async (_what, behavior) => {
    const { endpoint, database, sender } = await aBacklog(3);
    endpoint.script.push(behavior);
    await sender.wake('saved');
    expect(await tally(database)).toEqual({ owed: 3, delivered: 0, dead: 0 });
    expect(await sender.nextWakeAt()).toBe(START + 2500);
    await sender.wake('alarm');
    expect(endpoint.requests).toHaveLength(1);
    clock = START + 2500;
    await sender.wake('alarm');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 3, dead: 0 });
    expect(endpoint.stored.size).toBe(3);
  });

  test.each<[string, endpoints.Behavior]>([
    ['never answers', endpoints.commitThenHang],
    ['never ends its answer', endpoints.slowBody],
  ])('given one that %s, the request ends in time', async (_what, behavior) => {
    const { endpoint, database } = await aBacklog(2);
    endpoint.script.push(behavior);
    // On a busy machine the first request may end before it is there.
    for (let timeoutMs = 100; endpoint.script.length > 0; timeoutMs *= 2) {
      await theSender(database, { timeoutMs }).wake('saved');
      expect(await tally(database)).toEqual({ owed: 2, delivered: 0, dead: 0 });
      clock += HOUR;
    }
    await theSender(database).wake('alarm');
    expect(endpoint.stored.size).toBe(2);
    expect(await tally(database)).toEqual({ owed: 0, delivered: 2, dead: 0 });
  });

  test('given part of a batch named, the rest is tried again', async () => {
    const { endpoint, database, events, sender } = await aBacklog(3);
    const [first] = events;
    endpoint.script.push(endpoints.answer(200, {}, { results: [{ id: first?.id, status: 'stored' }] }));
    await sender.wake('saved');
    expect(await tally(database)).toEqual({ owed: 2, delivered: 1, dead: 0 });
    clock += HOUR;
    await sender.wake('alarm');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 3, dead: 0 });
  });

  test('given 500 for a day, it is asked ever more rarely, but at least every hour, and nothing is dropped', async () => {
    const { endpoint, database, sender } = await aBacklog(1, endpoints.answer(500));
    const gaps: number[] = [];
    for (let next: number | null = START; next !== null && next < START + DAY; next = await sender.nextWakeAt()) {
      gaps.push(next - clock);
      clock = next;
      await sender.wake('alarm');
    }
    expect(gaps.slice(1, 6)).toEqual([2500, 5000, 10_000, 20_000, 40_000]);
    expect(Math.max(...gaps)).toBe(HOUR / 2);
    expect(endpoint.requests.length).toBe(gaps.length);
    expect(await tally(database)).toEqual({ owed: 1, delivered: 0, dead: 0 });
  });

  test.each([
    ['seconds', { 'retry-after': '120' }],
    [
      'a date by a clock an hour ahead',
      { 'retry-after': 'Sat, 21 Nov 2026 09:02:00 GMT', date: 'Sat, 21 Nov 2026 09:00:00 GMT' },
    ],
  ])('given 429 with Retry-After as %s, the next request comes then and not before', async (_what, headers) => {
    const { endpoint, sender } = await aBacklog(1);
    endpoint.script.push(endpoints.answer(429, headers));
    await sender.wake('saved');
    expect(await sender.nextWakeAt()).toBe(START + 120_000);
    clock = START + 119_999;
    await sender.wake('online');
    expect(endpoint.requests).toHaveLength(1);
    clock += 1;
    await sender.wake('alarm');
    expect(endpoint.stored.size).toBe(1);
  });

  test('the user may try at once, whatever the backoff says', async () => {
    const { endpoint, sender } = await aBacklog(2);
    endpoint.script.push(endpoints.answer(503, { 'retry-after': '3600' }));
    await sender.wake('saved');
    await sender.wake('user');
    expect(endpoint.stored.size).toBe(2);
  });
});

describe('an endpoint that cannot be used', () => {
  test.each<[string, endpoints.Behavior, RegExp]>([
    ['401', endpoints.answer(401), /token/],
    ['403', endpoints.answer(403), /token/],
    ['404', endpoints.answer(404), /404/],
    ['a login page', endpoints.htmlPage, /login page/],
    ['{}', endpoints.answer(200), /wire-format/],
    ['204', ({ response }) => void response.writeHead(204).end(), /204/],
    ['a body without end', endpoints.endlessBody, /64 KB/],
    [
      'ids that were never sent',
      endpoints.answer(200, {}, { results: [{ id: 'somebody:1', status: 'stored' }] }),
      /other reviews/,
    ],
  ])('given %s, it is paused with the reason and gets no further request', async (_what, behavior, reason) => {
    const { endpoint, database, sender } = await aBacklog(3, behavior);
    await sender.wake('saved');
    expect((await destinationOf(database)).pausedBecause).toMatch(reason);
    expect(await sender.nextWakeAt()).toBeNull();
    for (let minute = 0; minute < 60; minute += 1) {
      clock += 60_000;
      await sender.wake('alarm');
    }
    expect(endpoint.requests).toHaveLength(1);
    expect(await tally(database)).toEqual({ owed: 3, delivered: 0, dead: 0 });
    endpoint.always = endpoints.acknowledge;
    await sender.wake('user');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 3, dead: 0 });
  });

  test.each([302, 307] as const)('given a redirect (%i), the other server sees nothing at all', async (status) => {
    const other = await anEndpoint();
    const { database, sender } = await aBacklog(2, endpoints.redirectTo(other.url, status));
    await sender.wake('saved');
    expect(other.requests).toEqual([]);
    expect((await destinationOf(database)).pausedBecause).toMatch(/redirects/);
    expect(await tally(database)).toEqual({ owed: 2, delivered: 0, dead: 0 });
  });

  test('given a secret that cannot sign, it is paused instead of failing for ever', async () => {
    const { endpoint, database, sender } = await aBacklog(1, undefined, { secret: 'whsec_' });
    await sender.wake('saved');
    expect(endpoint.requests).toEqual([]);
    expect((await destinationOf(database)).pausedBecause).toMatch(/No request can be made/);
  });

  test('given an endpoint that echoes the token, the token is not kept', async () => {
    const { database, sender } = await aBacklog(1, endpoints.answer(422, {}, { message: 'bad: Bearer cst_test' }));
    await sender.wake('saved');
    expect((await database.outbox.toArray())[0]?.reason).toBe('The endpoint answered 422: bad: Bearer •••');
  });
});

describe('an endpoint that refuses some reviews', () => {
  test('given one invalid item, it is dead with the reason and the others are delivered', async () => {
    const { endpoint, database, events, sender } = await aBacklog(4);
    const bad = events[2]?.id;
    endpoint.always = ({ commit, json }) =>
      json(200, {
        results: commit().map((one) => (one.id === bad ? { ...one, status: 'invalid', reason: 'no rubric' } : one)),
      });
    await sender.wake('saved');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 3, dead: 1 });
    const dead = await database.outbox
      .where('key')
      .equals(bad ?? '')
      .first();
    expect(dead).toMatchObject({ state: 'dead', reason: 'The endpoint refused this review: no rubric' });
    expect(dead?.event?.id).toBe(bad);
  });

  test.each([0, 1, 24, 25, 37, 48, 49])(
    'given one poison at place %i of 50, 7 more requests find it',
    async (place) => {
      const { endpoint, database, events, sender } = await aBacklog(50);
      const poison = events[place]?.id ?? '';
      let untilFound = 0;
      endpoint.always = (exchange) => {
        if (untilFound === 0 && exchange.events.length === 1 && exchange.events[0]?.id === poison) {
          untilFound = endpoint.requests.length;
        }
        return endpoints.rejectBatchesWith(new Set([poison]))(exchange);
      };
      await sender.wake('saved');
      expect(await tally(database)).toEqual({ owed: 0, delivered: 49, dead: 1 });
      expect(untilFound).toBeLessThanOrEqual(1 + 7);
      expect(endpoint.requests.length).toBeLessThanOrEqual(9);
      const dead = await database.outbox.where('key').equals(poison).first();
      expect(dead?.reason).toBe('The endpoint answered 422: rating out of range');
    },
  );

  test('given several poisons, each is found and no other is lost', async () => {
    const { endpoint, database, events, sender } = await aBacklog(120);
    const poison = new Set([0, 1, 49, 50, 77, 119].map((place) => events[place]?.id ?? ''));
    endpoint.always = endpoints.rejectBatchesWith(poison);
    await sender.wake('saved');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 114, dead: 6 });
  });

  test('given a sender that dies while it bisects, the next one goes on where it was', async () => {
    const { endpoint, database, events } = await aBacklog(50);
    endpoint.always = endpoints.rejectBatchesWith(new Set([events[30]?.id ?? '']));
    for (let life = 0; life < 20 && (await tally(database)).owed > 0; life += 1) {
      let requests = 0;
      // Each life makes one request and then hangs for ever, as a killed worker does.
      const fetchOnce: typeof fetch = (...args) => {
        requests += 1;
        return requests > 1 ? new Promise(() => {}) : fetch(...args);
      };
      let isDone = false;
      void theSender(database, { fetch: fetchOnce })
        .wake('startup')
        .finally(() => {
          isDone = true;
        });
      await until(() => isDone || requests > 1);
      clock += 61_000;
    }
    expect(await tally(database)).toEqual({ owed: 0, delivered: 49, dead: 1 });
    expect(endpoint.requests.length).toBeLessThanOrEqual(9);
  });

  test('given 413, batches are halved until they pass, and later ones stay small', async () => {
    const { endpoint, database, sender } = await aBacklog(50, endpoints.limitBytes(20_000));
    await sender.wake('saved');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 50, dead: 0 });
    const refused = () => endpoint.requests.filter(({ bytes }) => bytes > 20_000).length;
    const before = refused();
    expect(before).toBeLessThanOrEqual(4);
    await owe(
      database,
      Array.from({ length: 50 }, () => anEvent()),
      START,
    );
    await sender.wake('saved');
    expect(refused()).toBe(before);
    expect(endpoint.stored.size).toBe(100);
  });

  test('given one review that is too large by itself, it is dead with its size and the others are delivered', async () => {
    const { database, endpoint } = await aBacklog(10, endpoints.limitBytes(100_000));
    const large = anEvent({ snapshot: { ...anEvent().data.snapshot, markdown: 'x'.repeat(300_000) } });
    await owe(database, [large], START - 1);
    await theSender(database).wake('saved');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 10, dead: 1 });
    expect(endpoint.stored.size).toBe(10);
    const dead = await database.outbox.where('key').equals(large.id).first();
    expect(dead?.reason).toMatch(/too large \(29\d KB\)/);
  });
});

describe('several destinations', () => {
  test('given one that hangs and one that pauses, the third gets everything meanwhile', async () => {
    const [hanging, pausing, healthy] = [
      await anEndpoint(endpoints.commitThenHang),
      await anEndpoint(endpoints.answer(401)),
      await anEndpoint(),
    ];
    const database = await openDatabase(
      aDestinationRow({ id: 'hanging', url: hanging.url }),
      aDestinationRow({ id: 'pausing', url: pausing.url }),
      aDestinationRow({ id: 'healthy', url: healthy.url }),
    );
    for (const id of ['hanging', 'pausing', 'healthy']) {
      await owe(
        database,
        Array.from({ length: 60 }, () => anEvent()),
        START,
        id,
      );
    }
    const abandoned = new AbortController();
    const run = theSender(database, { fetch: (url, init) => fetch(url, { ...init, signal: abandoned.signal }) }).wake(
      'saved',
    );
    const deliveredToHealthy = () => database.ledger.where('destinationId').equals('healthy').count();
    await until(async () => (await deliveredToHealthy()) === 60 && pausing.requests.length === 1);
    expect(hanging.requests).toHaveLength(1);
    expect(await database.outbox.where({ destinationId: 'hanging', state: 'leased' }).count()).toBe(50);
    abandoned.abort();
    await run;
    expect(await tally(database)).toEqual({ owed: 120, delivered: 60, dead: 0 });
  });
});

describe('what happens meanwhile', () => {
  test('given a destination paused between two batches, the second is not sent', async () => {
    const { endpoint, database, sender } = await aBacklog(100);
    endpoint.always = async (exchange) => {
      await database.destinations.update('team', { pausedBecause: 'the user said so' });
      await endpoints.acknowledge(exchange);
    };
    await sender.wake('saved');
    expect(endpoint.requests).toHaveLength(1);
    expect(await tally(database)).toEqual({ owed: 50, delivered: 50, dead: 0 });
    expect((await destinationOf(database)).pausedBecause).toBe('the user said so');
  });

  test('given an address changed in flight, a refusal by the old one does not pause the new one', async () => {
    const { endpoint, database, sender } = await aBacklog(5);
    const next = await anEndpoint();
    endpoint.always = async ({ json }) => {
      await database.destinations.update('team', { url: next.url });
      json(401, {});
    };
    await sender.wake('saved');
    expect(next.stored.size).toBe(5);
    expect(await destinationOf(database)).toMatchObject({ url: next.url, pausedBecause: null, failures: 0 });
  });

  test('given a review deleted in flight, it stays deleted, and the counters stay right', async () => {
    const { endpoint, database, events, sender } = await aBacklog(2);
    endpoint.always = async (exchange) => {
      await database.outbox
        .where('key')
        .equals(events[0]?.id ?? '')
        .delete();
      await endpoints.acknowledge(exchange);
    };
    await sender.wake('saved');
    expect(await database.outbox.count()).toBe(0);
    // It was acknowledged all the same, and the ledger says so.
    expect((await database.ledger.toArray()).map(({ key }) => key).sort()).toEqual(events.map(({ id }) => id).sort());
  });

  test('given a destination removed in flight, the sender ends quietly', async () => {
    const { endpoint, database, sender } = await aBacklog(60);
    endpoint.always = async (exchange) => {
      await database.destinations.clear();
      await database.outbox.clear();
      await endpoints.acknowledge(exchange);
    };
    await sender.wake('saved');
    expect(endpoint.requests).toHaveLength(1);
    expect(await database.outbox.count()).toBe(0);
  });

  test('given a revision saved while the sender runs, the same run delivers it', async () => {
    const { endpoint, database, sender } = await aBacklog(1);
    let more: Promise<void> | undefined;
    endpoint.script.push(async (exchange) => {
      await owe(database, [anEvent()], START);
      more = sender.wake('saved');
      await endpoints.acknowledge(exchange);
    });
    await sender.wake('saved');
    await more;
    expect(endpoint.stored.size).toBe(2);
  });
});

describe('two contexts and a killed one', () => {
  test('given two senders with the browser’s locks, one works and the other leaves it alone', async () => {
    const { endpoint, database } = await aBacklog(120, endpoints.late(5));
    const parts = { locks: navigator.locks } as unknown as Partial<SenderParts>;
    await Promise.all([theSender(database, parts).wake('saved'), theSender(database, parts).wake('alarm')]);
    expect(endpoint.requests).toHaveLength(3);
    expect(await tally(database)).toEqual({ owed: 0, delivered: 120, dead: 0 });
  });

  test('given two senders without locks, the leases keep them from sending the same', async () => {
    const { endpoint, database } = await aBacklog(120, endpoints.late(5));
    await Promise.all([theSender(database).wake('saved'), theSender(database).wake('alarm')]);
    const sent = endpoint.requests.flatMap(({ ids }) => ids);
    expect(sent).toHaveLength(120);
    expect(new Set(sent).size).toBe(120);
    expect(await tally(database)).toEqual({ owed: 0, delivered: 120, dead: 0 });
  });

  test('given a sender killed in flight, its entries wait for the end of the lease and are then sent again', async () => {
    const { endpoint, database } = await aBacklog(3);
    let reached = false;
    const killed: typeof fetch = async (...args) => {
      await fetch(...args);
      reached = true;
      return new Promise(() => {});
    };
    void theSender(database, { fetch: killed }).wake('saved');
    await until(() => reached);
    const next = theSender(database);
    await next.wake('startup');
    expect(endpoint.requests).toHaveLength(1);
    expect(await next.nextWakeAt()).toBe(START + 60_000);
    clock = START + 60_000;
    await next.wake('alarm');
    expect(endpoint.requests).toHaveLength(2);
    expect(endpoint.stored.size).toBe(3);
    expect(await tally(database)).toEqual({ owed: 0, delivered: 3, dead: 0 });
  });

  /** A sender whose request hangs until it comes back and fails. */
  async function frozenInFlight(database: CountersignDatabase) {
    let comeBack: (() => void) | null = null;
    const frozen: typeof fetch = () =>
      new Promise((_, reject) => {
        comeBack = () => reject(new TypeError('gone'));
      });
    const old = theSender(database, { fetch: frozen }).wake('saved');
    // Its entries are leased a moment before it asks.
    await until(() => comeBack !== null);
    return { old, comeBack: () => comeBack?.() };
  }

  test('given a sender that comes back after its lease, what it learnt does not spoil what happened since', async () => {
    const { endpoint, database } = await aBacklog(1);
    const { old, comeBack } = await frozenInFlight(database);
    clock = START + 61_000;
    await theSender(database).wake('alarm');
    comeBack();
    await old;
    expect(await tally(database)).toEqual({ owed: 0, delivered: 1, dead: 0 });
    expect(endpoint.requests).toHaveLength(1);
  });

  test('given a sender that comes back while the next one has its entries in flight, it leaves them to that one', async () => {
    const { endpoint, database } = await aBacklog(1);
    const { old, comeBack } = await frozenInFlight(database);
    clock = START + 61_000;
    let whileInFlight: unknown;
    endpoint.script.push(async (exchange) => {
      comeBack();
      await old;
      whileInFlight = await database.outbox.toCollection().first();
      await endpoints.acknowledge(exchange);
    });
    await theSender(database).wake('alarm');
    expect(whileInFlight).toMatchObject({ state: 'leased', leasedUntil: clock + 60_000 });
    expect(await tally(database)).toEqual({ owed: 0, delivered: 1, dead: 0 });
  });
});

describe('a clock that jumps', () => {
  test.each([
    ['back a year', -365 * DAY],
    ['ahead a year', 365 * DAY],
  ])('given a clock set %s during a backoff, delivery goes on at the next wake', async (_what, jump) => {
    const { endpoint, database, sender } = await aBacklog(2);
    endpoint.script.push(endpoints.answer(503, { 'retry-after': '600' }));
    await sender.wake('saved');
    clock += jump;
    expect(await sender.nextWakeAt()).toBeLessThanOrEqual(clock);
    await sender.wake('alarm');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 2, dead: 0 });
  });

  test('given a clock set back while a batch was in flight, its lease does not last until the old time', async () => {
    const { endpoint, database } = await aBacklog(1);
    void theSender(database, { fetch: () => new Promise(() => {}) }).wake('saved');
    await until(async () => (await database.outbox.where({ state: 'leased' }).count()) === 1);
    clock = START - 365 * DAY;
    await theSender(database).wake('startup');
    expect(endpoint.stored.size).toBe(1);
  });
});

test('a connector that cannot be found holds up no other destination', async () => {
  const { endpoint, database } = await aBacklog(1);
  await database.destinations.put(aDestinationRow({ id: 'odd', connector: 'of-a-later-version' as Connector['id'] }));
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  await theSender(database).wake('saved');
  expect(endpoint.stored.size).toBe(1);
  expect(warned.mock.calls).toEqual([['Countersign: TypeError while delivering reviews']]);
  warned.mockRestore();
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}
