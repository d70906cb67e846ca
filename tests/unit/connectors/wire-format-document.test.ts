/** docs/wire-format.md, run: its examples are what the code makes and takes. */
import '../../support/outbox.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { countersign } from '../../../utils/connectors/countersign/countersign.ts';
import type { HttpRequest } from '../../../utils/connectors/types.ts';
import { readPack } from '../../../utils/detection/rule-pack.ts';
import { findingsFlaw } from '../../../utils/review/findings-check.ts';
import { nextRevision } from '../../../utils/review/revise.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import {
  batchReplySchema,
  type ReviewEvent,
  toDeletion,
  toEvent,
  wireEventSchema,
} from '../../../utils/review/wire.ts';
import { createSender } from '../../../utils/sync/index.ts';
import { aDestination, aDestinationRow, aDraft, anEvent, aSnapshot } from '../../support/builders.ts';
import { converse, firstRequest } from '../../support/exchange.ts';
import { openDatabase, owe, tally } from '../../support/outbox.ts';

const path = new URL('../../../docs/wire-format.md', import.meta.url);
const document = readFileSync(path, 'utf8');

/** The code block behind `<!-- example: name -->`. */
function example(name: string): string {
  const found = new RegExp(`<!-- example: ${name} -->\n\`\`\`\\w+\n([\\s\\S]*?)\`\`\``).exec(document);
  if (!found) throw new Error(`no example ${name}`);
  return found[1] ?? '';
}

const secret = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;
const madeAt = Date.parse('2026-11-21T08:00:05Z');

async function exampleRequest(): Promise<HttpRequest> {
  const draft = aDraft({
    id: '019aa551-1c88-7b1e-9d3f-3f2a6c0d8e55',
    responseKey: 'example:conversation-1:message-1',
    snapshot: aSnapshot(),
  });
  const context = {
    origin: 'https://chat.example',
    reviewer: { id: 'b6a1f0', name: 'A. Reviewer' },
    rubric: defaultRubric,
    now: madeAt,
  };
  const review = await nextRevision(draft, null, context);
  const destination = aDestination({ token: 'cst_example', secret });
  return firstRequest(countersign, [toEvent(review)], destination, madeAt + 11_000);
}

/** The request as it goes over the wire, but for the spaces in its body. */
function asText({ method, url, headers, body }: HttpRequest): string {
  const { host, pathname } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [
    `${method} ${pathname} HTTP/1.1`,
    `host: ${host}`,
    ...lines,
    '',
    JSON.stringify(JSON.parse(body), null, 2),
    '',
  ].join('\n');
}

