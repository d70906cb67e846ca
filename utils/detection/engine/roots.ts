/** Open shadow roots: finding them, and walking and comparing across them. */

export type Root = Document | ShadowRoot;

/** The parent as the reader sees it: out of a shadow root to its host. */
export function parentOf(node: Node): Node | null {
  return node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null;
}

/** Like `closest`, across open shadow roots. */
export function closestAcross(node: Node, selector: string): Element | null {
  for (let at: Node | null = node; at; ) {
    const found: Element | null | undefined = at instanceof Element ? at.closest(selector) : null;
    if (found) return found;
    const root = at.getRootNode();
    at = root === at ? ((root as Partial<ShadowRoot>).host ?? null) : root;
  }
  return null;
}

/** Calls `visit` for every open shadow root on or under `top`, outer ones first, and `latent` for custom elements without one. */
export function eachRoot(top: Node, visit: (root: ShadowRoot) => void, latent?: (host: Element) => void): void {
  const look = (element: Element) => {
    const root = element.shadowRoot;
    if (root) {
      visit(root);
      eachRoot(root, visit, latent);
    } else if (latent && element.localName.includes('-')) latent(element);
  };
  if (top instanceof Element) look(top);
  for (const element of (top as ParentNode).querySelectorAll('*')) look(element);
}

/** Everything that matches on or under `top`, inside its open shadow roots only where its light tree has nothing. */
export function queryAcross(top: Element, selector: string): Element[] {
  const found = [...top.querySelectorAll(selector)];
  if (top.matches(selector)) found.unshift(top);
  if (found.length === 0) eachRoot(top, (root) => void found.push(...root.querySelectorAll(selector)));
  return found;
}

const chain = (node: Node) => {
  const nodes: Node[] = [];
  for (let at: Node | null = node; at; at = parentOf(at)) nodes.unshift(at);
  return nodes;
};

/** Negative where `a` comes before `b` in the document, across open shadow roots; a host comes before its content. */
export function compareAcross(a: Node, b: Node): number {
  if (a === b) return 0;
  let position = a.compareDocumentPosition(b);
  if (position & Node.DOCUMENT_POSITION_DISCONNECTED) {
    const left = chain(a);
    const right = chain(b);
    let shared = 0;
    while (shared < left.length && left[shared] === right[shared]) shared += 1;
    const from = left[shared];
    const to = right[shared];
    if (!from || !to) return left.length - right.length;
    // A shadow root comes before the light children of its host.
    if (from instanceof ShadowRoot) return -1;
    if (to instanceof ShadowRoot) return 1;
    position = from.compareDocumentPosition(to);
  }
  return position & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
