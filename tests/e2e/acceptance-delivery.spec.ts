/**
 * The acceptance tests of docs/security-acceptance.md that are about delivery and redaction, by their numbers, each in a
 * real browser with its own IndexedDB, fetch, locks and engine, against a real endpoint that misbehaves; only the clock is
 * the test's. What needs the whole extension is in the specs that the document names.
 */
import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { startWorlds, type World, type Worlds } from '../support/delivery/world.ts';
import { launchBare } from '../support/detection/page.ts';
import * as endpoints from '../support/fault-endpoint.ts';
import { browsers } from '../support/given.ts';
import { seeded } from '../support/kills.ts';
import { aPersonalDraft, planted } from '../support/personal.ts';
import { hostileTexts } from '../unit/privacy/support/hostile.ts';
import { readLabelledSet, teamRules } from '../unit/privacy/support/labelled-set.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LEASE = MINUTE;
/** ms that a hostile text of 100 KB may take. */
const LONGEST_MS = 500;

/** A behavior that waits for a word before it goes on. */
function held(then: endpoints.Behavior = endpoints.acknowledge) {
  let release: () => void = () => {};
  const word = new Promise<void>((resolve) => {
    release = resolve;
  });
  const behavior: endpoints.Behavior = async (exchange) => {
    await word;
    await then(exchange);
  };
  return { behavior, release };
}

