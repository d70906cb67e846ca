/** International bank account numbers (ISO 13616): country, length of that country, mod 97. */
import { passesMod97 } from '../check-digits.ts';
import type { Detector, Match } from '../kinds.ts';

/** Country codes by length, after the IBAN registry (SWIFT, release 99). */
const LENGTHS: Record<number, string> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FK FO GL NL SD',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU MN XK',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL IQ OM SO TL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'LY PT ST',
  26: 'IS TR',
  27: 'BI DJ FR GR IT MC MR SM',
  28: 'AL AZ BY CY DO GT HN HU LB NI PL SV',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU YE',
  31: 'MT SC',
  32: 'LC',
  33: 'RU',
};
const lengthOf = new Map<string, number>();
for (const [length, countries] of Object.entries(LENGTHS)) {
  for (const country of countries.split(' ')) lengthOf.set(country, Number(length));
}

const START = /(?:(?<![a-z0-9])|(?<=\biban))[a-z]{2}\d{2}/gi;
const isWord = (char: string | undefined) => char !== undefined && /[a-z0-9]/i.test(char);

export const iban: Detector = {
  kind: 'iban',
  find({ text, spend }) {
    const matches: Match[] = [];
    for (const found of text.matchAll(START)) {
      spend();
      const wanted = lengthOf.get(found[0].slice(0, 2).toUpperCase());
      if (wanted === undefined) continue;
      let compact = found[0];
      let end = found.index + 4;
      while (compact.length < wanted) {
        let next = end;
        while (next - end < 2 && /[ .-]/.test(text[next] ?? '')) next += 1;
        if (!isWord(text[next])) break;
        compact += text[next];
        end = next + 1;
      }
      if (compact.length === wanted && !isWord(text[end]) && passesMod97(compact)) {
        matches.push({ kind: 'iban', start: found.index, end });
      }
    }
    return matches;
  },
};
