// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFollow } from '../../../entrypoints/toolbar/follow.ts';
import type { Response } from '../../../utils/detection/types.ts';
import { aDetector, aResponse } from './given.ts';

type View = 'no' | 'partly' | 'mainly';

/** A page with answers one below the other; `seen` says how much of each is in view. */
function aPageWith(...keys: string[]) {
  let tell: (entries: object[]) => void = () => {};
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: typeof tell) {
        tell = callback;
      }
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  const make = (key: string) => {
    const element = document.createElement('section');
    element.textContent = key;
    element.tabIndex = 0;
    element.getBoundingClientRect = () => new DOMRect(0, 0, 400, 100);
    element.checkVisibility = () => true;
    document.body.append(element);
    return aResponse(key, { element, body: [element] });
  };
  const responses = keys.map(make);
  const { detector } = aDetector(responses);
  const host = document.createElement('div');
  document.documentElement.append(host);
  const run = new AbortController();
  const questions = { quiet: false };
  const field = { ...detector, isQuiet: () => questions.quiet };
  const heard = { changes: 0, scrolls: 0 };
  const onChange = () => {
    heard.changes += 1;
  };
  const onScroll = () => {
    heard.scrolls += 1;
  };
  const follow = createFollow({ field, host, signal: run.signal, onChange, onScroll });
  follow.refresh(true);

  const elementOf = (key: string) => responses.find((response) => response.key === key)?.element as Element;
  const seen = (views: Record<string, View>) =>
    tell(
      Object.entries(views).map(([key, view]) => ({
        target: elementOf(key),
        isIntersecting: view !== 'no',
        intersectionRatio: view === 'mainly' ? 1 : 0.1,
        intersectionRect: { height: 10 },
      })),
    );
  let x = 0;
  const point = async (target: Element, { moves = true, real = true } = {}) => {
    if (moves) x += 10;
    const event = new PointerEvent('pointerover', { bubbles: true, composed: true, screenX: x, screenY: 5 });
    Object.defineProperty(event, 'isTrusted', { value: real });
    target.dispatchEvent(event);
    await vi.advanceTimersByTimeAsync(200);
  };
  const add = (key: string) => {
    responses.push(make(key));
    follow.refresh(true);
  };
  const active = () => follow.active()?.key ?? null;
  const doubt = (key: string) => {
    const at = responses.findIndex((response) => response.key === key);
    responses[at] = { ...(responses[at] as Response), asserted: false };
  };
  return { follow, seen, point, elementOf, add, active, host, questions, doubt, heard };
}

