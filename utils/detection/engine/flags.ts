/** What the site itself says about whether a message grows. */
import type { Flags } from './growth.ts';
import type { Root } from './roots.ts';
import type { Entry } from './thread.ts';

/** The element that marks the message as growing: the message, something in it, or something around it. */
export function streamingMark(message: Element, selector: string): Element | null {
  return message.querySelector(selector) ?? message.closest(selector);
}

function first(roots: Iterable<Root>, selector: string): Element | null {
  for (const root of roots) {
    const found = root.querySelector(selector);
    if (found) return found;
  }
  return null;
}

/** Whether something that `selector` matches is in the message, or comes after it and before the next message. */
function isDone(message: Element, selector: string, messages: string): boolean {
  if (message.querySelector(selector)) return true;
  const after = (element: Element) =>
    (message.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !message.contains(element);
  const root = message.getRootNode() as Root;
  for (const element of root.querySelectorAll(`${selector},${messages}`)) {
    if (after(element)) return element.matches(selector);
  }
  return false;
}

/** Reads the flags of one message. `newest`: page-wide signs are about it. */
export function readFlags(entry: Entry, newest: boolean, roots: Iterable<Root>): Flags {
  const { variant, response } = entry;
  const { streaming, done, rule } = variant;
  const marks: { element: Element; selector: string }[] = [];
  const streamingAt = streaming === undefined ? null : streamingMark(response.element, streaming);
  if (streaming !== undefined && streamingAt) marks.push({ element: streamingAt, selector: streaming });
  const { busy } = rule.rule;
  const busyAt = busy === undefined || !newest ? null : first(roots, busy);
  if (busy !== undefined && busyAt) marks.push({ element: busyAt, selector: busy });
  return {
    streaming: streamingAt !== null,
    busy: busyAt !== null,
    done: done !== undefined && isDone(response.element, done, rule.messages),
    marks,
  };
}
