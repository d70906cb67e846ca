import { expect, test } from 'vitest';
import type { HttpRequest } from '../../../utils/connectors/types.ts';
import { REPLY_LIMIT, send } from '../../../utils/delivery/transport.ts';

const request: HttpRequest = {
  method: 'POST',
  url: 'https://feedback.example/v1/events',
  headers: { authorization: 'Bearer cst_test' },
  body: '[]',
};
const replying =
  (body: BodyInit | null, init?: ResponseInit): typeof fetch =>
  async () =>
    new Response(body, init);

test('the request is made under the rules for hostile endpoints', async () => {
  let seen: RequestInit | undefined;
  await send(request, async (_url, init) => {
    seen = init;
    return new Response('{}');
  });
  expect(seen).toMatchObject({
    method: 'POST',
    body: '[]',
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  expect(seen?.signal).toBeInstanceOf(AbortSignal);
});

test('a request may ask for a longer reply, up to 4 MiB', async () => {
  const long = 'x'.repeat(REPLY_LIMIT + 1);
  expect(await send({ ...request, replyLimit: long.length }, replying(long))).toMatchObject({
    end: 'whole',
    body: long,
  });
  const endless = await send({ ...request, replyLimit: Infinity }, replying('x'.repeat(2 ** 22 + 1)));
  expect(endless?.end).toBe('too-long');
  expect(endless?.body).toHaveLength(2 ** 22);
});

test('a reply of exactly the limit is whole; one byte more is not, and is not kept', async () => {
  const whole = await send(request, replying('x'.repeat(REPLY_LIMIT)));
  expect(whole).toMatchObject({ end: 'whole', body: expect.stringMatching(/^x{65536}$/) });
  const more = await send(request, replying('x'.repeat(REPLY_LIMIT + 1)));
  expect(more).toMatchObject({ end: 'too-long', body: expect.stringMatching(/^x{65536}$/) });
});

test('letters that span two chunks are read as one', async () => {
  const bytes = new TextEncoder().encode('"😀"');
  const chunks = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await send(request, replying(chunks))).toMatchObject({ body: '"😀"', end: 'whole' });
});

test('a body that breaks off leaves what the status already told', async () => {
  const chunks = new ReadableStream({
    pull(controller) {
      controller.error(new TypeError('reset'));
    },
  });
  expect(await send(request, replying(chunks, { status: 401 }))).toMatchObject({ status: 401, end: 'broken' });
});

test('a reply without a body is a reply', async () => {
  expect(await send(request, replying(null, { status: 204 }))).toMatchObject({ status: 204, body: '', end: 'whole' });
});

test('no network is no reply', async () => {
  expect(await send(request, () => Promise.reject(new TypeError('Failed to fetch')))).toBeNull();
});
