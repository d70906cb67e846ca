/**
 * A span of a text as the W3C Web Annotation Data Model writes it: a TextPositionSelector (4.2.5) and a TextQuoteSelector
 * (4.2.4), with the UTF-16 offsets beside them.
 */
import { codePoints } from './code-points.ts';
import type { Finding } from './schema.ts';

/** Where a finding is, and what it says there. */
export type Selectors = Pick<Finding, 'position' | 'utf16' | 'quote'>;

/** How much of the text before and after is quoted, in UTF-16 code units. */
const CONTEXT_LENGTH = 32;

const isLow = (text: string, at: number) => {
  const low = text.charCodeAt(at);
  const high = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && high >= 0xd800 && high <= 0xdbff;
};

/** The place itself, or the nearest one `towards` an end that splits no pair of surrogates; within the text. */
function whole(text: string, at: number, towards: -1 | 1): number {
  const inside = Math.min(Math.max(0, at), text.length);
  return isLow(text, inside) ? inside + towards : inside;
}

/**
 * Describes [start, end) of `text`, in UTF-16 code units. A span that would split a pair of surrogates takes it in as a
 * whole. For many spans of one text pass its `codePoints`, which cost one pass each.
 */
export function selectorsOf(text: string, start: number, end: number, points = codePoints(text)): Selectors {
  const from = whole(text, Math.min(start, end), -1);
  const to = start === end ? from : whole(text, Math.max(start, end), 1);
  return {
    position: { start: points.toCodePoint(from), end: points.toCodePoint(to) },
    utf16: { start: from, end: to },
    quote: {
      exact: text.slice(from, to),
      prefix: text.slice(whole(text, from - CONTEXT_LENGTH, 1), from),
      suffix: text.slice(to, whole(text, to + CONTEXT_LENGTH, -1)),
    },
  };
}
