/** FNV-1a, 32 bits (Fowler, Noll, Vo; draft-eastlake-fnv): quick, and even enough to draw a sample by. */
export function hash32(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at += 1) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  // The low bits of FNV change less than the high ones: mixed once more, as MurmurHash3 ends (Appleby, public domain).
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
