/**
 * Which rules apply to this page now. A rule that names addresses needs no look at the page; products that any site may embed
 * are noticed by their signature, also when they come late. On a page without AI this costs one `querySelector` per pause,
 * the pauses grow, and nothing at all happens while the page stands still.
 */
import type { CompiledRule } from './compile.ts';
import type { Root } from './roots.ts';

type Page = Window & typeof globalThis;

/** Pauses between looks at a page that keeps changing, in ms: doubling from the first to the last. */
const firstPause = 100;
const lastPause = 6_400;
/** Shadow roots are looked for at so many of the first looks per address. */
const deepLooks = 3;

/** Whether the document of this root stands in such a frame, as far as its origin lets us see. */
function standsIn(frame: string, root: Root): boolean {
  try {
    const { defaultView } = root instanceof ShadowRoot ? root.ownerDocument : root;
    return defaultView?.frameElement?.matches(frame) ?? false;
  } catch {
    return false;
  }
}

/** The rules among `candidates` whose signature is in the root, or whose frame is around it. One look where none is. */
export function presentRules(candidates: readonly CompiledRule[], root: Root): readonly CompiledRule[] {
  const signatures = candidates.flatMap(({ rule: { signature } }) => signature ?? []);
  const some = signatures.length > 0 && root.querySelector(signatures.join(',')) !== null;
  return candidates.filter(
    ({ rule: { signature, frame } }) =>
      (frame === undefined || standsIn(frame, root)) &&
      (signature === undefined || (some && root.querySelector(signature) !== null)),
  );
}

/**
 * Waits until one of the candidates is in the document, then calls `onFound` once with those that are. `searchRoots` is
 * called now and then, to look into shadow roots. The answer stops waiting.
 */
export function waitForRules(
  page: Page,
  candidates: readonly CompiledRule[],
  searchRoots: () => void,
  onFound: (rules: readonly CompiledRule[]) => void,
): () => void {
  const { document } = page;
  let pause = firstPause;
  let deep = deepLooks;
  let timer = 0;

  const look = () => {
    timer = 0;
    const found = presentRules(candidates, document);
    if (found.length > 0) {
      stop();
      onFound(found);
      return;
    }
    observer.observe(document, { childList: true, subtree: true });
    pause = Math.min(pause * 2, lastPause);
    deep -= 1;
    if (deep >= 0) searchRoots();
  };
  const observer = new page.MutationObserver(() => {
    // One record is enough: stop listening until the next look.
    observer.disconnect();
    timer = page.setTimeout(look, pause);
  });
  const stop = () => {
    observer.disconnect();
    page.clearTimeout(timer);
  };

  timer = page.setTimeout(look);
  return stop;
}