describe.each(browsers)('acceptance (%s)', (name) => {
  let browser: Browser;
  let worlds: Worlds;
  let endpoint: endpoints.FaultEndpoint;
  let elsewhere: endpoints.FaultEndpoint;
  const opened: World[] = [];
  let runs = 0;
  let database: string;
  let now: number;

  beforeAll(async () => {
    browser = await launchBare(name);
    worlds = await startWorlds();
  });
  beforeEach(async () => {
    [endpoint, elsewhere] = await Promise.all([endpoints.startFaultEndpoint(), endpoints.startFaultEndpoint()]);
    runs += 1;
    database = `acceptance-${runs}`;
    now = Date.parse('2026-11-21T12:00:00.000Z');
  });
  afterEach(async () => {
    for (const { page } of opened.splice(0)) await page.close().catch(() => {});
    await Promise.all([endpoint.close(), elsewhere.close()]);
  });
  afterAll(async () => {
    await browser?.close();
    await worlds?.close();
  });

  /** Another page on the database of this test. */
  async function aPage(how: { timeoutMs?: number; withLocks?: boolean } = {}): Promise<World> {
    const world = await worlds.open(browser);
    opened.push(world);
    await world.ask('open', database, now, how);
    return world;
  }

  /** A page with the endpoint as its destination, and reviews that are owed to it. */
  async function aBacklog(count: number, how: { timeoutMs?: number; withLocks?: boolean } = {}) {
    const world = await aPage(how);
    await world.ask('putDestination', { url: endpoint.url });
    const keys = count > 0 ? await world.ask('owe', count) : [];
    return { world, keys };
  }

  async function at(world: World, time: number): Promise<void> {
    now = time;
    await world.ask('setClock', now);
  }

  const destinationIn = async (world: World) => {
    const [destination] = (await world.ask('look')).destinations;
    if (!destination) throw new Error('There is no destination');
    return destination;
  };

  /** What must hold at the end: all of these once at the endpoint, in the ledger, and nothing owed. */
  async function allArrived(world: World, keys: readonly string[]): Promise<void> {
    const { outbox, ledger } = await world.ask('look');
    expect(outbox).toEqual([]);
    expect(ledger.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect([...endpoint.stored].sort()).toEqual([...keys].sort());
  }

  it('50, 51: given a page that dies between commit and acknowledgement, when another starts, then the lease ends, it is sent again, and stored once', async () => {
    const { world, keys } = await aBacklog(20);
    endpoint.script.push(endpoints.commitThenHang);
    await world.ask('wakeAndLeave', 'alarm');
    await until('the endpoint has stored it', () => endpoint.stored.size === 20);
    await world.page.close();

    const next = await aPage();
    await next.ask('wake', 'startup');
    expect(endpoint.requests, 'the lease still runs').toHaveLength(1);
    await at(next, now + LEASE + 1000);
    await next.ask('wake', 'alarm');

    expect(endpoint.requests).toHaveLength(2);
    await allArrived(next, keys);
  });

  it.each([302, 307] as const)(
    '52: given a redirect (%i) to another origin, nothing reaches it, and the destination pauses',
    async (status) => {
      const { world } = await aBacklog(3);
      endpoint.always = endpoints.redirectTo(elsewhere.url, status);
      await world.ask('wake', 'alarm');

      expect(elsewhere.requests).toEqual([]);
      expect((await destinationIn(world)).pausedBecause).toMatch(/redirect/i);
      expect((await world.ask('look')).counts).toEqual({ owed: 3, delivered: 0, dead: 0 });
    },
  );

  it.each<[string, endpoints.Behavior, paused: RegExp | null]>([
    ['a login page with 200', endpoints.htmlPage, /web page/],
    ['{} with 200', endpoints.answer(200), /does not acknowledge/],
    ['none of the ids', endpoints.answer(200, {}, { results: [] }), null],
    [
      'the ids of others',
      endpoints.answer(200, {}, { results: [{ id: 'somebody:1', status: 'stored' }] }),
      /other reviews/,
    ],
    ['204', ({ response }) => void response.writeHead(204).end(), /204/],
    [
      'more than 5 MB',
      ({ events, json }) =>
        json(200, { results: events.map(({ id }) => ({ id, status: 'stored' })), padding: 'x'.repeat(5_000_000) }),
      /64 KB/,
    ],
    ['a body without end', endpoints.endlessBody, /64 KB/],
    ['half a body', endpoints.commitThenTruncate, null],
  ])(
    '53: given %s, nothing counts as acknowledged and nothing goes; the destination waits, or stands paused with the reason',
    async (_what, behavior, paused) => {
      const { world, keys } = await aBacklog(3);
      endpoint.script.push(behavior);
      await world.ask('wake', 'alarm');
      const { counts, ledger, outbox, destinations } = await world.ask('look');
      expect(counts).toEqual({ owed: 3, delivered: 0, dead: 0 });
      expect(ledger).toEqual([]);
      expect(outbox.every(({ state }) => state === 'pending')).toBe(true);
      const [destination] = destinations;
      if (paused) expect(destination?.pausedBecause).toMatch(paused);
      else expect(destination).toMatchObject({ pausedBecause: null, failures: 1 });

      // Time alone wakes what waits, and nothing that stands paused.
      await at(world, now + MINUTE);
      await world.ask('wake', 'alarm');
      expect(endpoint.requests).toHaveLength(paused ? 1 : 2);
      await world.ask('wake', 'user');
      await allArrived(world, keys);
    },
  );

  it.each([
    ['seconds', { 'retry-after': '120' }],
    [
      'a date by a clock that is an hour ahead',
      { date: 'Sat, 21 Nov 2026 13:00:00 GMT', 'retry-after': 'Sat, 21 Nov 2026 13:02:00 GMT' },
    ],
  ])(
    '54: given 429 with Retry-After as %s, the next request comes after two minutes and not before',
    async (_form, headers) => {
      const { world, keys } = await aBacklog(3);
      endpoint.script.push(endpoints.answer(429, headers));
      await world.ask('wake', 'alarm');
      const next = ((await world.ask('nextWakeAt')) ?? 0) - now;
      expect(next).toBeGreaterThanOrEqual(108_000);
      expect(next).toBeLessThanOrEqual(132_000);

      // Neither an alarm nor a new review nor the network that comes back shortens it.
      const seenBefore = endpoint.requests.length;
      for (const [passed, by] of [
        [30_000, 'alarm'],
        [30_000, 'saved'],
        [30_000, 'online'],
        [15_000, 'alarm'],
      ] as const) {
        await at(world, now + passed);
        await world.ask('wake', by);
        expect([by, endpoint.requests.length]).toEqual([by, seenBefore]);
      }
      await at(world, now + 30_000);
      await world.ask('wake', 'alarm');
      expect(endpoint.requests).toHaveLength(seenBefore + 1);
      await allArrived(world, keys);
    },
  );

  it.each([
    ['-5', 1000, 5000],
    ['abc', 1000, 5000],
    ['0', 1000, 1000],
    ['999999999', DAY, DAY],
  ])('55: given Retry-After "%s", it waits between %i and %i ms', async (value, least, most) => {
    const { world, keys } = await aBacklog(1);
    endpoint.script.push(endpoints.answer(429, { 'retry-after': value }));
    await world.ask('wake', 'alarm');
    const wait = ((await world.ask('nextWakeAt')) ?? 0) - now;
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(most);
    // It is kept, too: no request a moment before, and one when it is over.
    await at(world, now + wait - 1);
    await world.ask('wake', 'alarm');
    expect(endpoint.requests).toHaveLength(1);
    await at(world, now + 1);
    await world.ask('wake', 'alarm');
    await allArrived(world, keys);
  });

  it('56: given 401, then 403, there is no request for an hour and nothing goes; a new token resumes', async () => {
    const { world, keys } = await aBacklog(3);
    const { id, name: called, connector } = await destinationIn(world);
    for (const status of [401, 403]) {
      const before = endpoint.requests.length;
      endpoint.always = endpoints.answer(status);
      await world.ask('wake', 'alarm');
      expect((await destinationIn(world)).pausedBecause).toMatch(/token/i);
      for (let minute = 0; minute < 60; minute += 1) {
        await at(world, now + MINUTE);
        await world.ask('wake', minute % 2 ? 'alarm' : 'saved');
      }
      expect(endpoint.requests.length - before).toBe(1);
      expect((await world.ask('look')).counts.owed).toBe(3);
      await world.ask('saveDestination', { id, name: called, connector, url: endpoint.url, token: `cst_${status}` });
    }
    endpoint.always = endpoints.acknowledge;
    await world.ask('wake', 'settings');
    await allArrived(world, keys);
    expect(endpoint.requests.at(-1)?.headers.authorization).toBe('Bearer cst_403');
  });

  it('57: given 413, batches are split until they pass; one that is too large by itself is dead with the reason, the others arrive', async () => {
    const { world, keys } = await aBacklog(50);
    await world.ask('save', { text: 'x'.repeat(150_000) });
    await at(world, now + MINUTE);
    endpoint.always = endpoints.limitBytes(64 * 1024);
    await world.ask('wake', 'alarm');

    const { counts, outbox } = await world.ask('look');
    expect(counts).toEqual({ owed: 0, delivered: 50, dead: 1 });
    expect(outbox[0]?.reason).toMatch(/too large \(\d+ KB\)/);
    expect([...endpoint.stored].sort()).toEqual([...keys].sort());
  });

  it('58: given 422 for a batch with one poisoned review, at most 7 more requests find it; 49 arrive and it is dead', async () => {
    const { world, keys } = await aBacklog(50);
    const poison = keys[37] ?? '';
    let untilFound = 0;
    endpoint.always = (exchange) => {
      if (untilFound === 0 && exchange.events.length === 1 && exchange.events[0]?.id === poison)
        untilFound = endpoint.requests.length;
      return endpoints.rejectBatchesWith(new Set([poison]))(exchange);
    };
    await world.ask('wake', 'alarm');

    const { counts, outbox } = await world.ask('look');
    expect(counts).toEqual({ owed: 0, delivered: 49, dead: 1 });
    expect(outbox[0]).toMatchObject({ key: poison, reason: 'The endpoint answered 422: rating out of range' });
    expect(untilFound).toBeLessThanOrEqual(1 + 7);
  });

  it('59: given 500 for a day, the waits grow to an hour at most, nothing is dropped, and two profiles do not come back together', async () => {
    const attempts: number[][] = [];
    const start = now;
    for (const profile of ['a', 'b']) {
      database = `acceptance-${runs}-${profile}`;
      now = start;
      endpoint.always = endpoints.answer(500);
      const { world } = await aBacklog(2);
      const times: number[] = [];
      while (now < start + DAY) {
        const before = endpoint.requests.length;
        await world.ask('wake', 'alarm');
        if (endpoint.requests.length > before) times.push(now - start);
        await at(world, Math.max(now + 1000, (await world.ask('nextWakeAt')) ?? now));
      }
      const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR + 1000);
      expect(waits.slice(0, 3).every((wait) => wait <= 20_000)).toBe(true);
      expect((await world.ask('look')).counts.owed).toBe(2);
      attempts.push(times);
    }
    const [a = [], b = []] = attempts;
    expect(a.length).toBeGreaterThan(20);
    const together = a.slice(1).filter((time) => b.some((other) => Math.abs(other - time) < 1000));
    expect(together.length).toBeLessThan(a.length / 4);
  });

  it('60: given no network and 1,000 reviews, when it is there again, then all arrive once, at most 50 in a batch', async () => {
    const { world, keys } = await aBacklog(1000);
    endpoint.always = endpoints.drop;
    await world.ask('wake', 'alarm');
    expect((await world.ask('look')).counts).toEqual({ owed: 1000, delivered: 0, dead: 0 });
    // One try tells that there is nobody; a browser itself repeats a request whose connection broke.
    expect(endpoint.requests.length).toBeLessThanOrEqual(2);
    expect(new Set(endpoint.requests.flatMap(({ ids }) => ids)).size).toBe(50);

    endpoint.always = endpoints.acknowledge;
    const before = endpoint.requests.length;
    await at(world, now + MINUTE);
    await world.ask('wake', 'online');
    await allArrived(world, keys);
    const batches = endpoint.requests.slice(before);
    expect(batches.map(({ ids }) => ids.length)).toEqual(Array.from({ length: 20 }, () => 50));
    expect(new Set(batches.flatMap(({ ids }) => ids)).size).toBe(1000);
  });

  it('61: given a review edited and one deleted while their first versions are in flight, the endpoint ends with the edit and the tombstone', async () => {
    const { world, keys } = await aBacklog(0);
    const saved = [await world.ask('save', {}), await world.ask('save', {})];
    const [edited, deleted] = saved.map((each) => ('value' in each ? each.value : null));
    if (!edited || !deleted) throw new Error('The reviews are not stored');
    await at(world, now + MINUTE);
    const gate = held();
    endpoint.script.push(gate.behavior);
    await world.ask('wakeAndLeave', 'alarm');
    await until('both are in flight', () => endpoint.requests.length === 1);

    await world.ask('save', { id: edited.id, basedOn: 1, responseKey: edited.responseKey });
    await world.ask('remove', [deleted.id]);
    gate.release();
    await world.ask('allDone');
    await at(world, now + MINUTE);
    await world.ask('wake', 'alarm');

    expect(keys).toEqual([]);
    expect((await world.ask('look')).outbox).toEqual([]);
    expect([...endpoint.readable].sort()).toEqual([`${edited.id}:1`, `${edited.id}:2`].sort());
    expect(endpoint.stored).toContain(`${deleted.id}:deleted`);
  });

  it('62: given a clock that is set back by a year during a backoff, it still sends within two minutes of a wake, and the numbers keep their order', async () => {
    const { world, keys } = await aBacklog(120);
    endpoint.script.push(endpoints.acknowledge, endpoints.answer(503, { 'retry-after': '3600' }));
    await world.ask('wake', 'alarm');
    expect((await world.ask('look')).counts).toMatchObject({ owed: 70, delivered: 50 });

    await at(world, now - 365 * DAY);
    await world.ask('wake', 'alarm');
    await at(world, now + 2 * MINUTE);
    await world.ask('wake', 'alarm');
    await allArrived(world, keys);
    const ledger = [...(await world.ask('look')).ledger].sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
    expect(ledger.map(({ key }) => key)).toEqual(keys);
  });

  it('62: given a clock that runs a year ahead, and a page that dies and a backoff there, when it is set right, it still sends within two minutes of a wake, and the numbers keep their order', async () => {
    const { world, keys } = await aBacklog(120);
    const right = now;
    await at(world, right + 365 * DAY);
    // One batch arrives; of the next the answer is lost with the page, so that its lease ends in a year.
    endpoint.script.push(endpoints.acknowledge, endpoints.commitThenHang);
    await world.ask('wakeAndLeave', 'alarm');
    await until('the second batch is stored', () => endpoint.stored.size === 100);
    await world.page.close();
    const next = await aPage();
    endpoint.script.push(endpoints.answer(503, { 'retry-after': '3600' }));
    await next.ask('wake', 'startup');
    expect((await next.ask('look')).counts).toMatchObject({ owed: 70, delivered: 50 });

    await at(next, right);
    await next.ask('wake', 'alarm');
    await at(next, right + 2 * MINUTE);
    await next.ask('wake', 'alarm');
    await allArrived(next, keys);
    const ledger = [...(await next.ask('look')).ledger].sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
    expect(ledger.map(({ key }) => key)).toEqual(keys);
  });

  it.each([
    ['the browser’s locks', true],
    ['leases alone', false],
  ])('63: given two pages that send at the same time, with %s no review is sent twice', async (_by, withLocks) => {
    const { world, keys } = await aBacklog(200, { withLocks });
    const other = await aPage({ withLocks });
    const gate = held();
    endpoint.script.push(gate.behavior);
    await world.ask('wakeAndLeave', 'alarm');
    await until('one page sends', () => endpoint.requests.length === 1);
    // With the lock the other leaves it at that; without, it sends what the first has not leased.
    await other.ask('wake', 'alarm');
    expect(endpoint.requests.length > 1).toBe(!withLocks);
    gate.release();
    await world.ask('allDone');
    await world.ask('wake', 'alarm');

    await allArrived(world, keys);
    expect(endpoint.requests.flatMap(({ ids }) => ids)).toHaveLength(200);
  });

  // Firefox can be given a small disk only before it starts, and then closes databases instead of refusing writes.
  if (name === 'chromium')
    it('64: given a full disk, a save fails as that, and stores nothing', async () => {
      const { world } = await aBacklog(1);
      const client = await world.page.createCDPSession();
      await client.send('Storage.overrideQuotaForOrigin', { origin: worlds.origin, quotaSize: 8_000_000 });
      try {
        expect(await world.ask('fillTheDisk', 40)).toBe('QuotaExceededError');
        const before = await world.ask('look');
        expect(await world.ask('save', { text: 'x'.repeat(190_000) })).toMatchObject({ code: 'storage-full' });
        expect(await world.ask('look')).toEqual(before);
      } finally {
        await world.ask('emptyTheDisk');
        await client.send('Storage.overrideQuotaForOrigin', { origin: worlds.origin });
      }
    });

  it('65: given an address that changes while reviews are owed, nothing goes to the new one before the user has chosen', async () => {
    for (const choice of ['move', 'discard', 'keep'] as const) {
      database = `acceptance-${runs}-${choice}`;
      const { world, keys } = await aBacklog(3);
      const { id, name: called, connector } = await destinationIn(world);
      const input = { id, name: called, connector, url: elsewhere.url, token: 'new' };
      const before = [endpoint.requests.length, elsewhere.requests.length];
      expect(await world.ask('saveDestination', input)).toEqual({ code: 'invalid', field: 'owed' });
      expect([endpoint.requests.length, elsewhere.requests.length]).toEqual(before);

      expect(await world.ask('saveDestination', input, choice)).toHaveProperty('value');
      await world.ask('wake', 'settings');
      const went = (seen: endpoints.FaultEndpoint, from = 0) =>
        seen.requests
          .slice(from)
          .flatMap(({ ids }) => ids)
          .sort();
      const wanted = [...keys].sort();
      expect(went(endpoint, before[0])).toEqual(choice === 'keep' ? wanted : []);
      expect(went(elsewhere, before[1])).toEqual(choice === 'move' ? wanted : []);
      expect((await world.ask('look')).counts.owed).toBe(0);
    }
  });

  it('66: given an endpoint that drops, delays, doubles, truncates and resets at random, and pages that die, each review is stored once or dead, and never vanishes', {
    timeout: 300_000,
  }, async () => {
    const seed = Date.now() % 1_000_000;
    const random = seeded(seed);
    const draw = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
    const kinds: readonly endpoints.Behavior[] = [
      endpoints.drop,
      endpoints.late(20),
      endpoints.twice,
      endpoints.commitThenTruncate,
      endpoints.commitThenReset,
      endpoints.htmlPage,
      endpoints.answer(500),
      endpoints.answer(429, { 'retry-after': '30' }),
      endpoints.answer(401),
      endpoints.limitBytes(6000),
      endpoints.commitThenHang,
      ...Array.from({ length: 8 }, () => endpoints.acknowledge),
    ];
    endpoint.always = (exchange) => draw(kinds)(exchange);
    const how = { timeoutMs: 150 };
    let { world } = await aBacklog(0, how);
    const live: { id: string; revision: number; responseKey: string }[] = [];
    const saved = new Set<string>();
    const deleted = new Set<string>();
    for (let operation = 0; operation < 250; operation += 1) {
      const kind = random();
      const one = live.length > 0 ? draw(live) : null;
      if (kind < 0.35) {
        const answer = await world.ask('save', {});
        if (!('value' in answer)) throw new Error(`A save failed: ${answer.code} (seed ${seed})`);
        const { id, key, responseKey } = answer.value;
        live.push({ id, revision: 1, responseKey });
        saved.add(key);
      } else if (kind < 0.5 && one) {
        await world.ask('save', { id: one.id, basedOn: one.revision, responseKey: one.responseKey });
        one.revision += 1;
        saved.add(`${one.id}:${one.revision}`);
      } else if (kind < 0.56 && one) {
        await world.ask('remove', [one.id]);
        live.splice(live.indexOf(one), 1);
        deleted.add(one.id);
      } else if (kind < 0.85) {
        await world.ask('wake', draw(['alarm', 'alarm', 'user']));
      } else if (kind < 0.9) {
        const before = endpoint.requests.length;
        await world.ask('wakeAndLeave', 'user');
        await Promise.race([
          until('a request is under way', () => endpoint.requests.length > before, { everyMs: 5 }).catch(() => {}),
          world.ask('allDone'),
        ]);
        await world.page.close();
        world = await aPage(how);
      } else await at(world, now + draw([5_000, MINUTE, HOUR, -HOUR]));
    }
    endpoint.always = endpoints.acknowledge;
    for (let round = 0; round < 60 && (await world.ask('look')).counts.owed > 0; round += 1) {
      await at(world, Math.max(now, (await world.ask('nextWakeAt')) ?? now) + 61_000);
      await world.ask('wake', 'user');
    }

    const { outbox, ledger } = await world.ask('look');
    const dead = new Set(outbox.filter(({ state }) => state === 'dead').map(({ key }) => key));
    expect(
      outbox.filter(({ state }) => state !== 'dead'),
      `seed ${seed}`,
    ).toEqual([]);
    expect(
      ledger.filter(({ key }) => !endpoint.stored.has(key)),
      `seed ${seed}`,
    ).toEqual([]);
    expect(endpoint.misnumbered, `seed ${seed}`).toEqual([]);
    for (const key of saved) {
      const isDeleted = deleted.has(key.slice(0, 36));
      expect([key, endpoint.readable.has(key)], `seed ${seed}`).toEqual([key, !isDeleted && !dead.has(key)]);
    }
  });

  it('67: given the labelled set, redaction in this browser finds 95 % of all, and nine touches in ten are right', async () => {
    const world = await aPage();
    const { recall, precision, wrong, missed } = await world.ask('scoreRedaction', readLabelledSet(), teamRules);
    expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(precision, wrong.join('\n')).toBeGreaterThanOrEqual(0.9);
  });

  it('68: given redaction, what lies in the outbox on the disk holds nothing that was recognised', async () => {
    const world = await aPage();
    await world.ask('putDestination', { url: endpoint.url, sends: 'redacted' });
    await world.ask('saveDraft', aPersonalDraft());
    const lying = await world.ask('rawOutbox');
    expect(lying).toContain('[EMAIL_1]');
    for (const part of planted) expect(lying).not.toContain(part);
  });

  it('69: given an address or a card in disguise, it is redacted all the same', async () => {
    const world = await aPage();
    for (const text of [
      'jane.doe\u200b@mail\u200b.example', // a zero-width space
      'ｊａｎｅ.ｄｏｅ＠ｍａｉｌ.ｅｘａｍｐｌｅ', // full width
      'jane.\u00addoe@mail.exam\u00adple', // soft hyphens
      '4111\u00a01111\u00a01111\u00a01111', // no-break spaces
      '４１１１ １１１１ １１１１ １１１１',
      '4111\u200b1111\u200b1111\u200b1111',
      '4111\u00ad 1111\u00ad 1111\u00ad 1111',
    ]) {
      const { redacted } = await world.ask('redact', `Refund to ${text} today.`);
      expect(redacted, JSON.stringify(text)).toMatch(/^Refund to \[(EMAIL|CARD)_1\] today\.$/);
    }
  });

  it('70: given hostile texts of 100 KB, each is read to its end in time; what is over the budget is withheld and never sent', async () => {
    const world = await aPage();
    const pid = browser.process()?.pid ?? 0;
    /** Of the whole browser, where the system tells: other programs on this machine do not count. */
    const time = async (text: string) => {
      const before = cpuTime(pid);
      const { ms } = await world.ask('redact', text);
      return before === null ? ms : (cpuTime(pid) ?? 0) - before;
    };
    const times: number[] = [];
    for (const { text } of hostileTexts) {
      // The least of a few: engines compile and collect garbage meanwhile. A quadratic step takes minutes every time.
      let least = Number.POSITIVE_INFINITY;
      for (let tries = 0; tries < 5 && least >= LONGEST_MS; tries += 1) least = Math.min(least, await time(text));
      times.push(least);
    }
    console.log(
      `${name}: the slowest of ${times.length} hostile texts took ${Math.max(...times)} ms of processor time`,
    );
    expect(Math.max(...times)).toBeLessThan(LONGEST_MS);
    const { left, reason } = await world.ask('prepare', `${'jane@mail.example '.repeat(5_000)}`, 0);
    expect(left).toBe(false);
    expect(reason).toMatch(/^Not sent: /);
  });

  it('74: given reviews past the days that they are kept, what was delivered goes, and what is owed or refused never does', async () => {
    const { world, keys } = await aBacklog(6);
    endpoint.script.push(({ events, commit, json }) => {
      commit();
      const results = events.map(({ id }, index) => ({
        id,
        ...(index === 5 ? { status: 'invalid', reason: 'no' } : { status: 'stored' }),
      }));
      json(200, { results });
    });
    await world.ask('wake', 'alarm');
    endpoint.always = endpoints.drop;
    const owed = await world.ask('save', {});
    await at(world, now + 40 * DAY);
    expect(await world.ask('countOutdated', 30)).toBe(5);
    await world.ask('forgetOutdated', 30);

    const { revisions } = await world.ask('look');
    expect(revisions.sort()).toEqual([keys[5], 'value' in owed ? owed.value.key : ''].sort());
  });
});
