/** A selection as places in the text of an element, so that it outlives the nodes. */

/** The text nodes under an element, in document order; open shadow roots are somebody else's. */
export function nodesIn(element: Element): Text[] {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

/** How many characters of the element's text come before the range. */
export function startOf(range: Range, element: Element): number {
  const before = range.cloneRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  return before.toString().length;
}

/** The range of so many characters from there on; null where the element has fewer. */
export function rangeAt(element: Element, start: number, size: number): Range | null {
  const range = element.ownerDocument.createRange();
  let at = 0;
  let begun = false;
  for (const node of nodesIn(element)) {
    const { length } = node.data;
    if (!begun && start < at + length) {
      range.setStart(node, start - at);
      begun = true;
    }
    if (begun && start + size <= at + length) {
      range.setEnd(node, start + size - at);
      return range;
    }
    at += length;
  }
  return null;
}

/** The part of a text node that lies in the range. */
export function partOf(node: Text, range: Range): string {
  if (!range.intersectsNode(node)) return '';
  const from = node === range.startContainer ? range.startOffset : 0;
  return node.data.slice(from, node === range.endContainer ? range.endOffset : node.data.length);
}
