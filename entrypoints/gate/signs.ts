/** What says that there may be a conversation: cheap to look for, and more often wrong than deaf. */

/** What chat products call their parts, in class names and test ids. */
const words = ['chat', 'conversation', 'transcript', 'assistant', 'bubble', 'message'];

/**
 * Somewhere to write, a log or feed, a declared role, or such a name. Whoever is let in by mistake finds nothing and costs a
 * script; whoever is kept out is never found.
 */
export const signs = [
  ...['textarea', '[contenteditable]:not([contenteditable="false" i])', '[role="textbox"]'],
  ...['[role="log"]', '[role="feed"]'],
  ...['[ai-disclosure]', '[data-message-author-role]', '[data-message-id]', '[data-role="assistant" i]'],
  ...words.flatMap((word) => [`[class*="${word}" i]`, `[data-testid*="${word}" i]`]),
].join(',');

/** Elements that are looked at for a shadow root in one look, and roots that are looked into. */
const mostElements = 10_000;
const mostRoots = 100;

/**
 * Whether there is a sign in the document or in an open shadow root, as far as one look goes. Roots on the way are handed
 * to `onRoot`.
 */
export function hasSign(document: Document, onRoot: (root: ShadowRoot) => void = () => {}): boolean {
  const roots: (Document | ShadowRoot)[] = [document];
  let left = mostElements;
  // The list grows while it is gone through.
  for (const root of roots) {
    if (root.querySelector(signs)) return true;
    // Widgets stand at the end of a page.
    const all = root.querySelectorAll('*');
    for (let index = all.length - 1; index >= 0 && left > 0; index -= 1, left -= 1) {
      const { shadowRoot } = all[index] as Element;
      if (!shadowRoot || roots.length >= mostRoots) continue;
      roots.push(shadowRoot);
      onRoot(shadowRoot);
    }
  }
  return false;
}
