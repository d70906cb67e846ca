/**
 * Calls to the background: typed per kind of caller, answered with a `Result`, never rejecting.
 * Shared by the content script, so no schema and no database may be reached from here; the contract enters as types.
 */
import { unreachable } from '../errors.ts';
import { err } from '../result.ts';
import { ownRuntime } from '../runtime.ts';
import type { Answer, Caller, Calls, ContentCalls, EditorCalls, Envelope, PageCalls } from './contract.ts';

type Verbs<Api> = { [Verb in keyof Api]: Api[Verb] extends (body: infer Body) => infer Reply ? [Body, Reply] : never };
/** What a call takes. */
export type BodyOf<Kind extends Caller, Verb extends keyof Calls[Kind]> = Verbs<Calls[Kind]>[Verb][0];
/** What a call answers when it succeeds. */
export type ReplyOf<Kind extends Caller, Verb extends keyof Calls[Kind]> = Verbs<Calls[Kind]>[Verb][1];

/** Asks the background; a background that is gone, or does not answer in time, is the failure `unreachable`. */
export type Call<Api> = <Verb extends keyof Api & string>(
  verb: Verb,
  body: Verbs<Api>[Verb][0],
) => Promise<Answer<Verbs<Api>[Verb][1]>>;

/** What a client needs from the outside. */
export interface ClientParts {
  /** Delivers one envelope to the background and resolves with its answer; may throw, as the browser does. */
  readonly send?: (envelope: Envelope) => Promise<unknown>;
  readonly wait?: (ms: number) => Promise<void>;
  /** ms until a call without an answer counts as unreachable. */
  readonly timeoutMs?: number;
}

/** A probe of a destination may take 20 s; nothing takes longer than the background's own idle limit of 30 s. */
const TIMEOUT_MS = 30_000;
/** Long enough for a background that was just being started. */
const RETRY_AFTER_MS = 300;
/** Safe to repeat: it carries a `saveId`, and a repeated one is answered with what is stored. */
const REPEATABLE = 'saveReview';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function isAnswer(value: unknown): value is Answer<never> {
  return typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean';
}

/** One attempt: the answer, or null where there was none. */
async function ask(envelope: Envelope, { send, timeoutMs }: Required<Omit<ClientParts, 'wait'>>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  try {
    const answer = await Promise.race([send(envelope), late]);
    return isAnswer(answer) ? answer : null;
  } catch {
    // "Extension context invalidated", "Receiving end does not exist", "message channel closed": all mean the same.
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function client<Api>(parts: ClientParts): Call<Api> {
  const send = parts.send ?? (async (envelope: Envelope) => ownRuntime().sendMessage(envelope));
  const wait = parts.wait ?? sleep;
  const timeoutMs = parts.timeoutMs ?? TIMEOUT_MS;
  return async (call, body) => {
    const envelope: Envelope = { countersign: 1, call, body };
    let answer = await ask(envelope, { send, timeoutMs });
    if (answer === null && call === REPEATABLE) {
      await wait(RETRY_AFTER_MS);
      answer = await ask(envelope, { send, timeoutMs });
    }
    return answer ?? err(unreachable);
  };
}

/** Calls of the overlay in a web page: `const call = contentClient(); await call('openPage', { responseKeys })`. */
export function contentClient(parts: ClientParts = {}): Call<ContentCalls> {
  return client<ContentCalls>(parts);
}

/** Calls of the editor frame. */
export function editorClient(parts: ClientParts = {}): Call<EditorCalls> {
  return client<EditorCalls>(parts);
}

/** Calls of the popup and the workbench. */
export function pageClient(parts: ClientParts = {}): Call<PageCalls> {
  return client<PageCalls>(parts);
}
