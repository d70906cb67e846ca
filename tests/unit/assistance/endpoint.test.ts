/** Asking an endpoint over a real socket: how it streams, how it misbehaves, what is sent. */
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askEndpoint, bodyOf, completionsAt } from '../../../utils/assistance/endpoint.ts';
import { type Limits, limitsFor } from '../../../utils/assistance/limits.ts';
import { questionOf } from '../../../utils/assistance/question.ts';
import type { Ended } from '../../../utils/assistance/types.ts';
import {
  type Answering,
  beginStream,
  endStream,
  type ModelServer,
  proposing,
  replying,
  say,
  saying,
  sayingForever,
  startModelServer,
} from '../../support/model-server.ts';

const question = questionOf({
  answer: 'Refunds take 60 days.',
  prompt: 'How long?',
  labels: [{ id: 'wrong', name: 'Wrong' }],
});
const reply = { labels: ['wrong'], findings: [], correction: 'Refunds take 30 days. 退款 🎒' };

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

/** Asks the server, and notes what was heard on the way. */
async function ask(limits: Partial<Limits> = {}, stop = new AbortController(), key: string | null = 'sk-test-1234') {
  const heard: string[] = [];
  const thoughts: string[] = [];
  const ended = await askEndpoint(
    question,
    { url: server.url, model: 'test-model', key },
    { onText: (text) => heard.push(text), onThinking: (words) => thoughts.push(words), signal: stop.signal },
    { limits: { ...limitsFor(100), ...limits }, origin: 'chrome-extension://abc' },
  );
  return { ended, heard, thoughts };
}
const wordsOf = (ended: Ended) => (ended.is === 'failed' ? `${ended.message} ${ended.next}` : ended.is);

