// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '../../../components/toolbar/view.ts';
import { createBook, type Entry } from '../../../entrypoints/toolbar/book.ts';
import { createCommands } from '../../../entrypoints/toolbar/commands.ts';
import type { EditorPanel } from '../../../entrypoints/toolbar/editor-panel.ts';
import type { Follow } from '../../../entrypoints/toolbar/follow.ts';
import { createSaver } from '../../../entrypoints/toolbar/save.ts';
import type { Sight } from '../../../entrypoints/toolbar/sight.ts';
import { seenTextOf } from '../../../entrypoints/toolbar/snapshot.ts';
import type { Stage } from '../../../entrypoints/toolbar/stage.tsx';
import type { Surface } from '../../../entrypoints/toolbar/surface.ts';
import type { Response } from '../../../utils/detection/types.ts';
import { failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { ContentCalls, PageState } from '../../../utils/messaging/contract.ts';
import { err, ok } from '../../../utils/result.ts';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import { aChange, aDetector, aMark, aPage, aResponse } from './given.ts';

/** Browsers alone make trusted events; what a page makes is not. */
function trusted<E extends Event>(event: E): E {
  Object.defineProperty(event, 'isTrusted', { value: true });
  return event;
}

function element(html: string): Element {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  const made = holder.firstElementChild as Element;
  document.body.append(made);
  // happy-dom has no layout and few computed values: every element is as large as an answer, and opaque.
  for (const each of [made, document.body, document.documentElement]) (each as HTMLElement).style.opacity = '1';
  made.getBoundingClientRect = () => new DOMRect(10, 10, 400, 100);
  made.checkVisibility = () => true;
  return made;
}

/** A toolbar at one answer, with everything around it played by the test. */
function aToolbar(change: { page?: Partial<PageState>; response?: Partial<Response> } = {}) {
  const message = element('<section>Forty two.</section>');
  const response = aResponse('a', { element: message, body: [message], ...change.response });
  const { detector } = aDetector([response]);
  const book = createBook();
  book.apply(aChange({ added: [response] }));
  const entry = book.get('a') as Entry;
  entry.seenText = seenTextOf(response);

  const sight = { seen: true as boolean | null, steady: true };
  const state = { sound: true, inPlace: true, panelKey: null as string | null, active: entry as Entry | null };
  const said: (string | null)[] = [];
  const answered: string[] = [];
  const asked: { verb: string; body: never }[] = [];
  const answers = new Map<string, unknown>();
  const call = (async (verb: string, body: never) => {
    asked.push({ verb, body });
    if (answers.has(verb)) return answers.get(verb);
    return ok(verb === 'saveReview' ? { mark: aMark('a'), undoUntil: Date.now() + 8_000 } : { token: 't', mark: null });
  }) as unknown as Call<ContentCalls>;
  const host = document.createElement('div');
  document.documentElement.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const panel = { opened: [] as string[], selected: [] as AbstractRange[] };
  let range: Range | null = null;
  const chosen: (string | null)[] = [];
  const neighbor = aResponse('b', { element: element('<section>Next.</section>') });
  const page = aPage(change.page);
  const closedRoots = new Map<Element, ShadowRoot>();

  const commands = createCommands({
    surface: { host, root, isSound: () => state.sound } as unknown as Surface,
    sight: {
      isSeen: () => sight.seen === true,
      isHidden: () => sight.seen === false,
      isSteady: () => sight.steady && sight.seen !== false,
    } as Sight,
    stage: {
      active: () => state.active,
      isInPlace: () => state.inPlace,
      place: () => {},
      draw: () => {},
      say: (text: string | null) => void said.push(text),
      boxOf: () => null,
    } as unknown as Stage,
    follow: { choose: (key: string | null) => void chosen.push(key), neighbor: () => neighbor } as unknown as Follow,
    panel: {
      get key() {
        return state.panelKey;
      },
      open: async (key: string) => {
        panel.opened.push(key);
        return null;
      },
      link: { select: async (it: AbstractRange) => void panel.selected.push(it) },
    } as unknown as EditorPanel,
    saver: createSaver({ call, onChange: () => {}, onSlow: () => {}, onStale: () => {} }),
    detector,
    call,
    book,
    findings: {
      link: () => ({ port: {} as MessagePort, alive: Promise.resolve(), select: async () => {}, end() {} }),
      locate: async (_response, text) => ({ start: 0, end: text.indexOf(' ') }),
    },
    selected: () => range,
    variantsOf: () => [],
    offers: {
      async answer(_response, command) {
        answered.push(command);
        return null;
      },
    },
    page: () => page,
    rootOf: (it) => closedRoots.get(it) ?? it.shadowRoot,
  });

  /** A key pressed on `target`; answers whether the page still got it. */
  const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body, real = true) => {
    const reached = vi.fn();
    const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key;
    const event = new KeyboardEvent('keydown', { key, code, bubbles: true, composed: true, cancelable: true, ...init });
    if (real) trusted(event);
    const listen = (it: Event) => commands.onKeyDown(it as KeyboardEvent);
    window.addEventListener('keydown', listen, true);
    window.addEventListener('keydown', reached, true);
    target.dispatchEvent(event);
    window.removeEventListener('keydown', listen, true);
    window.removeEventListener('keydown', reached, true);
    return reached.mock.calls.length > 0;
  };
  const touch = (command: Command, real = true) => {
    const event = new MouseEvent('pointerdown', { button: 0 }) as PointerEvent;
    commands.onTouch(command, real ? trusted(event) : event);
  };
  const click = (command: Command, { real = true, detail = 1 } = {}) => {
    const event = new MouseEvent('click', { detail });
    commands.onPress(command, real ? trusted(event) : event);
  };
  const saved = () => asked.filter(({ verb }) => verb === 'saveReview').map(({ body }) => body as ReviewDraft);
  return {
    ...{ commands, entry, message, sight, state, said, answered, asked, answers, panel, chosen, closedRoots },
    ...{ press, touch, click, saved },
    select: (it: Node) => {
      range = document.createRange();
      range.selectNodeContents(it);
    },
  };
}

