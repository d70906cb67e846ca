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
/** One element may take so long, and all that are tried, in ms. */
const oneLimit = 6;
const allLimit = 25;

/** The estimate in ms; infinite where already a few elements take too long. */
export function estimate(root: Root, selector: string, now: () => number): number {
  const elements = root.querySelectorAll('*');
  const start = now();
  let total = 0;
  for (let from = 1; from < elements.length; from *= 2) {
    const size = Math.min(from, elements.length - from);
    const tried = Math.min(samples, size);
    const before = now();
    for (let sample = 0; sample < tried; sample += 1) {
      const at = now();
      (elements[from + Math.floor((sample * size) / tried)] as Element).matches(selector);
      if (now() - at > oneLimit) return Number.POSITIVE_INFINITY;
    }
    const after = now();
    total += ((after - before) / tried) * size;
    if (after - start > allLimit) return Number.POSITIVE_INFINITY;
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
