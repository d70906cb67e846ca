// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { createBook } from '../../../entrypoints/toolbar/book.ts';
import { createTriage } from '../../../entrypoints/toolbar/triage.ts';
import type { Detector, Response } from '../../../utils/detection/types.ts';
import type { ContentCalls } from '../../../utils/messaging/contract.ts';
import { ok } from '../../../utils/result.ts';
import { aChange, aDetector, aResponse } from './given.ts';

type Told = Parameters<ContentCalls['triage']>[0]['answers'];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestIdleCallback', (work: () => void) => work());
  return () => vi.useRealTimers();
});

/** A page with such answers to such questions, and what the background was told of it. */
function given(turns: readonly (readonly [prompt: string | null, text: string, change?: Partial<Response>])[]) {
  const texts = new Map<string, readonly [string | null, string]>();
  const responses = turns.map(([prompt, text, change], at) => {
    texts.set(`r${at}`, [prompt, text]);
    return aResponse(`r${at}`, { conversationKey: 'c', ...change });
  });
  const { detector } = aDetector(responses);
  const capture: Detector['capture'] = ({ key }, limit) => {
    const [prompt = null, text = ''] = texts.get(key) ?? [];
    return {
      text,
      markdown: text,
      truncated: false,
      length: text.length,
      prompt: limit > 0 ? prompt : null,
      model: null,
    };
  };
  const read = vi.fn(capture);
  const book = createBook();
  book.apply(aChange({ added: responses }));
  const told: Told[] = [];
  const call = vi.fn(async (_verb: string, { answers }: { answers: Told }) => {
    told.push(answers);
    return ok({ asks: answers.map(({ responseKey }) => responseKey).filter((key) => key === 'r1'), corrected: [] });
  });
  const [promptLimit, gone, changed] = [{ now: 20_000 }, new AbortController(), vi.fn()];
  const plan = createTriage({
    ...{ detector: { ...detector, capture: read }, book, call: call as never, signal: gone.signal, onChange: changed },
    page: () => ({ promptLimit: promptLimit.now }),
  });
  const look = async () => {
    plan();
    await vi.advanceTimersByTimeAsync(5_000);
  };
  return { texts, responses, book, told, call, read, promptLimit, gone, changed, look };
}

it('given settled answers, tells of all in one call, each with its question, what was said before and the next turn', async () => {
  const { told, look, book, changed } = given([
    ['What is it?', 'A tent.'],
    ['What does it cost?', 'It costs 49.'],
    ['You are wrong', 'Sorry, 59.'],
    ['And?', 'Still writing', { settled: false }],
  ]);
  await look();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject([
    { responseKey: 'r0', text: 'A tent.', prompt: 'What is it?', before: '', next: 'What does it cost?' },
    { responseKey: 'r1', before: 'What is it?\nA tent.', next: 'You are wrong' },
    { responseKey: 'r2', next: 'And?' },
  ]);
  expect(book.get('r1')?.asks).toBe(true);
  expect(book.get('r0')?.asks).toBe(false);
  expect(changed).toHaveBeenCalledOnce();
});

it('given nothing new, tells nothing again; a new text and a next turn are told when they are there', async () => {
  const { told, look, texts, responses, read } = given([['What is it?', 'A tent.']]);
  await look();
  await look();
  expect(told).toHaveLength(1);
  expect(read).toHaveBeenCalledOnce();
  texts.set('r1', ['No!', 'Sorry.']);
  responses.push(aResponse('r1', { conversationKey: 'c', settled: false }));
  await look();
  expect(told.at(-1)).toMatchObject([{ responseKey: 'r0', next: 'No!' }]);
  texts.set('r0', ['What is it?', 'A boat.']);
  responses[0] = aResponse('r0', { conversationKey: 'c' });
  await look();
  expect(told.at(-1)).toMatchObject([{ responseKey: 'r0', text: 'A boat.' }]);
});

it('given a reviewer who keeps prompts out, tells none of what the user said', async () => {
  const { told, look, promptLimit } = given([
    ['My secret', 'Fine.'],
    ['Another secret', 'Good.'],
  ]);
  promptLimit.now = 0;
  await look();
  expect(told[0]).toMatchObject([
    { prompt: null, next: null },
    { prompt: null, next: null },
  ]);
  expect(JSON.stringify(told)).not.toContain('secret');
});

it('given another answer to the same prompt, or another conversation, takes neither for a next turn', async () => {
  const { told, look } = given([
    ['What is it?', 'A tent.', { variantOf: 'v' }],
    ['What is it?', 'A boat.', { variantOf: 'v' }],
    ['Hello', 'Hi.', { conversationKey: 'other' }],
  ]);
  await look();
  expect(told[0]?.map(({ next }) => next)).toEqual([null, null, null]);
});

it('given a page of 70 answers and one of a megabyte, tells a bounded part at a time, the newest first', async () => {
  const { told, look } = given(
    Array.from(
      { length: 70 },
      (_, at) => [`Question ${at}`, at === 3 ? 'x'.repeat(1_000_000) : `Answer ${at}`] as const,
    ),
  );
  await look();
  expect(told.map((answers) => answers.length)).toEqual([20, 20, 20, 10]);
  expect(told[0]?.[19]?.responseKey).toBe('r69');
  expect(told.flat().find(({ responseKey }) => responseKey === 'r3')?.text.length).toBe(100_000);
});

it('given what nobody asserts to be AI, or a page that is over, tells nothing', async () => {
  const { told, look, gone } = given([['What?', 'Perhaps.', { asserted: false }]]);
  await look();
  expect(told).toEqual([]);
  const ended = given([['What?', 'That.']]);
  ended.gone.abort();
  await ended.look();
  expect(ended.told).toEqual([]);
  expect(gone.signal.aborted).toBe(false);
});

it('given a background that does not answer, tells again with the next change', async () => {
  const { told, look, call } = given([['What?', 'That.']]);
  call.mockResolvedValueOnce({ ok: false, error: { code: 'busy', message: '', next: '' } } as never);
  await look();
  await look();
  expect(call).toHaveBeenCalledTimes(2);
  expect(told).toHaveLength(1);
});
