/** What is captured of a response for a review. */
import type { Detector, Response } from '../../utils/detection/types.ts';
import type { PageState } from '../../utils/messaging/contract.ts';
import { readTrace } from '../../utils/page/trace.ts';
import type { Snapshot } from '../../utils/review/schema.ts';

/** The page's title can be any length; this much of it is kept. */
const TITLE_LIMIT = 512;
/** And this much of an author's name. */
const AUTHOR_LIMIT = 200;

/** All text of the answer's elements, to tell whether it is still the one that was looked at. Cheap; not what is stored. */
export function seenTextOf(response: Response): string {
  return response.body.map((part) => part.textContent).join('\n');
}

/** How much of what was said before it the reviewer allows, and where its trace is. */
type Allowed = Pick<PageState, 'promptLimit' | 'contextTurns' | 'trace'>;

/** The response as it stands now; the address without query and fragment, which may hold tokens. */
export function takeSnapshot(detector: Detector, response: Response, allowed: Allowed, now = new Date()): Snapshot {
  const { promptLimit, contextTurns } = allowed;
  const { text, markdown, truncated, length, prompt, context, model } = detector.capture(
    response,
    promptLimit,
    contextTurns,
  );
  const trace = readTrace(allowed.trace, response, location.href);
  return {
    text,
    markdown,
    prompt,
    ...(context && { context: [...context] }),
    model,
    ...(response.author && { author: response.author.slice(0, AUTHOR_LIMIT).toWellFormed() }),
    conversationKey: response.conversationKey,
    messageId: response.messageId,
    ...(trace && { trace }),
    // A framed document may have no address of its own.
    pageUrl: window.origin + (location.href.startsWith('http') ? location.pathname : '/'),
    pageTitle: document.title.slice(0, TITLE_LIMIT).toWellFormed(),
    foundBy: response.foundBy,
    truncated,
    length,
    settled: response.settled,
    capturedAt: now.toISOString(),
  };
}
