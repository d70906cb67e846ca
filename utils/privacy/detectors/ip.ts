/** IP addresses: IPv4 with or without a prefix length, IPv6 as RFC 4291 writes it. Loopback, wildcard and masks stay. */
import { ADDRESS_WORD, lastWord, VERSION_WORD } from '../context.ts';
import type { Detector, Match, Scan } from '../kinds.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = new RegExp(`(?=\\d)(?<![\\w.])${OCTET}(?:\\.${OCTET}){3}(?:/\\d{1,2})?(?!\\w|\\.\\d|[-+][a-z])`, 'gi');
/** Addresses of no machine in particular. */
const NOBODY = /^(?:127|0|255)\./;

/** Whether four numbers with dots are rather a version or a section: by the word before, or as a heading. */
function isVersion(text: string, start: number, end: number): boolean {
  if (text[start - 1] === '/' && /[\w)]/.test(text[start - 2] ?? '')) return true;
  const version = lastWord(text, start, VERSION_WORD, 28);
  if (version >= 0) return lastWord(text, start, ADDRESS_WORD, 28) <= version;
  const numbered = /^(\d|1\d)\.(?:1?\d\.){2}1?\d$/.exec(text.slice(start, end))?.[1];
  if (!numbered || !/^(?:\.?[ \t]+\p{L}|\]\()/u.test(text.slice(end, end + 8))) return false;
  // At the beginning of a line 10.0.0.1 may be a host in a list; in a comment or a link it is a numbered rule.
  const before = text.slice(Math.max(0, start - 12), start);
  return /[[*#/][ \t]*$/.test(before) || (numbered.length === 1 && /(?:^|\n)$/.test(before));
}

function v4({ text, spend }: Scan, matches: Match[]): void {
  for (const found of text.matchAll(V4)) {
    spend();
    const start = found.index;
    const end = start + found[0].length;
    if (!NOBODY.test(found[0]) && !isVersion(text, start, end)) matches.push({ kind: 'ip', start, end });
  }
}

const GROUP = /^[0-9a-f]{1,4}$/i;

/** Whether the text is an IPv6 address of somebody. Not: `::1`, `a::b` without a digit, hardware addresses of eight pairs. */
function isV6(candidate: string): boolean {
  const v4Tail = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(candidate);
  const address = v4Tail ? `${v4Tail[1]}0:0` : candidate;
  const halves = address.split('::');
  if (halves.length > 2 || address.includes('.')) return false;
  const groups = halves.flatMap((half) => (half ? half.split(':') : []));
  if (!groups.every((group) => GROUP.test(group))) return false;
  if (halves.length === 2 ? groups.length > 7 || groups.length < 2 : groups.length !== 8) return false;
  if (halves.length === 1 && groups.every((group) => group.length === 2)) return false;
  return /\d/.test(candidate) && (groups.length > 2 || groups.some((group) => group.length > 2));
}

const V6_RUN = /[0-9a-f:.]+/iy;

function v6({ text, spend }: Scan, matches: Match[]): void {
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon)) {
    spend();
    let start = colon;
    while (colon - start < 4 && /[0-9a-f]/i.test(text[start - 1] ?? '')) start -= 1;
    V6_RUN.lastIndex = start;
    V6_RUN.test(text);
    colon = V6_RUN.lastIndex;
    if (colon - start > 46 || /[\w.]/.test(text[start - 1] ?? '')) continue;
    // A sentence may end behind the address.
    const candidate = text.slice(start, colon).replace(/\.+$|(?<!:):$/, '');
    let end = start + candidate.length;
    if (/\w/.test(text[end] ?? '') || !isV6(candidate)) continue;
    end += /^(?:%\w{1,15})?(?:\/\d{1,3})?/.exec(text.slice(end, end + 20))?.[0].length ?? 0;
    matches.push({ kind: 'ip', start, end });
  }
}

export const ip: Detector = {
  kind: 'ip',
  find(scan) {
    const matches: Match[] = [];
    v4(scan, matches);
    v6(scan, matches);
    return matches;
  },
};
