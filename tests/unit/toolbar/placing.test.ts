import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxAt, hasRoom, MARGIN, panelBox, type Spot, spotsFor } from '../../../entrypoints/toolbar/placing.ts';
import type { Box } from '../../../utils/page/box.ts';

const view = { width: 1200, height: 800 };
const sizes = { full: { width: 500, height: 36 }, compact: { width: 300, height: 36 } };
const everything: Box = { left: 0, top: 0, right: view.width, bottom: view.height };
const answer: Box = { left: 100, top: 100, right: 600, bottom: 300 };
const spot = (change: Partial<Spot> = {}): Spot => ({
  side: 'beside',
  lift: 0,
  dock: MARGIN,
  compact: false,
  ...change,
});

describe('where the toolbar sits', () => {
  it('given room to the right, when it sits beside, then it touches no part of the answer and ends where it ends', () => {
    expect(hasRoom(spot(), answer, sizes.full, view)).toBe(true);
    expect(boxAt(spot(), answer, everything, sizes.full, view)).toEqual({
      left: 608,
      top: 264,
      right: 1108,
      bottom: 300,
    });
  });

  it('given a wide answer, when there is no room beside, then that is known', () => {
    const wide = { ...answer, right: 900 };
    expect(hasRoom(spot(), wide, sizes.full, view)).toBe(false);
    expect(hasRoom(spot({ side: 'answer' }), wide, sizes.full, view)).toBe(true);
  });

  it('given an answer that goes on below the view, when placed, then it stays in what can be seen', () => {
    const seen = { ...everything, bottom: 640 };
    const box = boxAt(spot({ side: 'answer', lift: 4 }), { ...answer, bottom: 2_000 }, seen, sizes.full, view);
    expect(box.bottom).toBe(640 - MARGIN);
    expect(box.right).toBe(answer.right);
  });

  it('given any answer, area and window, when placed anywhere, then the toolbar is whole and inside the window', () => {
    const length = fc.integer({ min: -3_000, max: 6_000 });
    const box = fc
      .tuple(length, length, fc.nat(3_000), fc.nat(5_000))
      .map(([left, top, width, height]) => ({ left, top, right: left + width, bottom: top + height }));
    const window = fc.record({
      width: fc.integer({ min: 540, max: 3_000 }),
      height: fc.integer({ min: 120, max: 2_000 }),
    });
    void fc.assert(
      fc.property(box, box, window, (anyAnswer, seen, anyView) => {
        for (const each of spotsFor(sizes, anyView)) {
          const size = each.compact ? sizes.compact : sizes.full;
          const placed = boxAt(each, anyAnswer, seen, size, anyView);
          expect(placed.right - placed.left).toBe(size.width);
          expect(placed.bottom - placed.top).toBe(size.height);
          expect(placed.left).toBeGreaterThanOrEqual(MARGIN);
          expect(placed.right).toBeLessThanOrEqual(anyView.width - MARGIN);
          expect(placed.top).toBeGreaterThanOrEqual(MARGIN);
          expect(placed.bottom).toBeLessThanOrEqual(anyView.height - MARGIN);
        }
      }),
    );
  });

  it('given a narrow window, when spots are listed, then every one is compact', () => {
    expect(spotsFor(sizes, { width: 400, height: 700 }).every(({ compact }) => compact)).toBe(true);
    expect(spotsFor(sizes, view)[0]).toEqual(spot());
  });
});

describe('where the editor opens', () => {
  it('given room beside the answer, when it opens, then it starts beside its top', () => {
    expect(panelBox(answer, view, 500)).toEqual({ left: 608, top: 100, right: 1048, bottom: 600 });
  });

  it('given a wide answer, when it opens, then it keeps to the right edge', () => {
    expect(panelBox({ ...answer, right: 1_000 }, view, 500)).toMatchObject({ right: 1192, left: 752 });
  });

  it('given more height than the window has, when it opens, then it fits the window', () => {
    expect(panelBox(answer, view, 5_000)).toMatchObject({ top: MARGIN, bottom: view.height - MARGIN });
  });

  it('given a phone-sized window, when it opens, then it takes the whole width', () => {
    expect(panelBox(answer, { width: 400, height: 700 }, 500)).toMatchObject({ left: 0, right: 400 });
  });
});
