/** Values that the words around them gave away once, found again where nothing announces them. */
import { type Folded, fold } from './fold.ts';
import type { Kind, Match, SuggestedKind } from './kinds.ts';

/** A name or an address that the reviewer confirmed: replaced wherever it stands in the record. */
export interface AcceptedSuggestion {
  readonly kind: SuggestedKind;
  readonly value: string;
}

/** Each value costs one pass over the record, so there is a limit to how many are looked for. */
const MAX_ECHOES = 64;
const WORD = /[\p{Script=Latin}\p{Nd}]/u;

/** Whether a value is unlikely to be an ordinary word when it stands alone. */
const isTelling = (kind: Kind, value: string) =>
  kind === 'phone' ? value.replace(/\D/g, '').length >= 7 : value.length >= 6 && /[^\p{L}]/u.test(value);

/** Adds a match for each further place where such a value, or an accepted suggestion, stands. */
export function addEchoes(
  readings: readonly { readonly folded: Folded; readonly matches: Match[] }[],
  accepted: readonly AcceptedSuggestion[],
  spend: () => void,
): void {
  const wanted = new Map<string, Kind>();
  for (const { kind, value } of accepted) {
    const folded = fold(value).text.trim();
    if (folded.length > 1) wanted.set(folded, kind);
  }
  for (const { folded, matches } of readings) {
    for (const { byContext, kind, start, end } of matches) {
      if (!byContext || wanted.size >= MAX_ECHOES) continue;
      const value = folded.text.slice(start, end);
      if (isTelling(kind, value)) wanted.set(value, kind);
    }
  }
  for (const [value, kind] of wanted) {
    for (const { folded, matches } of readings) echo(folded.text, value, kind, matches, spend);
  }
}

function echo(text: string, value: string, kind: Kind, matches: Match[], spend: () => void): void {
  const opens = WORD.test(value[0] ?? '');
  const closes = WORD.test(value.at(-1) ?? '');
  for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length)) {
    spend();
    const end = start + value.length;
    if (opens && WORD.test(text[start - 1] ?? '')) continue;
    if (closes && WORD.test(text[end] ?? '')) continue;
    matches.push({ kind, start, end });
  }
}
