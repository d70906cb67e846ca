/**
 * Asks an endpoint that speaks OpenAI's chat completions (Ollama, vLLM, llama.cpp, a gateway), under the rules for hostile
 * endpoints: no redirect, no credentials but the key, a deadline, no more than so much read, nothing believed.
 */
import { type Body, failureOf, type Refusal } from './complaints.ts';
import { cutWords, type Limits } from './limits.ts';
import { readStream } from './stream.ts';
import type { Ended, Hearing, Question } from './types.ts';

export interface EndpointAddress {
  /** Up to `/v1`; the whole path to `chat/completions` is taken too. */
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
}

export interface EndpointParts {
  readonly limits: Limits;
  readonly fetcher?: typeof fetch;
  /** Origin of this extension, for words about CORS. */
  readonly origin?: string;
}

/** Where questions go, for an address as a person gives it. */
export function completionsAt(address: string): string {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/chat/completions') ? path : `${path}/chat/completions`;
  return url.href;
}

/** The body of the request. Some endpoints know no `response_format`; the instructions ask for the same. */
export function bodyOf({ messages, schema }: Question, model: string, withFormat = true): object {
  const format = { type: 'json_schema', json_schema: { name: 'proposal', strict: true, schema } };
  return { model, messages, stream: true, ...(withFormat && { response_format: format }) };
}

/** Asks, and resolves when it has ended, however. Never rejects because of the endpoint. */
export async function askEndpoint(
  question: Question,
  address: EndpointAddress,
  hearing: Hearing,
  parts: EndpointParts,
): Promise<Ended> {
  const first = await attempt(question, address, hearing, parts, true);
  if (!('status' in first)) return first;
  // Refused as it is: many endpoints do so for a field that they do not know.
  const second =
    first.status === 400 || first.status === 422 ? await attempt(question, address, hearing, parts, false) : first;
  return 'status' in second ? failureOf(second, address, parts.origin) : second;
}

async function attempt(
  question: Question,
  { url, model, key }: EndpointAddress,
  hearing: Hearing,
  { limits, fetcher = (...args) => fetch(...args) }: EndpointParts,
  withFormat: boolean,
): Promise<Ended | Refusal> {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), limits.wholeMs);
  try {
    const response = await fetcher(completionsAt(url), {
      method: 'POST',
      headers: {
        accept: 'text/event-stream, application/json',
        'content-type': 'application/json',
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(bodyOf(question, model, withFormat)),
      // Follows a redirect as little as `error` does, but lets one say that there was one.
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([hearing.signal, clock.signal]),
    });
    if (!response.ok) return { status: response.status, body: await shortBody(response) };
    return await readStream(response, hearing, limits, clock.signal);
  } catch {
    if (hearing.signal.aborted) return { is: 'cancelled' };
    if (clock.signal.aborted) return { is: 'cut', text: '', why: cutWords.time(limits) };
    return { status: -1, body: '' };
  } finally {
    clearTimeout(timer);
    clock.abort();
  }
}

/** The first words of a refusal. */
async function shortBody(response: Response): Promise<Body> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (reader && text.length < 4_000) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // What came is enough.
  } finally {
    reader?.cancel().catch(() => {});
  }
  return text.slice(0, 4_000);
}
