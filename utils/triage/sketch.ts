/**
 * Texts as sketches of fixed size, so that one can be compared with hundreds without keeping any of them: MinHash (Broder,
 * "On the resemblance and containment of documents", 1997) over the words that carry something, and their neighbors.
 */
import { contentOf, plain } from './text.ts';

/** Numbers in a sketch; the error of an estimate is about 1 / sqrt of this. */
const SKETCH_SIZE = 96;
/** Of the text's words; what is longer is compared by its beginning. */
const MOST_WORDS = 4_000;

/** FNV-1a with a final mix, so that near words lie apart. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

// Odd multipliers and offsets, made once by a small generator: each pair is another order of all hashes.
const orders: readonly (readonly [number, number])[] = (() => {
  let state = 0x9e3779b9;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  return Array.from({ length: SKETCH_SIZE }, () => [next() | 1, next()] as const);
})();

/** The sketch of a text; all 0xffffffff for one without words. */
export function sketchOf(text: string): Uint32Array {
  const words = contentOf(plain(text)).slice(0, MOST_WORDS);
  const features = new Set<number>();
  for (const [at, word] of words.entries()) {
    features.add(hashOf(word));
    if (at > 0) features.add(hashOf(`${words[at - 1]} ${word}`));
  }
  const sketch = new Uint32Array(SKETCH_SIZE).fill(0xffffffff);
  for (const feature of features) {
    for (let at = 0; at < SKETCH_SIZE; at += 1) {
      const [factor, offset] = orders[at] as readonly [number, number];
      let mixed = (Math.imul(feature, factor) + offset) >>> 0;
      mixed = (mixed ^ (mixed >>> 15)) >>> 0;
      if (mixed < (sketch[at] as number)) sketch[at] = mixed;
    }
  }
  return sketch;
}

/** About which share of what two texts have in either they have in both, 0 to 1. */
export function similarity(one: Uint32Array, other: Uint32Array): number {
  let same = 0;
  for (let at = 0; at < SKETCH_SIZE; at += 1) {
    if (one[at] === other[at] && one[at] !== 0xffffffff) same += 1;
  }
  return same / SKETCH_SIZE;
}
