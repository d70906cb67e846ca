/** Finds the message around a sign, and the other messages beside it. */
import { controls, isProse, letters, says, textOf } from './reading.ts';
import { namesOf } from './selectors.ts';

/** How far a message is looked for around a sign. */
const climbLimit = 14;

/** Whether two elements are built alike: same tag, and a name in common where they have any. */
export function alike(one: Element, other: Element): boolean {
  if (one.localName !== other.localName || isProse(one)) return false;
  const names = namesOf(one);
  return names.length === 0 ? namesOf(other).length === 0 : names.some((name) => other.matches(name));
}

/** The children that have something to say, in order. */
export const speaking = (parent: Element): Element[] => Array.from(parent.children).slice(-200).filter(says);

/**
 * The message around a sign: the largest element that holds no other sign and no composer. Where there is no other sign,
 * the first that says more than the sign and has another like it beside it. Null where it would say nothing more.
 */
export function rowAround(sign: Element, others: readonly Element[], composers: readonly Element[]): Element | null {
  const own = letters(textOf(sign));
  const more = (row: Element) => letters(textOf(row)) > own + 1;
  let row: Element = sign;
  for (let step = 0; step < climbLimit; step += 1) {
    const up: Element | null = row.parentElement;
    if (!up || up.localName === 'body' || up.localName === 'html') break;
    if (composers.some((composer) => up.contains(composer))) break;
    if (others.some((other) => other !== sign && up.contains(other) && !row.contains(other))) break;
    if (others.length <= 1 && more(row) && speaking(up).some((next) => next !== row && alike(next, row))) break;
    row = up;
  }
  return more(row) && !row.matches(controls) ? row : null;
}
