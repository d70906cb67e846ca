/** Runs inside a page: the room of detection, and what its looks are measured by. */
import type { Finder } from '../../../utils/detection/engine/finder.ts';
import * as finder from '../../../utils/detection/generic/index.ts';
import { createDetector, siteRules } from '../../../utils/detection/index.ts';
import type { SiteRule } from '../../../utils/detection/types.ts';

/** What the page of a row may ask for, by `globalThis.Scan`. */
export interface Scan {
  readonly scan: typeof scan;
  readonly empty: typeof empty;
  readonly bare: typeof bare;
  readonly layouts: typeof layouts;
  readonly look: typeof look;
  readonly pass: typeof pass;
}

/** A detector with the rules as the background chooses them for a host: the one that names it, and those of products. */
function detectorFor(id: string) {
  const named = (rule: SiteRule) => (rule.id === id ? { ...rule, matches: [`${location.origin}/*`] } : rule);
  const rules = siteRules.filter((rule) => rule.id === id || rule.matches.length === 0).map(named);
  return createDetector({ document, generic: false, rules });
}

/** A task of the page's own: what the debugger evaluates is not counted. */
const task = () => new Promise((resolve) => setTimeout(resolve));

/** The longest that a look at a thread is waited for, in ms. */
const PATIENCE_MS = 60_000;

/** Finds the answers of the thread from nothing, so often, each time until there are as many as expected; answers how many there were. */
export async function scan(rule: string, times: number, expected: number): Promise<number> {
  let found = 0;
  for (let time = 0; time < times; time += 1) {
    const end = new AbortController();
    const detector = detectorFor(rule);
    found = 0;
    const late = setTimeout(() => end.abort(), PATIENCE_MS);
    await new Promise<void>((resolve) => {
      end.signal.addEventListener('abort', () => resolve());
      setTimeout(() =>
        detector.start(end.signal, ({ added }) => {
          found += added.length;
          if (found >= expected) setTimeout(resolve);
        }),
      );
    });
    clearTimeout(late);
    end.abort();
  }
  return found;
}

/** How many of the answers that are found are read as empty. */
export async function empty(rule: string): Promise<number> {
  const end = new AbortController();
  const detector = detectorFor(rule);
  detector.start(end.signal, () => {});
  await new Promise((resolve) => setTimeout(resolve, 500));
  const texts = detector.responses().map((response) => detector.capture(response, 1_000).text);
  end.abort();
  return texts.filter((text) => text.trim() === '').length;
}

/** The least that finding and reading can be: the texts of the answers, and nothing done with them. */
export async function bare(selector: string, times: number): Promise<number> {
  let size = 0;
  await task();
  for (let time = 0; time < times; time += 1)
    for (const element of document.querySelectorAll(selector)) size += (element.textContent ?? '').length;
  return size;
}

/**
 * Makes the page lay itself out anew, and again afterwards; in between, if asked, the first look at the thread. A look that
 * needs a layout makes two of one.
 */
export async function layouts(rule: string, withLook: boolean): Promise<void> {
  const end = new AbortController();
  // In view, because what is far away is not laid out on some pages.
  const change = (text: string) => document.querySelector('form')?.append(text);
  const detector = detectorFor(rule);
  await task();
  change('one');
  if (withLook) detector.start(end.signal, () => {});
  change('two');
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
  end.abort();
}

/** A look of the finder at the whole page, in ms. */
export function look(): number {
  const start = performance.now();
  (finder satisfies Finder).induceRule({ document, roots: [], location, growth: [] });
  return performance.now() - start;
}

/** One pass over all elements, in ms. */
export function pass(): number {
  const start = performance.now();
  let roots = 0;
  for (const element of document.querySelectorAll('*')) if (element.shadowRoot) roots += 1;
  return performance.now() - start + (roots < 0 ? 1 : 0);
}
