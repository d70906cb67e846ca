/** The commands as a user runs them. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { BATCH_MEDIA_TYPE } from '../../utils/review/wire.ts';
import { anEvent, aSnapshot } from '../support/builders.ts';
import { folderWithDatabase, linesOf, temporaryFolder } from '../support/collector.ts';

const script = fileURLToPath(new URL('../../scripts/collector.mjs', import.meta.url));
const folder = temporaryFolder();
const data = join(folder.path, 'data');
const environment = { ...process.env, DATABASE_URL: '' };
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  folder.remove();
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env: environment }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

async function serve(): Promise<{
  url: string;
  output: { stdout: string; stderr: string };
  stop(signal: NodeJS.Signals): Promise<number | null>;
}> {
  // The program itself, so that a signal reaches it alone; the script before it is tried below.
  const main = fileURLToPath(new URL('../../collector/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data], { env: environment });
  children.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /Endpoint {2}(\S+)\/v1\/events\n[\s\S]*token create/.exec(output.stdout);
      if (found?.[1]) resolve(found[1]);
    });
    child.once('exit', () => reject(new Error(output.stderr)));
  });
  return {
    url,
    output,
    async stop(signal) {
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      children.delete(child);
      return code;
    },
  };
}

const post = (url: string, token: string, body: unknown) =>
  fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': BATCH_MEDIA_TYPE },
    body: JSON.stringify(body),
  });

test('from nothing to reviews that outlive a killed collector', async () => {
  const first = await serve();
  expect(first.output.stdout).toMatch(/^Making a new database/);
  const token = /cst_\S{43}/.exec(first.output.stdout)?.[0] ?? '';
  expect(token).not.toBe('');
  const secret = 'SECRET-zq9';
  const events = [anEvent({ snapshot: aSnapshot({ text: secret }) }), anEvent()];
  expect((await post(first.url, token, events)).status).toBe(200);

  // Beside the running collector, which alone has the database open.
  const made = await run('token', 'create', '--project', 'default', '--role', 'read', '--data', data, '--json');
  const reader = JSON.parse(made.stdout);
  expect(reader).toMatchObject({ project: 'default', role: 'read', token: expect.stringMatching(/^cst_/) });
  const second = await run('--port', '0', '--data', data);
  expect(second).toMatchObject({ code: 1, stderr: expect.stringMatching(/in use by process \d+ at http.*--data/) });

  await first.stop('SIGKILL');
  const next = await serve();
  expect(next.output.stdout).not.toMatch(/cst_/);
  const exported = await fetch(`${next.url}/v1/events`, { headers: { authorization: `Bearer ${reader.token}` } });
  expect(linesOf(await exported.text()).map(({ event }) => event)).toEqual(events);

  expect((await run('token', 'revoke', reader.id, '--data', data)).stdout).toMatch(/no longer works/);
  expect((await fetch(`${next.url}/v1/events`, { headers: { authorization: `Bearer ${reader.token}` } })).status).toBe(
    401,
  );
  expect(await next.stop('SIGTERM')).toBe(0);

  // And with no collector running, the command opens the database itself.
  const listed = await run('token', 'list', '--data', data);
  expect(listed.stdout).toMatch(/default +write/);
  expect(listed.stdout).toMatch(new RegExp(`${reader.id} +default +read .*Z +\\d{4}-`));
  expect((await run('token', 'revoke', reader.id, '--data', data)).code).toBe(1);

  const logged = first.output.stderr + next.output.stderr;
  for (const line of logged.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ level: 'info' });
  expect(logged).not.toContain(secret);
  expect(logged).not.toContain(token);
  expect(logged).toContain('"event":"stopped"');
});

test('the script before it passes signals on', async () => {
  const other = await folderWithDatabase();
  const child = spawn(process.execPath, [script, '--port', '0', '--data', other.path], { env: environment });
  children.add(child);
  await new Promise((resolve) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('Endpoint') && resolve(null));
  });
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  children.delete(child);
  other.remove();
  expect(code).toBe(0);
});

test('help and mistakes are answered in words', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage: npm run collector/) });
  expect(await run('--prot', '1')).toMatchObject({ code: 2, stderr: expect.stringMatching(/--prot[\s\S]*Usage/) });
});
