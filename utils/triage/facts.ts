/** What a text claims that can be looked up: prices, shares, dates, spans of time, numbers, links, addresses, names. */
import { languageOf } from './text.ts';

export type FactKind = 'price' | 'share' | 'date' | 'span' | 'number' | 'code' | 'link' | 'address' | 'name';

export interface Fact {
  readonly kind: FactKind;
  /** The same for the same fact in another spelling. */
  readonly key: string;
  /** As it is written. */
  readonly text: string;
  /** Where it begins, in UTF-16 code units. */
  readonly at: number;
  /** What number it has; NaN for none. */
  readonly value: number;
  /** Of a price its currency, of a span its unit. */
  readonly unit: string;
}

/** Facts that are read of one text. */
const MOST_FACTS = 500;

const NUMBER = String.raw`\d{1,3}(?:[.,' ]\d{3}){1,3}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,4})?`;
const MONTHS =
  'jan|january|januar|feb|february|februar|mar|march|märz|apr|april|may|mai|jun|june|juni|jul|july|juli|aug|august|sep|sept|september|oct|october|okt|oktober|nov|november|dec|december|dez|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';
const CURRENCY = '€|\\$|£|eur|euros?|usd|dollars?|gbp|pounds?|chf|franken';
const UNITS: readonly (readonly [string, string])[] = [
  ['hour', 'hours?|stunden?|hrs?|heures?|horas?|ore'],
  ['minute', 'minutes?|minuten?|mins?'],
  ['day', 'days?|tage?n?|jours?|días?|giorni|dagen|(?:business|working|calendar)[ -]days?|werktage?n?'],
  ['week', 'weeks?|wochen?|semaines?|semanas?'],
  ['month', 'months?|monate?n?|mois|meses|mesi'],
  ['year', 'years?|jahre?n?|ans?|años?|anni'],
  ['size', 'gb|mb|kb|tb|gigabytes?|megabytes?'],
  ['weight', 'kg|kilos?|lbs?'],
  ['length', 'cm|mm|km|miles?|inch(?:es)?'],
  ['speed', 'mbit/s|mbps|gbps'],
  ['users', 'users?|seats?|nutzer|devices?|geräte?n?|people|guests?|persons?|personen'],
];

