/** What is stored is passed on: to each destination once, whatever happens on the way. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSecrets } from '../../collector/fan-out/secrets.ts';
import type { Database } from '../../collector/store/database.ts';
import { leaseBatch } from '../../collector/store/queue.ts';
import { inPlace, toDeletion } from '../../utils/review/wire.ts';
import { anEvent } from '../support/builders.ts';
import { temporaryDatabase } from '../support/collector.ts';
import * as endpoints from '../support/fault-endpoint.ts';
import { type PassingOn, passingOn } from '../support/passing-on.ts';

let database: Database;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());

const open: { close(): Promise<void> }[] = [];
const running: PassingOn[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function anEndpoint(always?: endpoints.Behavior) {
  const endpoint = await endpoints.startFaultEndpoint(always);
  open.push(endpoint);
  return endpoint;
}

async function aCollector(parts?: Parameters<typeof passingOn>[1]) {
  const collector = await passingOn(database, parts);
  running.push(collector);
  return collector;
}

const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id).sort();
const POLL = { timeout: 60_000 };

describe('what is passed on', () => {
  test('given two destinations, each gets everything once, in the order of arrival and with numbers of its own', async () => {
    const collector = await aCollector();
    const [first, second] = [await anEndpoint(), await anEndpoint()];
    await collector.add('first', { url: first.url });
    await collector.add('second', { url: second.url, connector: 'webhook' });
    second.always = ({ commit, json }) => {
      commit();
      json(204, '');
    };
    const review = anEvent();
    const stream = '11111111-2222-4333-8444-555555555555';
    const events = [review, anEvent({ id: review.data.id, revision: 2 }), anEvent()].map((event, index) =>
      inPlace(event, { stream, sequence: index + 1, closes: [index + 70] }),
    );
    await collector.deliver(events);
    await collector.deliver(events);
    await expect.poll(collector.counts, POLL).toEqual({
      first: { owed: 0, delivered: 3, dead: 0 },
      second: { owed: 0, delivered: 3, dead: 0 },
    });
    for (const endpoint of [first, second]) {
      expect(endpoint.requests.flatMap(({ ids }) => ids)).toEqual(events.map(({ id }) => id));
      const [[name, numbers] = ['', new Map()]] = [...endpoint.numbers];
      expect(name).not.toBe(stream);
      expect([...numbers.keys()]).toEqual([1, 2, 3]);
      expect(endpoint.closed.size).toBe(0);
    }
  });

  test('given a destination that comes later, it gets what was stored before where that is wanted, and only there', async () => {
    const collector = await aCollector();
    const [wanting, new_] = [await anEndpoint(), await anEndpoint()];
    const [before, after] = [anEvent(), anEvent()];
    await collector.deliver([before]);
    await collector.add('all', { url: wanting.url, earlier: true });
    await collector.add('new', { url: new_.url });
    await collector.deliver([after]);
    await expect.poll(() => [...wanting.stored].sort(), POLL).toEqual(idsOf([before, after]));
    await expect.poll(() => [...new_.stored], POLL).toEqual([after.id]);
  });
});

describe('endpoints that refuse', () => {
  test('given “too many requests”, it waits as long as it was told, and loses nothing', async () => {
    const collector = await aCollector();
    const [endpoint, other] = [await anEndpoint(), await anEndpoint()];
    endpoint.script.push(endpoints.answer(429, { 'retry-after': '600' }));
    await collector.add('slow', { url: endpoint.url });
    await collector.add('other', { url: other.url });
    const event = anEvent();
    await collector.deliver([event]);
    const waiting = async () => (await collector.ask('GET', '/destinations/slow')).body;
    await expect.poll(waiting, POLL).toMatchObject({ failures: 1, counts: { owed: 1, delivered: 0 } });
    expect(Date.parse((await waiting()).notBefore)).toBeGreaterThan(Date.now() + 500_000);
    collector.later(400_000);
    await collector.deliver([anEvent()]);
    await expect.poll(() => other.stored.size, POLL).toBe(2);
    expect(endpoint.requests).toHaveLength(1);
    collector.later(300_000);
    await expect.poll(collector.counts, POLL).toMatchObject({ slow: { owed: 0, delivered: 2, dead: 0 } });
  });

  test('given “too large”, the batch is halved until it fits, and one that never fits is dead', async () => {
    const collector = await aCollector();
    const endpoint = await anEndpoint(endpoints.limitBytes(6000));
    await collector.add('small', { url: endpoint.url });
    const huge = anEvent({ judgement: { ...anEvent().data.judgement, comment: 'long '.repeat(2000) } });
    const events = Array.from({ length: 6 }, () => anEvent());
    await collector.deliver([...events, huge]);
    await expect.poll(collector.counts, POLL).toEqual({ small: { owed: 0, delivered: 6, dead: 1 } });
    expect([...endpoint.stored].sort()).toEqual(idsOf(events));
    const { body } = await collector.ask('GET', '/destinations/small/dead');
    expect(body.dead).toMatchObject([{ key: huge.id, reason: expect.stringMatching(/too large \(\d+ KB\)/) }]);
  });

  test('given a poisoned review, all others arrive; it is dead with the reason, and is sent again at the operator’s word', async () => {
    const collector = await aCollector({ passes: false });
    const events = Array.from({ length: 9 }, () => anEvent());
    const poison = events[4] ?? anEvent();
    const endpoint = await anEndpoint(endpoints.rejectBatchesWith(new Set([poison.id])));
    await collector.add('strict', { url: endpoint.url });
    await collector.deliver(events);
    collector.another();
    await expect.poll(collector.counts, POLL).toEqual({ strict: { owed: 0, delivered: 8, dead: 1 } });
    const { body } = await collector.ask('GET', `/deliveries?review=${poison.data.id}`);
    expect(body.deliveries).toEqual([
      expect.objectContaining({
        destination: 'strict',
        state: 'dead',
        reason: expect.stringContaining('rating out of range'),
      }),
    ]);
    endpoint.always = endpoints.acknowledge;
    expect((await collector.ask('POST', '/destinations/strict/resend', { key: poison.id })).body).toEqual({
      resent: 1,
    });
    await expect.poll(collector.counts, POLL).toEqual({ strict: { owed: 0, delivered: 9, dead: 0 } });
    expect(endpoint.misnumbered).toEqual([]);
  });

  test('given a wrong token, that destination is paused and says why, the other one goes on', async () => {
    const collector = await aCollector();
    const [closed, other] = [await anEndpoint(endpoints.answer(401)), await anEndpoint()];
    await collector.add('closed', { url: closed.url, token: 'cst_old' });
    await collector.add('other', { url: other.url });
    await collector.deliver([anEvent()]);
    const fares = async () => (await collector.ask('GET', '/destinations/closed')).body;
    await expect.poll(fares, POLL).toMatchObject({ pausedBecause: expect.stringContaining('does not know the token') });
    await expect.poll(() => other.stored.size, POLL).toBe(1);
    collector.later();
    await collector.deliver([anEvent()]);
    await expect.poll(() => other.stored.size, POLL).toBe(2);
    expect(closed.requests).toHaveLength(1);
    closed.always = endpoints.acknowledge;
    await collector.ask('POST', '/destinations/closed/resume');
    await expect.poll(fares, POLL).toMatchObject({ pausedBecause: null, counts: { owed: 0, delivered: 2 } });
  });
});

describe('a deleted review', () => {
  test('given to a destination, is followed there by its tombstone; one that was given nothing never hears of it', async () => {
    const collector = await aCollector();
    const [told, untold] = [await anEndpoint(), await anEndpoint()];
    await collector.add('told', { url: told.url });
    await collector.add('untold', { url: untold.url });
    await collector.ask('POST', '/destinations/untold/pause');
    const [event, staying] = [anEvent(), anEvent()];
    await collector.deliver([event, staying]);
    await expect.poll(() => told.stored.size, POLL).toBe(2);
    await collector.deliver([toDeletion(event.data, Date.now())]);
    await expect.poll(() => [...told.readable], POLL).toEqual([staying.id]);
    expect(await collector.counts()).toMatchObject({ untold: { owed: 1 } });
    await collector.ask('POST', '/destinations/untold/resume');
    await expect.poll(() => [...untold.stored], POLL).toEqual([staying.id]);
    await expect.poll(collector.counts, POLL).toMatchObject({
      untold: { owed: 0, delivered: 1 },
      told: { owed: 0, delivered: 3 },
    });
  });

  test('that may have arrived is not sent again: its number is closed, its tombstone follows', async () => {
    const collector = await aCollector();
    const endpoint = await anEndpoint();
    endpoint.script.push(endpoints.commitThenReset);
    await collector.add('lossy', { url: endpoint.url });
    const event = anEvent();
    await collector.deliver([event]);
    const fares = async () => (await collector.ask('GET', '/destinations/lossy')).body;
    await expect.poll(fares, POLL).toMatchObject({ failures: 1 });
    await collector.deliver([toDeletion(event.data, Date.now())]);
    collector.later();
    await expect.poll(fares, POLL).toMatchObject({ counts: { owed: 0, delivered: 1, dead: 0 } });
    expect([...endpoint.readable]).toEqual([]);
    expect(endpoint.requests.map(({ ids }) => ids)).toEqual([[event.id], [`${event.data.id}:deleted`]]);
    expect([...endpoint.closed.values()].flatMap((numbers) => [...numbers])).toEqual([1]);
  });
});

describe('several processes on one database', () => {
  test('send to a destination one at a time, and each review once', async () => {
    const collector = await aCollector();
    collector.another();
    collector.another();
    let [under, most] = [0, 0];
    const endpoint = await anEndpoint(async (exchange) => {
      under += 1;
      most = Math.max(most, under);
      await endpoints.late(20)(exchange);
      under -= 1;
    });
    await collector.add('one', { url: endpoint.url });
    const events = Array.from({ length: 120 }, () => anEvent());
    for (let at = 0; at < events.length; at += 10) await collector.deliver(events.slice(at, at + 10));
    await expect.poll(collector.counts, POLL).toEqual({ one: { owed: 0, delivered: 120, dead: 0 } });
    expect(most).toBe(1);
    expect(endpoint.requests.flatMap(({ ids }) => ids).sort()).toEqual(idsOf(events));
    expect(endpoint.misnumbered).toEqual([]);
  });

  test('given one that died with a batch on its way, another sends it again when the lease has run out, not before', async () => {
    const collector = await aCollector({ passes: false });
    const endpoint = await anEndpoint();
    const place = await collector.add('left', { url: endpoint.url });
    const event = anEvent();
    await collector.deliver([event]);
    const began = Date.now();
    const leaseFor = (sender: string, ms: number) =>
      leaseBatch(database, place, sender, createSecrets([]), { items: 50, bytes: 1e6 }, began + ms);
    const lease = await leaseFor('dead', 0);
    expect(lease?.events.map(({ id }) => id)).toEqual([event.id]);
    expect(await leaseFor('another', 59_000)).toBeNull();
    collector.another();
    const other = await anEndpoint();
    await collector.add('other', { url: other.url, earlier: true });
    await expect.poll(() => other.stored.size, POLL).toBe(1);
    expect(endpoint.requests).toEqual([]);
    collector.later(61_000);
    await expect.poll(() => [...endpoint.stored], POLL).toEqual([event.id]);
    expect([...endpoint.numbers.values()].map((numbers) => [...numbers])).toEqual([[[1, event.id]]]);
  });
});
