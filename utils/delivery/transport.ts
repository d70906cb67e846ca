/** One request on the wire, under the rules for hostile endpoints. */
import type { HttpReply, HttpRequest } from '../connectors/types.ts';

/** The most of a reply that is read where its request asks for no more, in bytes. */
export const REPLY_LIMIT = 64 * 1024;
/** The most that a request may ask for, in bytes. */
const LONGEST_REPLY = 4 * 1024 * 1024;
/** The background dies 30 s after its last event, a request in flight or not. */
export const TIMEOUT_MS = 20_000;

/** A request whose body may be packed. */
export type SendableRequest = Omit<HttpRequest, 'body'> & { readonly body: string | Uint8Array<ArrayBuffer> };

/** The text as UTF-8 packed with gzip (RFC 1952). */
export async function gzipped(text: string): Promise<Uint8Array<ArrayBuffer>> {
  // A body, and no Blob: that would travel to another process of the browser and back.
  const plain = new Response(text).body as ReadableStream<Uint8Array<ArrayBuffer>>;
  const packed = plain.pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Reads at most `limit` bytes; what came before a break is kept, since the status already says much. */
async function readBody(response: Response, limit: number): Promise<Pick<HttpReply, 'body' | 'end'>> {
  const decoder = new TextDecoder();
  let [body, bytes] = ['', 0];
  const reader = response.body?.getReader();
  if (!reader) return { body, end: 'whole' };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { body: body + decoder.decode(), end: 'whole' };
      bytes += value.length;
      body += decoder.decode(value.subarray(0, Math.max(0, value.length - (bytes - limit))), { stream: true });
      if (bytes > limit) return { body, end: 'too-long' };
    }
  } catch {
    return { body, end: 'broken' };
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * Sends a request and reads its reply; null where no reply came: no network, refused, reset, or too slow.
 * `redirect: 'manual'` follows redirects as little as `'error'` does, but shows that there was one, so that the user can
 * be told; browsers hide its status, which then is 0.
 */
export async function send(
  request: SendableRequest,
  fetcher: typeof fetch,
  timeoutMs = TIMEOUT_MS,
  limit = Math.min(request.replyLimit ?? REPLY_LIMIT, LONGEST_REPLY),
): Promise<HttpReply | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const response = await fetcher(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.method === 'GET' ? {} : { body: request.body }),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: abort.signal,
    });
    return { status: response.status, headers: response.headers, ...(await readBody(response, limit)) };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
