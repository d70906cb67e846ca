/**
 * Case folding for phrases: a copy in which case does not count, for every script, with the way back to the original.
 * Accents do count: in some languages they tell words apart, in others they are the vowels.
 */

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A copy of a text, and the range of the original that a range of the copy stands for. UTF-16 code units. */
export interface CaseFolded {
  readonly text: string;
  readonly toOriginal: (start: number, end: number) => Span;
}

/** A character with its marks, or a run of white space. */
const CLUSTER = /\s+|\P{M}\p{M}*|\p{M}+/gu;
// Capitals first: only so become `ß` and `SS`, `ς` and `Σ` the same.
const folded = (cluster: string) =>
  cluster.trim() === ''
    ? ' '
    : cluster.normalize('NFD').toUpperCase().toLowerCase().normalize('NFD').replace(/ς/g, 'σ');

/** Linear in the length of the text. */
export function caseFolded(original: string): CaseFolded {
  if (/^[\0-\x7f]*$/.test(original) && !/[^\S ]| {2}/.test(original))
    return { text: original.toLowerCase(), toOriginal: (start, end) => ({ start, end }) };
  let text = '';
  /** Where the cluster behind each code unit of the copy starts and ends. */
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    const piece = folded(cluster);
    text += piece;
    for (let unit = 0; unit < piece.length; unit += 1) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
  }
  return { text, toOriginal: (start, end) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? 0 }) };
}

/** A character that goes on a word; scripts that are written without spaces have no such thing. */
const goesOn = /[\p{L}\p{N}\p{M}]/u;
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

const before = (text: string, at: number) => {
  const code = text.charCodeAt(at - 1);
  return code >= 0xdc00 && code <= 0xdfff ? text.slice(at - 2, at) : text.charAt(at - 1);
};
const after = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at) ?? 32);

/** How many characters are searched in the time of one step of a pattern's automaton. */
const CHARACTERS_A_STEP = 16;

/** Where a phrase first stands in a text as whole words; both are folded. `spend` is told the work in steps, and may throw to end it. */
export function findPhrase(text: string, phrase: string, spend: (steps: number) => void): Span | null {
  const isEdge = (inside: string, outside: string) =>
    !goesOn.test(outside) || !goesOn.test(inside) || (unspaced.test(inside) && !/\p{M}/u.test(outside));
  let from = 0;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, from)) {
    spend((at - from) / CHARACTERS_A_STEP + phrase.length);
    const end = at + phrase.length;
    if (isEdge(after(text, at), before(text, at)) && isEdge(before(text, end), after(text, end)))
      return { start: at, end };
    from = at + 1;
  }
  spend((text.length - from) / CHARACTERS_A_STEP);
  return null;
}
