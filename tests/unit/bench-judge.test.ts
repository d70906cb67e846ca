/** The judge of the benchmark: a bound that is missed is said to be missed. */
import { describe, expect, it } from 'vitest';
import { judge } from '../bench/lib/judge.ts';
import { interleaved, median, quantile } from '../bench/lib/numbers.ts';
import { cells } from '../bench/lib/table.ts';

describe('the verdict of a reading', () => {
  const reading = {
    metric: 'save',
    unit: 'ms',
    gate: { of: 'ratio', most: 1.5 },
    aim: { of: 'ratio', most: 1.2 },
  } as const;

  it.each([
    [[11, 12, 30], 'aim'],
    [[13, 14, 15], 'gate'],
    [[1, 16, 17], 'missed'],
  ] as const)('given %s beside 10, goes by the median: %s', (ours, met) => {
    expect(judge('P1', { ...reading, ours, peer: [10, 10, 10] }).met).toBe(met);
  });

  it('given an exact counter, goes by the worst round', () => {
    const counter = { metric: 'nodes', unit: 'count', exact: true } as const;
    expect(judge('P1', { ...counter, ours: [0, 0, 1], gate: { of: 'ours', most: 0 } }).met).toBe('missed');
    expect(judge('P1', { ...counter, ours: [5, 5, 4], gate: { of: 'ours', least: 5 } }).met).toBe('missed');
  });

  it('given a bound on a ratio and no peer, or a figure that is none, nothing is met', () => {
    expect(judge('P1', { ...reading, ours: [1] }).met).toBe('missed');
    expect(judge('P1', { ...reading, ours: [Number.NaN], peer: [1] }).met).toBe('missed');
    expect(() => judge('P1', { ...reading, ours: [] })).toThrow('nothing was measured');
  });

  it('given an aim alone, not reaching it is a miss; given no bound, the figure is shown', () => {
    const aim = { of: 'ours', least: 10 } as const;
    expect(judge('P1', { metric: 'rate', unit: '/s', ours: [9], aim }).met).toBe('missed');
    expect(judge('P1', { metric: 'rate', unit: '/s', ours: [9] }).met).toBe('shown');
  });

  it('says a small ratio as a fraction, and the spread behind the median', () => {
    const result = judge('P4', { ...reading, ours: [1, 2, 3], peer: [100, 100, 100], peerName: 'naive' });
    expect(cells(result)).toEqual([
      'P4',
      'save',
      '2 ms (1 to 3)',
      '100 ms naive',
      '1/50',
      '≤ 1.5×',
      '≤ 1.2×',
      'aim met',
    ]);
  });
});

describe('rounds', () => {
  it('gives each variant every place in turn', async () => {
    const order: string[] = [];
    const variant = (name: string) => (round: number) => {
      order.push(name + round);
      return round;
    };
    const measured = await interleaved(3, { a: variant('a'), b: variant('b') });
    expect(order).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
    expect(measured).toEqual({ a: [0, 1, 2], b: [0, 1, 2] });
  });

  it('knows the middle of odd and even counts, and shares', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95)).toBe(10);
  });
});
