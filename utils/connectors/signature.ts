/** Standard Webhooks signatures (standard-webhooks spec, symmetric `v1`): HMAC-SHA256 over id, timestamp and body. */

const PREFIX = 'whsec_';
const utf8 = new TextEncoder();

/** The key bytes of a `whsec_` secret; null unless it is base64 of 24 to 64 bytes, as the standard asks. */
export function secretBytes(secret: string): Uint8Array<ArrayBuffer> | null {
  if (!secret.startsWith(PREFIX)) return null;
  try {
    const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0));
    return bytes.length >= 24 && bytes.length <= 64 ? bytes : null;
  } catch {
    return null;
  }
}

/**
 * The headers that sign one message. `id` stays the same over all attempts to send it, `now` (ms) is the attempt's.
 * Throws where the secret is not one; `check` keeps such a secret out of the settings.
 */
export async function signatureHeaders(
  secret: string,
  id: string,
  body: string,
  now: number,
): Promise<Record<string, string>> {
  const bytes = secretBytes(secret);
  if (!bytes) throw new TypeError('not a Standard Webhooks secret');
  const timestamp = String(Math.floor(now / 1000));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, utf8.encode(`${id}.${timestamp}.${body}`));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`,
  };
}
