import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportHeight } from '../../../entrypoints/editor/height.ts';

describe('the height of the editor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function aFrame(answerAfter = 0) {
    let changed = () => {};
    class Observer {
      constructor(hear: () => void) {
        changed = hear;
      }
      observe() {
        changed();
      }
      disconnect() {
        changed = () => {};
      }
    }
    const content = { height: 400, getBoundingClientRect: () => ({ height: content.height }) };
    const asked: number[] = [];
    const stop = new AbortController();
    const ask = (height: number) => {
      asked.push(height);
      return new Promise((resolve) => setTimeout(resolve, answerAfter));
    };
    reportHeight(content as unknown as Element, ask, stop.signal, Observer as unknown as typeof ResizeObserver);
    const grow = (height: number) => {
      content.height = height;
      changed();
    };
    return { asked, grow, stop };
  }

  it('is told at once, rounded up, and again when it changes', async () => {
    const { asked, grow } = aFrame();
    expect(asked).toEqual([400]);
    await vi.runAllTimersAsync();
    grow(512.3);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([400, 513]);
  });

  it('is told once for a change of less than a pixel', async () => {
    const { asked, grow } = aFrame();
    await vi.runAllTimersAsync();
    grow(399.6);
    grow(399.2);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([400]);
  });

  it('skips what was outdated before the last request was answered', async () => {
    const { asked, grow } = aFrame(50);
    for (let height = 401; height <= 460; height++) {
      grow(height);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.runAllTimersAsync();
    expect(asked.length).toBeLessThan(5);
    expect(asked.at(-1)).toBe(460);
  });

  it('is not told any more once the frame is given up', async () => {
    const { asked, grow, stop } = aFrame();
    await vi.runAllTimersAsync();
    stop.abort();
    grow(900);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([400]);
  });
});
