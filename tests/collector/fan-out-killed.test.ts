/**
 * One story from end to end: an extension delivers to a collector, which passes on through two destinations. The collector is
 * killed when an endpoint has acknowledged and it does not know yet; one endpoint has too much to do, one takes little at a
 * time, and one review is poison.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../collector/log.ts';
import { startCollector } from '../../collector/server.ts';
import { openStore } from '../../collector/store/open.ts';
import { createToken } from '../../collector/store/tokens.ts';
import { countersign } from '../../utils/connectors/countersign/countersign.ts';
import { deliver } from '../../utils/delivery/deliver.ts';
import { inPlace } from '../../utils/review/wire.ts';
import { aDestination, anEvent } from '../support/builders.ts';
import { folderWithDatabase } from '../support/collector.ts';
import * as endpoints from '../support/fault-endpoint.ts';

const cleanUp: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const STREAM = '11111111-2222-4333-8444-555555555555';
const events = Array.from({ length: 12 }, (_, index) =>
  inPlace(anEvent(), { stream: STREAM, sequence: index + 1, closes: [] }),
);
const poison = events[7] ?? anEvent();
const ids = events.map(({ id }) => id).sort();
const healthy = ids.filter((id) => id !== poison.id);

let folder: string;
let writer: string;
let operator: string;
beforeAll(async () => {
  const made = await folderWithDatabase();
  folder = made.path;
  cleanUp.push(made.remove);
  const store = await openStore({ data: folder, databaseUrl: null });
  writer = (await createToken(store.database, 'support', 'write')).token;
  operator = (await createToken(store.database, 'support', 'operate')).token;
  await store.close();
});

test('given a collector that is killed on the way, each review arrives once through each of two destinations', async () => {
  const named = await endpoints.startFaultEndpoint(endpoints.limitBytes(9000));
  const plain = await endpoints.startFaultEndpoint(endpoints.rejectBatchesWith(new Set([poison.id])));
  cleanUp.push(named.close, plain.close);
  named.script.push(endpoints.answer(429, { 'retry-after': '1' }));
  const file = join(folder, 'destinations.json');
  const destinations = [
    { project: 'support', id: 'named', name: 'Named', connector: 'countersign', url: named.url, token: 'cst_named' },
    {
      project: 'support',
      id: 'plain',
      name: 'Plain',
      connector: 'webhook',
      url: plain.url,
      token: { env: 'PLAIN_TOKEN' },
    },
  ];
  writeFileSync(file, JSON.stringify({ destinations }));
  process.env.PLAIN_TOKEN = 'plain-secret-7';
  cleanUp.push(() => delete process.env.PLAIN_TOKEN);

  // The first collector dies when the second acknowledgement came and is not stored yet.
  const program = fileURLToPath(new URL('../support/dying-collector.ts', import.meta.url));
  const child = spawn(process.execPath, [program, folder, '2', 'ledger', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUp.push(() => child.kill('SIGKILL'));
  const died = once(child, 'exit', { signal: AbortSignal.timeout(120_000) });
  const [line] = await once(child.stdout, 'data');
  const sending = (url: string) =>
    deliver(countersign, aDestination({ url: `${url}/v1/events`, token: writer }), events, { fetch, now: Date.now });
  const { outcome } = await sending(String(line).trim());
  expect(outcome).toMatchObject({ kind: 'items', items: new Map(ids.map((id) => [id, { outcome: 'delivered' }])) });
  expect((await died)[1]).toBe('SIGKILL');

  // The next one takes over what lay in flight, without waiting for its lease.
  const lines: string[] = [];
  const collector = await startCollector(
    { data: folder, databaseUrl: null, port: 0, host: '127.0.0.1', allowHosts: [], destinations: file },
    createLog((text) => lines.push(text)),
    500,
  );
  cleanUp.push(collector.close);
  const ask = async (path: string, method = 'GET') => {
    const response = await fetch(`${collector.url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${operator}` },
    });
    return response.json();
  };
  // What the extension did not hear of, it sends again.
  await sending(collector.url);
  const counts = async () =>
    (await ask('/destinations')).destinations.map((one: { id: string; counts: object }) => [one.id, one.counts]);
  await expect.poll(counts, { timeout: 90_000 }).toEqual([
    ['named', { owed: 0, delivered: 12, dead: 0 }],
    ['plain', { owed: 0, delivered: 11, dead: 1 }],
  ]);

  // Each once: an endpoint stores an id once, and what was sent twice has the same number.
  expect([...named.stored].sort()).toEqual(ids);
  expect([...plain.stored].sort()).toEqual(healthy);
  expect([named.misnumbered, plain.misnumbered]).toEqual([[], []]);
  expect(named.requests.some(({ bytes }) => bytes > 9000)).toBe(true);
  const { deliveries } = await ask(`/deliveries?review=${poison.data.id}`);
  expect(deliveries).toMatchObject([
    { destination: 'named', state: 'delivered', to: { name: 'Named' } },
    { destination: 'plain', state: 'dead', reason: expect.stringContaining('rating out of range') },
  ]);

  // Mended at the endpoint, sent again at the operator's word.
  plain.always = endpoints.acknowledge;
  expect(await ask('/destinations/plain/resend', 'POST')).toEqual({ resent: 1 });
  await expect.poll(() => [...plain.stored].sort(), { timeout: 60_000 }).toEqual(ids);

  // Tokens went where they belong, and nowhere else.
  expect(plain.requests[0]?.headers.authorization).toBe('Bearer plain-secret-7');
  expect(named.requests[0]?.headers.authorization).toBe('Bearer cst_named');
  const told = JSON.stringify([await ask('/destinations'), lines]);
  const stored = JSON.stringify(await collector.store.database.query('select * from countersign.destinations'));
  for (const secret of ['plain-secret-7', 'cst_named']) expect(`${told} ${stored}`).not.toContain(secret);
});
