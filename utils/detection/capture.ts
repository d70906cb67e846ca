/** Reads a response when somebody needs it: text, Markdown, prompt and model. */
import { CONTEXT_TEXT_LIMIT, SNAPSHOT_TEXT_LIMIT } from '../review/limits.ts';
import type { Turn } from '../review/schema.ts';
import { hiddenSelector } from './engine/hidden.ts';
import { locate } from './engine/locate.ts';
import { promptBodies } from './engine/read.ts';
import type { Session } from './engine/session.ts';
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

/** Captures what the page shows now, in whatever nodes. A response that has left the page is read from those that it had. */
export function captureResponse(response: Response, promptLimit: number, session: Session | null, turns = 0): Captured {
  const { bodies, without, codeBlock, range, element, variant } = sourceOf(response, session);
  const { text, markdown } = readRich(bodies, without, codeBlock, SNAPSHOT_TEXT_LIMIT, range);
  const kept = cutText(text, SNAPSHOT_TEXT_LIMIT);

  let prompt: string | null = null;
  let context: readonly Turn[] = [];
  if (promptLimit > 0 && variant && session) {
    const user = session.promptBefore(element, variant.rule);
    if (turns > 0) context = turnsBefore(element, user, session, turns);
    if (user)
      prompt =
        cutText(readRich(promptBodies(user, variant.rule), without, undefined, promptLimit).text, promptLimit) || null;
  }
  const model = variant ? locate(variant.model, element) : null;
  return {
    text: kept,
    markdown: cutText(markdown, SNAPSHOT_TEXT_LIMIT * 2),
    truncated: kept.length < text.length,
    length: text.length,
    prompt,
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