test('the request is the one that the connector makes', async () => {
  const made = asText(await exampleRequest());
  // COUNTERSIGN_WRITE_DOCS=1 writes it anew after a change of the format.
  if (process.env.COUNTERSIGN_WRITE_DOCS) {
    writeFileSync(
      path,
      document.replace(/(<!-- example: request -->\n```http\n)[\s\S]*?```/, (_, before) => `${before}${made}\`\`\``),
    );
    return;
  }
  expect(example('request')).toBe(made);
});

test('the acknowledgement is one that the connector takes', async () => {
  const body = example('acknowledgement');
  const { results } = batchReplySchema.parse(JSON.parse(body));
  const events = results.map(({ id }) => ({ ...anEvent(), id }));
  const headers = new Headers({ 'content-type': 'application/json' });
  const reply = { status: 200, headers, body, end: 'whole' } as const;
  const { outcome } = await converse(countersign.exchange(events, aDestination(), madeAt), () => reply);
  expect(outcome).toMatchObject({
    kind: 'items',
    items: new Map([
      [events[0]?.id, { outcome: 'delivered' }],
      [events[1]?.id, { outcome: 'delivered' }],
      [
        events[2]?.id,
        { outcome: 'dead', reason: 'The endpoint refused this review: no rubric "general" in this project' },
      ],
    ]),
  });
});

test('the line of an export is one', () => {
  expect(Object.keys(JSON.parse(example('line')))).toEqual(['seq', 'receivedAt', 'event']);
});

test('the tombstone is the one that the extension makes, and the place is one of an event', () => {
  const tombstone = toDeletion(
    { id: '019aa551-1c88-7b1e-9d3f-3f2a6c0d8e55', reviewer: { id: 'b6a1f0', name: null } },
    Date.parse('2026-11-21T09:30:00Z'),
  );
  // A finding says of its snapshot what stands there, in both ways of counting.
  const finding = JSON.parse(example('finding'));
  const [review] = JSON.parse(example('request').split('\n\n')[1] ?? '');
  expect(findingsFlaw([finding], review.data.snapshot.text)).toBeNull();
  const judgement = { ...review.data.judgement, findings: [finding] };
  expect(wireEventSchema.safeParse({ ...review, data: { ...review.data, judgement } }).success).toBe(true);
  expect(JSON.parse(example('deletion'))).toEqual(tombstone);
  const place = JSON.parse(example('place'));
  expect(wireEventSchema.parse({ ...anEvent(), ...place })).toMatchObject(place);
});

test('the receiver takes what the extension sends, each review once, over a restart', { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-receiver-'));
  const program = join(folder, 'receiver.mjs');
  writeFileSync(program, example('receiver'));
  const port = await freePort();
  const database = await openDatabase(aDestinationRow({ url: `http://127.0.0.1:${port}/`, token: 'cst_example' }));
  const events = Array.from({ length: 60 }, () => anEvent());
  await owe(database, events, 0);
  let now = madeAt;
  const sender = createSender({ database, locks: null, now: () => now });
  const stored = () =>
    readFileSync(join(folder, 'reviews.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const running = async (work: () => Promise<void>) => {
    const child = spawn(process.execPath, [program], {
      cwd: folder,
      env: { ...process.env, TOKEN: 'cst_example', PORT: String(port) },
    });
    while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => null)))
      await new Promise((resolve) => setTimeout(resolve, 20));
    try {
      await work();
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  };
  try {
    await running(async () => {
      const stranger = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '[]' });
      expect(stranger.status).toBe(401);
      await sender.wake('saved');
    });
    expect(stored()).toMatchObject(events);
    // As after a lost acknowledgement.
    await database.ledger.clear();
    await database.counters.clear();
    now += 1000;
    await owe(database, [...events, anEvent()], 0);
    await running(() => sender.wake('saved'));
    expect(await tally(database)).toEqual({ owed: 0, delivered: 61, dead: 0 });
    expect(stored()).toHaveLength(61);
    const [gone] = events;
    await owe(database, [toDeletion((gone as ReviewEvent).data, now)], 0);
    await running(() => sender.wake('saved'));
    expect(
      stored()
        .filter(({ data }) => data?.id === gone?.data.id)
        .map(({ id }) => id),
    ).toEqual([`${gone?.data.id}:deleted`]);
    expect(stored().map(({ id }) => id)).toContain(gone?.id);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the verification takes what is signed, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-verify-'));
  try {
    writeFileSync(join(folder, 'verify.mjs'), example('verify'));
    const { verify } = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'verify.mjs')).href);
    const { headers, body } = await exampleRequest();
    const sentAt = madeAt + 11_000;
    expect(verify(secret, headers, body, sentAt)).toBe(true);
    expect(verify(secret, headers, `${body} `, sentAt)).toBe(false);
    expect(verify(secret, headers, body, sentAt + 301_000)).toBe(false);
    expect(verify(secret, { ...headers, 'webhook-timestamp': 'x' }, body, sentAt)).toBe(false);
    expect(verify(`whsec_${btoa('another key another key another key')}`, headers, body, sentAt)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the rule pack is one that the extension and the collector take', () => {
  const pack = readPack(example('rule pack'));
  expect(pack).toMatchObject({ ok: true, value: { rules: [{ id: 'acme-desk' }], authors: [{ site: 'acme-desk' }] } });
});

test('both ways of taking a batch have their place on the page', () => {
  expect(document).toContain('## The acknowledgement');
  expect(document).toContain('## Webhook mode');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
