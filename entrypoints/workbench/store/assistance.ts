/** The model for a second opinion, as the settings set and try it. */
import type { ModelFields } from '../../../components/settings/assistance.tsx';
import { askBuiltIn, modelState } from '../../../utils/assistance/built-in.ts';
import { askEndpoint } from '../../../utils/assistance/endpoint.ts';
import { limitsFor } from '../../../utils/assistance/limits.ts';
import { questionOf } from '../../../utils/assistance/question.ts';
import { readReply } from '../../../utils/assistance/reply.ts';
import type { Ended } from '../../../utils/assistance/types.ts';
import { readAddress } from '../../../utils/connectors/address.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { readAssistance } from '../../../utils/storage/assistance.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';

/** What a model is tried with, and shown by: nobody's words. */
const sample = questionOf({
  prompt: 'How many minutes does an hour have?',
  answer: 'An hour has 90 minutes.',
  labels: defaultRubric.labels,
});

/** The question in parts, with their names. */
export const sampleParts = sample.messages.map(({ role, content }): [string, string] => [
  role === 'system' ? 'Instructions' : 'Question',
  content,
]);

export { modelState };

interface Tried {
  readonly ok: boolean;
  readonly message: string;
  readonly next: string;
}

function wordsOf(ended: Ended): Tried {
  if (ended.is === 'failed') return { ok: false, message: ended.message, next: ended.next };
  if (ended.is === 'cancelled') return { ok: false, message: 'Cancelled.', next: '' };
  if (readReply(ended.text)) return { ok: true, message: 'It answers, in the form that is wanted.', next: '' };
  if (ended.is === 'cut') return { ok: false, message: ended.why, next: 'Try it again, or another model.' };
  return {
    ok: false,
    message: 'It answers, but not in the form that is wanted, as small models do.',
    next: 'Its answers would be shown as plain text. Try another model.',
  };
}

/** Asks about a made-up answer, as a question would be asked. Never rejects because of the endpoint. */
export async function tryModel(
  database: CountersignDatabase,
  { by, url, model, key }: ModelFields,
  fetcher?: typeof fetch,
): Promise<Tried> {
  const hearing = { onText: () => {}, onThinking: () => {}, signal: new AbortController().signal };
  const limits = limitsFor(200);
  if (by !== 'endpoint') return wordsOf(await askBuiltIn(sample, hearing, { limits }));
  const address = readAddress(url);
  if (!address.ok) return { ok: false, message: address.error, next: 'Correct the address.' };
  const stored = await readAssistance(database);
  const same = stored && URL.parse(stored.url)?.origin === address.value.url.origin;
  // A key is sent to no other origin than it was given for.
  const own = key === undefined ? (same ? stored.key : null) : key;
  const parts = { limits, ...(fetcher && { fetcher }) };
  const tried = wordsOf(await askEndpoint(sample, { url, model, key: own }, hearing, parts));
  return tried.ok ? { ...tried, next: address.value.warning ?? '' } : tried;
}
