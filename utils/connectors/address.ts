/** Which addresses a destination may have: https anywhere, http on this computer only, nothing that hides where it leads. */
import { err, ok, type Result } from '../result.ts';

export interface Address {
  readonly url: URL;
  /** Asks for a second look; null where there is nothing to say. */
  readonly warning: string | null;
}

/** One sentence that says what is wrong with the address. */
type Complaint = string;

const ADDRESS_LIMIT = 2048;

/** Scripts that are normally written together, beside Latin. */
const companions = [
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Bopomofo'],
  ['Han', 'Hangul'],
];
const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Thai',
  'Georgian',
  'Cherokee',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
].map((name) => ({ name, letter: new RegExp(`\\p{Script=${name}}`, 'u') }));
const knownLetter = new RegExp(
  `[${scripts.map(({ name }) => `\\p{Script=${name}}`).join('')}\\p{Script=Common}\\p{Script=Inherited}]`,
  'u',
);

/** Whether one label of a host name mixes scripts in a way that only serves to look like another name. */
function mixesScripts(label: string): boolean {
  const found = scripts.filter(({ letter }) => letter.test(label)).map(({ name }) => name);
  const others = [...label].some((char) => !knownLetter.test(char));
  if (others) return found.length > 0;
  if (found.length <= 1) return false;
  const foreign = found.filter((name) => name !== 'Latin');
  return !companions.some((group) => foreign.every((name) => group.includes(name)));
}

/** Whether the host, as the URL parser normalised it, is this computer. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

const privateV4 = /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** Whether the host lies in a private or link-local range, or has a name that only a local network resolves. */
function isPrivate(host: string): boolean {
  if (host.startsWith('[')) {
    const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host);
    if (!mapped) return /^\[(?:f[cd]|fe[89ab])/.test(host) || host === '[::]';
    const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
    return privateV4.test(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`);
  }
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return privateV4.test(host);
  return !host.includes('.') || /\.(?:local|internal|lan|home\.arpa|localhost)$/.test(host);
}

function warn({ protocol, hostname: host }: URL): string | null {
  // No content security policy can name these, so the browser keeps extensions from reaching them without https.
  const named = host === 'localhost' || host === '127.0.0.1';
  if (isLoopback(host) && protocol === 'http:' && !named) {
    return `A browser extension cannot reach ${host} without https. Write localhost or 127.0.0.1 instead.`;
  }
  if (isLoopback(host)) return null;
  if (isPrivate(host)) return `${host} is an address in a private network. Is it really your team's endpoint?`;
  if (/(?:^|\.)xn--/.test(host)) {
    return `The name of this host contains unusual letters; it is really ${host}. Is that the one you mean?`;
  }
  return null;
}

/** Reads an address as a user typed it. Nothing is guessed or repaired, so that what is shown is what is used. */
export function readAddress(typed: string): Result<Address, Complaint> {
  if (typed.length > ADDRESS_LIMIT) return err(`The address is longer than ${ADDRESS_LIMIT} characters.`);
  if (/[\p{Cc}\p{Cf}\p{Z}\\]/u.test(typed))
    return err('The address contains a space, a backslash or an invisible character.');
  const parts = /^(https?):\/\/([^/?#]*)/i.exec(typed);
  if (!parts) return err('The address must begin with https://');
  const [, scheme = '', authority = ''] = parts;
  if (authority.includes('@')) return err('The address must not contain a user name or password; use the token field.');
  if (typed.includes('#')) return err('The address must not contain a fragment (#).');
  let url: URL;
  try {
    url = new URL(typed);
  } catch {
    return err('The address is not a valid URL.');
  }
  const name = authority.replace(/:\d*$/, '');
  if (!name.startsWith('[')) {
    const labels = name.replace(/\.$/, '').split(/[.\u3002\uff0e\uff61]/);
    if (labels.includes('')) return err('The host name in the address is incomplete.');
    if (labels.some(mixesScripts)) return err('The host name mixes letters of different scripts, as forged names do.');
  }
  if (url.port === '0') return err('The address must not use port 0.');
  if (scheme.toLowerCase() === 'http' && !isLoopback(url.hostname)) {
    return err('The address must begin with https:// unless the endpoint runs on this computer.');
  }
  return ok({ url, warning: warn(url) });
}
