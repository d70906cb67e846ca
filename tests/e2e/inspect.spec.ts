/** npm run inspect, run for real: what it prints of a known site, of an unknown one and of a plain page, and what it refuses. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repository } from '../../scripts/lib/run.ts';
import { browsers } from '../support/given.ts';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let server: Server;
const asked: string[] = [];
/** An address at which nothing but this test listens: what a page asks for there is seen. */
let outside: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-inspect-test-'));
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const status = request.url === '/gone' ? 404 : 200;
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(plain);
  });
  server.on('upgrade', (request, socket) => {
    asked.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const plain =
  '<!doctype html><title>Hours</title><h1>Opening hours</h1><p>We are open from 9 to 5, also on Saturdays.</p>';

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

function inspect(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(repository, 'scripts/inspect.ts'), ...args], { cwd: folder });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => {
      out += part;
    });
    child.stderr.on('data', (part: Buffer) => {
      err += part;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const chatgpt = join(repository, 'tests/fixtures/sites/chatgpt/classic.html');

describe.each(browsers)('npm run inspect (%s)', (browser) => {
  it('given a file as a page of ChatGPT, prints its messages by the bundled rule as JSON, exactly as agreed', async () => {
    const { code, out, err } = await inspect(
      chatgpt,
      '--as',
      'https://chatgpt.com/c/abc',
      '--json',
      '--browser',
      browser,
    );
    expect({ code, err }).toMatchObject({ code: 0 });
    const seen = JSON.parse(out);
    expect(seen).toMatchObject({ url: 'https://chatgpt.com/c/abc', rule: { site: 'chatgpt', origin: 'bundled' } });
    expect(seen.messages.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(seen.messages[3]).toMatchObject({ text: 'You are welcome.', settled: true, confidence: expect.any(Number) });
    expect(seen.health.state).toBe('working');
  });
});

describe('npm run inspect', () => {
  beforeEach(({ skip }) => {
    skip(!browsers.includes('chromium'), 'what the command does in either browser is tried in Chromium alone');
  });

  it('given a page that asks for this and that, then nothing of it leaves this computer', async () => {
    const page = await fileOf(
      'asks.html',
      `${plain}<img src="${outside}/pixel"><iframe src="${outside}/frame"></iframe>
      <script>fetch('${outside}/fetched', { mode: 'no-cors' }).catch(() => {}); new WebSocket('${outside.replace('http', 'ws')}/socket');</script>`,
    );
    // As a page of that very address: no other rule of the browser keeps it from asking there.
    const { code, out } = await inspect(page, '--as', `${outside}/asks`, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ rule: null, messages: [], health: { state: 'idle' } });
    expect(asked).toEqual([]);
  });

  it('given a chat that no rule knows, prints what its signs say, with the evidence', async () => {
    const talk = [
      'Can I return my tent?',
      'Yes, within 30 days of delivery.',
      'And my boots?',
      'Boots too, if they are unworn.',
    ]
      .map((text, index) => {
        const [role, name] = index % 2 === 0 ? ['user', 'You'] : ['assistant', 'AI assistant'];
        return `<div class="row row-${role}" data-message-role="${role}"><span class="who">${name}</span><p>${text}</p></div>`;
      })
      .join('');
    const page = await fileOf(
      'unknown.html',
      `<!doctype html><div role="log">${talk}</div><form><textarea aria-label="Message"></textarea></form>`,
    );
    const { code, out } = await inspect(page, '--as', 'https://help.example/chat/7');
    expect(code).toBe(0);
    expect(out).toMatch(/^https:\/\/help\.example\/chat\/7\n2 (?:possible )?answers, by signs on the page\./);
    expect(out).toMatch(/assistant .*30 days of delivery\.\n +confidence \d\.\d\d.*\n +\+\d\.\d\d \w+: /);
    expect(out).toContain('Rule          none');
  });

  it('given a rule pack, then its rule is at work; given a bad one, says which rule is wrong and ends with 1', async () => {
    const rule = {
      ...{ id: 'help-example', name: 'Help', version: '1', matches: ['https://help.example/*'] },
      variants: [{ id: 'thread', assistant: '.a', user: '.q' }],
      provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
    };
    const packOf = (one: object) => JSON.stringify({ format: 'countersign-rules', version: '1', rules: [one] });
    const good = await fileOf('good.json', packOf(rule));
    const bad = await fileOf('bad.json', packOf({ ...rule, variants: [{ id: 'thread', assistant: '*' }] }));
    const page = await fileOf(
      'desk.html',
      '<!doctype html><p class="q">May I?</p><p class="a">You may.</p><textarea></textarea>',
    );

    const ran = await inspect(page, '--as', 'https://help.example/1', '--rules', good, '--json');
    expect(ran.err).not.toContain('refused');
    expect(JSON.parse(ran.out)).toMatchObject({
      rule: { site: 'help-example', version: '1', origin: 'user' },
      messages: [
        { role: 'user', text: 'May I?' },
        { role: 'assistant', text: 'You may.' },
      ],
    });

    const refused = await inspect(page, '--rules', bad);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/bad\.json is refused.*help-example.*assistant/);
  });

  it('given a real address, opens it; given one that is not there, says so in one sentence', async () => {
    const there = await inspect(`${outside}/hours`, '--json');
    expect(JSON.parse(there.out)).toMatchObject({ url: `${outside}/hours`, messages: [] });
    expect(asked).toContain('/hours');

    const gone = await inspect(`${outside}/gone`);
    expect(gone).toMatchObject({ code: 1, out: '' });
    expect(gone.err).toContain('answers 404');
  });

  it.each([
    [['nowhere.html'], 1, 'There is no page'],
    [['.'], 1, 'is no file'],
    [[], 2, 'Which page?'],
  ])('given %j, ends with %i and says why', async (args, code, words) => {
    expect(await inspect(...args)).toMatchObject({ code, out: '', err: expect.stringContaining(words) });
  });
});
