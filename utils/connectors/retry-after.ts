/** `Retry-After` (RFC 9110, section 10.2.3), as seconds or as a date. */

const SHORTEST_MS = 1000;
const LONGEST_MS = 86_400_000;

/** The time of an HTTP date in any of its three forms, in ms since 1970; null for anything else. */
export function httpDate(text: string): number | null {
  const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text);
  if (!asctime && !/^[A-Z][a-z]{2,8}, .{16,24} GMT$/.test(text)) return null;
  const time = Date.parse(asctime ? `${text} GMT` : text);
  return Number.isNaN(time) ? null : time;
}

/**
 * How long the endpoint asks to wait, in ms, between 1 s and 24 h; null where it does not say so in a way that can be
 * read. A date counts from the reply's own `Date`, so that a wrong clock on either side does no harm; `now` stands in
 * where there is none.
 */
export function retryAfterMs(headers: { get(name: string): string | null }, now: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  let wait: number | null = null;
  if (/^\d+$/.test(text)) wait = Number(text) * 1000;
  else {
    const until = httpDate(text);
    if (until !== null) wait = until - (httpDate(headers.get('date')?.trim() ?? '') ?? now);
  }
  return wait === null ? null : Math.min(Math.max(wait, SHORTEST_MS), LONGEST_MS);
}
