/** Proposes a rule from what a person pointed at. */
import type { Locator, RuleVariant, SiteRule } from '../types.ts';
import { bodySelector } from './body.ts';
import { collectMarks, type Marked } from './collect.ts';
import { type FinderPage, ruleFrom } from './induce.ts';
import { marksOf } from './marks.ts';
import { composersIn, controls, isProse, isTalk, letters, sample, textOf } from './reading.ts';
import { alike, speaking } from './rows.ts';
import { isMade, namesOf, outermost } from './selectors.ts';
import { nameLimit } from './words.ts';

export interface Proposal {
  readonly rule: SiteRule;
  /** Other readings of the examples, from the narrowest to the widest. */
  readonly alternatives: readonly SiteRule[];
}

const candidateLimit = 80;
const alternativeLimit = 6;
const chainLimit = 10;

/** A name that outlives the next build of the site: without what a build tool made; null where nothing is left. */
function lasting(name: string): string | null {
  if (!name.startsWith('.')) return name;
  const token = name.slice(1).replace(/\\/g, '');
  if (!isMade(token)) return name;
  const stem = /^([A-Za-z][\w-]{3,}?)_{1,3}[\w-]{4,8}$/.exec(token)?.[1];
  return stem && /[a-z]{3}/.test(stem) ? `[class*="${stem}"]` : null;
}

/** Selectors for an element, those that say what it is first; never its position, never a name made by a build. */
function selectorsFor(element: Element): readonly string[] {
  const marks = marksOf(element).filter(({ side, kind }) => side === 'ai' && kind !== 'name');
  const own = [...marks.map(({ selector }) => selector), ...namesOf(element)]
    .map(lasting)
    .filter((name) => name !== null);
  const within: string[] = [];
  for (let up = element.parentElement, depth = 0; up && depth < 5; up = up.parentElement, depth += 1) {
    const outer = namesOf(up)
      .map(lasting)
      .find((name) => name !== null);
    if (!outer) continue;
    const joint = depth === 0 ? ' > ' : ' ';
    for (const name of [...own.slice(0, 2), element.localName]) within.push(`${outer}${joint}${name}`);
    break;
  }
  return [...new Set([...own, ...own.slice(1, 4).map((name) => `${own[0]}${name}`), ...within])];
}

/** The elements that could be meant by pointing at one: it and what is around it, as far as no composer is inside. */
function meant(example: Element, composers: readonly Element[]): readonly Element[] {
  const chain: Element[] = [];
  for (let at: Element | null = example; at && chain.length < chainLimit; at = at.parentElement) {
    if (/^(?:body|html)$/.test(at.localName) || composers.some((composer) => at?.contains(composer))) break;
    chain.push(at);
  }
  return chain;
}

/** Where in the chain the message is: the first with another like it beside it, best where that one differs a little. */
function rowIn(chain: readonly Element[]): number {
  const beside = (element: Element) =>
    element.parentElement && !isProse(element)
      ? speaking(element.parentElement).filter((next) => next !== element && alike(next, element))
      : [];
  const differs = chain.findIndex((element) =>
    beside(element).some((next) => next.getAttribute('class') !== element.getAttribute('class')),
  );
  return differs >= 0 ? differs : chain.findIndex((element) => beside(element).length > 0);
}

/** Where each of the messages shows a short name; undefined where they do not. */
function authorIn(messages: readonly Element[]): Locator | undefined {
  const few = sample(messages);
  const nameAt = (message: Element, selector: string) => {
    const text = textOf(message.querySelector(selector) ?? message);
    return letters(text) >= 2 && text.length <= nameLimit && text.length < textOf(message).length ? text : null;
  };
  for (const leaf of Array.from(few[0]?.querySelectorAll('*') ?? []).slice(0, 60)) {
    const plain = leaf.childElementCount === 0 && !leaf.closest(`${controls},time,p,pre,li`);
    if (!plain || letters(textOf(leaf)) < 2 || textOf(leaf).length > nameLimit) continue;
    const selector = namesOf(leaf)
      .map(lasting)
      .find((name) => name !== null && few[0]?.querySelector(name) === leaf);
    if (!selector) continue;
    const names = few.map((message) => nameAt(message, selector));
    if (names.includes(null)) continue;
    if (new Set(names).size <= Math.max(2, few.length / 2)) return { selector };
  }
  return undefined;
}

