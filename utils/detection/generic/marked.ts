/** Suppositions from signs: an element that says it is an AI's, or a small one that says it of the message around it. */
import type { Evidence, RuleVariant } from '../types.ts';
import type { Marked } from './collect.ts';
import { type Guess, hasPair, type Setting, support, suppose } from './guess.ts';
import { controls, isTalk, letters, sample, textOf } from './reading.ts';
import { rowAround, speaking } from './rows.ts';
import { comparedLimit, findsAll, outermost, selectorFor } from './selectors.ts';
import { isBrand, nameIn, nameSays } from './words.ts';

const because = (detail: string, weight: number): Evidence => ({ kind: 'generic', detail, weight });

const sayings = {
  declared: (what: string) => `The page declares it: ${what}`,
  label: (what: string) => `It is labelled “${what}” for screen readers`,
  class: (what: string) => `Its markup is named “${what}”`,
  name: (what: string) => `Its author is called “${nameIn(what)}”`,
} as const;

/** Messages as far as a sign leads to them. */
interface Reached {
  readonly marked: Marked;
  readonly messages: readonly Element[];
  readonly selector: string;
  /** The sign is a small part of the message. */
  readonly part: boolean;
}

const isControl = (element: Element) => element.closest(controls) !== null;
const isLabel = (element: Element) => {
  const text = textOf(element);
  return letters(text) < 2 || nameSays(text) !== null;
};

/** From the signs of one kind to messages; null where they lead to none. */
function reach(marked: Marked, { root, composers, users, userElements }: Setting): Reached | null {
  const { mark, elements } = marked;
  const signs = outermost(elements).filter((element) => !isControl(element));
  if (signs.length * 2 < outermost(elements).length || signs.length === 0) return null;
  if (mark.kind === 'class' && !isTalk(signs[0] as Element)) return null;
  // What the user's messages are called as well is the product's name.
  if (mark.kind === 'class' && users.some((user) => user.mark.kind === 'class' && isBrand(mark.what, user.mark.what)))
    return null;
  const few = sample(signs);
  const holds = (element: Element, inside: readonly Element[]) =>
    inside.some((each) => each !== element && element.contains(each));
  if (mark.kind !== 'name' && few.filter(isLabel).length * 2 <= few.length) {
    const messages = signs.filter((sign) => !holds(sign, composers) && !holds(sign, userElements));
    if (messages.length * 2 <= signs.length) return null;
    return { marked, messages, selector: mark.selector, part: false };
  }
  const all = mark.kind === 'name' ? Array.from(root.querySelectorAll(mark.selector)).slice(-300) : signs;
  const stops = [...all, ...userElements.slice(-200)];
  const rows = signs.slice(-comparedLimit).map((sign) => [sign, rowAround(sign, stops, composers)] as const);
  let messages = [...new Set(level(rows))];
  if (messages.length * 2 < Math.min(comparedLimit, signs.length)) return null;
  // A turn holds the question too: the message is the part with the sign.
  const inner = messages.map((row) =>
    Array.from(row.children).find((child) => holds(child, signs) || signs.includes(child)),
  );
  const halves = inner.every((part, at) => {
    const sign = part && signs.find((each) => part.contains(each));
    if (!part || !sign || isLabel(part) || letters(textOf(part)) <= letters(textOf(sign)) + 1) return false;
    const before = speaking(messages[at] as Element);
    return before.indexOf(part) > 0 && before.length <= 4;
  });
  if (halves) messages = inner as Element[];
  const suffix = mark.kind === 'name' ? '' : `:has(${mark.selector})`;
  const beside = mark.kind === 'name' ? rowsOfOthers(all, signs, stops, composers) : [];
  const partOf = (row: Element) => Array.from(row.children).find((child) => holds(child, all)) ?? row;
  const others = halves ? beside.map(partOf) : beside;
  const own = messages.every((row) => row.matches(mark.selector)) && mark.kind !== 'name';
  const wanted = outermost([...messages, ...others].sort(inOrder));
  const named = `:has(${mark.selector})`;
  // Rows of which the name tells whose they are may be more than those that carry one.
  const selector = own
    ? mark.selector
    : (selectorFor(wanted, root, suffix) ??
      (mark.kind === 'name' ? (selectorFor(wanted, root, named) ?? selectorFor(wanted, root, '', findsAll)) : null));
  return selector === null ? null : { marked, messages, selector, part: true };
}

const heightOver = (sign: Element, row: Element): number => {
  let height = 0;
  for (let at: Element | null = sign; at && at !== row; at = at.parentElement) height += 1;
  return height;
};

/** The rows at the same height over their signs: one that stands alone in its turn would take the question along. */
function level(found: readonly (readonly [sign: Element, row: Element | null])[]): Element[] {
  const rows = found.filter((each): each is readonly [Element, Element] => each[1] !== null);
  const lowest = Math.min(...rows.map(([sign, row]) => heightOver(sign, row)));
  const lowered = rows.map(([sign]) => {
    let at = sign;
    for (let step = 0; step < lowest; step += 1) at = at.parentElement ?? at;
    return [sign, at] as const;
  });
  const speaks = ([sign, row]: readonly [Element, Element]) => letters(textOf(row)) > letters(textOf(sign)) + 1;
  const isAlike = new Set(rows.map(([sign, row]) => heightOver(sign, row))).size === 1;
  return (!isAlike && lowered.every(speaks) ? lowered : rows).map(([, row]) => row);
}

