/** One request on the wire, under the rules for hostile endpoints. */
import type { HttpReply, HttpRequest } from '../connectors/types.ts';

/** The most of a reply that is read, in bytes. */
export const REPLY_LIMIT = 64 * 1024;
/** The background dies 30 s after its last event, a request in flight or not. */
export const TIMEOUT_MS = 20_000;

/** Reads at most `REPLY_LIMIT` bytes; what came before a break is kept, since the status already says much. */
async function readBody(response: Response): Promise<Pick<HttpReply, 'body' | 'end'>> {
  const decoder = new TextDecoder();
  let [body, bytes] = ['', 0];
  const reader = response.body?.getReader();
  if (!reader) return { body, end: 'whole' };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { body: body + decoder.decode(), end: 'whole' };
      bytes += value.length;
      body += decoder.decode(value.subarray(0, Math.max(0, value.length - (bytes - REPLY_LIMIT))), { stream: true });
      if (bytes > REPLY_LIMIT) return { body, end: 'too-long' };
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
  request: HttpRequest,
  fetcher: typeof fetch,
  timeoutMs = TIMEOUT_MS,
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
    return { status: response.status, headers: response.headers, ...(await readBody(response)) };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
