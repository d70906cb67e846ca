import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText } from '../../../utils/detection/text.ts';

describe('cutting a text', () => {
  it('never halves a code point', () => {
    expect(cutText('ab😀', 3)).toBe('ab');
    expect(cutText('ab😀', 4)).toBe('ab😀');
  });

  it('replaces what is half already', () => {
    expect(cutText('a\ud800b', 10)).toBe('a\ufffdb');
  });

  it('gives a well-formed text of at most the limit, from the start of the given one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\u{1f600}', '\ud800', '\udc00') }),
        fc.nat(50),
        (text, limit) => {
          const cut = cutText(text, limit);
          expect(cut.isWellFormed()).toBe(true);
          expect(cut.length).toBeLessThanOrEqual(limit);
          expect(text.toWellFormed().startsWith(cut)).toBe(true);
        },
      ),
    );
  });
});
