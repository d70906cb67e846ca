/** Proposes a rule from what a person pointed at. */
import type { SiteRule } from '../types.ts';
import { bodySelector } from './body.ts';
import { collectMarks } from './collect.ts';
import { type FinderPage, ruleFrom } from './induce.ts';
import { marksOf } from './marks.ts';
import { composersIn } from './reading.ts';
import { isMade, namesOf, outermost } from './selectors.ts';

export interface Proposal {
  readonly rule: SiteRule;
  /** Other readings of the examples, the one that finds most first. */
  readonly alternatives: readonly SiteRule[];
}

const candidateLimit = 60;
const alternativeLimit = 6;

/** A name that the next build of the site would change, without what changes; null where nothing is left. */
function lasting(name: string): string | null {
  if (!name.startsWith('.')) return name;
  const token = name.slice(1).replace(/\\/g, '');
  if (!isMade(token)) return name;
  const stem = /^([A-Za-z][\w-]{3,}?)_{1,3}[\w-]{4,8}$/.exec(token)?.[1];
  return stem && /[a-z]{3}/.test(stem) ? `[class*="${stem}"]` : null;
}

/** Selectors for an element, those that say what it is first; never its position, never a name made by a build. */
function selectorsFor(element: Element): readonly string[] {
  const marks = marksOf(element).filter(({ kind }) => kind !== 'name');
  const own = [...marks.filter(({ side }) => side === 'ai').map(({ selector }) => selector), ...namesOf(element)]
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
  return [...new Set([...own, ...own.slice(1, 3).map((name) => `${own[0]}${name}`), ...within])];
}

/** The elements that could be meant by pointing at one: it and what is around it, without growing beyond another's. */
function meant(example: Element, composers: readonly Element[]): readonly Element[] {
  const chain: Element[] = [];
  for (let at: Element | null = example; at && chain.length < 8; at = at.parentElement) {
    if (at.localName === 'body' || composers.some((composer) => at?.contains(composer))) break;
    chain.push(at);
  }
  return chain;
}

/**
 * A rule that finds the examples and their likes, and others that find more or less; null where no selector holds. With two
 * examples only what is true of both counts.
 */
export function proposeRule(examples: readonly Element[], page: FinderPage): Proposal | null {
  const [first, ...more] = examples;
  if (!first) return null;
  const root = first.getRootNode() as Document | ShadowRoot;
  const composers = composersIn(root);
  const users = collectMarks(root, examples).user;
  const found = new Map<string, { selector: string; count: number; rank: number; messages: readonly Element[] }>();
  let tried = 0;
  for (const [depth, element] of meant(first, composers).entries()) {
    for (const [order, selector] of selectorsFor(element).entries()) {
      tried += 1;
      if (tried > candidateLimit) break;
      let messages: Element[];
      try {
        messages = outermost(root.querySelectorAll(selector));
      } catch {
        continue;
      }
      const holds = (example: Element) => messages.filter((message) => message.contains(example)).length === 1;
      if (
        !examples.every(holds) ||
        messages.some((message) => examples.every((example) => message.contains(example)) && more.length > 0)
      )
        continue;
      if (messages.some((message) => composers.some((composer) => message.contains(composer)))) continue;
      const wrong = users
        .filter(({ mark }) => mark.kind !== 'name')
        .some(({ elements }) =>
          elements.some((user) => messages.some((message) => message === user || message.contains(user))),
        );
      const says = marksOf(element).some(({ side, selector: marked }) => side === 'ai' && marked === selector);
      const rank = (says ? 0 : 10) + (wrong ? 20 : 0) + (messages.length === 1 && !says ? 5 : 0) + depth + order / 10;
      const key = messages.map((_, at) => at).length + String(messages[0] === element) + selector;
      if (!found.has(key)) found.set(key, { selector, count: messages.length, rank, messages });
    }
  }
  const ranked = [...found.values()].sort((a, b) => a.rank - b.rank);
  const [best] = ranked;
  if (!best) return null;
  const rule = ({ selector, messages }: (typeof ranked)[number]): SiteRule => {
    const body = bodySelector(messages);
    const user = users.find(
      ({ mark, elements }) =>
        (mark.kind === 'declared' || mark.kind === 'class') &&
        elements.some((element) => (element.textContent ?? '').trim() !== '') &&
        !elements.some((element) => messages.some((message) => message.contains(element) || element.contains(message))),
    )?.mark.selector;
    const made = ruleFrom(
      { variant: { id: 'pointed', assistant: selector, ...(body ? { body } : {}), ...(user ? { user } : {}) } },
      { root, composers },
    );
    return { ...made, id: `user@${page.location.host}`, name: page.location.host };
  };
  const alternatives: typeof ranked = [];
  const seen = new Set([`${best.count}`]);
  for (const one of ranked.slice(1)) {
    if (seen.has(`${one.count}`) || alternatives.length >= alternativeLimit) continue;
    seen.add(`${one.count}`);
    alternatives.push(one);
  }
  alternatives.sort((a, b) => b.count - a.count);
  return { rule: rule(best), alternatives: alternatives.map(rule) };
}
