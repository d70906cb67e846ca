/** Ranges whose digits are known to be something else than a person's number: UUIDs, dates, embedded files, ISBNs. */
import type { Span } from './kinds.ts';
import { joinSpans } from './spans.ts';

/** A placeholder of an earlier pass: nothing in it is recognised again, so redacting twice changes nothing. */
export const PLACEHOLDER = /\[([A-Z][A-Z_]{1,30})_(\d{1,6})\]/g;

const NOT_A_NUMBER = [
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /data:[\w/+.-]{1,64};base64,[\w+/=]*/g,
  /(?<![\d.,/-])(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}([-./])\d{1,2}\1(?:19|20)\d\d)(?!\d|[./-]\d)/g,
  /\bis[bs]n(?:-?1[03])?:?\s?[\d -]{7,16}[\dx]/gi,
];

function collect(text: string, patterns: readonly RegExp[]): Span[] {
  const spans: Span[] = [];
  for (const pattern of patterns) {
    for (const found of text.matchAll(pattern)) {
      spans.push({ start: found.index, end: found.index + found[0].length });
    }
  }
  return joinSpans(spans);
}

/** Placeholders that stand in the text already. */
export const findPlaceholders = (text: string): Span[] => (text.includes('[') ? collect(text, [PLACEHOLDER]) : []);

/** Ranges in which detectors of numbers look for nothing. */
export const findShields = (text: string): Span[] => collect(text, NOT_A_NUMBER);
