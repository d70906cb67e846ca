/** What only a real socket shows. */
import { request } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../collector/log.ts';
import { type Collector, ListenError, startCollector } from '../../collector/server.ts';
import { createToken } from '../../collector/store/tokens.ts';
import { BATCH_MEDIA_TYPE } from '../../utils/review/wire.ts';
import { anEvent } from '../support/builders.ts';
import { folderWithDatabase, linesOf, temporaryFolder } from '../support/collector.ts';

const running: Collector[] = [];
const folders: { remove(): void }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
  for (const folder of folders.splice(0)) folder.remove();
});

async function start(data?: string): Promise<{ collector: Collector; headers: Record<string, string>; data: string }> {
  const folder = data === undefined ? await folderWithDatabase() : { path: data, remove: () => {} };
  folders.push(folder);
  const options = { port: 0, host: '127.0.0.1', allowHosts: [], data: folder.path, databaseUrl: null };
  const collector = await startCollector(options, silentLog, 500);
  running.push(collector);
  const { token } = await createToken(collector.store.database, 'default', 'both');
  return {
    collector,
    data: folder.path,
    headers: { authorization: `Bearer ${token}`, 'content-type': BATCH_MEDIA_TYPE },
  };
}

describe('the running collector', () => {
  test('takes a batch and gives it back, over a restart', async () => {
    const first = await start();
    expect(first.collector.firstToken).toMatchObject({ project: 'default', role: 'write' });
    const events = [anEvent(), anEvent()];
    const { url } = first.collector;
    const posted = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: first.headers,
      body: JSON.stringify(events),
    });
    expect(await posted.json()).toEqual({ results: events.map(({ id }) => ({ id, status: 'stored' })) });
    await first.collector.close();
    const second = await start(first.data);
    expect(second.collector.firstToken).toBeNull();
    const exported = await fetch(`${second.collector.url}/v1/events`, { headers: second.headers });
    expect(linesOf(await exported.text()).map(({ event }) => event)).toEqual(events);
  });

  test('lets the sender of too much read why, and serves the next request', async () => {
    const { collector, headers } = await start();
    const body = `[${' '.repeat(20_000_000)}]`;
    const response = await fetch(`${collector.url}/v1/events`, { method: 'POST', headers, body });
    expect([response.status, await response.json()]).toMatchObject([413, { error: { code: 'too-large' } }]);
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(200);
  });

  test('takes a body whose length is not told, up to the same limit', async () => {
    const { collector, headers } = await start();
    const streaming = (body: ReadableStream) =>
      fetch(`${collector.url}/v1/events`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    const whole = await streaming(new Blob([JSON.stringify([anEvent()])]).stream());
    expect(await whole.json()).toMatchObject({ results: [{ status: 'stored' }] });
    const spaces = new Uint8Array(1_000_000).fill(0x20);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(spaces);
      },
    });
    const response = await streaming(endless).catch(() => null);
    // Some clients notice the answer, others the connection that ends; either way the body is not read for ever.
    if (response) expect(response.status).toBe(413);
    expect(sent).toBeLessThan(100);
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(200);
  });

  test('given a port that is taken, it says so before it opens anything', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const folder = temporaryFolder();
    folders.push(folder);
    const options = { port, host: '127.0.0.1', allowHosts: [], data: folder.path, databaseUrl: null };
    const failed = startCollector(options, silentLog);
    await expect(failed).rejects.toThrow(ListenError);
    await expect(failed).rejects.toThrow(`Port ${port} is taken`);
    other.close();
  });

  test('given a folder in use, it says by whom, and leaves no socket open', async () => {
    const { data } = await start();
    const options = { port: 0, host: '127.0.0.1', allowHosts: [], data, databaseUrl: null };
    await expect(startCollector(options, silentLog)).rejects.toThrow(/in use by process/);
  });

  test('told to stop, it lets a request under way end, and takes no more', async () => {
    const { collector, headers } = await start();
    const body = JSON.stringify([anEvent()]);
    const slow = request(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    slow.write(body.slice(0, 10));
    await fetch(`${collector.url}/healthz`);
    const closed = collector.close();
    slow.end(body.slice(10));
    expect(await answered).toBe(200);
    await closed;
    await expect(fetch(`${collector.url}/healthz`)).rejects.toThrow();
  });

  test('told to stop, it does not wait for ever for a client that sends nothing', async () => {
    const { collector, headers } = await start();
    const stuck = request(`${collector.url}/v1/events`, {
      method: 'POST',
      headers: { ...headers, 'content-length': 10 },
    });
    stuck.on('error', () => {});
    stuck.flushHeaders();
    await fetch(`${collector.url}/healthz`);
    await collector.close();
    stuck.destroy();
  });
});
