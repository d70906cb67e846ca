/** A fast, synchronous hash over text, for identity inside a page. Not cryptographic: `utils/review/hash.ts` is. */

/** What is known of a text without keeping it. */
export interface TextPrint {
  /** 53 bits. */
  readonly hash: number;
  /** How long it is, in UTF-16 code units; 0 means blank. */
  readonly size: number;
}

/** Murmur3's 32-bit finalizer (Appleby, public domain): spreads every input bit over the whole word. */
function avalanche(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A sketch looks at this many characters at most. */
const sketchSamples = 16;

/** What the reader does not see and a copy may lose: zero width, direction, variation selectors, soft hyphens, tags. */
const isInvisible = (unit: number) =>
  (unit >= 0x2000 && unit <= 0x200f) ||
  (unit >= 0x2028 && unit <= 0x202f) ||
  (unit >= 0x205f && unit <= 0x206f) ||
  (unit >= 0xfe00 && unit <= 0xfe0f) ||
  (unit >= 0x180b && unit <= 0x180f) ||
  unit === 0x034f ||
  unit === 0x061c ||
  unit === 0x3000 ||
  unit === 0xfeff ||
  unit === 0xdb40;

/** What may be written in more than one way: combining marks, Korean jamo, kana with voice marks. */
const isComposed = (unit: number) =>
  (unit >= 0x0300 && unit <= 0x036f) || (unit >= 0x1100 && unit <= 0x11ff) || unit === 0x3099 || unit === 0x309a;

/**
 * Prints a text without its white space: frameworks render anew with other spaces and line breaks, and that is not
 * another answer. Neither are characters that nobody sees, nor another way to write the same letter. Two lanes of
 * multiply-and-xor (as FNV-1a) with different primes, finalized with the length.
 *
 * `sketch` looks at some characters and the raw length only. It tells whether a text that has an id of its own has changed,
 * at a tenth of the time; it is no identity.
 */
export function printText(text: string, sketch = false, normal = false): TextPrint {
  const { length } = text;
  const step = sketch ? Math.ceil(length / sketchSamples) || 1 : 1;
  let low = 0x811c9dc5 | 0;
  let high = 0x9747b28c | 0;
  let blank = 0;
  for (let index = 0; index < length; index += step) {
    const unit = text.charCodeAt(index);
    if (unit <= 32 || unit === 160 || unit === 173) {
      blank += 1;
      continue;
    }
    if (unit >= 0x300) {
      if (isInvisible(unit)) {
        // Plane 14 holds tags and more variation selectors: both halves of the pair.
        const pair = unit === 0xdb40 ? 2 : 1;
        blank += pair;
        if (!sketch) index += pair - 1;
        continue;
      }
      if (!sketch && !normal && isComposed(unit)) return printText(text.normalize('NFC'), false, true);
    }
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, -1640531535);
  }
  const size = sketch ? (/[^\s\p{Cf}]/u.test(text) ? length : 0) : length - blank;
  return { hash: (avalanche(high ^ size) & 0x1fffff) * 2 ** 32 + avalanche(low ^ Math.imul(size, 0x27d4eb2f)), size };
}