beforeEach(() => {
  document.body.replaceChildren();
});

describe('judging by key', () => {
  it('given an active answer, when A is pressed, then its text is approved and the page does not get the key', () => {
    const { press, saved } = aToolbar();
    expect(press('a')).toBe(false);
    expect(saved()).toHaveLength(1);
    expect(saved()[0]).toMatchObject({ judgement: { verdict: 'approve' }, visibility: 'verified', responseKey: 'a' });
    expect(saved()[0]?.snapshot).toMatchObject({ text: 'Forty two.', settled: true });
  });

  it('given the reason row, when a digit is pressed, then the answer is rejected with that reason', () => {
    const { press, saved, entry } = aToolbar();
    press('r');
    expect(entry.choosingReason).toBe(true);
    expect(saved()).toEqual([]);
    press('2', { code: 'Digit2' });
    expect(saved()[0]?.judgement).toMatchObject({ verdict: 'reject', labels: ['incomplete'] });
  });

  it('given the reason row, when Enter is pressed, then it is rejected without a reason; Escape goes back', () => {
    const first = aToolbar();
    first.press('r');
    first.press('Enter');
    expect(first.saved()[0]?.judgement).toMatchObject({ verdict: 'reject', labels: [] });

    const second = aToolbar();
    second.press('r');
    second.press('Escape');
    expect(second.entry.choosingReason).toBe(false);
    expect(second.saved()).toEqual([]);
  });

  it('given keys that are not ours, when they are pressed, then the page gets them', () => {
    const { press, asked } = aToolbar();
    for (const key of ['1', 'Enter', 'Escape', 'x', 'z', 'Tab']) expect(press(key), key).toBe(true);
    expect(press('a', { ctrlKey: true })).toBe(true);
    expect(press('a', { metaKey: true })).toBe(true);
    expect(asked).toEqual([]);
  });

  it('given a page that forges, repeats or composes, when keys come, then nothing is recorded', () => {
    const { press, asked, entry } = aToolbar();
    press('a', {}, document.body, false);
    press('r', {}, document.body, false);
    press('a', { repeat: true });
    press('a', { isComposing: true });
    expect(asked).toEqual([]);
    expect(entry.choosingReason).toBe(false);
  });

  it.each([
    ['a text field', '<input>'],
    ['a larger text field', '<textarea></textarea>'],
    ['a list', '<select><option>a</option></select>'],
    ['an editable region', '<div contenteditable="true"></div>'],
    ['something that says it is a text field', '<div role="textbox" tabindex="0"></div>'],
  ])('given the focus in %s, when keys are pressed, then they are text; the chord still judges', (_what, html) => {
    const { press, saved } = aToolbar();
    const field = element(html);
    expect(press('a', {}, field)).toBe(true);
    expect(saved()).toEqual([]);
    expect(press('A', { code: 'KeyA', altKey: true, shiftKey: true }, field)).toBe(false);
    expect(saved()).toHaveLength(1);
  });

  it('given a text field in a shadow root, when keys are pressed, then they are text', () => {
    const { press, saved } = aToolbar();
    const widget = element('<div></div>');
    const root = widget.attachShadow({ mode: 'open' });
    root.innerHTML = '<input>';
    expect(press('a', {}, root.querySelector('input') as Element)).toBe(true);
    expect(saved()).toEqual([]);
  });

  it('given a text field in a closed shadow root, when keys are pressed, then they are text', () => {
    const { press, saved, closedRoots } = aToolbar();
    const widget = element('<div></div>');
    closedRoots.set(widget, { activeElement: element('<input>') } as unknown as ShadowRoot);
    expect(press('a', {}, widget)).toBe(true);
    expect(saved()).toEqual([]);
  });

  it('given a page that takes the focus from a typing reviewer, when the next letter comes, then it judges nothing', () => {
    const { press, saved } = aToolbar();
    const field = element('<textarea></textarea>');
    press('b', {}, field);
    press('a');
    expect(saved()).toEqual([]);
  });

  it('given single keys switched off, when A is pressed, then the page gets it; the chord judges', () => {
    const { press, saved } = aToolbar({ page: { singleKeys: false } });
    expect(press('a')).toBe(true);
    press('a', { altKey: true, shiftKey: true });
    expect(saved()).toHaveLength(1);
  });

  it('given an answer that still grows, when A is pressed, then it is said why not; More may', async () => {
    const { press, said, saved, panel, asked } = aToolbar({ response: { settled: false } });
    press('a');
    expect(saved()).toEqual([]);
    expect(said.at(-1)).toContain('still being written');
    press('m');
    await vi.waitFor(() => expect(panel.opened).toEqual(['a']));
    expect(asked[0]).toMatchObject({
      verb: 'openEditor',
      body: { startWith: 'verdict', snapshot: { settled: false } },
    });
  });

  it('given no answer in view, when A is pressed, then the page gets it', () => {
    const { press, state, asked } = aToolbar();
    state.active = null;
    expect(press('a')).toBe(true);
    expect(asked).toEqual([]);
  });

  it('given J, when pressed, then the next answer is the active one', () => {
    const { press, chosen } = aToolbar();
    expect(press('j')).toBe(false);
    expect(chosen).toEqual(['b']);
  });

  it('given a step that the toolbar has not followed yet, when a verdict comes at once, then the old answer is not judged', () => {
    const { press, saved, said } = aToolbar();
    press('j');
    press('a');
    expect(saved()).toEqual([]);
    expect(said.at(-1)).toContain('Just moved');
  });

  it('given a cover over the toolbar, when a single key is pressed, then it is refused; the chord counts, unverified', () => {
    const { press, sight, said, saved } = aToolbar();
    sight.seen = false;
    press('a');
    expect(saved()).toEqual([]);
    expect(said.at(-1)).toContain('covers');
    press('a', { altKey: true, shiftKey: true });
    expect(saved()[0]?.visibility).toBe('unverified');
  });

  it('given a browser that cannot tell, when a key is pressed, then it counts, unverified', () => {
    const { press, sight, saved } = aToolbar();
    sight.seen = null;
    press('a');
    expect(saved()[0]?.visibility).toBe('unverified');
  });
});

