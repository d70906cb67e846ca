/** States, times and numbers in words, the same in popup and workbench. Times in the reviewer's own time zone. */

const numbers = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium' });

/** `1,234`. */
export function numberWords(value: number): string {
  return numbers.format(value);
}

/** `1 review`, `1,234 reviews`; `no reviews` for none. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? `no ${many}` : `${numbers.format(count)} ${count === 1 ? one : many}`;
}

const midnightOf = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);

/** How many midnights lie between: 0 on the same day, 1 yesterday. */
function daysBetween(earlier: number, later: number): number {
  return Math.round((midnightOf(later) - midnightOf(earlier)) / 86_400_000);
}

/** `14:02` today, else the day: `yesterday`, `19 Nov`, `19 Nov 2025`. For columns, where space is short. `at` in ms or ISO. */
export function shortTime(at: number | string, now: number): string {
  const ms = new Date(at).getTime();
  const days = daysBetween(ms, now);
  if (days === 0) return clock.format(ms);
  if (days === 1) return 'yesterday';
  return new Date(ms).getFullYear() === new Date(now).getFullYear() ? day.format(ms) : dayOfYear.format(ms);
}

/** For sentences: `at 14:02`, `yesterday at 14:02`, `tomorrow at 14:02`, `on 19 Nov at 14:02`. `at` in ms or ISO. */
export function timeWords(at: number | string, now: number): string {
  const ms = new Date(at).getTime();
  const days = daysBetween(ms, now);
  const time = `at ${clock.format(ms)}`;
  if (days === 0) return time;
  if (days === 1) return `yesterday ${time}`;
  if (days === -1) return `tomorrow ${time}`;
  return `on ${shortTime(ms, now)} ${time}`;
}

/** To the second, with the weekday. `at` in ms or ISO. */
export function fullTime(at: number | string): string {
  return full.format(new Date(at));
}

/** An origin as people say it: `chatgpt.com`; the scheme only where it is not https. */
export function siteName(origin: string): string {
  return origin.replace(/^https:\/\/(?:www\.)?/, '');
}
