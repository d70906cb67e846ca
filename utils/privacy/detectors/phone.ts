/** Telephone numbers: international (E.164), as a region writes them, or whatever stands behind a word such as "Tel.". */
import { isAmount, isShielded, lastWord, PHONE_WORD, THING_WORD } from '../context.ts';
import type { Detector, Match, Scan } from '../kinds.ts';
import { countryCode, type Region, regions } from '../regions.ts';

const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9';

/** The ends of the groups of digits from `start` on, with the digits so far; stops at anything a number is not written with. */
function groupsOf(text: string, start: number): { digits: string; end: number }[] {
  const groups: { digits: string; end: number }[] = [];
  let digits = '';
  let index = start;
  while (digits.length <= 18) {
    const from = index;
    while (isDigit(text[index]) && index - from < 19) index += 1;
    if (index === from) break;
    digits += text.slice(from, index);
    groups.push({ digits, end: index });
    let gap = 0;
    while (gap < 3 && ' .-/()'.includes(text[index + gap] ?? '?')) gap += 1;
    if (gap === 0) break;
    index += gap;
  }
  return groups;
}

const PREFIX = /(?<![\w+)])(?:\+|(?<!\d[ .-])00(?=[1-9]))(?=\(?[1-9])/g;

function international({ text, shields, spend }: Scan, matches: Match[]): void {
  for (const found of text.matchAll(PREFIX)) {
    spend();
    const start = found.index;
    let from = start + found[0].length;
    if (text[from] === '(') from += 1;
    const groups = groupsOf(text, from);
    const country = countryCode(groups.at(-1)?.digits ?? '');
    if (!country) continue;
    const fits = groups.findLast(({ digits, end }) => {
      // A zero for callers at home, in brackets or not, is not part of the international number.
      const national = digits.slice(country.code.length).replace(country.code === '39' ? /^$/ : /^0/, '');
      if (national.length < country.min || national.length > country.max) return false;
      if (country.code === '1' && !/^[2-9]\d\d[2-9]/.test(national)) return false;
      return !/^[:,.]\d/.test(text.slice(end, end + 2));
    });
    if (!fits || /^\w/.test(text.slice(fits.end))) continue;
    const opened = text[start - 1] === '(' && text.slice(start, fits.end).includes(')');
    if (!isShielded(shields, start, fits.end))
      matches.push({ kind: 'phone', start: start - (opened ? 1 : 0), end: fits.end });
  }
}

/** Whether a range may begin and end here: not inside a word, a fraction, a path, a longer number or a list of numbers. */
function isFree(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 4), start);
  if (/(?:[a-z0-9_/#@+*=-]|\d[.,]| - | \+ )$/i.test(before)) return false;
  if (/^(?:\w|[ .,-]?\d|-[a-z])/i.test(text.slice(end, end + 2))) return false;
  const number = text.slice(start, end);
  if (/\d $/.test(before) && /^[\d ]+$/.test(number)) return false;
  // "MA 02110-1301" is a postal code; 0123456789 is an example of digits.
  if (/[A-Z] +$/.test(before) && /^\d{5}-\d{4}$/.test(number)) return false;
  return !'01234567890123456789'.includes(number);
}

function national({ text, shields, spend }: Scan, region: Region, matches: Match[]): void {
  region.pattern.lastIndex = 0;
  for (let found = region.pattern.exec(text); found; found = region.pattern.exec(text)) {
    spend();
    const start = found.index;
    const end = start + found[0].length;
    const length = found[0].replace(/\D/g, '').length;
    const fits =
      length >= region.min && length <= region.max && isFree(text, start, end) && !isAmount(text, start, end);
    if (fits && !isShielded(shields, start, end)) {
      if (lastWord(text, start, THING_WORD, 24) < 0 || lastWord(text, start, PHONE_WORD) >= 0) {
        matches.push({ kind: 'phone', start, end, byContext: true });
        continue;
      }
    }
    // What did not fit may hide one that does, one group further on.
    let next = start + 1;
    while (isDigit(text[next])) next += 1;
    region.pattern.lastIndex = next;
  }
}

const ANNOUNCED = /([^\d\n]{0,24}?)(\(?\d(?:[ ./()-]{0,3}\d){6,14})/y;

/** Digits in any grouping, where a word right before them says that they are a phone number. */
function announced({ text, shields, spend }: Scan, matches: Match[]): void {
  for (const word of text.matchAll(PHONE_WORD)) {
    spend();
    ANNOUNCED.lastIndex = word.index + word[0].length;
    const found = ANNOUNCED.exec(text);
    if (!found) continue;
    const [whole, between = '', digits = ''] = found;
    const end = found.index + whole.length;
    const start = end - digits.length;
    // `call-bound`, `call(x)` and the like are code, not an announcement.
    if (/^(?:[-._]\w|\()|[`[\]{}]/.test(between)) continue;
    if (lastWord(between, between.length, THING_WORD) >= 0 || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(digits)) continue;
    if (!isFree(text, start, end) || isAmount(text, start, end) || isShielded(shields, start, end)) continue;
    matches.push({ kind: 'phone', start, end, byContext: true });
  }
}

const EXTENSION = /^,? ?(?:ext\.?|x|extension|durchwahl|poste|int\.) ?\d{1,6}\b/i;

export const phone: Detector = {
  kind: 'phone',
  find(scan) {
    const matches: Match[] = [];
    international(scan, matches);
    for (const code of new Set(scan.regions)) {
      const region = regions[code.toUpperCase()];
      if (region) national(scan, region, matches);
    }
    announced(scan, matches);
    return matches.map((match) => {
      const more = EXTENSION.exec(scan.text.slice(match.end, match.end + 24));
      return more ? { ...match, end: match.end + more[0].length } : match;
    });
  },
};
