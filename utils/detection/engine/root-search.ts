/**
 * Finds open shadow roots without holding up the page: in slices, only where somebody asks, and again for custom elements
 * that had none. A script that arrives late can give them one, which no mutation record tells; so they are looked at in
 * growing pauses, when a script has loaded, and when the reader touches something inside.
 */
type Page = Window & typeof globalThis;

/** The longest that one task may look, in ms. */
const sliceMs = 6;
/** Pauses between looks at the same custom elements: from the first, doubling, so many times. In ms. */
const firstPause = 50;
const looks = 10;
/** Most pages with more custom elements use ones that have no shadow root. */
const hostLimit = 256;

export function createRootSearch(page: Page, now: () => number, onRoot: (root: ShadowRoot) => void) {
  const hosts = new Set<Element>();
  let queue: { readonly list: ArrayLike<Element>; next: number }[] = [];
  let slice = 0;
  let timer = 0;
  let step = 0;

  const look = (element: Element) => {
    const root = element.shadowRoot;
    if (root) onRoot(root);
    else if (element.localName.includes('-') && hosts.size < hostLimit) hosts.add(element);
  };

  const run = () => {
    slice = 0;
    const until = now() + sliceMs;
    for (let part = queue[0]; part; part = queue[0]) {
      for (let checked = 1; part.next < part.list.length; part.next += 1, checked += 1) {
        if (checked % 256 === 0 && now() > until) {
          slice = page.setTimeout(run);
          return;
        }
        look(part.list[part.next] as Element);
      }
      queue.shift();
    }
    step = Math.min(step, 2);
    schedule();
  };

  const lookAgain = () => {
    for (const host of hosts) {
      if (!host.shadowRoot && host.isConnected) continue;
      hosts.delete(host);
      if (host.shadowRoot) onRoot(host.shadowRoot);
    }
  };
  const schedule = () => {
    if (timer !== 0 || step >= looks || hosts.size === 0) return;
    timer = page.setTimeout(
      () => {
        timer = 0;
        step += 1;
        lookAgain();
        schedule();
      },
      firstPause * 2 ** step,
    );
  };

  return {
    /** Looks for roots on and under `top`, not inside the roots that it finds: `onRoot` decides whether to go on there. */
    search(top: Node): void {
      if (top instanceof Element) look(top);
      queue.push({ list: (top as ParentNode).querySelectorAll('*'), next: 0 });
      if (slice === 0) run();
    },
    start(signal: AbortSignal): void {
      const listen = (type: string, listener: (event: Event) => void) =>
        page.document.addEventListener(type, listener, { capture: true, passive: true, signal });
      const touched = (event: Event) => {
        for (const node of event.composedPath()) if (node instanceof ShadowRoot) onRoot(node);
      };
      listen('load', (event) => event.target instanceof HTMLScriptElement && lookAgain());
      listen('pointerdown', touched);
      listen('focusin', touched);
    },
    stop(): void {
      page.clearTimeout(timer);
      page.clearTimeout(slice);
      timer = slice = step = 0;
      queue = [];
      hosts.clear();
    },
  };
}
