/**
 * Shadow roots that appear without a mutation record: an element that is upgraded when its script arrives. Custom elements
 * without a root are remembered and looked at again: in growing pauses, when a script has loaded, and when the reader
 * touches something inside.
 */
type Page = Window & typeof globalThis;

/** Pauses between looks in ms; after the last one only events make it look again. */
const pauses = [50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600] as const;
/** Most pages with more custom elements use ones that have no shadow root. */
const hostLimit = 256;

export function createLateRoots(page: Page, onRoot: (root: ShadowRoot) => void) {
  const hosts = new Set<Element>();
  let step = 0;
  let timer = 0;

  const look = () => {
    for (const host of hosts) {
      if (host.shadowRoot) onRoot(host.shadowRoot);
      if (host.shadowRoot || !host.isConnected) hosts.delete(host);
    }
  };
  const schedule = () => {
    const pause = pauses[step];
    if (timer !== 0 || pause === undefined || hosts.size === 0) return;
    timer = page.setTimeout(() => {
      timer = 0;
      step += 1;
      look();
      schedule();
    }, pause);
  };

  return {
    /** Remembers a custom element that has no open shadow root yet. */
    expect(host: Element): void {
      if (hosts.size >= hostLimit || hosts.has(host)) return;
      hosts.add(host);
      step = Math.min(step, 2);
      schedule();
    },
    start(signal: AbortSignal): void {
      const listen = (type: string, listener: (event: Event) => void) =>
        page.document.addEventListener(type, listener, { capture: true, passive: true, signal });
      listen('load', (event) => {
        if (event.target instanceof HTMLScriptElement && hosts.size > 0) look();
      });
      const touched = (event: Event) => {
        for (const node of event.composedPath()) if (node instanceof ShadowRoot) onRoot(node);
      };
      listen('pointerdown', touched);
      listen('focusin', touched);
      signal.addEventListener('abort', () => {
        page.clearTimeout(timer);
        timer = step = 0;
        hosts.clear();
      });
    },
  };
}
