/** Puts the finder to work where no rule finds anything, and takes what it derives, as long as that is the best there is. */
import type { Evidence, Health } from '../types.ts';
import type { CompiledRule } from './compile.ts';
import { createFinder, type Finder } from './finder.ts';
import type { Force } from './force.ts';
import type { Root } from './roots.ts';

/** When the finder looks first: after rules that know messages, and where there are none. In ms. */
const finderPause = { afterRules: 4_000, alone: 400 } as const;
/** So many times the finder looks at a changing page again after it has found something: it may have come too early. */
const secondThoughts = 8;

interface FallbackParts {
  readonly page: Window & typeof globalThis;
  readonly now: () => number;
  readonly load: () => Promise<Finder | null>;
  readonly roots: () => readonly Root[];
  readonly force: Force;
  readonly found: () => Health['found'];
  /** The finder has looked, for so many ms; `another`: another rule of its is in force now, or for other reasons. */
  readonly onLook: (another: boolean, ms: number) => void;
}

const sumOf = (evidence: readonly Evidence[] = []) => evidence.reduce((sum, { weight }) => sum + weight, 0);

/** Whether rows came to a list of messages that the rule does not know. */
function isStrange(fresh: readonly Element[], { messages }: CompiledRule): boolean {
  return fresh.slice(0, 20).some((node) => {
    if (node.matches(messages) || node.querySelector(messages) || node.closest(messages)) return false;
    const { parentElement } = node;
    const siblings = parentElement ? [...parentElement.children].slice(-6) : [];
    const inList = siblings.some((one) => one !== node && (one.matches(messages) || one.querySelector(messages)));
    return inList && /\S/.test(node.textContent ?? '');
  });
}

export function createFallback({ page, now, load, roots, force, found, onLook }: FallbackParts) {
  /** The finder's rule does not fit the page any more. */
  let restless = false;
  /** Looks since the finder's rule has found something. */
  let confirmed = 0;

  const finder = createFinder({
    ...{ page, now, load, roots },
    wanted() {
      if (!force.generic()) return false;
      const { rule, generic } = found();
      if (rule > 0 || (generic > 0 && !restless && confirmed >= secondThoughts)) return false;
      // Rows of unknown authors are for the reviewer to name.
      return !force.own().some(({ rows }) => roots().some((root) => root.querySelector(rows) !== null));
    },
    rule: () => force.owner(),
    authors: force.assistants,
    onLook(induced, ms) {
      const { generic } = found();
      if (generic > 0) confirmed += 1;
      // What works is given up for something surer only.
      const better = generic === 0 || restless || sumOf(induced?.evidence) >= sumOf(force.induced()?.reasons.selected);
      restless = false;
      onLook(induced !== null && better && force.induce(induced), ms);
    },
    onSlow() {
      force.trouble({ kind: 'slow', rule: 'The finder', why: 'a look for answers without a rule took too long' });
    },
  });

  return {
    /** The page shows something new. */
    begin(): void {
      confirmed = 0;
      const knowing = force.active().some(({ rule }) => rule.variants.length > 0);
      if (force.generic()) finder.start(knowing ? finderPause.afterRules : finderPause.alone);
    },
    /** Nothing has been found. */
    soon: () => finder.soon(finderPause.alone),
    /** New nodes came: looks again where they are messages that the finder's rule does not know. */
    onFresh(fresh: readonly Element[]): void {
      const induced = force.induced();
      if (!induced || restless || !isStrange(fresh, induced)) return;
      restless = true;
      finder.soon(finderPause.alone);
    },
    listen: (signal: AbortSignal) => finder.listen(signal),
    stop(): void {
      finder.stop();
      restless = false;
    },
  };
}
