/**
 * The one host element of a page, with everything that the overlay draws in its closed root. A top layer popover at
 * document level: no effect, cover or stacking of the page reaches it. The page can still remove, move or close it;
 * that is put right a few times, then the overlay goes.
 */
import tokens from '../../components/tokens.css?inline';
import sheet from '../../components/toolbar/toolbar.css?inline';
import type { Extension } from '../../utils/handover.ts';

/** Finds the layer inside a root that is ours. */
const LAYER = '.c';

export interface Surface {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Holds everything that is drawn. */
  readonly layer: HTMLElement;
  /** The host is where it belongs and in the top layer: a press on it may count. */
  isSound(): boolean;
  /** Moves into a modal dialog, outside of which the page is inert, or back to document level. */
  moveTo(dialog: Element | null): void;
}

/** Says whether one more is within `limit` per `span` ms. */
export function allowance(limit: number, span: number, now = () => performance.now()): () => boolean {
  const spent: number[] = [];
  return () => {
    while (spent.length > 0 && (spent[0] as number) <= now() - span) spent.shift();
    return spent.push(now()) <= limit;
  };
}

// The page may declare the tokens' names on the host itself, and outside wins there; inside it has no say.
const style = tokens.replace(/:host(?:\((.*?)\))?/g, `${LAYER}$1`) + sheet;

/**
 * Removes the host that a version before this one left behind: Firefox ends its script without a farewell, and in
 * Chromium the removal is what makes the orphan look at its own state.
 */
export function removeLeftovers(rootOf: Extension['rootOf']): void {
  for (const element of document.querySelectorAll(':root > div[popover]')) {
    if (rootOf(element)?.querySelector(LAYER)) element.remove();
  }
}

interface SurfaceParts {
  readonly isAlive: Extension['isAlive'];
  readonly signal: AbortSignal;
  /** The page interferes, or the extension is gone: the surface was taken away for good. */
  readonly onLost: () => void;
  /** The host had to be put back; frames inside have lost their documents. */
  readonly onRestored: () => void;
}

/** Mounts the host until the signal aborts. */
export function createSurface({ isAlive, signal, onLost, onRestored }: SurfaceParts): Surface {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const layer = document.createElement('div');
  const sheetElement = document.createElement('style');
  const mayMount = allowance(3, 60_000);
  const mayShow = allowance(5, 5_000);
  sheetElement.textContent = style;
  layer.className = LAYER.slice(1);
  root.append(sheetElement, layer);
  host.popover = 'manual';

  let dialog: Element | null = null;

  const home = () => (dialog?.isConnected ? dialog : document.documentElement);
  const isOpen = () => host.matches(':popover-open');
  const isSound = () => host.parentNode === home() && isOpen();
  const lose = () => {
    // Of whatever the page does next, nothing is answered.
    watcher.disconnect();
    onLost();
  };

  function mount() {
    home().append(host);
    watcher.observe(home(), { childList: true });
    host.showPopover();
  }

  function restore() {
    if (signal.aborted) return;
    if (!isAlive()) return lose();
    const foreign = [...host.attributes].filter(({ name, value }) => name !== 'popover' || value !== 'manual');
    try {
      if (host.parentNode !== home()) {
        if (!mayMount()) return lose();
        mount();
        onRestored();
      } else if (foreign.length > 0 || !isOpen()) {
        if (!mayShow()) return lose();
        for (const { name } of foreign) host.removeAttribute(name);
        host.popover = 'manual';
        if (!isOpen()) host.showPopover();
      }
    } catch {
      lose();
    }
  }

  const watcher = new MutationObserver(restore);
  watcher.observe(document, { childList: true });
  watcher.observe(host, { attributes: true });
  host.addEventListener('toggle', restore, { signal });
  mount();
  signal.addEventListener('abort', () => {
    watcher.disconnect();
    host.remove();
  });
  return {
    ...{ host, root, layer, isSound },
    moveTo(next) {
      if (next === dialog || signal.aborted) return;
      dialog = next;
      mount();
    },
  };
}
