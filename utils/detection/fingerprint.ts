/** A fast, synchronous hash over text, for identity inside a page. Not cryptographic: `utils/review/hash.ts` is. */

/** What is known of a text without keeping it. */
export interface TextPrint {
  /** 64 bits, 16 lowercase hexadecimal digits. */
  readonly hash: string;
  /** Characters that are not white space; 0 means blank. */
  readonly size: number;
}

/** Murmur3's 32-bit finalizer (Appleby, public domain): spreads every input bit over the whole word. */
function avalanche(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const digits = (word: number) => word.toString(16).padStart(8, '0');

/**
 * Prints the texts as one, without their white space: frameworks re-render with other spaces and line breaks, and that
 * is not another answer. Two lanes of multiply-and-xor (as FNV-1a) with different primes, finalized with the length.
 */
export function printText(texts: Iterable<string>): TextPrint {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  let size = 0;
  for (const text of texts) {
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit <= 32 || unit === 160) continue;
      size += 1;
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul((high << 5) ^ (high >>> 27) ^ unit, 0x9e3779b1);
    }
  }
  return { hash: digits(avalanche(low ^ size)) + digits(avalanche(high ^ Math.imul(size, 0x27d4eb2f))), size };
}