const inOrder = (a: Element, b: Element) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);

/** The messages of those whose names stand in the same place. */
function rowsOfOthers(
  all: readonly Element[],
  signs: readonly Element[],
  stops: readonly Element[],
  composers: readonly Element[],
): Element[] {
  const others = all.filter((element) => !signs.includes(element)).slice(-comparedLimit);
  return [...new Set(others.map((other) => rowAround(other, stops, composers)).filter((row) => row !== null))];
}

/** Whether two suppositions are about the same messages, one perhaps inside the other. */
function same(one: Reached, other: Reached): boolean {
  return (
    one.messages.length === other.messages.length &&
    one.messages.every((message, at) => {
      const twin = other.messages[at] as Element;
      return message === twin || message.contains(twin) || twin.contains(message);
    })
  );
}

/** What stands beside the messages and is marked as a user's, or like them and not marked. */
function counterpart(reached: Reached, { users, userElements }: Setting): { elements: Element[]; user?: string } {
  const apart = (element: Element) =>
    reached.messages.every((message) => !message.contains(element) && !element.contains(message));
  for (const kind of ['declared', 'class', 'label'] as const) {
    for (const { mark, elements } of users) {
      if (mark.kind !== kind) continue;
      const holders = outermost(elements).filter(
        (each) => !isControl(each) && !isLabel(each) && apart(each) && (kind !== 'class' || isTalk(each)),
      );
      if (holders.length > 0 && holders.length * 2 >= elements.length)
        return { elements: holders, user: mark.selector };
    }
  }
  const marked = userElements.filter(apart);
  if (marked.length > 0) return { elements: marked };
  // No sign on the others: what stands beside the messages, or beside what holds each of them.
  for (const lift of [0, 1, 2, 3]) {
    const rows = sample(reached.messages).map((message) => {
      let row: Element | null = message;
      for (let step = 0; step < lift; step += 1) row = row?.parentElement ?? null;
      return row;
    });
    // What holds several messages is no row.
    if (rows.some((row) => !row || reached.messages.filter((message) => row.contains(message)).length > 1)) break;
    const beside = rows.flatMap((row) =>
      row?.parentElement
        ? speaking(row.parentElement).filter((next) => next.localName === row.localName && apart(next))
        : [],
    );
    if (beside.length > 0) return { elements: [...new Set(beside)] };
  }
  return { elements: [] };
}

/** All suppositions that the signs on a root allow. */
export function markedGuesses(ai: readonly Marked[], agents: readonly Marked[], setting: Setting): Guess[] {
  const strongest = [...ai].sort((a, b) => b.mark.weight - a.mark.weight).slice(0, 16);
  const reached = strongest
    .map((marked) => (setting.isLate() ? null : reach(marked, setting)))
    .filter((each) => each !== null);
  const guesses: Guess[] = [];
  for (const one of reached.slice(0, 8)) {
    if (setting.isLate() && guesses.length > 0) break;
    const { mark } = one.marked;
    const kin = reached.filter((other) => same(one, other));
    // The outermost is the message; on equal terms the one that says so itself.
    const outer = kin.reduce((widest, each) => {
      const [inner, around] = [widest.messages[0] as Element, each.messages[0] as Element];
      return inner === around ? (widest.part && !each.part ? each : widest) : around.contains(inner) ? each : widest;
    }, one);
    const { elements: others, user } = counterpart(one, setting);
    const evidence = [...support(outer.messages, others, setting)];
    if (mark.kind === 'name') {
      if (mark.weight < 0) evidence.push(because('The name may be a person’s', mark.weight));
      if (one.marked.names.size >= 3) evidence.push(because('Every one has another name', -0.2));
    } else evidence.unshift(because(sayings[mark.kind](mark.what), mark.weight));
    if (kin.some(({ marked }) => hasPair(marked, setting.users))) {
      evidence.push(because('Its twin is named after the user', 0.15));
    }
    for (const kind of new Set(kin.map(({ marked }) => marked.mark.kind))) {
      if (kind !== mark.kind && mark.kind !== 'name')
        evidence.push(because(`${sayings[kind](nameOf(kin, kind))}, too`, 0.1));
    }
    const byAgents = agents.some(({ elements }) => outer.messages.some((message) => elements.includes(message)));
    if (byAgents) evidence.push(because('Its markup also names an agent, who may be a person', -0.3));
    const variant: RuleVariant =
      mark.kind === 'name'
        ? {
            id: 'named',
            row: one.selector,
            author: { selector: mark.selector },
            badge: { selector: mark.selector, pattern: patternFor(one.marked.names) },
            exclude: [mark.selector],
          }
        : { id: mark.kind, assistant: outer.selector };
    const guess = suppose(
      user ? { ...variant, user } : variant,
      mark.kind === 'name' ? one.messages : outer.messages,
      evidence,
      true,
    );
    if (guess) guesses.push(guess);
  }
  return guesses;
}

const nameOf = (kin: readonly Reached[], kind: string) =>
  kin.find(({ marked }) => marked.mark.kind === kind)?.marked.mark.what ?? '';

/** Matches the texts in which the names were seen, whatever time stands beside them. */
function patternFor(texts: ReadonlySet<string>): string {
  const escaped = [...texts].slice(0, 8).map((text) =>
    text
      .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
      .replace(/\d+/g, '\\d+')
      .replace(/\s+/g, '\\s+'),
  );
  return `^\\s*(${escaped.join('|')})\\s*$`;
}
