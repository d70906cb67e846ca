/** What connectors share that speak a JSON API: requests below one address, and what its answers say. */
import { isHtml, isJson, misconfigured, readRefusal } from './http.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from './types.ts';

/** `path` below the destination's address, which may have a path of its own; `body` becomes JSON. */
export function apiRequest(
  { url }: Pick<Destination, 'url'>,
  headers: Readonly<Record<string, string>>,
  method: HttpRequest['method'],
  path: string,
  body?: unknown,
): HttpRequest {
  const base = new URL(url);
  return {
    method,
    url: `${base.origin}${base.pathname.replace(/\/+$/, '')}/${path}`,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      accept: 'application/json',
      ...headers,
    },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** The value that an endpoint answered with, as hostile as any; or what its answer means for the batch. */
export type Said =
  | { readonly value: unknown; readonly outcome?: never }
  | { readonly value?: never; readonly outcome: BatchOutcome };

/** Reads a whole JSON reply. A refusal, a login page, an answer that broke off or that is too long are outcomes. */
export function readJson(reply: HttpReply, now: number): Said {
  const refusal = readRefusal(reply, now);
  if (refusal) return { outcome: refusal };
  if (isHtml(reply)) {
    return { outcome: misconfigured('answers with a web page, perhaps a login page, instead of JSON.') };
  }
  if (reply.end === 'broken') {
    const reason = 'The connection broke while the endpoint answered.';
    return { outcome: { kind: 'later', retryAfterMs: null, reason } };
  }
  if (reply.end === 'too-long') return { outcome: misconfigured('answers with more than can be read.') };
  if (!isJson(reply)) return { outcome: misconfigured('does not answer in JSON.') };
  try {
    return { value: JSON.parse(reply.body) };
  } catch {
    return { outcome: misconfigured('answers with broken JSON.') };
  }
}
