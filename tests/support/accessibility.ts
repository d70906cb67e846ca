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
 *
 * What fades or moves is brought to its end first: a color half way between two states is nobody's choice, and in a tab that
 * is not in front it would stay there. Null where something took other colors while axe looked.
 */
async function look(root: Document | ShadowRoot): Promise<Verdicts | null> {
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
  const runInside = async (closed: ShadowRoot) => {
    Object.defineProperty(closed.host, 'shadowRoot', { configurable: true, get: () => closed });
    const copy = document.createElement('div');
    copy.attachShadow({ mode: 'open' }).append(...Array.from(closed.childNodes, (node) => node.cloneNode(true)));
    try {
      const structure = await run(closed.host, { rules: { 'color-contrast': { enabled: false } } });
      document.body.append(copy);
      const colors = await run(copy, { runOnly: ['color-contrast'] });
      return {
        violations: [...structure.violations, ...colors.violations],
        undecided: [...structure.undecided, ...colors.undecided],
      };
    } finally {
      copy.remove();
      delete (closed.host as { shadowRoot?: unknown }).shadowRoot;
    }
  };
  /** What is on its way, apart from what never ends. */
  const moving = () =>
    root
      .getAnimations()
      .filter(({ playState, effect }) => playState !== 'finished' && effect?.getComputedTiming().endTime !== Infinity);
  const colors = () =>
    Array.from(root.querySelectorAll('*'), (element) => {
      const { color, backgroundColor, opacity } = getComputedStyle(element);
      return `${color} ${backgroundColor} ${opacity}`;
    }).join();

  for (let some = moving(); some.length > 0; some = moving()) for (const each of some) each.finish();
  const before = colors();
  const verdicts = root instanceof ShadowRoot ? await runInside(root) : await run(document);
  return colors() === before ? verdicts : null;
}

/** Code that comes from the test harness is bound by no policy of the page, so axe is brought along as text. */
const lookWithAxe = new Function(
  'root',
  `if (!globalThis.axe) { ${axe.source} }\nreturn (${look})(root);`,
) as typeof look;

/** The scheme that this surface is drawn in now. */
function schemeOf(root: Document | ShadowRoot): string {
  const drawn = root instanceof ShadowRoot ? root.querySelector('[data-theme]') : document.documentElement;
  const { colorScheme } = getComputedStyle(drawn ?? document.documentElement);
  if (colorScheme === 'light' || colorScheme === 'dark') return colorScheme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/**
 * What axe calls serious or critical; an interface that people can use has none. With `scheme`, once the surface is drawn in
 * it: a setting needs its time to get there.
 */
export async function seriousFindings(surface: Surface, scheme?: 'light' | 'dark'): Promise<readonly Finding[]> {
  if (scheme) await until(`the colors are ${scheme}`, async () => (await surface.evaluate(schemeOf)) === scheme);
  const { violations } = await until('no color changes while axe looks', () => surface.evaluate(lookWithAxe));
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
