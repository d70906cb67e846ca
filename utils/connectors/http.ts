/** What all connectors of HTTP endpoints share: the batch as a request, and what a refusal means. */
import { sha256 } from '../review/hash.ts';
import { BATCH_MEDIA_TYPE, type WireEvent } from '../review/wire.ts';
import { retryAfterMs } from './retry-after.ts';
import { signatureHeaders } from './signature.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from './types.ts';

/** The most of an endpoint's own words that is kept, in UTF-16 code units. */
const WORDS_LIMIT = 300;

const checkAddress = 'Check the address of this destination.';
const checkToken = 'Check the token of this destination, then test the connection.';

/**
 * A POST of these events. The idempotency key and the webhook id are the hash of the event ids, so that every attempt to
 * send the same ones carries the same ones.
 */
export async function signedPost(
  body: string,
  mediaType: string,
  events: readonly WireEvent[],
  destination: Destination,
  now: number,
): Promise<HttpRequest> {
  const ids = events.map((event) => event.id).sort();
  const key = await sha256(ids.join('\n'));
  return {
    method: 'POST',
    url: destination.url,
    headers: {
      'content-type': mediaType,
      accept: 'application/json',
      'idempotency-key': key,
      ...(destination.token === null ? {} : { authorization: `Bearer ${destination.token}` }),
      ...(destination.secret === null ? {} : await signatureHeaders(destination.secret, key, body, now)),
    },
    body,
  };
}

/** A CloudEvents batch as a POST. */
export const batchRequest = (events: readonly WireEvent[], destination: Destination, now: number) =>
  signedPost(JSON.stringify(events), `${BATCH_MEDIA_TYPE}; charset=UTF-8`, events, destination, now);

const mediaType = (reply: HttpReply) =>
  (reply.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const isJson = (reply: HttpReply) => /^application\/(?:[a-z0-9.+-]+\+)?json$/.test(mediaType(reply));
export const isHtml = (reply: HttpReply) => /^(?:text\/html|application\/xhtml\+xml)$/.test(mediaType(reply));

/** The sentence in a JSON error, by the names that frameworks give it. */
function errorSentence(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  for (const name of ['message', 'error', 'detail', 'reason', 'title']) {
    const inner = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    const sentence = typeof inner === 'string' ? inner : name === 'error' ? errorSentence(inner) : null;
    if (sentence) return sentence;
  }
  return null;
}

/** What the endpoint itself said, as one short line of text; empty where it said nothing readable. */
function words(reply: HttpReply): string {
  let text = reply.body;
  if (isHtml(reply)) text = '';
  else if (isJson(reply)) {
    try {
      text = errorSentence(JSON.parse(text)) ?? '';
    } catch {
      text = '';
    }
  }
  return after(text);
}

/** The endpoint's own words behind a colon, as one short line of text; empty where there are none. */
export function after(text: string): string {
  const line = text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, WORDS_LIMIT)
    .toWellFormed();
  return line === '' ? '' : `: ${line}`;
}

/** A pause because the address does not lead to a feedback endpoint; `what` completes "The endpoint …". */
export function misconfigured(what: string): BatchOutcome {
  return { kind: 'pause', reason: `The endpoint ${what}`, next: checkAddress };
}

/** What a reply other than 2xx means; null for 2xx. */
export function readRefusal(reply: HttpReply, now: number): BatchOutcome | null {
  const { status } = reply;
  const said = `answered ${status}${words(reply)}`;
  if (status >= 200 && status < 300) return null;
  if (status === 0 || (status >= 300 && status < 400))
    return misconfigured('redirects elsewhere, perhaps to a login page; nothing was sent there.');
  if (status === 413) return { kind: 'too-large' };
  if (status === 400 || status === 422) return { kind: 'invalid', reason: `The endpoint ${said}` };
  if (status === 401)
    return { kind: 'pause', reason: `The endpoint does not know the token (it ${said})`, next: checkToken };
  if (status === 403) {
    return { kind: 'pause', reason: `The token does not allow delivery here (the endpoint ${said})`, next: checkToken };
  }
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500) {
    return { kind: 'later', retryAfterMs: retryAfterMs(reply.headers, now), reason: `The endpoint ${said}` };
  }
  return misconfigured(`does not take reviews at this address (it ${said}).`);
}
