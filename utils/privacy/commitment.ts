/**
 * Keyed hashes that leave instead of plain ones. A plain hash over text with a redacted card number tells it to anyone who
 * tries all card numbers; a keyed one (HMAC, RFC 2104) tells nothing without the key, and the owner of the key can still show later
 * that a record is the one that was judged.
 */

const keys = new Map<string, Promise<CryptoKey>>();

function keyOf(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret);
  if (!key) {
    key = crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]);
    keys.clear();
    keys.set(secret, key);
  }
  return key;
}

/** HMAC-SHA-256 of the UTF-8 bytes of `text`, lowercase hexadecimal. Needs a secure context. */
export async function commit(secret: string, text: string): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await keyOf(secret), new TextEncoder().encode(text));
  return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
