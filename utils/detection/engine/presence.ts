/**
 * Which rules apply to this page now. A rule that names addresses needs no look at the page; products that any site may embed
 * are noticed by their signature, also when they come late. On a page without AI this costs one `querySelector` per pause,
 * the pauses grow, and nothing at all happens while the page stands still.
 */
import type { CompiledRule } from './compile.ts';
import { eachRoot, type Root } from './roots.ts';

type Page = Window & typeof globalThis;

/** Pauses between looks at a page that keeps changing, in ms: doubling from the first to the last. */
const firstPause = 100;
const lastPause = 6_400;
/** Open shadow roots are looked for this often per address while no rule applies. */
const deepLooks = 8;

const has = (root: Root, { rule }: CompiledRule) =>
  rule.signature === undefined || root.querySelector(rule.signature) !== null;

/** The rules among `candidates` whose signature is in one of the roots. */
export function presentRules(candidates: readonly CompiledRule[], roots: Iterable<Root>): readonly CompiledRule[] {
  const all = [...roots];
  return candidates.filter((rule) => all.some((root) => has(root, rule)));
}

/** Waits until one of the candidates is on the page, then calls `onFound` once with those that are. The answer stops waiting. */
export function waitForRules(
  page: Page,
  candidates: readonly CompiledRule[],
  onFound: (rules: readonly CompiledRule[]) => void,
): () => void {
  const { document } = page;
  let pause = firstPause;
  let deep = deepLooks;
  let timer = 0;

  const look = () => {
    timer = 0;
    const roots: Root[] = [document];
    if (deep > 0) {
      deep -= 1;
      eachRoot(document, (root) => void roots.push(root));
    }
    const found = presentRules(candidates, roots);
    if (found.length > 0) {
      stop();
      onFound(found);
      return;
    }
    pause = Math.min(pause * 2, lastPause);
    observer.observe(document, { childList: true, subtree: true });
  };

  // One record is enough: stop listening until the next look.
  const later = () => {
    observer.disconnect();
    if (timer === 0) timer = page.setTimeout(look, pause);
  };
  const observer = new page.MutationObserver(later);
  // A script that arrives can upgrade an element and give it a shadow root, which no mutation record tells.
  const onLoad = (event: Event) => {
    if (deep > 0 && event.target instanceof HTMLScriptElement) later();
  };
  const stop = () => {
    observer.disconnect();
    page.clearTimeout(timer);
    document.removeEventListener('load', onLoad, true);
  };

  document.addEventListener('load', onLoad, true);
  timer = page.setTimeout(look);
  return stop;
}
