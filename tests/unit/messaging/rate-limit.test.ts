import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../../utils/messaging/rate-limit.ts';

function aLimiter() {
  let time = 1_000_000;
  const allows = createRateLimiter({ burst: 50, perSecond: 20 }, () => time);
  const pass = (ms: number) => {
    time += ms;
  };
  /** How many of so many calls get through. */
  const through = (tab: number, calls: number) =>
    Array.from({ length: calls }, () => allows(tab)).filter(Boolean).length;
  return { pass, through };
}

describe('the rate limit', () => {
  it('given a flood from one tab, lets a burst through, then so many a second', () => {
    const { pass, through } = aLimiter();
    expect(through(1, 1_000)).toBe(50);
    pass(1_000);
    expect(through(1, 1_000)).toBe(20);
    pass(60_000);
    expect(through(1, 1_000)).toBe(50);
  });

  it('given a flood from one tab, leaves the others alone', () => {
    const { through } = aLimiter();
    through(1, 1_000);
    expect(through(2, 10)).toBe(10);
  });

  it('given a clock that is set back, neither punishes nor rewards', () => {
    const { pass, through } = aLimiter();
    through(1, 40);
    pass(-86_400_000);
    expect(through(1, 100)).toBe(10);
  });

  it('given more tabs than it remembers, goes on', () => {
    const { through } = aLimiter();
    for (let tab = 0; tab < 2_000; tab += 1) expect(through(tab, 1)).toBe(1);
  });
});
