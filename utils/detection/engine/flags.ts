/** What the site itself says about whether a message grows. */
import { firstAfter, type Root } from './roots.ts';
import type { Entry } from './thread.ts';

/** The site's own signs about one message. `marks` are the elements that say that it grows. */
export interface Flags {
  readonly streaming: boolean;
  readonly busy: boolean;
  readonly done: boolean;
  readonly marks: readonly { readonly element: Element; readonly selector: string }[];
}

/** The element that marks the message as growing: the message, something in it, or something around it. */
export const streamingMark = (message: Element, selector: string | undefined) =>
  selector === undefined ? null : (message.querySelector(selector) ?? message.closest(selector));

/** Whether something that `selector` matches is in the message, or comes after it and before the next message. */
function isDone(message: Element, selector: string, messages: string): boolean {
  if (message.querySelector(selector)) return true;
  return firstAfter(message, `${selector},${messages}`)?.matches(selector) ?? false;
}

/** Reads the flags of one message. `newest`: page-wide signs are about it. */
export function readFlags({ variant, response }: Entry, newest: boolean, roots: Iterable<Root>): Flags {
  const { streaming, done, rule } = variant;
  const { busy } = rule.rule;
  const marks: { element: Element; selector: string }[] = [];
  const streamingAt = streamingMark(response.element, streaming);
  if (streaming !== undefined && streamingAt) marks.push({ element: streamingAt, selector: streaming });
  let busyAt: Element | null = null;
  if (busy !== undefined && newest) {
    for (const root of roots) busyAt ??= root.querySelector(busy);
    if (busyAt) marks.push({ element: busyAt, selector: busy });
  }
  return {
    streaming: streamingAt !== null,
    busy: busyAt !== null,
    done: done !== undefined && isDone(response.element, done, rule.messages),
    marks,
  };
}
