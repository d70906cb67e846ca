/**
 * How long a selector will take on a page, before it is let loose on it: no browser stops a query half way. Elements are
 * tried one by one at doubling distances, so that what gets dearer with the size of the page shows while it is still cheap.
 */
import type { CompiledRule } from './compile.ts';
import type { Root } from './roots.ts';

/** Only these can take longer than a look at each element. */
const dear = /:has\(|:nth-|~(?!=)/;
/** So many elements stand for each doubling. */
const samples = 6;
/** One element may take so long, and all that are tried, without what was tried again, in ms. */
const oneLimit = 6;
const allLimit = 25;

/** An estimate above this is not made more exact, in ms. */
const enough = 50;
/** How often elements are tried again where the answer would be too long: a busy computer stops anybody now and then. */
const again = 2;

/** How long all of these take together, in ms; infinite where one of them takes too long. */
function timeOf(elements: readonly Element[], selector: string, now: () => number): number {
  const before = now();
  let last = before;
  for (const element of elements) {
    element.matches(selector);
    const at = now();
    if (at - last > oneLimit) return Number.POSITIVE_INFINITY;
    last = at;
  }
  return last - before;
}

/** The estimate in ms; infinite where already a few elements take too long. */
function estimate(root: Root, selector: string, now: () => number): number {
  const elements = root.querySelectorAll('*');
  let spent = 0;
  let total = 0;
  for (let from = 1; from < elements.length; from *= 2) {
    const size = Math.min(from, elements.length - from);
    const tried = Math.min(samples, size);
    const picked = Array.from(
      { length: tried },
      (_, at) => elements[from + Math.floor((at * size) / tried)] as Element,
    );
    let cost = timeOf(picked, selector, now);
    const isTooMuch = () => spent + cost > allLimit || total + (cost / tried) * size > enough;
    for (let times = 0; times < again && isTooMuch(); times += 1) cost = Math.min(cost, timeOf(picked, selector, now));
    spent += cost;
    if (spent > allLimit) return Number.POSITIVE_INFINITY;
    total += (cost / tried) * size;
    if (total > enough) return total;
  }
  return total;
}

/** How long the dear selectors of a rule will take on a root, in ms; 0 where it has none. */
export function trialOf({ rule, messages }: CompiledRule, root: Root, now: () => number): number {
  const all = [messages, rule.busy ?? '', ...rule.variants.map(({ streaming = '' }) => streaming)];
  return all
    .filter((selector) => dear.test(selector))
    .reduce((sum, selector) => sum + estimate(root, selector, now), 0);
}