describe('judging by pointer', () => {
  it('given a double click, when the first half is saved, then the second does nothing', async () => {
    const { touch, click, saved, entry } = aToolbar();
    touch('approve');
    click('approve');
    await vi.waitFor(() => expect(entry.saved).not.toBeNull());
    touch('approve');
    click('approve', { detail: 2 });
    expect(saved()).toHaveLength(1);
  });

  it('given clicks that a page made, when they come, then nothing is recorded', () => {
    const { touch, click, asked } = aToolbar();
    touch('approve', false);
    click('approve', { real: false });
    touch('approve', false);
    click('approve');
    touch('approve');
    click('approve', { real: false });
    expect(asked).toEqual([]);
  });

  it('given an answer that is swapped between press and click, when clicked, then nothing is recorded', () => {
    const { touch, click, message, said, saved } = aToolbar();
    touch('approve');
    message.textContent = 'Evil.';
    click('approve');
    expect(saved()).toEqual([]);
    expect(said.at(-1)).toContain('just changed');
  });

  it('given an answer that was swapped before the press, when pressed, then nothing is recorded', () => {
    const { touch, click, message, saved } = aToolbar();
    message.textContent = 'Evil.';
    touch('approve');
    click('approve');
    expect(saved()).toEqual([]);
  });

  it.each([
    ['just moved', 'Just moved', (it: ReturnType<typeof aToolbar>) => Object.assign(it.sight, { steady: false })],
    ['is covered', 'covers', (it: ReturnType<typeof aToolbar>) => Object.assign(it.sight, { seen: false })],
    [
      'was taken away',
      'moved the toolbar',
      (it: ReturnType<typeof aToolbar>) => Object.assign(it.state, { sound: false }),
    ],
    [
      'stands at the wrong place',
      'Just moved',
      (it: ReturnType<typeof aToolbar>) => Object.assign(it.state, { inPlace: false }),
    ],
  ])('given a toolbar that %s, when clicked, then it is refused in words', (_what, words, spoil) => {
    const toolbar = aToolbar();
    spoil(toolbar);
    toolbar.touch('approve');
    toolbar.click('approve');
    expect(toolbar.saved()).toEqual([]);
    expect(toolbar.said.at(-1)).toContain(words);
  });

  it('given another answer under the toolbar since the press, when clicked, then nothing is recorded', () => {
    const { touch, click, state, entry, saved } = aToolbar();
    touch('approve');
    state.active = { ...entry, key: 'b' };
    click('approve');
    expect(saved()).toEqual([]);
  });

  it('given an answer that the page faded, when judged, then it is refused', () => {
    const { touch, click, message, saved, said } = aToolbar();
    (message as HTMLElement).style.opacity = '0.05';
    touch('approve');
    click('approve');
    expect(saved()).toEqual([]);
    expect(said.at(-1)).toContain('hidden');
  });

  it('given assistive technology or Enter on a control, when it clicks without a pointer, then it counts', () => {
    const { click, saved } = aToolbar();
    click('approve', { detail: 0 });
    expect(saved()).toHaveLength(1);
  });
});

