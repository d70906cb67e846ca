/**
 * Folding: detectors read a copy in which disguises are undone, and what they find is mapped back to the original.
 * Undone are: compatibility forms (NFKC: full-width, NBSP), invisible characters (zero-width, soft hyphen, bidi marks),
 * every kind of dash, digits of other scripts, percent and HTML escapes, Markdown's backslashes, and `[.]` for a dot.
 */
import type { Span } from './kinds.ts';

/** A stretch of the copy: `same` where it equals the original, else one replaced piece. */
interface Piece {
  /** Where it starts in the copy. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly same: boolean;
}

export interface Folded {
  readonly text: string;
  /** The range of the original that a range of the copy stands for; invisible characters inside are part of it. */
  readonly toOriginal: (start: number, end: number) => Span;
}

const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
const DASH = /[\p{Pd}\u2212\u2043]/u;
const DIGIT = /\p{Nd}/u;
const ESCAPE =
  /%[2-7][0-9a-f]|&(?:#\d{2,6}|#x[0-9a-f]{2,5}|commat|period|nbsp|amp|plus|lowbar|shy);|\\[!-/:-@[-`{-~]|\[\.\]|\(\.\)/iy;
const ANY_SPECIAL = /[^\0-\x7f]|[%&\\]|[[(]\.[\])]/;
const NAMED: Record<string, string> = {
  commat: '@',
  period: '.',
  nbsp: ' ',
  amp: '&',
  plus: '+',
  lowbar: '_',
  shy: '',
};

const known = new Map<string, string>();

/** One character as detectors should see it; '' where it is invisible. */
function foldChar(char: string): string {
  const before = known.get(char);
  if (before !== undefined) return before;
  let folded = IGNORABLE.test(char) ? '' : char.normalize('NFKC');
  // Ligatures of whole phrases would make the copy many times as long.
  if (folded.length > 3) folded = char;
  if (DASH.test(folded)) folded = '-';
  else if (folded === '\u2019' || folded === '\u2018') folded = "'";
  else if (DIGIT.test(folded) && folded > '9') {
    // Decimal digits of every script stand in runs of ten that start with zero.
    const code = folded.codePointAt(0) as number;
    let value = 0;
    while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
    folded = String(value);
  }
  if (known.size > 4096) known.clear();
  known.set(char, folded);
  return folded;
}

function unescapeAscii(sequence: string): string {
  if (sequence[0] === '%') return String.fromCharCode(Number.parseInt(sequence.slice(1), 16));
  if (sequence[0] === '\\') return sequence.slice(1);
  if (sequence[0] !== '&') return '.';
  const name = sequence.slice(1, -1).toLowerCase();
  if (name[0] !== '#') return NAMED[name] ?? sequence;
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code < 0x11_0000 ? foldChar(String.fromCodePoint(code)) : sequence;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

/** Kana, CJK, Hangul and the letters of Latin-1 fold to themselves; asking each time would cost most of the time. */
const isStable = (code: number) =>
  (code >= 0x4e00 && code <= 0x9fff) ||
  (code >= 0x3041 && code <= 0x3096) ||
  (code >= 0x30a1 && code <= 0x30fa) ||
  (code >= 0xac00 && code <= 0xd7a3) ||
  (code >= 0xc0 && code <= 0xff) ||
  (code >= 0x400 && code <= 0x45f);

/** The copy of `original` that detectors read. Linear in its length. */
export function fold(original: string): Folded {
  if (!ANY_SPECIAL.test(original)) return { text: original, toOriginal: (start, end) => ({ start, end }) };
  const pieces: Piece[] = [];
  let text = '';
  let sameFrom = 0;
  const keep = (to: number) => {
    if (to === sameFrom) return;
    pieces.push({ at: text.length, from: sameFrom, to, same: true });
    text += original.slice(sameFrom, to);
  };
  let index = 0;
  while (index < original.length) {
    const code = original.charCodeAt(index);
    let width = 1;
    let folded: string | null = null;
    if (code < 0x80) {
      if (code === 0x25 || code === 0x26 || code === 0x5c || code === 0x5b || code === 0x28) {
        ESCAPE.lastIndex = index;
        const sequence = ESCAPE.exec(original)?.[0];
        if (sequence) {
          width = sequence.length;
          folded = unescapeAscii(sequence);
        }
      }
    } else if (code === 0x30fc && isDigit(foldChar(original[index + 1] ?? '').charCodeAt(0))) {
      // The long vowel mark, typed for a hyphen between digits.
      folded = '-';
    } else if (!isStable(code)) {
      const char = String.fromCodePoint(original.codePointAt(index) as number);
      width = char.length;
      folded = foldChar(char);
      if (folded === char) folded = null;
    }
    if (folded !== null) {
      keep(index);
      // A piece that vanishes needs no entry: its neighbours' ranges span it.
      if (folded) pieces.push({ at: text.length, from: index, to: index + width, same: false });
      text += folded;
      sameFrom = index + width;
    }
    index += width;
  }
  keep(original.length);
  return {
    text,
    toOriginal: (start, end) => ({ start: place(pieces, start).start, end: place(pieces, end - 1).end }),
  };
}

/** The range of the original behind one code unit of the copy. */
function place(pieces: readonly Piece[], at: number): Span {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Piece).at <= at) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (!piece) return { start: 0, end: 0 };
  if (!piece.same) return { start: piece.from, end: piece.to };
  const start = piece.from + at - piece.at;
  return { start, end: start + 1 };
}