describe('asking an endpoint', () => {
  it('given a model that answers in pieces, when it is asked, then each piece is heard and all of it comes back', async () => {
    server.answer(proposing(reply));
    const { ended, heard } = await ask();
    expect(ended).toEqual({ is: 'whole', text: JSON.stringify(reply, null, 1) });
    expect(heard.length).toBeGreaterThan(5);
    expect(heard.every((text, index) => text.startsWith(heard[index - 1] ?? ''))).toBe(true);
  });

  it('given bytes that break anywhere, in characters and line ends, when they are read, then the text is whole', async () => {
    const text = JSON.stringify(reply);
    server.answer(async (_, response) => {
      const event = { choices: [{ delta: { content: text } }] };
      const bytes = Buffer.from(
        `: hello\r\n\r\ndata: ${JSON.stringify(event)}\r\n\r\ndata: [DONE]\r\n\r\ndata: not read`,
      );
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of bytes) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    expect((await ask()).ended).toEqual({ is: 'whole', text });
  });

  it('given an endpoint that does not stream, when it answers as a whole, then that is read too', async () => {
    server.answer(
      replying(200, JSON.stringify({ choices: [{ message: { content: '{"labels":[]}' }, finish_reason: 'stop' }] })),
    );
    expect((await ask()).ended).toEqual({ is: 'whole', text: '{"labels":[]}' });
  });

  it('given a model that thinks first, when it is asked, then its thoughts are told of and are no part of the answer', async () => {
    server.answer((_, response) => {
      beginStream(response);
      for (const name of ['reasoning_content', 'reasoning'])
        response.write(`data: ${JSON.stringify({ choices: [{ delta: { [name]: 'hm' } }] })}\n\n`);
      say(response, '{}');
      endStream(response);
    });
    const { ended, thoughts } = await ask();
    expect(ended).toEqual({ is: 'whole', text: '{}' });
    expect(thoughts).toHaveLength(2);
  });

  it('given an endpoint that knows no response_format, when it refuses that, then it is asked without, once', async () => {
    server.answer((asked, response, gone) =>
      'response_format' in JSON.parse(asked.body)
        ? replying(400, '{"error":{"message":"unknown field"}}')(asked, response, gone)
        : proposing(reply)(asked, response, gone),
    );
    expect((await ask()).ended.is).toBe('whole');
    expect(server.asked).toHaveLength(2);
  });

  it.each<[string, Answering, RegExp]>([
    [
      'a key that does not fit',
      replying(401, '{"error":{"message":"Incorrect API key provided: sk-test-1234"}}'),
      /does not accept the key.*•••/,
    ],
    ['an origin that is not admitted', replying(403, ''), /OLLAMA_ORIGINS=chrome-extension:\/\/abc/],
    ['a model that is not there', replying(404, '{"error":{"message":"model \\"x\\" not found"}}'), /404.*test-model/],
    ['too many questions', replying(429, ''), /too many/],
    ['trouble', replying(503, 'oh'), /in trouble \(503\)/],
    ['a question that it does not take', replying(400, '{"error":"nope\\u202e"}'), /“nope”/],
    ['a redirect', replying(307, '', 'text/plain', { location: 'http://127.0.0.1:9/' }), /leads elsewhere/],
    ['a web page with 200', replying(200, '<h1>Sign in</h1>', 'text/html; charset=utf-8'), /web page/],
    ['another program', replying(200, '{"hello":"world"}'), /does not speak the protocol/],
    ['a stream of something else', replying(200, 'data: tick\n\n', 'text/event-stream'), /does not speak the protocol/],
    [
      'an error in the middle',
      replying(200, 'data: {"error":{"message":"out of memory"}}\n\n', 'text/event-stream'),
      /gave up.*out of memory/,
    ],
  ])('given %s, when it is asked, then it says so in words, without the key', async (_, how, words) => {
    server.answer(how);
    const { ended } = await ask();
    expect(wordsOf(ended)).toMatch(words);
    expect(wordsOf(ended)).not.toContain('sk-test-1234');
  });

  it('given nobody there, when it is asked, then it says what to look at', async () => {
    await server.close();
    expect(wordsOf((await ask()).ended)).toMatch(/did not answer.*admit this extension/);
    server = await startModelServer();
  });

  it('given a stream without an end, when it has said too much, then it is cut off and hung up on', async () => {
    server.answer(sayingForever('and on '));
    const { ended } = await ask({ chars: 20_000 });
    expect(ended).toMatchObject({ is: 'cut', why: expect.stringMatching(/20,000 characters/) });
    expect(ended.is === 'cut' && ended.text.length).toBe(20_000);
    await expect.poll(() => server.hungUp).toBe(1);
  });

  it('given a stream that only keeps itself alive, when it has sent too much, then it is cut off', async () => {
    server.answer(async (_, response, gone) => {
      beginStream(response);
      while (!gone.aborted) {
        response.write(`: ${'still here '.repeat(500)}\n\n`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    });
    expect((await ask({ bytes: 100_000 })).ended).toMatchObject({
      is: 'cut',
      why: expect.stringContaining('more and more'),
    });
  });

  it('given a model that falls silent, when that lasts, then what it said is kept and said to be cut off', async () => {
    server.answer((_, response) => {
      beginStream(response);
      say(response, '{"labels":["wrong"],');
    });
    const { ended } = await ask({ quietMs: 50 });
    expect(ended).toMatchObject({
      is: 'cut',
      text: '{"labels":["wrong"],',
      why: expect.stringContaining('nothing more'),
    });
    await expect.poll(() => server.hungUp).toBe(1);
  });

  it('given a model that never begins, when the time is up, then it is cut off', async () => {
    server.answer(() => {});
    expect((await ask({ wholeMs: 50 })).ended).toMatchObject({
      is: 'cut',
      text: '',
      why: expect.stringContaining('did not come to an end'),
    });
  });

  it('given a connection that breaks, or a model at its own limit, when it ends, then it is told apart from a whole answer', async () => {
    server.answer((_, response) => {
      beginStream(response);
      say(response, '{"labels"');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await ask()).ended).toMatchObject({ is: 'cut', why: expect.stringContaining('broke') });
    server.answer((_, response) => {
      beginStream(response);
      say(response, '{"labels"');
      endStream(response, 'length');
    });
    expect((await ask()).ended).toMatchObject({ is: 'cut', why: expect.stringContaining('its own limit') });
  });

  it('given a reviewer who cancels, when the model is still at it, then the connection is cut', async () => {
    const stop = new AbortController();
    server.answer(async (asked, response, gone) => {
      setTimeout(() => stop.abort(), 30);
      await sayingForever('x')(asked, response, gone);
    });
    expect((await ask({ chars: 1e9, bytes: 1e9 }, stop)).ended).toEqual({ is: 'cancelled' });
    await expect.poll(() => server.hungUp).toBe(1);
  });

  it('given no key, when it is asked, then none is sent; given one, then it is sent in its header and nowhere else', async () => {
    await ask({}, undefined, null);
    await ask();
    const [without, withKey] = server.asked;
    expect(without?.headers.authorization).toBeUndefined();
    expect(withKey?.headers.authorization).toBe('Bearer sk-test-1234');
    expect(withKey?.body).not.toContain('sk-test');
    expect(withKey?.path).toBe('/v1/chat/completions');
  });

  it.each([
    ['http://localhost:11434/v1', 'http://localhost:11434/v1/chat/completions'],
    ['http://localhost:11434/v1/', 'http://localhost:11434/v1/chat/completions'],
    ['https://gateway.example/llm/v1/chat/completions', 'https://gateway.example/llm/v1/chat/completions'],
    ['https://gateway.example/openai?api-version=7', 'https://gateway.example/openai/chat/completions?api-version=7'],
  ])('given the address %s, then questions go to %s', (address, completions) => {
    expect(completionsAt(address)).toBe(completions);
  });
});

describe('beside the official client', () => {
  const client = () => new OpenAI({ baseURL: server.url, apiKey: 'sk-test-1234', maxRetries: 0 });

  it('given the same question, when the official client sends it, then body, path, method and key are the same as ours', async () => {
    server.answer(saying('{}'));
    await ask();
    const stream = await client().chat.completions.create(bodyOf(question, 'test-model') as never);
    for await (const _ of stream as unknown as AsyncIterable<unknown>) void _;
    const [ours, theirs] = server.asked;
    expect(JSON.parse(ours?.body ?? '')).toEqual(JSON.parse(theirs?.body ?? 'null'));
    for (const part of ['method', 'path'] as const) expect(ours?.[part]).toBe(theirs?.[part]);
    for (const name of ['authorization', 'content-type'] as const)
      expect(ours?.headers[name]).toBe(theirs?.headers[name]);
  });

  it('given what the test server streams, when the official client reads it, then it hears the same text as we do', async () => {
    server.answer(proposing(reply));
    const { ended } = await ask();
    const stream = (await client().chat.completions.create(bodyOf(question, 'test-model') as never)) as unknown;
    let heard = '';
    for await (const part of stream as AsyncIterable<OpenAI.ChatCompletionChunk>)
      heard += part.choices[0]?.delta.content ?? '';
    expect(ended).toEqual({ is: 'whole', text: heard });
  });
});