describe('what did not work', () => {
  it('given a save that failed, when retried, then the same draft is sent', async () => {
    const { press, touch, click, answers, entry, saved } = aToolbar();
    answers.set('saveReview', err(failure('storage-full')));
    press('a');
    await vi.waitFor(() => expect(entry.setback).not.toBeNull());
    answers.delete('saveReview');
    touch('retry');
    click('retry');
    await vi.waitFor(() => expect(entry.mark).not.toBeNull());
    expect(saved()[1]).toEqual(saved()[0]);
  });

  it('given a review that was revised elsewhere, when retried, then it builds on the newest revision', async () => {
    const { press, touch, click, answers, entry, saved } = aToolbar();
    answers.set('saveReview', err(failure('conflict')));
    press('a');
    await vi.waitFor(() => expect(entry.setback).not.toBeNull());
    entry.mark = aMark('a', { reviewId: 'theirs', revision: 4 });
    answers.delete('saveReview');
    touch('retry');
    click('retry');
    expect(saved()[1]).toMatchObject({ id: 'theirs', basedOn: 4, judgement: { verdict: 'approve' } });
    expect(saved()[1]?.saveId).not.toBe(saved()[0]?.saveId);
  });

  it('given an editor that is refused, when dismissed, then the toolbar offers the choice again', async () => {
    const { press, answers, entry, panel } = aToolbar();
    answers.set('openEditor', err(failure('off')));
    press('c');
    await vi.waitFor(() => expect(entry.setback).toEqual({ failure: failure('off'), retry: 'correct' }));
    expect(panel.opened).toEqual([]);
    press('Escape');
    expect(entry.setback).toBeNull();
  });

  it('given a frame that was emptied, when the host is back, then the editor opens again for the same answer', async () => {
    const { press, commands, state, panel } = aToolbar();
    press('c');
    await vi.waitFor(() => expect(panel.opened).toEqual(['a']));
    state.panelKey = 'a';
    commands.reopenEditor();
    await vi.waitFor(() => expect(panel.opened).toEqual(['a', 'a']));
  });
});

