/** Re-anchoring, scored; the same beside published quote matchers is row P9 of the benchmark, and docs/anchoring.md. */
import { describe, expect, it } from 'vitest';
import { ours } from '../../support/anchoring/ours.ts';
import { aCase, foreignCase, scoreOf, sum } from '../../support/anchoring/score.ts';

const seeds = Array.from({ length: 20 }, (_, at) => 1_000 * (at + 1));
const scored = (make: typeof foreignCase) =>
  sum(
    seeds.map((seed) => {
      const { before, now, asked } = make(seed);
      const spots = asked.map(({ spot }) => spot);
      return scoreOf(asked, ours(before.text, spots, now.text));
    }),
  );

describe('300 findings on an answer of 3,000 words, twenty times', () => {
  it.each([
    [0, 6_000, 0],
    [0.05, 5_970, 6],
    [0.1, 5_820, 6],
    [0.2, 5_280, 6],
  ])(
    'given a share of %d of its words changed, paragraphs moved and repeated, then at least %d are right and at most %d wrong',
    (share, right, wrong) => {
      const score = scored((seed) => aCase(share, seed));
      expect(score.right).toBeGreaterThanOrEqual(right);
      expect(score.wrong).toBeLessThanOrEqual(wrong);
    },
    60_000,
  );

  it('given they were made on another answer, then not one is found', () => {
    expect(scored((seed) => foreignCase(seed))).toEqual({ right: 6_000, orphan: 0, wrong: 0 });
  }, 60_000);
});
