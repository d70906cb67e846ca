import { describe, expect, it } from 'vitest';
import { VISIBLE_FOR_MS, VisibilityGate } from '../../../entrypoints/editor/visibility-gate.ts';

/** An observer that reports what the test says, as Chromium's does. */
function aBrowser(canTell: boolean) {
  let report: (entries: object[]) => void = () => {};
  let options: object = {};
  let watching = 0;
  class Observer {
    constructor(hear: (entries: object[]) => void, given: object) {
      report = hear;
      options = given;
    }
    observe() {
      watching++;
    }
    disconnect() {
      watching--;
    }
  }
  const clock = { now: 10_000 };
  const gate = new VisibilityGate({
    now: () => clock.now,
    Observer: Observer as unknown as typeof IntersectionObserver,
    Entry: { prototype: canTell ? { isVisible: true } : {} },
  });
  const stop = new AbortController();
  gate.watch({} as Element, stop.signal);
  return {
    gate,
    see: (isVisible: boolean) => report([{ isVisible, time: clock.now }]),
    later: (ms: number) => {
      clock.now += ms;
    },
    options: () => options,
    watching: () => watching,
    stop,
  };
}

describe('the visibility gate', () => {
  it('opens once the control was visible for long enough', () => {
    const { gate, see, later } = aBrowser(true);
    expect(gate.sight).toBe('hidden');
    see(true);
    later(VISIBLE_FOR_MS - 1);
    expect(gate.sight).toBe('hidden');
    later(1);
    expect(gate.sight).toBe('verified');
  });

  it('closes as soon as the control is covered, and counts from the start again', () => {
    const { gate, see, later } = aBrowser(true);
    see(true);
    later(5_000);
    see(false);
    expect(gate.sight).toBe('hidden');
    see(true);
    later(VISIBLE_FOR_MS / 2);
    see(true);
    later(VISIBLE_FOR_MS / 2);
    expect(gate.sight).toBe('verified');
  });

  it('asks the browser to look for covers and transparency, and lets go in the end', () => {
    const { options, watching, stop } = aBrowser(true);
    expect(options()).toMatchObject({ trackVisibility: true, delay: 100 });
    expect(watching()).toBe(1);
    stop.abort();
    expect(watching()).toBe(0);
  });

  it('says that it cannot tell where the browser cannot', () => {
    const { gate, watching } = aBrowser(false);
    expect(gate.sight).toBe('unverified');
    expect(watching()).toBe(0);
  });
});
