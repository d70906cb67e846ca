import { afterEach, describe, expect, it, vi } from 'vitest';
import { SETTLE_MS, watchSight } from '../../../entrypoints/toolbar/sight.ts';

/** A browser that tells (or cannot tell) what is visible, with a clock. */
function aBrowser(canTell: boolean) {
  const clock = { now: 10_000 };
  let tell: (entries: { isVisible: boolean }[]) => void = () => {};
  const observed = vi.fn();
  vi.stubGlobal('IntersectionObserverEntry', canTell ? { prototype: { isVisible: true } } : { prototype: {} });
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: typeof tell) {
        tell = callback;
      }
      observe = observed;
      unobserve() {}
      disconnect() {}
    },
  );
  const sight = watchSight({} as Element, new AbortController().signal, () => clock.now);
  const report = (isVisible: boolean) => tell([{ isVisible }]);
  const pass = (ms: number) => {
    clock.now += ms;
  };
  return { sight, report, pass, observed };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('whether a control was seen', () => {
  it('given a control that just appeared, when it has stood in sight long enough, then it may be pressed', () => {
    const { sight, report, pass } = aBrowser(true);
    sight.appeared();
    expect([sight.isSeen(), sight.isHidden(), sight.isSteady()]).toEqual([false, false, false]);
    report(true);
    pass(SETTLE_MS - 1);
    expect(sight.isSteady()).toBe(false);
    pass(1);
    expect([sight.isSeen(), sight.isSteady()]).toEqual([true, true]);
  });

  it('given no report at all, when time passes, then it was not seen', () => {
    const { sight, pass } = aBrowser(true);
    sight.appeared();
    pass(60_000);
    expect([sight.isSeen(), sight.isSteady()]).toEqual([false, false]);
  });

  it('given a cover that comes and goes, when it is gone, then the time starts anew', () => {
    const { sight, report, pass } = aBrowser(true);
    sight.appeared();
    report(true);
    pass(SETTLE_MS);
    report(false);
    expect([sight.isHidden(), sight.isSteady()]).toEqual([true, false]);
    pass(SETTLE_MS);
    report(true);
    pass(SETTLE_MS - 1);
    expect(sight.isSteady()).toBe(false);
    pass(1);
    expect(sight.isSteady()).toBe(true);
  });

  it('given a control in sight, when it moves, then it must stand still again', () => {
    const { sight, report, pass } = aBrowser(true);
    sight.appeared();
    report(true);
    pass(SETTLE_MS);
    sight.moved();
    expect([sight.isSeen(), sight.isSteady()]).toEqual([true, false]);
    pass(SETTLE_MS);
    expect(sight.isSteady()).toBe(true);
  });

  it('given a control that was away, when it is drawn again, then old reports do not count', () => {
    const { sight, report, pass, observed } = aBrowser(true);
    sight.appeared();
    report(true);
    pass(SETTLE_MS);
    sight.appeared();
    expect(sight.isSeen()).toBe(false);
    expect(observed).toHaveBeenCalledTimes(2);
  });

  it('given a browser that cannot tell, when the control stands still, then it may be pressed, unseen', () => {
    const { sight, pass, observed } = aBrowser(false);
    pass(SETTLE_MS);
    sight.appeared();
    expect(sight.isSteady()).toBe(false);
    pass(SETTLE_MS);
    expect([sight.isSeen(), sight.isHidden(), sight.isSteady()]).toEqual([false, false, true]);
    expect(observed).not.toHaveBeenCalled();
  });
});
