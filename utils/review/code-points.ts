/** Translates between UTF-16 code units, in which JavaScript counts, and code points, in which the standards do. */

/** For one text; logarithmic per position after one pass. A position inside a pair of surrogates counts as after it. */
export function codePoints(text: string): {
  readonly toUtf16: (codePoint: number) => number;
  readonly toCodePoint: (utf16: number) => number;
} {
  /** Where pairs of surrogates begin. */
  const pairs: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    if ((text.codePointAt(index) as number) > 0xffff) pairs.push(index++);
  }
  const pairsBefore = (isBefore: (pair: number, order: number) => boolean) => {
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(pairs[middle] as number, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    toUtf16: (codePoint) => codePoint + pairsBefore((pair, order) => pair - order < codePoint),
    toCodePoint: (utf16) => utf16 - pairsBefore((pair) => pair < utf16),
  };
}
