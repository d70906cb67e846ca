/**
 * Rate limits that a server tells of beforehand: `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers,
 * as structured fields and as the dictionary of its seventh version), and the older `RateLimit-Remaining`, `-Reset` and
 * `-Limit`, with or without `X-`.
 */
import { httpDate } from './retry-after.ts';

const LONGEST_MS = 86_400_000;
/** A reset above this is a time in s since 1970, as some servers write it, not a number of seconds. */
const EPOCH = 1_000_000_000;

interface Headers {
  get(name: string): string | null;
}

/** One limit: requests left, seconds until there are more, requests per window. */
interface Limit {
  readonly left: number;
  readonly seconds: number | null;
  readonly quota: number | null;
}

const whole = (text: string | undefined) => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null);

/** The items of a structured list: `"name";a=1;b=2, other;a=3`. What is not of that form is left out. */
function items(text: string): { readonly name: string; readonly params: ReadonlyMap<string, string> }[] {
  const parts = text.slice(0, 4096).match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? [];
  return parts.map((part) => {
    const [name = '', ...rest] = part.split(';').map((piece) => piece.trim());
    const params = rest.map((piece): [string, string] => {
      const [key = '', value = ''] = piece.split('=', 2);
      return [key.trim().toLowerCase(), value.trim()];
    });
    return { name, params: new Map(params) };
  });
}

/** The limits of the present drafts: `RateLimit: "default";r=50;t=30` beside `RateLimit-Policy: "default";q=100;w=60`. */
function structured(headers: Headers): Limit[] {
  const policies = new Map(items(headers.get('ratelimit-policy') ?? '').map(({ name, params }) => [name, params]));
  return items(headers.get('ratelimit') ?? '').flatMap(({ name, params }) => {
    const left = whole(params.get('r'));
    if (left === null) return [];
    const policy = policies.get(name);
    return [{ left, seconds: whole(params.get('t')) ?? whole(policy?.get('w')), quota: whole(policy?.get('q')) }];
  });
}

/** `RateLimit: limit=100, remaining=50, reset=30`. */
function dictionary(headers: Headers): Limit[] {
  const text = headers.get('ratelimit') ?? '';
  const of = (name: string) => whole(new RegExp(`(?:^|[,\\s])${name}\\s*=\\s*(\\d+)`).exec(text)?.[1]);
  const left = of('remaining');
  return left === null ? [] : [{ left, seconds: of('reset'), quota: of('limit') }];
}

/** `RateLimit-Remaining: 50`, `RateLimit-Reset: 30`, `RateLimit-Limit: 100, 100;w=60`. */
function separate(headers: Headers, now: number): Limit[] {
  return ['', 'x-'].flatMap((prefix) => {
    const of = (name: string) => whole(headers.get(`${prefix}ratelimit-${name}`)?.split(/[,;]/, 1)[0]?.trim());
    const left = of('remaining');
    if (left === null) return [];
    const reset = of('reset');
    const serverNow = (httpDate(headers.get('date')?.trim() ?? '') ?? now) / 1000;
    const seconds = reset !== null && reset > EPOCH ? Math.max(0, reset - serverNow) : reset;
    return [{ left, seconds, quota: of('limit') }];
  });
}

/** ms to wait for one limit: until there is more where nothing is left, an even share where less than half is. */
function waitFor({ left, seconds, quota }: Limit): number {
  if (seconds === null) return 0;
  if (left === 0) return seconds * 1000;
  return quota !== null && left < quota / 2 ? (seconds * 1000) / (left + 1) : 0;
}

/**
 * How long to leave the endpoint alone so that it need not refuse, in ms up to 24 h; 0 where it says nothing of a limit, or
 * there is enough left. `now` in ms, for a reset that is a time, where there is no `Date`.
 */
export function paceMs(headers: Headers, now: number): number {
  const limits = [...structured(headers), ...dictionary(headers), ...separate(headers, now)];
  return Math.min(LONGEST_MS, Math.round(Math.max(0, ...limits.map(waitFor))));
}
