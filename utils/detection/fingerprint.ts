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

/**
 * Prints a text without its white space: frameworks render anew with other spaces and line breaks, and that is not
 * another answer. Two lanes of multiply-and-xor (as FNV-1a) with different primes, finalized with the length.
 *
 * `sketch` looks at some characters and the raw length only. It tells whether a text that has an id of its own has changed,
 * at a tenth of the time; it is no identity.
 */
export function printText(text: string, sketch = false): TextPrint {
  const { length } = text;
  const step = sketch ? Math.ceil(length / sketchSamples) || 1 : 1;
  let low = 0x811c9dc5 | 0;
  let high = 0x9747b28c | 0;
  let blank = 0;
  for (let index = 0; index < length; index += step) {
    const unit = text.charCodeAt(index);
    if (unit <= 32 || unit === 160) {
      blank += 1;
      continue;
    }
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, -1640531535);
  }
  const size = sketch ? (/\S/.test(text) ? length : 0) : length - blank;
  return { hash: (avalanche(high ^ size) & 0x1fffff) * 2 ** 32 + avalanche(low ^ Math.imul(size, 0x27d4eb2f)), size };
}
