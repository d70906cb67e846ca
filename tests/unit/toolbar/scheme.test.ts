import { describe, expect, it } from 'vitest';
import { lightness } from '../../../entrypoints/toolbar/scheme.ts';

describe('how light a computed color is', () => {
  it.each([
    ['rgb(255, 255, 255)', 1],
    ['rgb(0, 0, 0)', 0],
    ['rgba(255, 255, 255, 0.9)', 1],
    ['oklch(0.21 0.006 285.9)', 0.21],
    ['oklab(0.98 0 0 / 0.8)', 0.98],
    ['lab(10 2 3)', 0.1],
    ['color(srgb 1 1 1)', 1],
    ['color(display-p3 0 0 0 / 1)', 0],
  ])('given %s, then %d', (color, expected) => {
    expect(lightness(color)).toBeCloseTo(expected, 2);
  });

  it.each(['rgba(0, 0, 0, 0)', 'oklch(0.2 0.01 250 / 0.3)', 'color(srgb 1 1 1 / 0)'])(
    'given the faint %s, then nothing',
    (color) => {
      expect(lightness(color)).toBeNull();
    },
  );
});