beforeEach(() => {
  document.body.replaceChildren();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the active answer', () => {
  it('given answers out of view, when nobody points, then there is none', () => {
    const { active } = aPageWith('a', 'b');
    expect(active()).toBeNull();
  });

  it('given several in view, when nobody points, then it is the newest that mainly shows', () => {
    const { active, seen } = aPageWith('a', 'b', 'c');
    seen({ a: 'mainly', b: 'mainly', c: 'partly' });
    expect(active()).toBe('b');
    seen({ a: 'no', b: 'no' });
    expect(active()).toBe('c');
  });

  it('given a pointer that rests on an older answer, then it is that one, also after the pointer has left', async () => {
    const { active, seen, point, elementOf } = aPageWith('a', 'b');
    seen({ a: 'mainly', b: 'mainly' });
    await point(elementOf('a'));
    expect(active()).toBe('a');
    await point(document.body);
    expect(active()).toBe('a');
  });

  it('given a pointer on its way to the toolbar, when it crosses another answer, then the toolbar stays', async () => {
    const { active, seen, point, elementOf, host } = aPageWith('a', 'b');
    seen({ a: 'mainly', b: 'mainly' });
    await point(elementOf('a'));
    const crossing = new PointerEvent('pointerover', { bubbles: true, composed: true, screenX: 500 });
    Object.defineProperty(crossing, 'isTrusted', { value: true });
    elementOf('b').dispatchEvent(crossing);
    await point(host);
    expect(active()).toBe('a');
  });

  it('given events that a page made, when they point, then nothing follows them', async () => {
    const { active, seen, point, elementOf } = aPageWith('a', 'b');
    seen({ a: 'mainly', b: 'mainly' });
    await point(elementOf('a'), { real: false });
    expect(active()).toBe('b');
  });

  it('given a step by key, when something moves beneath the resting pointer, then the step counts', async () => {
    const { active, seen, point, elementOf, follow } = aPageWith('a', 'b', 'c');
    seen({ a: 'mainly', b: 'mainly', c: 'mainly' });
    await point(elementOf('a'));
    follow.choose(follow.neighbor(1)?.key ?? null);
    expect(active()).toBe('b');
    await point(elementOf('a'), { moves: false });
    expect(active()).toBe('b');
    await point(elementOf('a'));
    expect(active()).toBe('a');
  });

  it('given a page that scrolls beneath a resting pointer, when the reviewer scrolled, then it points; after a key it does not', async () => {
    const { active, seen, point, elementOf, follow } = aPageWith('a', 'b', 'c');
    seen({ a: 'mainly', b: 'mainly', c: 'mainly' });
    await point(elementOf('a'));
    document.dispatchEvent(new Event('scroll'));
    await point(elementOf('b'), { moves: false });
    expect(active()).toBe('b');
    follow.choose('c');
    document.dispatchEvent(new Event('scroll'));
    await point(elementOf('a'), { moves: false });
    expect(active()).toBe('c');
  });

  it('given an older answer pointed at, when a new answer comes, then the new one is active', async () => {
    const { active, seen, point, elementOf, add } = aPageWith('a', 'b');
    seen({ a: 'mainly', b: 'mainly' });
    await point(elementOf('a'));
    add('c');
    seen({ c: 'mainly' });
    expect(active()).toBe('c');
  });

  it('given the focus inside an answer, when nobody points, then it is that one', () => {
    const { active, seen, elementOf } = aPageWith('a', 'b');
    seen({ a: 'mainly', b: 'mainly' });
    elementOf('a').dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
    expect(active()).toBe('a');
    document.body.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
    expect(active()).toBe('b');
  });

  it('given a newer message of which nobody is sure, when nobody points, then it waits for the answers that are some, and steps pass it over', () => {
    const { seen, active, doubt, follow } = aPageWith('a', 'b', 'c');
    doubt('c');
    seen({ a: 'mainly', b: 'mainly', c: 'mainly' });
    expect(active()).toBe('b');
    expect(follow.neighbor(1)).toBeNull();
    seen({ a: 'no', b: 'no' });
    expect(active()).toBe('c');
  });

  it('given a question was waved away, then the others wait until they are pointed at', async () => {
    const { seen, active, doubt, questions, point, elementOf } = aPageWith('a');
    doubt('a');
    seen({ a: 'mainly' });
    expect(active()).toBe('a');
    questions.quiet = true;
    expect(active()).toBeNull();
    await point(elementOf('a'));
    expect(active()).toBe('a');
  });

  it('given an answer that the page hides, when it is the newest, then it is passed over', () => {
    const { active, seen, elementOf } = aPageWith('a', 'b');
    seen({ a: 'mainly', b: 'mainly' });
    elementOf('b').checkVisibility = () => false;
    expect(active()).toBe('a');
  });
});

describe('what is listened to', () => {
  it('given a page that scrolls along with what is written, when scrolling is of no interest, then none is heard until it is again', () => {
    const { follow, heard, elementOf } = aPageWith('one', 'two');
    const scroll = () => elementOf('one').dispatchEvent(new Event('scroll'));
    scroll();
    expect(heard.scrolls).toBe(1);
    follow.hear(false);
    scroll();
    expect(heard.scrolls).toBe(1);
    follow.hear(true);
    scroll();
    expect(heard.scrolls).toBe(2);
  });

  it('given an answer that moves within the view, when it is neither more nor less in view than before, then nobody is told', () => {
    const { seen, heard } = aPageWith('one');
    seen({ one: 'partly' });
    const before = heard.changes;
    seen({ one: 'partly' });
    expect(heard.changes).toBe(before);
    seen({ one: 'mainly' });
    expect(heard.changes).toBe(before + 1);
  });
});
