/** Payment cards: 13 to 19 digits, a prefix that a network issues with that length, the Luhn check. */
import { passesLuhn } from '../check-digits.ts';
import { CARD_WORD, isShielded, lastWord } from '../context.ts';
import type { Detector, Match } from '../kinds.ts';

/** Prefixes of the networks with the lengths they issue. */
const NETWORKS: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  // Visa; of 13 digits only long ago, and article numbers (EAN) look the same: see below.
  [/^4/, [13, 16, 19]],
  // Mastercard
  [/^(?:5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/, [16]],
  // American Express
  [/^3[47]/, [15]],
  // Diners Club
  [/^3(?:0[0-5]|[689])/, [14, 16, 19]],
  // JCB
  [/^35(?:2[89]|[3-8]\d)/, [16, 17, 18, 19]],
  // Discover, UnionPay, RuPay, Hipercard
  [/^(?:6011|64[4-9]|65|62|60|81|82|508)/, [16, 17, 18, 19]],
  // Maestro
  [/^(?:50(?:18|20|38)|5893|6304|67(?:59|6[1-3]))/, [13, 14, 15, 16, 17, 18, 19]],
  // Elo, Mir, Troy, Verve
  [/^(?:506[67]|6277|636[23]|220[0-4]|9792|506[01]|650)/, [16, 18, 19]],
];

const CANDIDATE = /\d(?:[ ._/-]{0,3}\d){12,18}/g;
const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9';

/** The lengths that some network issues with this prefix. */
const lengthsOf = (digits: string) => NETWORKS.flatMap(([prefix, lengths]) => (prefix.test(digits) ? lengths : []));

/** Whether the digits are grouped as on a card: evenly, or 4-6-5 and 4-6-4. Lines of unrelated numbers are not. */
function isGroupedAsCard(raw: string): boolean {
  const sizes = raw.split(/[^\d]+/).map((group) => group.length);
  const [first = 0] = sizes;
  if (/^4,6,[45]$/.test(sizes.join())) return true;
  return sizes.every((size, index) => size === first || (index === sizes.length - 1 && size < first));
}

/** A word may touch the first digit; a fraction, a longer number or a hash may not. */
function isFree(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 8), start);
  if (/\d[.,]?$|(?:^|[^a-z])[a-z]{1,2}$|\d[a-z]+$/i.test(before)) return false;
  // Behind other digits begins a card in groups of three and more, or the whole text would be tried digit by digit.
  return !/\d[ ._/-]{1,3}$/.test(before) || /^\d{3}/.test(text.slice(start, start + 3));
}

/** End of the longest card number that starts at `start` and reaches `limit` at most; -1 where there is none. */
function cardEnd(text: string, start: number, limit: number): number {
  const lengths = lengthsOf(text.slice(start, limit).replace(/\D/g, ''));
  if (lengths.length === 0 || !isFree(text, start)) return -1;
  for (let end = limit; end - start >= 13; end -= 1) {
    if (!isDigit(text[end - 1]) || /[\da-z]/i.test(text[end] ?? '')) continue;
    const raw = text.slice(start, end);
    const digits = raw.replace(/\D/g, '');
    if (!lengths.includes(digits.length) || !passesLuhn(digits) || !isGroupedAsCard(raw)) continue;
    if (digits.length > 13 || lastWord(text, start, CARD_WORD, 40) >= 0) return end;
  }
  return -1;
}

export const card: Detector = {
  kind: 'card',
  find({ text, shields, spend }) {
    const matches: Match[] = [];
    CANDIDATE.lastIndex = 0;
    for (let found = CANDIDATE.exec(text); found; found = CANDIDATE.exec(text)) {
      spend();
      const start = found.index;
      const end = cardEnd(text, start, start + found[0].length);
      // Go on behind the match, else behind the first group of digits.
      let next = end < 0 ? start + 1 : end;
      if (end < 0) while (isDigit(text[next])) next += 1;
      else if (!isShielded(shields, start, end)) matches.push({ kind: 'card', start, end });
      CANDIDATE.lastIndex = next;
    }
    return matches;
  },
};
