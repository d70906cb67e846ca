/** Open shadow roots: finding them, and walking and comparing across them. */

export type Root = Document | ShadowRoot;

/** The parent as the reader sees it: out of a shadow root to its host. */
export const parentOf = (node: Node): Node | null => node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null;

/** Like `closest`, across open shadow roots. */
export function closestAcross(element: Element, selector: string): Element | null {
  const found = element.closest(selector);
  const root = element.getRootNode();
  return found ?? (root instanceof ShadowRoot ? closestAcross(root.host, selector) : null);
}

/** Calls `visit` for every open shadow root on or under `top`, outer ones first. For small trees: it looks at every element. */
function eachRoot(top: ParentNode, visit: (root: ShadowRoot) => void): void {
  const elements = top.querySelectorAll('*');
  for (const element of top instanceof Element ? [top, ...elements] : elements) {
    if (!element.shadowRoot) continue;
    visit(element.shadowRoot);
    eachRoot(element.shadowRoot, visit);
  }
}

/** Everything that matches on or under `top`, inside its open shadow roots only where its light tree has nothing. */
export function queryAcross(top: Element, selector: string): Element[] {
  const list = top.querySelectorAll(selector);
  if (list.length > 0) return Array.from(list);
  if (top.matches(selector)) return [top];
  const found: Element[] = [];
  eachRoot(top, (root) => void found.push(...root.querySelectorAll(selector)));
  return found;
}

/** The first match after an element and outside it, in its root; most have little after them. */
export function firstAfter(element: Element, selector: string): Element | null {
  for (let at: Element | null = element; at; at = at.parentElement) {
    for (let next = at.nextElementSibling; next; next = next.nextElementSibling) {
      const found = next.matches(selector) ? next : next.querySelector(selector);
      if (found) return found;
    }
  }
  return null;
}

/** The hosts around a node, outermost first, and the node. */
function pathTo(node: Node): Node[] {
  const path = [node];
  for (let root = node.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    path.unshift(root.host);
  return path;
}

/** Negative where `a` comes before `b` in the document, across open shadow roots; what is in a shadow root comes before the host's light children. */
export function compareAcross(a: Node, b: Node): number {
  const left = pathTo(a);
  const right = pathTo(b);
  let depth = 0;
  while (left[depth] === right[depth] && left[depth + 1] && right[depth + 1]) depth += 1;
  const from = left[depth] as Node;
  const to = right[depth] as Node;
  if (from === to) return left.length - right.length;
  // Asked this way round, because a sort compares a later one with an earlier one, and browsers look backwards.
  return to.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}
