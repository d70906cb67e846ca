/** Reads a response when somebody needs it: text, Markdown, prompt and model. */
import { SNAPSHOT_TEXT_LIMIT } from '../review/limits.ts';
import { hiddenSelector } from './engine/hidden.ts';
import { locate } from './engine/locate.ts';
import { promptBodies } from './engine/read.ts';
import type { Session } from './engine/session.ts';
import { readRich } from './rich-text.ts';
import { cutText } from './text.ts';
import type { CapturedText, Response } from './types.ts';

const nameLimit = 200;

/** Captures what the page shows now, in whatever nodes. A response that has left the page is read from those that it had. */
export function captureResponse(
  response: Response,
  promptLimit: number,
  session: Session | null,
): CapturedText & { readonly prompt: string | null; readonly model: string | null } {
  const entry = session?.find(response.key);
  const { element, body } = entry?.response ?? response;
  const variant = entry?.variant ?? session?.variantOf(response) ?? null;
  const without = variant?.without ?? hiddenSelector;
  const { text, markdown } = readRich(body, without, variant?.codeBlock, SNAPSHOT_TEXT_LIMIT, entry?.range);
  const kept = cutText(text, SNAPSHOT_TEXT_LIMIT);

  let prompt: string | null = null;
  if (promptLimit > 0 && variant) {
    const user = session?.promptBefore(element, variant.rule);
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
    model: model === null ? null : cutText(model, nameLimit),
  };
}
