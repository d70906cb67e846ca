/** Reads every message of the page on demand, of whatever role. For people who ask, so it may take style and time. */
import type { CompiledRule, CompiledVariant } from './compile.ts';
import { bodiesOf, isWritten, promptBodies } from './read.ts';
import { type Authors, isAnswer, type Judgement, judge } from './roles.ts';
import { compareAcross, type Root } from './roots.ts';
import { isShown } from './shown.ts';
import type { Entry } from './thread.ts';

/** More messages than any page shows; beyond, the page is not believed. */
const messageLimit = 4_000;

/** One message of whatever role. */
export interface FoundMessage {
  readonly element: Element;
  readonly variant: CompiledVariant;
  readonly judgement: Judgement;
  readonly bodies: readonly Element[];
  /** The response that it is; null where it is none, or none that the reader sees. */
  readonly entry: Entry | null;
}

/** The elements that hold the text of a message of that role. */
function bodiesFor(element: Element, variant: CompiledVariant, { role }: Judgement): readonly Element[] {
  if (isAnswer(role)) return bodiesOf(element, variant);
  if (role === 'user' && (variant.userBody !== undefined || variant.row === undefined)) {
    return promptBodies(element, variant.rule);
  }
  const bodies = bodiesOf(element, variant);
  return bodies.length > 0 ? bodies : [element];
}

const rank = ({ role }: Judgement) => (isAnswer(role) ? 0 : role === 'unknown' ? 2 : 1);

/** The message that an element is by one rule; null where it is blank. */
function messageAt(element: Element, rule: CompiledRule, authors: Authors): FoundMessage | null {
  let best: FoundMessage | null = null;
  for (const variant of rule.variants) {
    if (!element.matches(variant.messages)) continue;
    const judgement = judge(element, variant, authors);
    if (!judgement) continue;
    if (best && rank(best.judgement) <= rank(judgement)) continue;
    const bodies = bodiesFor(element, variant, judgement);
    if (isWritten(bodies, variant)) best = { element, variant, judgement, bodies, entry: null };
  }
  return best;
}

/** What the rules find, in document order; of nested messages the outermost that is not blank. */
export function findMessages(
  rules: readonly CompiledRule[],
  roots: Iterable<Root>,
  authors: (rule: CompiledRule) => Authors,
  entries: readonly Entry[] = [],
): FoundMessage[] {
  const found: FoundMessage[] = [];
  const known = new Map(entries.filter(({ chosen }) => !chosen).map((entry) => [entry.response.element, entry]));
  for (const root of roots) {
    for (const rule of rules) {
      if (rule.messages === '') continue;
      let accepted: Element | null = null;
      for (const element of root.querySelectorAll(rule.messages)) {
        if (found.length >= messageLimit) break;
        if (accepted?.contains(element)) continue;
        const entry = known.get(element);
        if (entry && entry.variant.rule !== rule) continue;
        const message = entry ? messageOf(entry) : messageAt(element, rule, authors(rule));
        if (!message || !isShown(element)) continue;
        found.push(message);
        accepted = element;
      }
    }
  }
  for (const entry of entries) if (entry.chosen) found.push(messageOf(entry));
  return found.sort((a, b) => compareAcross(a.element, b.element));
}

const messageOf = (entry: Entry): FoundMessage => {
  const { response, variant } = entry;
  return { element: response.element, variant, judgement: response, bodies: response.body, entry };
};
