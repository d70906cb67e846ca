/** Asks axe-core what is wrong with an interface, closed shadow roots included. */

import type { AxeResults, NodeResult } from 'axe-core';
import axe from 'axe-core';
import { until } from './browser/poll.ts';
import type { Surface } from './browser/types.ts';

/** One thing that axe found, with the elements it found it at. */
interface Finding {
  readonly rule: string;
  readonly impact: string;
  readonly at: readonly string[];
}

interface Verdicts {
  readonly violations: readonly Finding[];
  /** What axe could not decide. */
  readonly undecided: readonly Finding[];
}

/**
 * Runs in the page. A closed root is opened for axe alone: the extension offers no way in, and needs none. Axe measures
 * colors only inside the body, where the overlay is not, so for them it gets a copy of what is drawn.
 */
async function look(root: Document | ShadowRoot): Promise<Verdicts> {
  const { axe: runner } = globalThis as unknown as { axe: { run(...args: unknown[]): Promise<AxeResults> } };
  const at = ({ target, html, failureSummary }: NodeResult) =>
    `${target.flat().join(' ')} ${html.slice(0, 160)} (${failureSummary?.replace(/\s+/g, ' ')})`;
  const brief = (found: AxeResults['violations']) =>
    found.map(({ id, impact, nodes }) => ({ rule: id, impact: impact ?? 'unknown', at: nodes.map(at) }));
  // Frames are looked at as surfaces of their own.
  const run = async (scope: Element | Document, options: object = {}) => {
    const { violations, incomplete } = await runner.run(scope, { iframes: false, ...options });
    return { violations: brief(violations), undecided: brief(incomplete) };
  };
  if (!(root instanceof ShadowRoot)) return run(document);

  Object.defineProperty(root.host, 'shadowRoot', { configurable: true, get: () => root });
  const copy = document.createElement('div');
  copy.attachShadow({ mode: 'open' }).append(...Array.from(root.childNodes, (node) => node.cloneNode(true)));
  try {
    const structure = await run(root.host, { rules: { 'color-contrast': { enabled: false } } });
    document.body.append(copy);
    const colors = await run(copy, { runOnly: ['color-contrast'] });
    return {
      violations: [...structure.violations, ...colors.violations],
      undecided: [...structure.undecided, ...colors.undecided],
    };
  } finally {
    copy.remove();
    delete (root.host as { shadowRoot?: unknown }).shadowRoot;
  }
}

/** Code that comes from the test harness is bound by no policy of the page, so axe is brought along as text. */
const lookWithAxe = new Function(
  'root',
  `if (!globalThis.axe) { ${axe.source} }\nreturn (${look})(root);`,
) as typeof look;

/** Whether nothing moves or fades any more, apart from what never ends: a color half way between two states is nobody's choice. */
const isStill = (root: Document | ShadowRoot) =>
  root
    .getAnimations()
    .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity);

/** Everything that axe says about this surface once it stands still. */
async function examine(surface: Surface): Promise<Verdicts> {
  await until('all motion has ended', () => surface.evaluate(isStill));
  return surface.evaluate(lookWithAxe);
}

/** What axe calls serious or critical; an interface that people can use has none. */
export async function seriousFindings(surface: Surface): Promise<readonly Finding[]> {
  const { violations } = await examine(surface);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