/** What marks the user's messages apart from these; undefined where nothing does. */
function userBeside(messages: readonly Element[], users: readonly Marked[]): string | undefined {
  const apart = (element: Element) =>
    messages.every((message) => !message.contains(element) && !element.contains(message));
  return users.find(
    ({ mark, elements }) =>
      (mark.kind === 'declared' || (mark.kind === 'class' && elements.some(isTalk))) &&
      elements.some((element) => letters(textOf(element)) > 1) &&
      elements.every(apart),
  )?.mark.selector;
}

interface Candidate {
  readonly selector: string;
  readonly messages: readonly Element[];
  readonly rank: number;
}

/** What a selector finds, where it finds each example once and nothing that it must not. */
function tryOut(
  selector: string,
  root: ParentNode,
  examples: readonly Element[],
  not: readonly Element[],
  composers: readonly Element[],
): readonly Element[] | null {
  let messages: readonly Element[];
  try {
    messages = outermost(root.querySelectorAll(selector));
  } catch {
    return null;
  }
  const around = (element: Element) => messages.filter((message) => message.contains(element));
  if (examples.some((example) => around(example).length !== 1)) return null;
  if (examples.length > 1 && new Set(examples.flatMap(around)).size === 1) return null;
  if (not.some((element) => messages.some((message) => message.contains(element) || element.contains(message))))
    return null;
  return composers.some((composer) => around(composer).length > 0) ? null : messages;
}

/**
 * A rule that finds the examples and their likes, and others that find fewer or more; null where no selector holds. With two
 * examples only what is true of both counts. An example may be deep inside its message. `not`: elements that a person
 * said are no AI answers; no rule matches them.
 */
export function proposeRule(
  examples: readonly Element[],
  page: Pick<FinderPage, 'location'>,
  not: readonly Element[] = [],
): Proposal | null {
  const [first] = examples;
  if (!first) return null;
  const root = first.getRootNode() as Document | ShadowRoot;
  const composers = composersIn(root);
  const { user: users } = collectMarks(root, examples);
  const chain = meant(first, composers);
  const row = rowIn(chain);
  const candidates: Candidate[] = [];
  let tried = 0;
  for (const [depth, element] of chain.entries()) {
    const signs = new Set(
      marksOf(element)
        .filter(({ side }) => side === 'ai')
        .map(({ selector }) => selector),
    );
    for (const [order, selector] of selectorsFor(element).entries()) {
      tried += 1;
      const messages = tried > candidateLimit ? null : tryOut(selector, root, examples, not, composers);
      if (!messages) continue;
      const wrong = users.some(
        ({ mark, elements }) =>
          mark.kind !== 'name' &&
          elements.some((user) => messages.some((message) => message === user || message.contains(user))),
      );
      const far = row < 0 ? depth : Math.abs(depth - row) * 4;
      const alone = messages.length === 1 && !signs.has(selector) ? 3 : 0;
      // Of what finds several, the narrowest: rows of another author are alike but for one class.
      const rank =
        (signs.has(selector) ? -10 : 0) +
        (wrong ? 40 : 0) +
        far +
        alone +
        Math.min(messages.length, 90) / 100 +
        order / 10_000;
      candidates.push({ selector, messages, rank });
    }
  }
  candidates.sort((a, b) => a.rank - b.rank);
  const [best] = candidates;
  if (!best) return null;
  const ruleOf = ({ selector, messages }: Candidate): SiteRule => {
    const [body, user, author] = [bodySelector(messages), userBeside(messages, users), authorIn(messages)];
    const variant: RuleVariant = {
      id: 'pointed',
      assistant: selector,
      ...(body === undefined ? {} : { body }),
      ...(user === undefined ? {} : { user }),
      ...(author === undefined ? {} : { author }),
    };
    const { location } = page;
    return { ...ruleFrom({ variant }, { root, composers }), id: `user@${location.host}`, name: location.host };
  };
  const seen = new Set([best.messages.length]);
  const others = candidates.filter(({ messages: { length } }) => !seen.has(length) && seen.add(length));
  const alternatives = others.slice(0, alternativeLimit).sort((a, b) => a.messages.length - b.messages.length);
  return { rule: ruleOf(best), alternatives: alternatives.map(ruleOf) };
}
