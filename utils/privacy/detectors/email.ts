/** Email addresses (RFC 5321, internationalised by RFC 6531), plain, or written out as `jane [at] example [dot] com`. */
import type { Detector, Match, Scan } from '../kinds.ts';

/** Scripts written without spaces: a word in them does not end where an address begins. */
const RUN_ON =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
/** Endings of file names that look like addresses: `icon@2x.png`. */
const FILE_ENDING = /^(?:png|jpe?g|gif|svg|webp|avif|ico|css|m?[jt]sx?|json|html?|md|txt|t?gz|zip|pdf)$/i;

const isWordCode = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

/** Whether a character may stand in an address whose neighbour is, or is not, in a script without spaces. */
function isAddressLetter(char: string, runOn: boolean): boolean {
  if (char < '\x80') return isWordCode(char.charCodeAt(0));
  return LETTER.test(char) && (runOn || !RUN_ON.test(char));
}

const charBefore = (text: string, index: number) => {
  const low = text.charCodeAt(index - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && index > 1;
  return text.slice(index - (pair ? 2 : 1), index);
};
const charAt = (text: string, index: number) => {
  const code = text.codePointAt(index);
  return code === undefined ? '' : String.fromCodePoint(code);
};

/** Start of the local part that ends before `end`; `end` where there is none. */
function localStart(text: string, end: number): number {
  let start = end;
  const runOn = RUN_ON.test(charBefore(text, end));
  while (start > 0 && end - start < MAX_LOCAL) {
    const char = charBefore(text, start);
    if (!isAddressLetter(char, runOn) && !".!_%+-'&".includes(char)) break;
    start -= char.length;
  }
  while (start < end && ".!%+-'&".includes(text[start] as string)) start += 1;
  return start;
}

/** End of the domain that starts at `start`; -1 where there is none. */
function domainEnd(text: string, start: number): number {
  let index = start;
  let end = -1;
  for (let labels = 0; labels < 8; labels += 1) {
    const from = index;
    const runOn = RUN_ON.test(charAt(text, index));
    let letters = 0;
    let digits = 0;
    while (index < text.length && index - from < 63 && index - start < MAX_DOMAIN) {
      const char = charAt(text, index);
      if (char >= '0' && char <= '9') digits += 1;
      else if (isAddressLetter(char, runOn)) letters += 1;
      else if (char !== '-') break;
      index += char.length;
    }
    while (text[index - 1] === '-' && index > from) index -= 1;
    const label = text.slice(from, index);
    if (!label || label[0] === '-') break;
    // A top-level domain has two letters or more and no digits, but for the ASCII form of an internationalised one.
    const top = (letters >= 2 || runOn) && digits === 0 && !FILE_ENDING.test(label);
    if (labels > 0 && (top || /^xn--/i.test(label))) end = index;
    // `jane@example.com-2024`: what follows a hyphen is not part of it.
    else if (labels > 0 && /^\p{L}{2,24}-/u.test(label)) end = from + label.indexOf('-');
    if (text[index] !== '.' || !isAddressLetter(charAt(text, index + 1), true)) break;
    index += 1;
  }
  return end;
}

function plain({ text, spend }: Scan, matches: Match[]): void {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    spend();
    const start = localStart(text, at);
    if (start === at) continue;
    const end = domainEnd(text, at + 1);
    if (end < 0) continue;
    // `git@host:path` addresses a repository; what stands before a host in a URL is its user and password.
    if (/^(?:git|hg)@/.test(text.slice(start, at + 1)) && (text[end] === ':' || text[start - 1] === '/')) continue;
    if (/:\/\/[^\s/]{0,128}:[^\s/]{0,64}$/.test(text.slice(Math.max(0, start - 200), start))) continue;
    matches.push({ kind: 'email', start, end });
  }
}

const OPEN = '[\\[({<]\\s?';
const CLOSE = '\\s?[\\])}>]';
/** "at", as people write it out to hide an address; the words of the ten languages are specific enough without brackets. */
const AT = new RegExp(
  `${OPEN}(?:at|ät|arroba|arobase|chiocciola|ma[łl]pa|apenstaartje|klammeraffe|@|アット(?:マーク)?)${CLOSE}|\\s(?:(at)|arroba|arobase|chiocciola|ma[łl]pa|apenstaartje|klammeraffe|(@))\\s`,
  'gi',
);
const DOT_WORD = '(?:dot|punkt|punto|ponto|point|kropka|punt|ドット)';
const SPELLED = `\\s?${OPEN}${DOT_WORD}${CLOSE}\\s?|\\s${DOT_WORD}\\s`;
const DOMAIN = new RegExp(`[\\p{L}\\p{N}-]{1,63}(?:(?:${SPELLED}|\\.)[\\p{L}\\p{N}-]{1,63}){1,5}`, 'iuy');
/** A written-out "at" or dot, for taking two spellings of an address as one. */
export const atSign = new RegExp(`\\s?(?:${AT.source})\\s?`, 'gi');
export const dotSign = new RegExp(SPELLED, 'gi');
const NOT_A_NAME =
  /^(?:us|me|him|her|it|them|you|look|looks|looking|is|are|was|be|been|found|available|meet|up|here|in)$/i;

function obfuscated({ text, spend }: Scan, matches: Match[]): void {
  for (const found of text.matchAll(AT)) {
    spend();
    const from = found.index - (text[found.index - 1] === ' ' ? 1 : 0);
    const start = localStart(text, from);
    if (start === from) continue;
    const behind = found.index + found[0].length;
    DOMAIN.lastIndex = behind + (text[behind] === ' ' ? 1 : 0);
    const domain = DOMAIN.exec(text)?.[0];
    if (!domain || !/\p{L}{2}$/u.test(domain)) continue;
    const local = text.slice(start, from);
    // Ordinary words need more to be an address: "at" a spelled dot, a lone "@" a name that looks like one.
    if (found[1] && (!/\W(?:dot|\.)\W/i.test(domain) || NOT_A_NAME.test(local))) continue;
    if (found[2] && !/[._\d]/.test(local)) continue;
    matches.push({ kind: 'email', start, end: DOMAIN.lastIndex });
  }
}

export const email: Detector = {
  kind: 'email',
  find(scan) {
    const matches: Match[] = [];
    plain(scan, matches);
    obfuscated(scan, matches);
    return matches;
  },
};
