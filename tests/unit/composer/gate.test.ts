// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createGate } from '../../../entrypoints/composer-gate/gate.ts';
import type { Surface } from '../../../entrypoints/composer-gate/surface.ts';
import type { ComposerState } from '../../../utils/composer/types.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { ContentCalls } from '../../../utils/messaging/contract.ts';

const state: ComposerState = {
  ...{ holds: 'all', delta: false, theme: 'system', promptLimit: 0, labels: [], singleKeys: false, chord: 'Alt+Shift' },
  composers: [{ field: '#composer', send: null, enter: 'send', where: null }],
};

type Asked = { readonly text: string; answer(hold: boolean): void };

let run: AbortController;
let field: HTMLTextAreaElement;
/** What the background was asked to weigh, oldest first; it answers when the test says so. */
let weighed: Asked[];
let askedAbout: string[];
let sent: string[];

beforeEach(() => {
  document.body.innerHTML = '<ol></ol><textarea id="composer"></textarea>';
  field = document.querySelector('textarea') as HTMLTextAreaElement;
  [run, weighed, askedAbout, sent] = [new AbortController(), [], [], []];
  vi.spyOn(fakeBrowser.dom, 'openOrClosedShadowRoot').mockReturnValue(null);
  let isOpen = false;
  const surface: Surface = {
    open() {
      isOpen = true;
    },
    close() {
      isOpen = false;
    },
    ...{ isOpen: () => isOpen, isSound: () => true, resize() {}, say() {}, end() {} },
  };
  const answers: Record<string, (body: { readonly text: string }) => unknown> = {
    weighDraft: ({ text }) =>
      new Promise((resolve) => {
        weighed.push({ text, answer: (hold) => resolve({ ok: true, value: { hold, unchecked: false } }) });
      }),
    holdDraft({ text }) {
      askedAbout.push(text);
      return { ok: true, value: { token: 't' } };
    },
  };
  const call = (async (verb: string, body: never) => answers[verb]?.(body)) as unknown as Call<ContentCalls>;
  createGate({ call, surface, signal: run.signal }).use(state);
  // The page, which sends on Enter.
  field.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') sent.push(field.value);
  });
});
afterEach(() => {
  run.abort();
  vi.restoreAllMocks();
});

const key = (type: string, name = 'Enter') =>
  field.dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true, composed: true }));
/** What a person does is trusted, which no script can say of its own. */
function byHand(event: Event) {
  Object.defineProperty(event, 'isTrusted', { value: true });
  field.dispatchEvent(event);
}
/** Presses Enter on this text, before anything is known of it. */
async function press(text: string): Promise<Asked> {
  field.value = text;
  key('keydown');
  return vi.waitUntil(() => weighed.find((one) => one.text === text));
}

describe('a text that is sent before it was weighed', () => {
  it('given one that is to wait, is asked about and not sent', async () => {
    const { answer } = await press('Your order is on its way.');
    key('keyup');
    answer(true);
    await expect.poll(() => askedAbout).toEqual(['Your order is on its way.']);
    expect(sent).toEqual([]);
  });

  it('given one that is free, is sent once', async () => {
    const { answer } = await press('Your order is on its way.');
    key('keyup');
    answer(false);
    await expect.poll(() => sent).toEqual(['Your order is on its way.']);
    expect(askedAbout).toEqual([]);
  });

  it('given a page that still puts the draft in, is asked about as it then stands: the press is not lost', async () => {
    const { answer } = await press('Your order');
    field.value = 'Your order is on its way.';
    key('keyup');
    answer(true);
    const whole = await vi.waitUntil(() => weighed.find(({ text }) => text === field.value));
    expect(askedAbout).toEqual([]);
    whole.answer(true);
    await expect.poll(() => askedAbout).toEqual(['Your order is on its way.']);
    expect(sent).toEqual([]);
  });

  it('given a page that changes a text which is free, is sent as it then stands', async () => {
    const { answer } = await press('Hello :-)');
    field.value = 'Hello 🙂';
    key('keyup');
    answer(false);
    (await vi.waitUntil(() => weighed.find(({ text }) => text === field.value))).answer(false);
    await expect.poll(() => sent).toEqual(['Hello 🙂']);
  });

  it('given a page that never stands still, is given up in the end, and nothing is sent', async () => {
    let next = await press('0');
    for (let at = 1; at <= 5; at += 1) {
      field.value = `${at}`;
      next.answer(true);
      if (at < 5) next = await vi.waitUntil(() => weighed[at]);
    }
    await new Promise((resolve) => setTimeout(resolve));
    expect(weighed).toHaveLength(5);
    expect({ askedAbout, sent }).toEqual({ askedAbout: [], sent: [] });
  });

  it('given a person who writes on, waits for the next press', async () => {
    const { answer } = await press('Your order is on its way.');
    byHand(new InputEvent('beforeinput', { inputType: 'insertText', data: '!', bubbles: true, composed: true }));
    field.value += '!';
    answer(true);
    await new Promise((resolve) => setTimeout(resolve));
    expect({ askedAbout, sent }).toEqual({ askedAbout: [], sent: [] });
    (await press('Your order is on its way!')).answer(true);
    await expect.poll(() => askedAbout).toEqual(['Your order is on its way!']);
  });
});
