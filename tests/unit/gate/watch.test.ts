// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waitForSign } from '../../../entrypoints/gate/watch.ts';

const MINUTE = 60_000;

let stop: AbortController;
let looks: ReturnType<typeof vi.spyOn>;

/** Waits on the page as it stands; answers what counts the signs that were told. */
function waiting() {
  const onSign = vi.fn();
  waitForSign(window as unknown as Window & typeof globalThis, stop.signal, onSign);
  return onSign;
}
const add = (html: string) => document.body.insertAdjacentHTML('beforeend', html);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** A page that never stands still, for so long. */
async function busyFor(ms: number) {
  for (let left = ms; left > 0; left -= 500) {
    add('<p>News</p>');
    await pass(500);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<article>No conversation here</article>';
  stop = new AbortController();
  looks = vi.spyOn(document, 'querySelector');
});
afterEach(() => {
  stop.abort();
  looks.mockRestore();
  vi.useRealTimers();
});

describe('the wait for a sign', () => {
  it('given a page that has one, tells at once, and then nothing more', async () => {
    add('<textarea></textarea>');
    const onSign = waiting();
    expect(onSign).toHaveBeenCalledOnce();
    add('<textarea></textarea>');
    await pass(MINUTE);
    expect(onSign).toHaveBeenCalledOnce();
  });

  it('given a page that stands still, looks once and never again', async () => {
    const onSign = waiting();
    await pass(60 * MINUTE);
    expect(looks).toHaveBeenCalledOnce();
    expect(onSign).not.toHaveBeenCalled();
  });

  it('given a page that never stands still, looks ever more seldom, and in the end not at all', async () => {
    waiting();
    await busyFor(MINUTE);
    const inTheFirst = looks.mock.calls.length;
    expect(inTheFirst).toBeLessThan(10);
    await busyFor(2 * MINUTE);
    expect(looks.mock.calls.length - inTheFirst).toBeLessThan(6);
    await busyFor(15 * MINUTE);
    const inAll = looks.mock.calls.length;
    await busyFor(5 * MINUTE);
    expect(looks.mock.calls.length).toBe(inAll);
  });

  it('given a widget that comes after half a minute, tells', async () => {
    const onSign = waiting();
    await busyFor(30_000);
    add('<div role="log"></div>');
    await busyFor(31_000);
    expect(onSign).toHaveBeenCalledOnce();
  });

  it.each(['pointerdown', 'keydown'])('given a widget that a %s calls after an hour, tells', async (type) => {
    const onSign = waiting();
    await busyFor(20 * MINUTE);
    await pass(40 * MINUTE);
    window.dispatchEvent(new Event(type));
    // It takes its time to load, longer than until the first look.
    await pass(3_000);
    add('<div role="log"></div>');
    await pass(10_000);
    expect(onSign).toHaveBeenCalledOnce();
  });

  it('given a person who types without end, looks no more often than every second and a half', async () => {
    waiting();
    await pass(10);
    const before = looks.mock.calls.length;
    for (let stroke = 0; stroke < 600; stroke += 1) {
      window.dispatchEvent(new Event('keydown'));
      await pass(100);
    }
    expect(looks.mock.calls.length - before).toBeLessThanOrEqual(40);
  });

  it('given a widget that fills its shadow root late, tells', async () => {
    add('<my-widget></my-widget>');
    const root = (document.querySelector('my-widget') as Element).attachShadow({ mode: 'open' });
    const onSign = waiting();
    await pass(5_000);
    root.innerHTML = '<textarea></textarea>';
    await pass(5_000);
    expect(onSign).toHaveBeenCalledOnce();
  });

  it('given another gate that takes over, tells nothing any more', async () => {
    const onSign = waiting();
    stop.abort();
    add('<textarea></textarea>');
    window.dispatchEvent(new Event('pointerdown'));
    await pass(MINUTE);
    expect(onSign).not.toHaveBeenCalled();
  });
});
