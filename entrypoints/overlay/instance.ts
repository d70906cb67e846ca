/** One overlay per document: a second injection finds the first, and a new version takes over from the old one. */
import { browser } from '../../utils/browser.ts';

const KEY = Symbol.for('overlay');
type World = { [KEY]?: AbortController };

/** False once the extension was updated, reloaded or removed: this script is then an orphan and must go quietly. */
export function isAlive(): boolean {
  try {
    return Boolean(browser.runtime?.id);
  } catch {
    return false;
  }
}

/**
 * Claims this document for one run; null where another run of this isolated world is at work.
 * The page cannot see the isolated world's globals, so it can neither block nor fake a claim.
 */
export function claimDocument(world: object = globalThis): AbortController | null {
  const slot = world as World;
  if (slot[KEY] && !slot[KEY].signal.aborted) return null;
  slot[KEY] = new AbortController();
  return slot[KEY];
}

/** The shadow root of any element, closed ones too: only extensions can ask, and only about the page they are in. */
export function rootOf(element: Element): ShadowRoot | null {
  try {
    const { dom } = browser as unknown as { dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } };
    return dom ? dom.openOrClosedShadowRoot(element) : element.shadowRoot;
  } catch {
    return null;
  }
}

/**
 * Removes the host that a version before this one left behind: Firefox ends its script without a farewell, and in
 * Chromium the removal is what makes the orphan look at its own state.
 */
export function removeLeftovers(mark: string, page: Document = document): void {
  for (const element of page.querySelectorAll(':root > div[popover]')) {
    if (rootOf(element)?.querySelector(mark)) element.remove();
  }
}
