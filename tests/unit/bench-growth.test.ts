import { describe, expect, test } from 'vitest';
import { exponent, ofNLogN, reportGrowth } from '../bench/lib/growth.ts';
import { judge } from '../bench/lib/judge.ts';
import type { Bench, Result } from '../bench/lib/types.ts';

const at = (size: number, value: number) => ({ size, values: [value] });

/** What is said of these costs, in ms by size; `quick` as of a run of seconds. */
function judged(costs: readonly (readonly [size: number, ms: number])[], flat: boolean, quick = false): Result[] {
  const results: Result[] = [];
  const report: Bench['report'] = (reading) => void results.push(judge('growth', reading));
  const points = costs.map(([size, ms]) => at(size, ms));
  reportGrowth({ report, quick } as Bench, 'cost', 'ms', points, { flat });
  return results;
}

const verdict = (costs: readonly (readonly [number, number])[], flat = false) => judged(costs, flat).at(-1)?.met;

describe('how steeply a cost grows', () => {
  test('is the power of the size', () => {
    expect(exponent(at(10, 4), at(1000, 4))).toBeCloseTo(0);
    expect(exponent(at(10, 4), at(1000, 400))).toBeCloseTo(1);
    expect(exponent(at(10, 4), at(1000, 40_000))).toBeCloseTo(2);
    expect(ofNLogN(1000, 1_000_000)).toBeGreaterThan(1);
    expect(ofNLogN(1000, 1_000_000)).toBeLessThan(1.2);
  });

  test('may be that of n log n, and no more', () => {
    expect(
      verdict([
        [1000, 10],
        [100_000, 1600],
      ]),
    ).toBe('gate');
    expect(
      verdict([
        [1000, 10],
        [100_000, 4000],
      ]),
    ).toBe('missed');
  });

  test('of what is flat is none, whatever a clock makes of very little', () => {
    expect(
      verdict(
        [
          [1000, 0.1],
          [100_000, 1.9],
        ],
        true,
      ),
    ).toBe('gate');
    expect(
      verdict(
        [
          [1000, 10],
          [100_000, 11],
        ],
        true,
      ),
    ).toBe('gate');
    expect(
      verdict(
        [
          [1000, 10],
          [100_000, 40],
        ],
        true,
      ),
    ).toBe('missed');
  });

  test('is not judged in a run of seconds, nor from one size', () => {
    expect(
      judged(
        [
          [1000, 10],
          [100_000, 4000],
        ],
        false,
        true,
      ),
    ).toHaveLength(2);
    expect(judged([[1000, 10]], false)).toHaveLength(1);
  });
});
