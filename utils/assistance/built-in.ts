/**
 * Asks the model that comes with the browser: the Prompt API (webmachinelearning.github.io/prompt-api), as `LanguageModel` in
 * pages of an extension. Nothing leaves the computer. Told only as far as this program uses it.
 */
import { cutWords, type Limits } from './limits.ts';
import type { Ended, Hearing, Question } from './types.ts';

interface ModelOptions {
  readonly expectedInputs?: readonly object[];
  readonly expectedOutputs?: readonly object[];
}

interface ModelSession {
  promptStreaming(input: string, options: object): ReadableStream<string>;
  destroy(): void;
}

export interface LanguageModelApi {
  availability(options: ModelOptions): Promise<'unavailable' | 'downloadable' | 'downloading' | 'available'>;
  create(options: ModelOptions & { readonly [name: string]: unknown }): Promise<ModelSession>;
}

/** The browser's own model, where this document has one. */
function ownModel(scope: object = globalThis): LanguageModelApi | null {
  const found = (scope as { readonly LanguageModel?: LanguageModelApi }).LanguageModel;
  return typeof found?.create === 'function' ? found : null;
}

/** The languages that it was trained to answer in; the API asks for one of them. */
const TEXT: ModelOptions = {
  expectedInputs: [{ type: 'text', languages: ['en'] }],
  expectedOutputs: [{ type: 'text', languages: ['en'] }],
};

const NONE = {
  message: 'This browser has no model of its own here.',
  next: 'Chrome on a desktop has one since version 138, with 22 GB of free disk; else set an endpoint in the settings.',
} as const;

/** Whether there is one, in words. `ready` is false where it must be loaded first, which the first question does. */
export async function modelState(
  model: LanguageModelApi | null = ownModel(),
): Promise<{ readonly ok: boolean; readonly message: string; readonly next: string }> {
  const is = model ? await model.availability(TEXT).catch(() => 'unavailable' as const) : 'unavailable';
  if (is === 'unavailable') return { ok: false, ...NONE };
  if (is === 'available') return { ok: true, message: 'The browser’s own model is ready.', next: '' };
  return {
    ok: true,
    message: 'The browser has a model, which it has not loaded yet.',
    next: 'The first question loads it: some gigabytes, once.',
  };
}

export interface BuiltInParts {
  readonly limits: Limits;
  readonly model?: LanguageModelApi | null;
}

/** Asks, and resolves when it has ended, however. Never rejects. */
export async function askBuiltIn(question: Question, hearing: Hearing, parts: BuiltInParts): Promise<Ended> {
  const { limits, model = ownModel() } = parts;
  const state = await modelState(model);
  if (!model || !state.ok) return { is: 'failed', message: state.message, next: state.next };
  const clock = new AbortController();
  // Loading takes as long as the network does: the clock starts with the answer.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const signal = AbortSignal.any([hearing.signal, clock.signal]);
  let session: ModelSession | null = null;
  let text = '';
  try {
    const [system, user] = question.messages;
    session = await model.create({
      ...TEXT,
      ...{ signal, initialPrompts: [system] },
      monitor: (progress: EventTarget) =>
        progress.addEventListener('downloadprogress', (event) => {
          const share = Math.floor((event as ProgressEvent).loaded * 100);
          hearing.onThinking(`The browser is loading its model: ${share} %`);
        }),
    });
    timer = setTimeout(() => clock.abort(), limits.wholeMs);
    hearing.onThinking('The model is thinking…');
    const reader = session
      .promptStreaming(user?.content ?? '', { signal, responseConstraint: question.schema })
      .getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { is: 'whole', text };
      text += value;
      if (text.length > limits.chars) {
        reader.cancel().catch(() => {});
        return { is: 'cut', text: text.slice(0, limits.chars), why: cutWords.chars(limits) };
      }
      hearing.onText(text);
    }
  } catch (thrown) {
    if (hearing.signal.aborted) return { is: 'cancelled' };
    if (clock.signal.aborted) return { is: 'cut', text, why: cutWords.time(limits) };
    if (thrown instanceof Error && thrown.name === 'QuotaExceededError')
      return {
        is: 'failed',
        message: 'This answer is too long for the browser’s own model.',
        next: 'Review it without.',
      };
    return { is: 'failed', message: 'The browser’s own model gave up.', next: 'Ask again, or set an endpoint.' };
  } finally {
    clearTimeout(timer);
    session?.destroy();
  }
}
