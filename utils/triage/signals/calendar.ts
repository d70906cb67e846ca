/** What a text says of days and sums that can be checked by itself. */
import { dayOf, type Fact, numberOf } from '../facts.ts';
import { quoted } from '../text.ts';

const DAY = 86_400_000;
const weekdays = [
  'sunday|sonntag',
  'monday|montag',
  'tuesday|dienstag',
  'wednesday|mittwoch',
  'thursday|donnerstag',
  'friday|freitag',
  'saturday|samstag|sonnabend',
];
const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const before = new RegExp(`\\b(${weekdays.join('|')}),?(?: the| den| dem)? ?$`, 'iu');
const ahead =
  /\b(?:will|by|until|expected|arrives?|starting|expires?|upcoming|next|bis|wird|werden|erwartet|spätestens|kommt|läuft)\b/iu;
const behind = /\b(?:was|were|has been|had|since|ended|expired|wurde|war|seit|hat)\b/iu;

/** A weekday beside a date that falls on another, or a day to come that has passed; null where all fits. */
export function wrongDay(text: string, dates: readonly Fact[], now: number): string | null {
  for (const { at, text: written } of dates) {
    const day = dayOf(written);
    if (!day || day.year === null || day.month > 12 || day.day > 31) continue;
    const time = Date.UTC(day.year, day.month - 1, day.day);
    const named = before.exec(text.slice(Math.max(0, at - 24), at))?.[1]?.toLowerCase();
    const index = named === undefined ? -1 : weekdays.findIndex((each) => each.split('|').includes(named));
    const is = new Date(time).getUTCDay();
    if (index >= 0 && index !== is) return `${quoted(written)} is a ${names[is]}, not a ${names[index]}`;
    const around = text.slice(Math.max(0, at - 60), at);
    if (time < now - 2 * DAY && ahead.test(around) && !behind.test(around)) return `${quoted(written)} has passed`;
  }
  return null;
}

const NUMBER = String.raw`(?:€|\$|£)? ?(\d[\d.,]{0,12})(?: ?(?:€|eur|euros?|usd|dollars?|gbp|%))?`;
const product = new RegExp(`${NUMBER} ?[x×*] ?${NUMBER} ?(?:=|is|are|ist|sind) ?${NUMBER}`, 'giu');
const total = new RegExp(`${NUMBER} ?(?:\\+|plus|und) ?${NUMBER} ?(?:=|is|ist|makes|ergibt) ?${NUMBER}`, 'giu');
const numbers = (match: RegExpExecArray) =>
  [match[1], match[2], match[3]].map((one) => numberOf(one ?? '')) as [number, number, number];
const differ = (one: number, other: number) => Math.abs(one - other) > 0.011;

/** A product or a sum that is written out and wrong. */
export function wrongSum(text: string): string | null {
  for (const match of text.matchAll(product)) {
    // A part of a longer sum.
    if (/(?:plus|and|und|\+|-|minus) ?$/iu.test(text.slice(Math.max(0, match.index - 8), match.index))) continue;
    const [one, other, is] = numbers(match);
    if (differ(one * other, is)) return `${quoted(match[0])} does not add up`;
  }
  for (const match of text.matchAll(total)) {
    const [one, other, is] = numbers(match);
    if (differ(one + other, is)) return `${quoted(match[0])} does not add up`;
  }
  return null;
}
