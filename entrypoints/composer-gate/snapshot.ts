/** What is captured of a draft, for the review that a verdict on it becomes. */
import type { ComposerState } from '../../utils/composer/types.ts';
import { runningHere } from '../../utils/handover.ts';
import type { Snapshot } from '../../utils/review/schema.ts';

const TITLE_LIMIT = 512;

/** What the customer wrote last, as far as detection knows this page. */
export function promptHere({ promptLimit }: Pick<ComposerState, 'promptLimit'>): string | null {
  if (promptLimit === 0) return null;
  const messages = runningHere()?.detector?.survey().messages ?? [];
  const last = messages.findLast(({ role }) => role === 'user');
  return last?.text.slice(0, promptLimit).toWellFormed() || null;
}

/** The address without query and fragment, which may hold tokens. */
export function snapshotOf(text: string, state: Pick<ComposerState, 'promptLimit'>): Snapshot {
  const survey = runningHere()?.detector?.survey();
  return {
    text,
    markdown: text,
    prompt: promptHere(state),
    model: null,
    conversationKey: survey?.conversationKey ?? null,
    messageId: null,
    pageUrl: window.origin + (location.href.startsWith('http') ? location.pathname : '/'),
    pageTitle: document.title.slice(0, TITLE_LIMIT).toWellFormed(),
    foundBy: null,
    truncated: false,
    length: text.length,
    settled: true,
    capturedAt: new Date().toISOString(),
  };
}