/** One expression each, tried over the whole text; none has a repetition inside a repetition. */
const finders: readonly (readonly [FactKind, RegExp])[] = [
  ['link', /\b(?:https?:\/\/|www\.)[^\s<>()[\]"']{3,300}/giu],
  ['address', /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gu],
  [
    'link',
    /\b(?:[a-z0-9-]{2,40}\.){1,3}(?:com|org|net|io|de|eu|example|co\.uk|app|shop)(?:\/[\w\-./%?=&#]{0,200})?/giu,
  ],
  ['address', /(?<!\d)\+?\d{1,4}[ (/-]{1,2}\d{2,5}[ )/-]{1,2}\d{2,8}(?:[ -]\d{2,6}){0,3}/gu],
  ['date', new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th|\\.)? (?:of )?(?:${MONTHS})\\b\\.?(?:,? \\d{4})?`, 'giu')],
  ['date', new RegExp(`\\b(?:${MONTHS})\\.? \\d{1,2}(?:st|nd|rd|th)?\\b(?:,? \\d{4})?`, 'giu')],
  ['date', /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\b/gu],
  [
    'price',
    new RegExp(`(?:€|\\$|£|chf|eur|usd|gbp) ?(?:${NUMBER})|(?<!\\d)(?:${NUMBER}) ?(?:${CURRENCY})(?![\\p{L}])`, 'giu'),
  ],
  ['share', new RegExp(`(?<!\\d)(?:${NUMBER}) ?(?:%|percent|prozent|pour cent|por ciento)`, 'giu')],
  ...UNITS.map(
    ([, names]) => ['span', new RegExp(`(?<![\\d.,])(?:${NUMBER})[ -]?(?:${names})(?![\\p{L}])`, 'giu')] as const,
  ),
  ['code', /(?:#|\b[A-Z]{1,5}-?)\d{3,12}(?:-\d{1,6}){0,3}\b/gu],
  ['number', new RegExp(`(?<![\\p{L}\\d.,-])(?:${NUMBER})(?![\\p{L}\\d])`, 'gu')],
];

/** A number in the spelling of any language: the last of `.` and `,` is the decimal sign, unless three digits follow it. */
export function numberOf(text: string): number {
  const digits = /\d[\d.,' ]*/u.exec(text)?.[0].replace(/[' ]/g, '').replace(/[.,]$/, '') ?? '';
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (last < 0) return digits === '' ? Number.NaN : Number(digits);
  const after = digits.length - last - 1;
  const isDecimal = after !== 3;
  const whole = digits.slice(0, last).replace(/[.,]/g, '');
  return isDecimal ? Number(`${whole}.${digits.slice(last + 1)}`) : Number(`${whole}${digits.slice(last + 1)}`);
}

const currencyOf = (text: string): string =>
  /€|eur/i.test(text) ? '€' : /£|gbp|pound/i.test(text) ? '£' : /chf|franken/i.test(text) ? 'CHF' : '$';

function unitOf(text: string): string {
  for (const [unit, names] of UNITS) if (new RegExp(`(?:${names})$`, 'iu').test(text)) return unit;
  return '';
}

const monthIndex: Readonly<Record<string, number>> = {
  ...{ jan: 1, feb: 2, mar: 3, mär: 3, apr: 4, may: 5, mai: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, okt: 10 },
  ...{ nov: 11, dec: 12, dez: 12, fév: 2, avr: 4, jui: 7, aoû: 8, déc: 12, ene: 1, abr: 4, ago: 8, dic: 12 },
};

export interface Day {
  /** Null where the text names none. */
  readonly year: number | null;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** The day that a date names; null where it is none, or may be read in two ways. */
export function dayOf(text: string): Day | null {
  const iso = /(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const dots = /(\d{1,2})\.(\d{1,2})\.(\d{2,4})/.exec(text);
  if (dots) {
    const year = Number(dots[3]);
    return { year: year < 100 ? 2000 + year : year, month: Number(dots[2]), day: Number(dots[1]) };
  }
  const slashes = /(\d{1,2})\/(\d{1,2})\/(\d{2,4})/.exec(text);
  if (slashes) {
    const [first, second, year] = [Number(slashes[1]), Number(slashes[2]), Number(slashes[3])];
    if (first <= 12 && second <= 12 && first !== second) return null;
    return { year: year < 100 ? 2000 + year : year, month: Math.min(first, second), day: Math.max(first, second) };
  }
  const name = /\p{L}{3,}/gu;
  const month = [...text.toLowerCase().matchAll(name)].map(([word]) => monthIndex[word.slice(0, 3)]).find(Boolean);
  const year = /\b\d{4}\b/.exec(text);
  const day = /\d{1,2}/.exec(year ? text.replace(year[0], '') : text);
  return month && day ? { year: year ? Number(year[0]) : null, month, day: Number(day[0]) } : null;
}

function keyOf(kind: FactKind, text: string, value: number, unit: string): string {
  if (kind === 'date') {
    const day = dayOf(text);
    return day ? `date ${day.month}-${day.day}` : `date ${text}`;
  }
  if (kind === 'link' || kind === 'address') {
    const bare = text.toLowerCase().replace(/^https?:\/\/|^www\.|[.,;:!?/]+$/g, '');
    return `${kind} ${kind === 'address' && !bare.includes('@') ? bare.replace(/\D/g, '') : bare.replace(/^www\./, '')}`;
  }
  if (kind === 'code' || kind === 'name') return `${kind} ${text.toLowerCase().replace(/[#\s]/g, '')}`;
  return unit ? `${kind} ${value} ${unit}` : `${kind} ${value}`;
}

/** Two or more capitalised words that do not begin a sentence: people, products, companies. Not in German, where nouns are. */
function namesIn(text: string): Fact[] {
  if (languageOf(text) === 'German') return [];
  const found: Fact[] = [];
  for (const match of text.matchAll(/(?<=[a-z,;:'")] )\p{Lu}\p{Ll}{2,20}(?: \p{Lu}\p{Ll}{2,20}){1,3}/gu)) {
    const [name] = match;
    found.push({
      kind: 'name',
      key: keyOf('name', name, 0, ''),
      text: name,
      at: match.index,
      value: Number.NaN,
      unit: '',
    });
  }
  return found;
}

/** Number words that state a span, such as "thirty days", are left out: too few of them are claims. */
export function factsOf(text: string): Fact[] {
  const taken = new Uint8Array(text.length);
  const found: Fact[] = [];
  for (const [kind, finder] of finders) {
    for (const match of text.matchAll(finder)) {
      if (found.length >= MOST_FACTS) break;
      const written = match[0].replace(/[.,;:!?]+$/, '');
      const end = match.index + written.length;
      if (written === '' || taken[match.index] || taken[end - 1]) continue;
      taken.fill(1, match.index, end);
      const value = kind === 'link' ? Number.NaN : numberOf(written);
      const unit = kind === 'price' ? currencyOf(written) : kind === 'span' ? unitOf(written) : '';
      found.push({ kind, key: keyOf(kind, written, value, unit), text: written, at: match.index, value, unit });
    }
  }
  return [...found, ...namesIn(text)].sort((one, other) => one.at - other.at);
}
