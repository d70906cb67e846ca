// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { ActiveTime } from '../../../utils/editing/active-time.ts';

describe('active time', () => {
  function aClock() {
    const clock = { now: 1_000 };
    const time = new ActiveTime(() => clock.now);
    const later = (ms: number) => {
      clock.now += ms;
    };
    return { time, later };
  }

  it('counts while there are signs of life', () => {
    const { time, later } = aClock();
    for (let second = 0; second < 90; second++) {
      later(1_000);
      time.sign();
    }
    expect(time.ms).toBe(90_000);
  });

  it('counts half a minute of silence as reading, and no more', () => {
    const { time, later } = aClock();
    later(3_600_000);
    expect(time.ms).toBe(30_000);
  });

  it('stands still while the document is hidden', () => {
    const { time, later } = aClock();
    later(2_000);
    time.show(false);
    later(20_000);
    time.show(true);
    later(3_000);
    expect(time.ms).toBe(5_000);
  });

  it('begins anew for the next revision', () => {
    const { time, later } = aClock();
    later(5_000);
    time.reset();
    later(700);
    expect(time.ms).toBe(700);
  });

  it('hears a person in the document, until it is told to stop', () => {
    const { time, later } = aClock();
    const stop = new AbortController();
    time.watch(document, stop.signal);
    later(20_000);
    document.dispatchEvent(new KeyboardEvent('keydown'));
    later(20_000);
    document.dispatchEvent(new Event('pointermove'));
    later(20_000);
    expect(time.ms).toBe(60_000);
    stop.abort();
    later(20_000);
    document.dispatchEvent(new KeyboardEvent('keydown'));
    later(20_000);
    expect(time.ms).toBe(90_000);
  });
});
