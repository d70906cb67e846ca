/** Why an endpoint gave no proposal, in words, with one thing to do. */
import type { EndpointAddress } from './endpoint.ts';
import type { Ended } from './types.ts';

/** The first words of a refusal, as they came. */
export type Body = string;

/** An answer that is no answer. Status 0: a redirect; -1: none came at all. */
export interface Refusal {
  readonly status: number;
  readonly body: Body;
}

/** What the endpoint itself says of it, as one line of plain text without the key; '' where it says nothing that fits. */
function ownWords(body: Body, key: string | null): string {
  let said: unknown;
  try {
    const { error, message, detail } = JSON.parse(body) as Record<string, unknown>;
    said =
      typeof error === 'object' && error !== null
        ? (error as { message?: unknown }).message
        : (error ?? message ?? detail);
  } catch {
    return '';
  }
  if (typeof said !== 'string') return '';
  const line = said
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
  return key ? line.replaceAll(key, '•••') : line;
}

const admit = (origin: string) =>
  `Is it running, and does it admit this extension (CORS)? Ollama does when it is started with OLLAMA_ORIGINS=${origin}; other servers have a list of allowed origins.`;

const firefoxOrigins = 'moz-extension://*';

/** How this extension is written in a list of allowed origins. In Firefox each installation has another origin. */
const originWords = (origin: string) => (origin.startsWith('moz-extension:') ? firefoxOrigins : origin);

/** The failure in words. */
export function failureOf(
  { status, body }: Refusal,
  { url, key, model }: Pick<EndpointAddress, 'url' | 'key' | 'model'>,
  origin: string = globalThis.location?.origin ?? '',
): Extract<Ended, { is: 'failed' }> {
  const { host } = new URL(url);
  const own = ownWords(body, key);
  const says = own === '' ? '' : ` It says: “${own}”.`;
  const failed = (message: string, next: string) => ({ is: 'failed', message: `${message}${says}`, next }) as const;
  if (status === -1) return failed(`${host} did not answer.`, admit(originWords(origin)));
  if (status === 0 || (status >= 300 && status < 400))
    return failed(
      `${host} leads elsewhere, where nothing is sent.`,
      'Give the address that it leads to, if you trust it.',
    );
  if (status === 401) return failed(`${host} does not accept the key.`, 'Enter another one in the settings.');
  if (status === 403)
    return failed(`${host} refuses (403).`, `The key may not use this model, or: ${admit(originWords(origin))}`);
  if (status === 404)
    return failed(
      `${host} has nothing there (404).`,
      `Check the address, which usually ends with /v1, and the name of the model, ${model}.`,
    );
  if (status === 429) return failed(`${host} has had too many questions.`, 'Ask again in a while.');
  if (status >= 500) return failed(`${host} is in trouble (${status}).`, 'Ask again in a while.');
  return failed(`${host} refuses the question (${status}).`, 'Check the name of the model in the settings.');
}

/** What answered with 200 and is no model. */
export const noModel = (kind: string): Extract<Ended, { is: 'failed' }> => ({
  is: 'failed',
  message:
    kind === 'text/html'
      ? 'What answered is a web page and no model.'
      : 'What answered does not speak the protocol for chats with a model.',
  next: 'Check the address, which usually ends with /v1.',
});
