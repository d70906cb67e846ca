/** Reads a response when somebody needs it: text, Markdown, prompt and model. */
import { CONTEXT_TEXT_LIMIT } from '../review/limits.ts';
import type { Turn } from '../review/schema.ts';
import type { CompiledVariant } from './engine/compile.ts';
import { hiddenSelector } from './engine/hidden.ts';
import { locate } from './engine/locate.ts';
import { promptBodies } from './engine/read.ts';
import type { Session } from './engine/session.ts';
import { readText } from './read-text.ts';
import { readRich } from './rich-text.ts';
import { messagesOf } from './survey.ts';
import { cutText } from './text.ts';
import type { Captured, Response } from './types.ts';

const nameLimit = 200;

/** What the text of a response is read from, now. */
export function sourceOf(response: Response, session: Session | null) {
  const entry = session?.find(response.key);
  const { element, body } = entry?.response ?? response;
  const variant = entry?.variant ?? session?.variantOf(response) ?? null;
  const without = variant?.without ?? hiddenSelector;
  return { bodies: body, without, codeBlock: variant?.codeBlock, range: entry?.range ?? null, element, variant };
}

const textOfPrompt = (user: Element, { rule, without }: CompiledVariant, limit: number) =>
  cutText(readRich(promptBodies(user, rule), without, undefined, limit).text, limit) || null;

/** What the user asked before a response, as much of it as `limit` lets; null where nothing is known of it. */
export function promptOf(response: Response, limit: number, session: Session | null): string | null {
  const { element, variant } = sourceOf(response, session);
  const user = variant && session?.promptBefore(element, variant.rule);
  return user ? textOfPrompt(user, variant, limit) : null;
}

/** Captures what the page shows now, in whatever nodes. A response that has left the page is read from those that it had. */
export function captureResponse(response: Response, promptLimit: number, session: Session | null, turns = 0): Captured {
  const source = sourceOf(response, session);
  const { element, variant } = source;
  const isAsked = promptLimit > 0 && variant && session;
  const user = isAsked ? session.promptBefore(element, variant.rule) : null;
  const context = isAsked && turns > 0 ? turnsBefore(element, user, session, turns) : [];
  const model = variant ? locate(variant.model, element) : null;
  return {
    ...readText(source),
    prompt: user && variant ? textOfPrompt(user, variant, promptLimit) : null,
    ...(context.length > 0 && { context }),
    model: model === null ? null : cutText(model, nameLimit),
  };
}

/** Who takes part in a conversation. Notes of the staff, and drafts, are not part of it. */
const speakers: Readonly<Record<string, Turn['role'] | undefined>> = {
  user: 'user',
  assistant: 'assistant',
  agent: 'agent',
};

/**
 * What was said before the prompt, or before the answer where no prompt is known, the newest last: at most so many messages. Reads
 * the whole page, so only for those who want it.
 */
function turnsBefore(answer: Element, prompt: Element | null, session: Session, turns: number): readonly Turn[] {
  const until = prompt ?? answer;
  const said: Turn[] = [];
  for (const { element, judgement, bodies, variant } of messagesOf(session)) {
    if (element.contains(until) || until.contains(element)) break;
    const role = speakers[judgement.role];
    const text = cutText(readRich(bodies, variant.without, undefined, CONTEXT_TEXT_LIMIT).text, CONTEXT_TEXT_LIMIT);
    if (role && text !== '') said.push({ role, text });
  }
  return said.slice(-turns);
}
