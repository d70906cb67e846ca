/** What says that there may be a conversation: cheap to look for, and more often wrong than deaf. */

/**
 * What chat products call their parts, in class names and test ids; without the first letter, which may be a capital. To be
 * asked whatever the case takes a browser five times as long.
 */
const words = ['chat', 'Chat', 'onversation', 'ranscript', 'ssistant', 'ubble', 'essage'];
/** An element without the attribute is done with at once. */
const named = (attribute: string) => `[${attribute}]:is(${words.map((word) => `[${attribute}*="${word}"]`)})`;

/**
 * Somewhere to write, a log or feed, a declared role, or such a name. Whoever is let in by mistake finds nothing and costs a
 * script; whoever is kept out is never found.
 */
const signs = [
  ...['textarea', named('class'), '[role]:is([role="textbox"],[role="log"],[role="feed"])', named('data-testid')],
  ...['[contenteditable]:not([contenteditable="false" i])', '[data-message-author-role]', '[data-message-id]'],
  ...['[data-role="assistant" i]', '[ai-disclosure]'],
].join(',');

/** Elements that are looked at for a shadow root in one look, and roots that are looked into. */
const mostElements = 10_000;
const mostRoots = 100;

/**
 * Most hosts of shadow roots: elements with a hyphen in their names, which no selector tells and XPath does, and empty
 * `div`s. What all elements cost is not the look at them but the object that each then gets in this world.
 */
function likelyHosts(document: Document): Element[] {
  const hosts: Element[] = [...document.querySelectorAll('div:empty')];
  const found = document.evaluate('//*[contains(local-name(),"-")]', document, null, 7);
  for (let index = 0; index < found.snapshotLength; index += 1) hosts.push(found.snapshotItem(index) as Element);
  return hosts;
}

/**
 * Whether there is a sign in the document or in an open shadow root, as far as one look goes. Roots on the way are handed
 * to `onRoot`. `quick`: in the document, only likely hosts are looked at for a root.
 */
export function hasSign(document: Document, onRoot: (root: ShadowRoot) => void = () => {}, quick = false): boolean {
  const roots: (Document | ShadowRoot)[] = [document];
  let left = mostElements;
  // The list grows while it is gone through.
  for (const root of roots) {
    if (root.querySelector(signs)) return true;
    const all = quick && 'evaluate' in root ? likelyHosts(root) : root.querySelectorAll('*');
    // Widgets stand at the end of a page.
    for (let index = all.length - 1; index >= 0 && left > 0; index -= 1, left -= 1) {
      const { shadowRoot } = all[index] as Element;
      if (!shadowRoot || roots.length >= mostRoots) continue;
      roots.push(shadowRoot);
      onRoot(shadowRoot);
    }
  }
  return false;
}