describe('a response of which nobody is sure', () => {
  const offered = () => aToolbar({ response: { asserted: false, confidence: 0.4 } });

  it('given the question, when Y, N or Escape is pressed, then it is answered', () => {
    const { press, answered } = offered();
    for (const key of ['y', 'n', 'Escape']) expect(press(key)).toBe(false);
    expect(answered).toEqual(['yes', 'no', 'later']);
  });

  it('given the question, when a key for a judgement is pressed, then nothing is judged and the page gets the key', () => {
    const { press, asked, answered } = offered();
    for (const key of ['a', 'r', 'c', 'u']) expect(press(key)).toBe(true);
    expect([asked, answered]).toEqual([[], []]);
  });

  it('given a page that forges the answer, then it does not count', () => {
    const { press, click, touch, answered } = offered();
    expect(press('y', {}, document.body, false)).toBe(true);
    touch('yes', false);
    click('yes', { real: false });
    expect(answered).toEqual([]);
  });

  it('given the reviewer asks why, then the reasons stand there until they go back', () => {
    const { press, entry } = offered();
    press('m');
    expect(entry.asksWhy).toBe(true);
    press('Escape');
    expect(entry.asksWhy).toBe(false);
  });

  it('given an answer for sure, when the reviewer asks why and says that it is none, then that is an answer to the question', () => {
    const { touch, click, entry, answered } = aToolbar();
    touch('why');
    click('why');
    expect(entry.asksWhy).toBe(true);
    touch('no');
    click('no');
    expect(answered).toEqual(['no']);
  });
});

describe('pointing at a part of the answer', () => {
  const openings = (asked: readonly { verb: string; body: unknown }[]) =>
    asked.filter(({ verb }) => verb === 'openEditor').map(({ body }) => body);

  it('given a selection in the answer, when F is pressed, then the editor opens at a finding with that part', async () => {
    const { press, select, message, asked, panel } = aToolbar();
    select(message.firstChild as Node);
    expect(press('f')).toBe(false);
    await vi.waitFor(() => expect(panel.opened).toEqual(['a']));
    expect(openings(asked)).toMatchObject([{ startWith: 'finding', selection: { start: 0, end: 5 } }]);
  });

  it('given nothing selected, when F is pressed, then the editor opens at a finding of the active answer', async () => {
    const { press, asked, panel } = aToolbar();
    press('f');
    await vi.waitFor(() => expect(panel.opened).toEqual(['a']));
    expect(openings(asked)).toMatchObject([{ startWith: 'finding' }]);
    expect(openings(asked)[0]).not.toHaveProperty('selection');
  });

  it('given the editor is open on it, when F is pressed on a selection, then the editor is told of it and no other opens', () => {
    const { press, select, message, state, panel, asked } = aToolbar();
    Object.assign(state, { panelKey: 'a', active: null });
    select(message.firstChild as Node);
    expect(press('f')).toBe(false);
    expect(panel.selected).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  it('given a question instead of an answer, or a page that forges the key, when F is pressed, then nothing happens', () => {
    const question = aToolbar({ response: { asserted: false } });
    question.select(question.message.firstChild as Node);
    expect(question.press('f')).toBe(true);
    const forged = aToolbar();
    forged.press('f', {}, document.body, false);
    expect([question.asked, forged.asked]).toEqual([[], []]);
  });
});

describe('what else has a key', () => {
  it('given an answer, when it is set aside and taken back, then the toolbar says so in words', async () => {
    const { press, answers, said, asked } = aToolbar();
    answers.set('setAside', ok({ aside: true }));
    press('s');
    await vi.waitFor(() => expect(said).toEqual(['Set aside for later']));
    answers.set('setAside', ok({ aside: false }));
    press('s');
    await vi.waitFor(() => expect(said).toEqual(['Set aside for later', 'No longer set aside']));
    expect(asked[0]).toMatchObject({ verb: 'setAside', body: { responseKey: 'a', snapshot: { text: 'Forty two.' } } });
  });

  it('given an answer that cannot be set aside, then the toolbar says why and offers to try again', async () => {
    const { press, answers, entry } = aToolbar();
    answers.set('setAside', err(failure('off')));
    press('s');
    await vi.waitFor(() => expect(entry.setback).toMatchObject({ failure: { code: 'off' }, retry: 'aside' }));
  });

  it('given an answer, when P is pressed, then it is pinned and the number of pinned ones is said', async () => {
    const { press, answers, said } = aToolbar();
    answers.set('pin', ok({ count: 2 }));
    press('p');
    await vi.waitFor(() => expect(said).toEqual(['Pinned to compare · 2 pinned']));
  });

  it.each([
    ['v', 'compare'],
    ['?', 'help'],
  ])('given an answer, when %s is pressed, then the editor opens at %s', async (key, startWith) => {
    const { press, asked, panel } = aToolbar();
    press(key);
    await vi.waitFor(() => expect(panel.opened).toEqual(['a']));
    expect(asked[0]).toMatchObject({ verb: 'openEditor', body: { startWith } });
  });
});
