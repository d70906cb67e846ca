import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../collector/store/database.ts';
import { anEvent } from '../support/builders.ts';
import { aClient, type Client, temporaryDatabase } from '../support/collector.ts';

let database: Database;
let client: Client;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  client = await aClient(database);
});

const batch = (count: number) => Array.from({ length: count }, () => anEvent());

test('given several pages, all of it comes in the order of arrival', async () => {
  const events = batch(250);
  await client.deliver(events.slice(0, 130));
  await client.deliver(events.slice(130));
  const lines = await client.export();
  expect(lines.map(({ event }) => event.id)).toEqual(events.map(({ id }) => id));
  expect(lines[0]?.receivedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map(({ seq }) => seq).toSorted((a, b) => a - b));
});

test('given exactly one page, there is no line too many', async () => {
  await client.deliver(batch(100));
  expect(await client.export()).toHaveLength(100);
});

test('a reader goes on where it stopped, and never meets anything twice', async () => {
  const events = batch(7);
  await client.deliver(events.slice(0, 4));
  const first = await client.export('?limit=3');
  expect(first).toHaveLength(3);
  await client.deliver(events.slice(4));
  const rest = await client.export(`?after=${first.at(-1)?.seq}`);
  expect([...first, ...rest].map(({ event }) => event.id)).toEqual(events.map(({ id }) => id));
  expect(await client.export(`?after=${rest.at(-1)?.seq}`)).toEqual([]);
});

test('given gaps in the numbers, as resent batches leave them, nothing is missed', async () => {
  const events = batch(30);
  await client.deliver(events.slice(0, 10));
  for (let times = 0; times < 60; times += 1) await client.deliver(events.slice(0, 10));
  await client.deliver(events);
  expect((await client.export()).map(({ event }) => event.id)).toEqual(events.map(({ id }) => id));
  expect(await client.export('?limit=15')).toHaveLength(15);
});

test('given a long history, each page costs what it holds, not what follows', async () => {
  for (let times = 0; times < 6; times += 1) await client.deliver(batch(500));
  const rows: number[] = [];
  const explaining: Database = {
    ...database,
    async query(sql, parameters) {
      if (sql.includes('order by e.seq')) {
        const plan = await database.query<{ 'QUERY PLAN': string }>(`explain (analyze, timing off) ${sql}`, parameters);
        const found = plan.flatMap((line) => /Scan.*actual rows=(\d+)/.exec(line['QUERY PLAN'])?.[1] ?? []);
        rows.push(Math.max(...found.map(Number)));
      }
      return database.query(sql, parameters);
    },
  };
  const { app } = await aClient(explaining);
  const response = await app.request('http://localhost/v1/events', {
    headers: { authorization: `Bearer ${client.token}` },
  });
  expect((await response.text()).split('\n')).toHaveLength(3001);
  expect(rows).toHaveLength(30);
  expect(Math.max(...rows)).toBeLessThanOrEqual(100);
});

test('a limit of nothing is nothing', async () => {
  await client.deliver(batch(2));
  expect(await client.export('?limit=0')).toEqual([]);
});

test('it is JSON lines, not to be kept by anybody between', async () => {
  const response = await client.get();
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=UTF-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toBe('');
});

test.each(['after=-1', 'after=abc', 'after=1.5', 'limit=x', 'after=1;drop table events', 'after='])(
  'given %s, the parameter is named',
  async (query) => {
    const response = await client.get(`?${query}`);
    expect([response.status, await response.json()]).toMatchObject([400, { error: { field: query.split('=')[0] } }]);
  },
);

test('given a database that fails in between, the stream breaks off instead of ending well', async () => {
  await client.deliver(batch(150));
  let queries = 0;
  const failing: Database = {
    ...database,
    query: (sql, parameters) => {
      if (sql.includes('countersign.events')) queries += 1;
      return queries > 1 ? Promise.reject(new Error('gone')) : database.query(sql, parameters);
    },
  };
  const { app } = await aClient(failing);
  const response = await app.request('http://localhost/v1/events', {
    headers: { authorization: `Bearer ${client.token}` },
  });
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

test('given a slow reader, the pages are read as it goes', async () => {
  await client.deliver(batch(950));
  let pages = 0;
  const counting: Database = {
    ...database,
    query: (sql, parameters) => {
      if (sql.includes('order by e.seq')) pages += 1;
      return database.query(sql, parameters);
    },
  };
  const { app } = await aClient(counting);
  const response = await app.request('http://localhost/v1/events', {
    headers: { authorization: `Bearer ${client.token}` },
  });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.read();
  expect(pages).toBeLessThanOrEqual(3);
  await reader?.cancel();
});
