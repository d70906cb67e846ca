/** Finds what holds the answer in a message: without avatar, name, time and buttons. */
import { controls, isProse, letters, sample, textOf } from './reading.ts';
import { describe, namesOf } from './selectors.ts';

/** As much of a message's letters as its body must have. */
const share = 0.8;

/** Letters without those of controls. */
function weigh(element: Element): number {
  let count = letters(textOf(element));
  for (const control of element.querySelectorAll('button,[role="button"],time,style,script')) {
    count -= letters(textOf(control));
  }
  return count;
}

/** The deepest element with nearly all of the text, above the paragraphs. */
function holder(message: Element): Element {
  const whole = weigh(message);
  let at = message;
  for (let depth = 0; depth < 10; depth += 1) {
    const next = Array.from(at.children).find(
      (child) => !child.matches(controls) && !isProse(child) && weigh(child) >= whole * share,
    );
    if (!next || Array.from(at.childNodes).some((node) => node.nodeType === 3 && letters(node.nodeValue ?? '') > 2))
      break;
    at = next;
  }
  return at;
}

/** A selector that finds the body in each of the messages and nothing else; undefined where the message is the body. */
export function bodySelector(messages: readonly Element[]): string | undefined {
  const few = sample(messages.filter((message) => weigh(message) > 0));
  const pairs = few.map((message) => [message, holder(message)] as const);
  const [first] = pairs;
  if (!first || pairs.some(([message, body]) => message === body)) return undefined;
  // From the deepest outwards, until one has a name that the others share.
  for (let depth = 0; depth < 6; depth += 1) {
    const up = (body: Element) => {
      let at: Element | null = body;
      for (let step = 0; step < depth; step += 1) at = at?.parentElement ?? null;
      return at;
    };
    const bodies = pairs.map(([message, body]) => [message, up(body)] as const);
    if (bodies.some(([message, body]) => !body || body === message || !message.contains(body))) return undefined;
    const found = namesOf(bodies[0]?.[1] as Element).find((name) =>
      bodies.every(([message, body]) => {
        const matches = message.querySelectorAll(name);
        return matches[0] === body && Array.from(matches).every((match) => body?.contains(match));
      }),
    );
    if (found) return found;
  }
  return undefined;
}

/**
 * A time, or the letter on an avatar: what a message shows of its author and no part of what it says. For lower case: to
 * ignore case in a pattern with classes of Unicode takes the browser 10 ms, the first time.
 */
const aside = /^(?:\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?|\p{Ll})$/u;

/** Selectors of what stands in most of the messages and is no part of the answer; none that finds anything else in them. */
export function asidesOf(messages: readonly Element[]): readonly string[] {
  const few = sample(messages.filter((message) => weigh(message) > 0));
  const counts = new Map<string, number>();
  for (const message of few) {
    const own = Array.from(message.querySelectorAll('*'))
      .slice(0, 200)
      .filter(
        (part) =>
          part.childElementCount === 0 &&
          !part.parentElement?.closest('p,li,pre,td') &&
          aside.test(textOf(part).toLowerCase()),
      );
    for (const name of new Set(own.map(describe))) {
      const found = Array.from(message.querySelectorAll(name));
      if (found.length > 0 && found.every((part) => own.includes(part))) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count * 2 > few.length)
    .map(([name]) => name)
    .slice(0, 3);
}
