/** Acceptance test 49 in short: three kills in each browser. `npm run kills` makes fifty; see docs/delivery.md. */
import { describe, expect, it } from 'vitest';
import { browsers } from '../support/given.ts';
import { killAgainAndAgain } from '../support/kills.ts';

describe.each(browsers)('kills at random moments (%s)', (browser) => {
  it('given saves and a slow endpoint, when the browser is killed three times, then all that was said to be saved is there, and at the endpoint once', {
    timeout: 600_000,
  }, async () => {
    const seed = Date.now() % 1_000_000;
    const { wrong, stored, received } = await killAgainAndAgain({ browser, times: 3, seed });
    expect(wrong, `seed ${seed}`).toEqual([]);
    expect(stored, `seed ${seed}`).toBeGreaterThan(0);
    expect(received).toBe(stored);
  });
});
