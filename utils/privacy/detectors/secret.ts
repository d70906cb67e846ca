/** Secrets that are known by their own form: keys of well-known issuers, JWTs, PEM blocks, credentials in URLs and headers. */
import type { Detector, Match, Scan } from '../kinds.ts';
import { labelledSecrets } from './labelled-secret.ts';

/** Prefixes that issuers put on their keys so that scanners can find them, as each documents them. */
const TOKEN = new RegExp(
  `(?<![A-Za-z0-9])(?:${[
    // AWS access key ids
    'A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])',
    // GitHub, GitLab, npm, PyPI, Hugging Face, DigitalOcean
    'gh[pousr]_[A-Za-z0-9]{30,255}',
    'github_pat_\\w{22,255}',
    'glpat-[\\w-]{20,64}',
    'npm_[A-Za-z0-9]{36}',
    'pypi-[\\w-]{50,512}',
    'hf_[A-Za-z0-9]{30,64}',
    'dop_v1_[0-9a-f]{64}',
    // OpenAI, Anthropic and those who follow them
    'sk-[\\w-]{20,255}',
    // Slack
    'xox[abeoprs]-[A-Za-z0-9-]{10,255}',
    'xapp-[A-Za-z0-9-]{10,255}',
    // Google
    'AIza[\\w-]{35}',
    'ya29\\.[\\w-]{20,512}',
    'GOCSPX-[\\w-]{28}',
    // Stripe, Standard Webhooks, SendGrid, Shopify, Square, Telegram
    '[prs]k_(?:live|test)_[A-Za-z0-9]{10,255}',
    'whsec_[A-Za-z0-9+/=]{24,255}',
    'SG\\.[\\w-]{16,32}\\.[\\w-]{32,64}',
    'shp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}',
    'sq0(?:atp|csp)-[\\w-]{22,43}',
    '\\d{8,10}:AA[\\w-]{33}',
  ].join('|')})`,
  'g',
);

function tokens({ text, spend }: Scan, matches: Match[]): void {
  for (const found of text.matchAll(TOKEN)) {
    spend();
    // `sk-` also starts class names: a key has a long run with digits, a name has words.
    if (found[0].startsWith('sk-') && !/(?=[A-Za-z]{0,20}\d)\w{16}/.test(found[0])) continue;
    matches.push({ kind: 'secret', start: found.index, end: found.index + found[0].length });
  }
}

/** Values that stand behind a fixed text. */
const BEHIND: readonly (readonly [needle: string, value: RegExp])[] = [
  // User and password of a URL; the password may hold an `@` of its own.
  ['://', /[^\s/@:"'<>()[\]{}?*\\]{0,128}:[^\s/"'<>]{1,256}(?=@)/y],
  ['hooks.slack.com/services/', /[\w/]{20,100}/y],
  ['/api/webhooks/', /\d{17,20}\/[\w-]{60,80}/y],
];

function behind({ text, spend }: Scan, matches: Match[]): void {
  for (const [needle, value] of BEHIND) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      spend();
      value.lastIndex = at + needle.length;
      const found = value.exec(text);
      if (found) matches.push({ kind: 'secret', start: found.index, end: value.lastIndex });
    }
  }
}

const WEB_RUN = /[\w-]+/y;

/** JSON Web Tokens (RFC 7519): two or three runs of base64url, of which the first two are JSON objects. */
function jwts({ text, spend }: Scan, matches: Match[]): void {
  const run = (from: number) => {
    WEB_RUN.lastIndex = from;
    return WEB_RUN.test(text) ? WEB_RUN.lastIndex : from;
  };
  for (let at = text.indexOf('eyJ'); at >= 0; at = text.indexOf('eyJ', at)) {
    spend();
    const header = run(at);
    let end = header;
    if (text.startsWith('.eyJ', header)) {
      end = run(header + 1);
      if (text[end] === '.') end = run(end + 1);
      matches.push({ kind: 'secret', start: at, end });
    }
    at = end;
  }
}

const HEADER = /(authorization["']?\s?[:=]\s?["']?)?\b(?:bearer|basic|token)[ \t]{1,4}([A-Za-z0-9._~+/=-]{12,4096})/gi;

function headers({ text, spend }: Scan, matches: Match[]): void {
  for (const found of text.matchAll(HEADER)) {
    spend();
    const value = found[2] as string;
    // "Basic understanding" is prose, `Bearer YOUR_TOKEN` a gap to fill.
    if (/^[A-Z_]+$/.test(value) || !(found[1] || /\d/.test(value) || value.endsWith('='))) continue;
    const end = found.index + found[0].length;
    matches.push({ kind: 'secret', start: end - value.length, end });
  }
}

const PEM = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const PEM_BODY = /[A-Za-z0-9+/=\s]*/y;

/** Private keys (RFC 7468); one without an end is taken as far as its lines look like a key. */
function pem({ text, spend }: Scan, matches: Match[]): void {
  let close = 0;
  let done = 0;
  for (const found of text.matchAll(PEM)) {
    spend();
    if (found.index < done) continue;
    const body = found.index + found[0].length;
    // Where there was no end once, there is none further on: the text is searched once, not once per beginning.
    if (close >= 0 && close < body) close = text.indexOf('-----END ', body);
    const closed = close < 0 ? -1 : text.indexOf('-----', close + 9);
    if (closed >= 0 && closed - close < 64) done = closed + 5;
    else {
      PEM_BODY.lastIndex = body;
      done = PEM_BODY.test(text) ? PEM_BODY.lastIndex : body;
    }
    matches.push({ kind: 'secret', start: found.index, end: done });
  }
}

export const secret: Detector = {
  kind: 'secret',
  find(scan) {
    const matches: Match[] = [];
    for (const find of [tokens, behind, jwts, headers, pem, labelledSecrets]) find(scan, matches);
    return matches;
  },
};
