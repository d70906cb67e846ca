/** What one message on the page says, read by its rule and without style or layout. */
import { printText, type TextPrint } from '../fingerprint.ts';
import { nativeIdentity, rowIdentity } from '../identity.ts';
import type { CompiledRule, CompiledVariant } from './compile.ts';
import { locate } from './locate.ts';
import { type Authors, isAnswer, type Judgement, judge, personOf } from './roles.ts';
import { compareAcross, queryAcross, type Root } from './roots.ts';

/** Below this length a print leaves out all that is hidden, so that an answer of nothing else is blank. */
const exactBelow = 96;
/** As much of the beginning of a text, without white space, as tells it from others. */
const headSize = 24;
/** As much of a prompt as tells it from others. */
const promptLimit = 2_048;

/** One message that is a response, as it is now. */
export interface Reading {
  readonly variant: CompiledVariant;
  readonly judgement: Judgement;
  readonly bodies: readonly Element[];
  readonly messageId: string | null;
  /** The identity that the site gives it, or null. */
  readonly given: string | null;
  readonly print: TextPrint;
  /** How its text begins, where the site gives it no identity: what goes on differently is another message. */
  readonly head: string;
}

/**
 * The elements that hold the answer: outermost, outside what the rule excludes, in document order. `light`: not inside
 * shadow roots of the message, which takes a look at each of its elements.
 */
export function bodiesOf(message: Element, variant: CompiledVariant, light = false): readonly Element[] {
  if (variant.body === undefined) return [message];
  const bodies: Element[] = [];
  const found = light ? message.querySelectorAll(variant.body) : queryAcross(message, variant.body);
  for (const element of found) {
    if (bodies.at(-1)?.contains(element)) continue;
    if (variant.unprinted === '' || !isExcluded(element, message, variant.unprinted)) bodies.push(element);
  }
  return bodies;
}

/** Whether a body lies in what is excluded inside its message. Most lie right below it: `closest` would go on to the top of the page. */
function isExcluded(body: Element, message: Element, unprinted: string): boolean {
  for (let at: Element | null = body; at && at !== message; at = at.parentElement)
    if (at.matches(unprinted)) return message.contains(at);
  return false;
}

function walk(node: Node, without: string): string {
  let text = '';
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child instanceof Text) text += child.data;
    else if (child instanceof Element && !child.matches(without)) text += walk(child.shadowRoot ?? child, without);
  }
  return text;
}

/**
 * The text of a body that tells it from others. It leaves out what changes by itself (the site's buttons, what the rule
 * excludes) and reads the rest at once: a walk takes six times as long as `textContent`.
 */
function textIn(body: Element, { unprinted, without }: CompiledVariant): string {
  if (body instanceof HTMLTextAreaElement) return body.value;
  const shadow = body.shadowRoot;
  if (!shadow && body.getElementsByTagName('button').length === 0 && !(unprinted && body.querySelector(unprinted))) {
    const text = body.textContent ?? '';
    if (text.length >= exactBelow) return text;
  }
  return walk(shadow ?? body, without);
}

/** Joined only where there is something to join: reading characters of a joined string is several times slower. */
function textOf(bodies: readonly Element[], variant: CompiledVariant): string {
  const [first] = bodies;
  return first && bodies.length === 1 ? textIn(first, variant) : bodies.map((body) => textIn(body, variant)).join('');
}

/** Whether anything but white space stands in the bodies of a message. */
export const isWritten = (bodies: readonly Element[], variant: CompiledVariant) =>
  printText(textOf(bodies, variant)).size > 0;

/** The site's id of a message, and the identity that it or the virtual row gives. */
export function idOf(element: Element, variant: CompiledVariant): Pick<Reading, 'messageId' | 'given'> {
  const messageId = locate(variant.messageId, element);
  if (messageId !== null) return { messageId, given: nativeIdentity(messageId) };
  const rowKey = locate(variant.rowKey, element);
  return { messageId, given: rowKey === null ? null : rowIdentity(rowKey) };
}

/**
 * Reads an element that `rule.rows` matches, by the first variant to which it is a response that is not blank. Where there is
 * none: null for a blank response, else who wrote it.
 */
export function readMessage(element: Element, rule: CompiledRule, authors: Authors): Reading | Judgement | null {
  let other: Judgement | null = null;
  const person = personOf(element, rule);
  const blanks: [CompiledVariant, Judgement][] = [];
  for (const variant of rule.variants) {
    const judgement = judge(element, variant, authors, person);
    if (!judgement) continue;
    if (!isAnswer(judgement.role)) {
      if (other === null || other.role === 'unknown') other = judgement;
      continue;
    }
    const bodies = bodiesOf(element, variant, true);
    const reading = bodies.length > 0 ? readBodies(element, bodies, variant, judgement) : null;
    if (reading && reading.print.size > 0) return reading;
    blanks.push([variant, judgement]);
  }
  for (const [variant, judgement] of blanks) {
    const reading = readBodies(element, bodiesOf(element, variant), variant, judgement);
    if (reading.print.size > 0) return reading;
  }
  return blanks.length > 0 ? null : other;
}

/** What the bodies of a response say. */
function readBodies(
  element: Element,
  bodies: readonly Element[],
  variant: CompiledVariant,
  judgement: Judgement,
): Reading {
  const { messageId, given } = idOf(element, variant);
  const text = textOf(bodies, variant);
  const head =
    given === null
      ? text
          .slice(0, 10 * headSize)
          .replace(/\s+/g, '')
          .slice(0, headSize)
      : '';
  return { variant, bodies, messageId, given, print: printText(text, given !== null), head, judgement };
}

/** The elements that hold a user message's text. */
export function promptBodies(user: Element, rule: CompiledRule): readonly Element[] {
  const selector = rule.variants.find((variant) => variant.user !== undefined && user.matches(variant.user))?.userBody;
  const bodies = selector === undefined ? [] : queryAcross(user, selector);
  return bodies.length > 0 ? bodies.filter((body, index) => !bodies[index - 1]?.contains(body)) : [user];
}

/** The hash of a user message; null where it is blank. */
export function promptHashOf(user: Element, variant: CompiledVariant): number | null {
  const print = printText(textOf(promptBodies(user, variant.rule), variant).slice(0, promptLimit));
  return print.size > 0 ? print.hash : null;
}

/** The nearest user message before `message` in document order, across open shadow roots; null where there is none. */
export function promptBefore(message: Element, { users, rule }: CompiledRule, roots: Iterable<Root>): Element | null {
  let nearest: Element | null = null;
  for (const root of users === '' || rule.newestFirst ? [] : roots) {
    const list = root.querySelectorAll(users);
    for (let index = list.length - 1; index >= 0; index -= 1) {
      const user = list[index] as Element;
      if (user.contains(message) || message.contains(user) || compareAcross(user, message) > 0) continue;
      if (!nearest || compareAcross(nearest, user) < 0) nearest = user;
      break;
    }
  }
  // Of nested user messages the outermost counts.
  for (let outer = nearest; outer; outer = outer.parentElement?.closest(users) ?? null) nearest = outer;
  return nearest;
}
