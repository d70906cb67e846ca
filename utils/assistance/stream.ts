/** Reads what a chat endpoint answers: a stream of events, or one object where it does not stream. */
import { noModel } from './complaints.ts';
import { EventStream } from './event-stream.ts';
import { cutWords, type Limits } from './limits.ts';
import type { Ended, Hearing } from './types.ts';

/** What one event, or the one object, adds. */
interface Piece {
  readonly text: string;
  readonly thinks: boolean;
  readonly end: 'stop' | 'length' | null;
  /** The endpoint tells of an error in the middle. */
  readonly error: string | null;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const words = (value: unknown) => (typeof value === 'string' ? value : '');

/** Null for what is not of the protocol. */
function pieceOf(json: string): Piece | null {
  let value: Record<string, unknown>;
  try {
    value = record(JSON.parse(json));
  } catch {
    return null;
  }
  if (value.error !== undefined && value.error !== null) {
    const said = typeof value.error === 'string' ? value.error : words(record(value.error).message);
    return { text: '', thinks: false, end: null, error: said.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').slice(0, 200) };
  }
  if (!Array.isArray(value.choices)) return null;
  const choice = record(value.choices[0]);
  const said = record(choice.delta ?? choice.message);
  const finish = choice.finish_reason;
  return {
    // A refusal is said in place of an answer.
    text: words(said.content) || words(said.refusal),
    thinks: words(said.reasoning_content) !== '' || words(said.reasoning) !== '',
    end: finish === 'length' ? 'length' : typeof finish === 'string' ? 'stop' : null,
    error: null,
  };
}

const DONE = '[DONE]';

/** Follows an answer with status 200 to its end, or cuts it off. Rejects only where reading is aborted. */
export async function readStream(
  response: Response,
  { onText, onThinking, signal }: Hearing,
  limits: Limits,
  late: AbortSignal,
): Promise<Ended> {
  const kind = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (kind === 'text/html') return noModel(kind);
  const streams = kind === 'text/event-stream';
  const reader = response.body?.getReader();
  if (!reader) return noModel(kind);
  const decoder = new TextDecoder();
  const events = new EventStream();
  let [text, whole, bytes] = ['', '', 0];
  let known = false;
  let ended: Ended | null = null;

  const take = (data: string) => {
    if (ended) return;
    if (data.trim() === DONE) {
      ended = { is: 'whole', text };
      return;
    }
    const piece = pieceOf(data);
    if (!piece) return;
    known = true;
    if (piece.error !== null) {
      const said = piece.error === '' ? '' : ` It says: “${piece.error}”.`;
      ended = { is: 'failed', message: `The model gave up.${said}`, next: 'Ask again, or look at the endpoint.' };
      return;
    }
    if (piece.thinks && piece.text === '') onThinking('The model is thinking…');
    text += piece.text;
    if (text.length > limits.chars) {
      text = text.slice(0, limits.chars);
      ended = { is: 'cut', text, why: cutWords.chars(limits) };
    } else if (piece.end === 'length') ended = { is: 'cut', text, why: cutWords.length() };
    if (piece.text !== '') onText(text);
  };

  try {
    while (!ended) {
      const next = await nextOf(reader, bytes === 0 ? null : limits.quietMs);
      if (next === 'quiet') ended = { is: 'cut', text, why: cutWords.quiet(limits) };
      else if (next.done) break;
      else {
        bytes += next.value.length;
        const piece = decoder.decode(next.value, { stream: true });
        if (streams) for (const data of events.push(piece)) take(data);
        else whole += piece;
        if (!ended && bytes > limits.bytes) ended = { is: 'cut', text, why: cutWords.bytes() };
      }
    }
    if (!ended) for (const data of streams ? events.end() : [whole + decoder.decode()]) take(data);
  } catch (thrown) {
    if (signal.aborted) return { is: 'cancelled' };
    if (late.aborted) return { is: 'cut', text, why: cutWords.time(limits) };
    const why = thrown instanceof RangeError ? cutWords.bytes() : cutWords.broken();
    ended = { is: 'cut', text, why };
  } finally {
    reader.cancel().catch(() => {});
  }
  if (ended) return ended;
  return known ? { is: 'whole', text } : noModel(kind);
}

type Reader = ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;

/** The next piece, or `quiet` where none came for `quietMs`; null waits as long as the request may take. */
async function nextOf(reader: Reader, quietMs: number | null) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const quiet = new Promise<'quiet'>((resolve) => {
    if (quietMs !== null) timer = setTimeout(() => resolve('quiet'), quietMs);
  });
  try {
    return await Promise.race([reader.read(), quiet]);
  } finally {
    clearTimeout(timer);
  }
}
