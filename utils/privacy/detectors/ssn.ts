/** US social security numbers, by the rules of the Social Security Administration: areas 000, 666 and 900 up are not issued. */
import { isShielded, lastWord, SSN_WORD } from '../context.ts';
import type { Detector, Match } from '../kinds.ts';

// A slash in front may be that of an address, unless a short number stands before it, as in a file number.
const CANDIDATE = /(?<![\w.,-]|(?<![\w.])\d{1,4}\/)(?!000|666|9)\d{3}([ -]?)(?!00)\d\d\1(?!0000)\d{4}(?!\w|[./-]\d)/g;

export const ssn: Detector = {
  kind: 'ssn',
  find({ text, shields, spend }) {
    const matches: Match[] = [];
    for (const found of text.matchAll(CANDIDATE)) {
      spend();
      const start = found.index;
      const end = start + found[0].length;
      // Only hyphens are telling; nine digits in another form need the word.
      if (found[1] !== '-' && lastWord(text, start, SSN_WORD, 40) < 0) continue;
      if (!isShielded(shields, start, end)) matches.push({ kind: 'ssn', start, end });
    }
    return matches;
  },
};
