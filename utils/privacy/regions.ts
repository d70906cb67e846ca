/** Telephone numbering: lengths by country code (ITU-T E.164), and how the regions of the labelled set write national numbers. */

/** Digits behind the country code, fewest and most, for the codes where it is known closely. */
const NATIONAL_LENGTH: Record<string, readonly [number, number]> = {
  1: [10, 10],
  7: [10, 10],
  20: [8, 10],
  27: [9, 9],
  30: [10, 10],
  31: [9, 9],
  32: [8, 9],
  33: [9, 9],
  34: [9, 9],
  36: [8, 9],
  39: [6, 11],
  40: [9, 9],
  41: [9, 9],
  43: [7, 12],
  44: [9, 10],
  45: [8, 8],
  46: [7, 10],
  47: [8, 8],
  48: [9, 9],
  49: [6, 12],
  55: [10, 11],
  61: [9, 9],
  81: [9, 10],
  82: [8, 10],
  86: [10, 12],
  91: [10, 10],
};
const TWO_DIGITS = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
const THREE_DIGITS = /^(?:2[1-689]|3[578]|42|50|59|6[789]|8[0578]|9(?:6(?=[0-8])|7(?=[0-79])|9(?=[2-68])))\d/;

/** The country code at the start of these digits and the lengths of what follows; null where none is assigned. */
export function countryCode(digits: string): { code: string; min: number; max: number } | null {
  const code = /^[17]/.exec(digits)?.[0] ?? TWO_DIGITS.exec(digits)?.[0] ?? THREE_DIGITS.exec(digits)?.[0];
  if (!code) return null;
  const [min, max] = NATIONAL_LENGTH[code] ?? [7, 15 - code.length];
  return { code, min, max };
}

/** How a region writes its own numbers. */
export interface Region {
  readonly code: string;
  /** Bounded, with separators where digits alone would say nothing. */
  readonly pattern: RegExp;
  /** All digits, trunk prefix included. */
  readonly min: number;
  readonly max: number;
}

const NANP: Region = {
  code: '1',
  pattern: /(?:1[ .-]?)?(?:\([2-9]\d\d\)[ .-]?|[2-9]\d\d[ ./-])[2-9]\d\d[ .-]\d{4}/g,
  min: 10,
  max: 11,
};
const german = (code: string): Region => ({
  code,
  pattern:
    /\(?0[1-9]\d{1,4}\)?(?: ?[ /-] ?)\d{2,9}(?:[ -]\d{1,6}){0,3}|0[1-9]\)?[ /-]\d{3}(?:[ -]\d{2,4}){1,3}|01[5-7]\d{8,9}/g,
  min: 9,
  max: 13,
});

export const regions: Record<string, Region> = {
  US: NANP,
  CA: NANP,
  GB: {
    code: '44',
    pattern: /\(?0(?:[1-357-9]\d{1,4})\)?[ -]\d{3,6}(?:[ -]\d{3,4})?|07\d{9}/g,
    min: 10,
    max: 11,
  },
  DE: german('49'),
  AT: german('43'),
  CH: german('41'),
  FR: { code: '33', pattern: /0[1-9](?:[ .-]?\d\d){4}/g, min: 10, max: 10 },
  ES: {
    code: '34',
    pattern: /[6-9]\d\d[ -]\d{3}[ -]\d{3}|[6-9]\d\d(?:[ .-]\d\d){3}|[89]\d[ .-]\d{3}[ .-]\d\d[ .-]\d\d/g,
    min: 9,
    max: 9,
  },
  IT: {
    code: '39',
    pattern: /(?:3\d\d|0\d{1,3})(?:[ ./-]\d{5,8}|[ ./-]\d{3,4}[ .-]\d{3,4})/g,
    min: 8,
    max: 11,
  },
  NL: { code: '31', pattern: /\(?0[1-9]\d{0,2}\)?(?: ?- ?| )\d{2,8}(?:[ -]\d{2,4}){0,3}|06\d{8}/g, min: 10, max: 10 },
  PL: {
    code: '48',
    pattern: /(?:45|5[0137]|6[069]|7[2389]|88)\d([ -])\d{3}\1\d{3}|\(?[1-9]\d\)?[ -]\d{3}[ -]\d\d[ -]\d\d/g,
    min: 9,
    max: 9,
  },
  BR: { code: '55', pattern: /(?:\(0?[1-9]\d\) ?|0?[1-9]\d )9? ?\d{4}[ .-]\d{4}/g, min: 10, max: 12 },
  JP: { code: '81', pattern: /\(?0\d{1,4}(?:\) ?|[ -])\d{1,4}[ -]\d{3,4}|0[789]0\d{8}/g, min: 10, max: 11 },
};
