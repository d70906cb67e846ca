/** What something costs by the size of the work, and how steeply that grows. */
import { median } from './numbers.ts';
import type { Bench, Reading } from './types.ts';

/** Measured at one size: a value a round, of all the work of that size together. */
export interface Point {
  readonly size: number;
  readonly values: readonly number[];
}

/** The power of the size by which a cost grows from one point to another: 0 is flat, 1 in proportion. */
export const exponent = (from: Point, to: Point): number =>
  Math.log(median(to.values) / median(from.values)) / Math.log(to.size / from.size);

/** The exponent that n log n has between two sizes: a little above 1. */
export const ofNLogN = (from: number, to: number): number =>
  Math.log((to * Math.log2(to + 1)) / (from * Math.log2(from + 1))) / Math.log(to / from);

/** Clocks tick and machines have other work: below this, in ms, one size cannot be told from another. */
const NOISE_MS = 2;

/**
 * A line for each size, and one that judges the steepness between the smallest and the greatest: nothing is worse than n log n,
 * what is `flat` grows by no power worth the name.
 */
export function reportGrowth(
  { report, quick }: Bench,
  what: string,
  unit: Reading['unit'],
  points: readonly Point[],
  { flat = false, of = '' }: { readonly flat?: boolean; readonly of?: string } = {},
): void {
  for (const { size, values } of points)
    report({ metric: `${what}, ${size.toLocaleString('en-US')}${of}`, unit, ours: values });
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first === last || quick) return;
  const most = flat ? 0.15 : ofNLogN(first.size, last.size);
  const settled = (point: Point) => ({ ...point, values: point.values.map((value) => Math.max(value, NOISE_MS)) });
  report({
    ...{ metric: `${what}: exponent`, unit: 'x' as const, ours: [exponent(settled(first), settled(last))] },
    gate: { of: 'ours', most },
    ...(unit === 'ms' ? { note: `times below ${NOISE_MS} ms count as ${NOISE_MS} ms` } : {}),
  });
}
