/** What one message on the page says, read by its rule and without style or layout. */
import { printText, type TextPrint } from '../fingerprint.ts';
import type { Locator } from '../types.ts';
import type { CompiledRule, CompiledVariant } from './compile.ts';
import { closestAcross, queryAcross } from './roots.ts';

/** The most of an attribute or text that is matched or kept as a value; longer is no id. */
const valueLimit = 512;

/** The elements that hold the answer: outermost, outside what is excluded, in document order. */
export function bodiesOf(message: Element, variant: CompiledVariant): readonly Element[] {
  if (variant.body === undefined) return [message];
  const bodies: Element[] = [];
  for (const element of queryAcross(message, variant.body)) {
    if (bodies.at(-1)?.contains(element)) continue;
    const hidden = element.closest(variant.without);
    if (!hidden || !message.contains(hidden) || hidden === message) bodies.push(element);
  }
  return bodies;
}

function collect(node: Node, without: string, into: string[]): void {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child instanceof Text) into.push(child.data);
    else if (child instanceof Element && !child.matches(without)) collect(child.shadowRoot ?? child, without, into);
  }
}

/** The print of a message's text. Reads `textContent` where nothing is to be left out, which is six times faster than a walk. */
export function printOf(bodies: readonly Element[], without: string): TextPrint {
  const texts: string[] = [];
  for (const body of bodies) {
    if (body.querySelector(without)) collect(body, without, texts);
    else {
      const text = body.textContent ?? '';
      if (text.trim() !== '') texts.push(text);
      else collect(body.shadowRoot ?? body, without, texts);
    }
  }
  return printText(texts);
}

/** The variant that an element is an answer of, with its body and print; null where it is none or still empty. */
export interface Reading {
  readonly variant: CompiledVariant;
  readonly bodies: readonly Element[];
  readonly print: TextPrint;
}

/** Reads an element that may be an assistant message: the first variant that matches and has a body that is not blank. */
export function readMessage(element: Element, rule: CompiledRule): Reading | null {
  for (const variant of rule.variants) {
    if (!element.matches(variant.assistant)) continue;
    const bodies = bodiesOf(element, variant);
    if (bodies.length === 0) continue;
    const print = printOf(bodies, variant.without);
    if (print.size > 0) return { variant, bodies, print };
  }
  return null;
}

/** The value that a locator names, trimmed and never empty; null where there is none. */
export function locate(locator: Locator | undefined, message: Element): string | null {
  if (!locator) return null;
  const { selector, attribute, pattern } = locator;
  let element: Element | null | undefined = message;
  if (selector !== undefined) {
    if (locator.in === 'ancestor') element = closestAcross(message, selector);
    else if (locator.in === 'page') element = message.ownerDocument.querySelector(selector);
    else element = message.matches(selector) ? message : message.querySelector(selector);
  }
  const raw = attribute === undefined ? element?.textContent : element?.getAttribute(attribute);
  if (!raw || raw.length > valueLimit) return null;
  const value = pattern === undefined ? raw : new RegExp(pattern).exec(raw)?.[1];
  return value?.trim() || null;
}

/** The elements that hold a user message's text. */
export function promptBodies(user: Element, rule: CompiledRule): readonly Element[] {
  const variant = rule.variants.find((one) => one.user !== undefined && user.matches(one.user));
  const bodies = variant?.userBody === undefined ? [] : queryAcross(user, variant.userBody);
  return bodies.length > 0 ? bodies.filter((body, index) => !bodies[index - 1]?.contains(body)) : [user];
}

/** What must be left out of a user message. */
export const promptWithout = (rule: CompiledRule) => rule.variants[0]?.without ?? '';
