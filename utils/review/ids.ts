/** Identifiers: sortable by time, made where the thing is made, never derived from text. */

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits.
 * `now` in ms since 1970; `random` fills 16 bytes.
 */
export function uuidv7(
  now: number = Date.now(),
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (bytes) => crypto.getRandomValues(bytes),
): string {
  const bytes = random(new Uint8Array(16)).slice();
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(now / 2 ** 32));
  view.setUint32(2, now % 2 ** 32);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const digits = hex(bytes);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}

/** The key under which every destination stores a revision once, however often it is sent. */
export function idempotencyKey(review: { readonly id: string; readonly revision: number }): string {
  return `${review.id}:${review.revision}`;
}

/** The key of a review's tombstone, beside the keys of its revisions. */
export function deletionKey(reviewId: string): string {
  return `${reviewId}:deleted`;
}
