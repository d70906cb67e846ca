/** Values that a rule names: ids, names, labels, models. */
import type { Locator } from '../types.ts';
import { closestAcross } from './roots.ts';

/** The most of an attribute or text that is matched or kept as a value; longer is no id. */
const valueLimit = 512;

const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern);
  patterns.set(pattern, known);
  return known;
}

/** The value that a locator names, trimmed and never empty; null where there is none. */
export function locate(locator: Locator | undefined, message: Element): string | null {
  if (!locator) return null;
  const { selector, attribute, pattern } = locator;
  let element: Element | null = message;
  if (selector !== undefined) {
    if (locator.in === 'ancestor') element = closestAcross(message, selector);
    else if (locator.in === 'page') element = message.ownerDocument.querySelector(selector);
    else if (!message.matches(selector)) element = message.querySelector(selector);
  }
  const raw = attribute === undefined ? element?.textContent : element?.getAttribute(attribute);
  if (!raw || raw.length > valueLimit) return null;
  return (pattern === undefined ? raw : compiled(pattern).exec(raw)?.[1])?.trim() || null;
}
