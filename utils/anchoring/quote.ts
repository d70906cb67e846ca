/** Finds a span by its words and what stood around them, where no comparison of the texts says where it is. */
import type { Place, Spot, Why } from './types.ts';

/** So much of what stood before and after must stand there still, in UTF-16 code units. */
const CONTEXT = 12;
/** A quote this long that stands once in the text needs only one of its neighbors. */
const LONG = 24;
/** Most places that are looked at; what stands in more is told apart by nothing. */
const MOST_PLACES = 50;

function isAlike(text: string, at: number, step: -1 | 1, quoted: string, most: number): boolean {
  const wanted = step === 1 ? quoted.slice(0, most) : quoted.slice(Math.max(0, quoted.length - most));
  const found = step === 1 ? text.slice(at, at + wanted.length) : text.slice(Math.max(0, at - wanted.length), at);
  // Less than could be quoted means that the text ended there.
  const isEnd = wanted.length < Math.min(most, CONTEXT);
  return found === wanted && (!isEnd || (step === 1 ? at + wanted.length === text.length : at === wanted.length));
}

/**
 * The one place where a quote stands with its neighbors, or why there is none. `strict` asks for all that was quoted of
 * both, for spans of a text of which nothing is known.
 */
export function findQuote(text: string, { quote }: Pick<Spot, 'quote'>, strict: boolean): Place | Why {
  const { exact, prefix, suffix } = quote;
  const most = strict ? Number.POSITIVE_INFINITY : CONTEXT;
  if (exact === '') {
    const around = prefix + suffix;
    const at = text.indexOf(around);
    if (around.length < 2 * CONTEXT || at < 0) return 'gone';
    if (text.includes(around, at + 1)) return 'ambiguous';
    return { start: at + prefix.length, end: at + prefix.length };
  }
  const places: { at: number; before: boolean; after: boolean }[] = [];
  for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
    const end = at + exact.length;
    places.push({ at, before: isAlike(text, at, -1, prefix, most), after: isAlike(text, end, 1, suffix, most) });
    if (places.length > MOST_PLACES) return 'ambiguous';
  }
  const sure = places.filter(({ before, after }) => before && after);
  const lone =
    !strict && exact.length >= LONG && places.length === 1 ? places.filter((it) => it.before || it.after) : [];
  const found = sure.length > 0 ? sure : lone;
  if (found.length > 1) return 'ambiguous';
  const [{ at } = { at: -1 }] = found;
  return at < 0 ? 'gone' : { start: at, end: at + exact.length };
}
