import { describe, expect, it } from 'vitest';
import { fold } from '../../../utils/privacy/fold.ts';

describe('fold', () => {
  it.each([
    ['full-width forms', 'ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'jane@example.com'],
    ['invisible characters', 'ja\u200bne\u00ad@\u2060ex\ufeffample.com', 'jane@example.com'],
    ['spaces of all kinds', 'a\u00a0b\u2009c\u3000d', 'a b c d'],
    ['dashes of all kinds', '1\u20102\u20113\u20134\u20145\u22126\uff0d7', '1-2-3-4-5-6-7'],
    ['the long vowel mark between digits, and there only', '０３ー１２３４ データ', '03-1234 データ'],
    ['digits of other scripts', '٠١٢ ۳۴۵ ०१२ 𝟘𝟙', '012 345 012 01'],
    ['percent escapes of ASCII', 'a%40b%2Ec %zz %', 'a@b.c %zz %'],
    ['HTML escapes', 'a&#64;b&period;c&#x40;&nbsp;&unknown;', 'a@b.c@ &unknown;'],
    ["Markdown's backslashes", 'jane\\_doe\\@x \\n', 'jane_doe@x \\n'],
    ['defanged dots', 'x[.]y(.)z', 'x.y.z'],
  ])('undoes %s', (_what, original, expected) => {
    expect(fold(original).text).toBe(expected);
  });

  it('leaves plain text as it is, and the letters of all scripts', () => {
    for (const text of ['', 'plain', 'Straße, żółć, 漢字かなカナ, 한국어, привет 😀', '\ud800 alone']) {
      expect(fold(text).text).toBe(text);
    }
  });

  it('given a range of the copy, tells the range of the original that it stands for, disguises included', () => {
    const original = '>> ja\u200bne&#64;ｅx.org <<';
    const { text, toOriginal } = fold(original);
    const start = text.indexOf('jane');
    const { start: from, end } = toOriginal(start, start + 'jane@ex.org'.length);
    expect(original.slice(from, end)).toBe('ja\u200bne&#64;ｅx.org');
  });

  it('given one character that stands for several, takes the whole character', () => {
    const original = 'aﬃb';
    const { text, toOriginal } = fold(original);
    expect(text).toBe('affib');
    expect(toOriginal(2, 3)).toEqual({ start: 1, end: 2 });
    expect(toOriginal(4, 5)).toEqual({ start: 2, end: 3 });
  });

  it('does not let the copy grow much longer than the text', () => {
    expect(fold('ﷺ'.repeat(1000)).text.length).toBeLessThanOrEqual(3000);
  });

  it('given a character outside the basic plane, keeps both of its halves together', () => {
    const original = '😀𝟙😀';
    const { text, toOriginal } = fold(original);
    expect(text).toBe('😀1😀');
    expect(toOriginal(2, 3)).toEqual({ start: 2, end: 4 });
  });
});
