import { expect, test } from 'vitest';
import { backoffMs } from '../../../utils/delivery/backoff.ts';

test('the window doubles from 5 s to an hour, and no further', () => {
  const longest = (failures: number) => backoffMs(failures, () => 1);
  expect([1, 2, 3, 10, 11, 12, 1000].map(longest)).toEqual([
    5000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000, 3_600_000,
  ]);
});

test('the wait lies anywhere in the window, but never under a second', () => {
  expect(backoffMs(4, () => 0)).toBe(1000);
  expect(backoffMs(4, () => 0.5)).toBe(20_000);
});

test('two installations that failed together do not come back together', () => {
  const waits = (seed: number) =>
    [1, 2, 3, 4, 5, 6].map((failures) => backoffMs(failures, () => (seed * failures) % 1));
  expect(waits(0.37)).not.toEqual(waits(0.61));
});
