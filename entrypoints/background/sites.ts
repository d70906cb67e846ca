/**
 * Where the overlay runs. The browser's granted host permissions are the only record of which sites are on; the
 * registered script follows them, so that a revoked permission can leave nothing behind.
 */
import type { Browser } from '../../utils/browser.ts';
import { report } from '../../utils/errors.ts';
import { sitePattern, webPatterns } from '../../utils/messaging/site-pattern.ts';

const SCRIPT_ID = 'countersign-overlay';
const SCRIPT_FILE = 'overlay.js';
const DRAWING_FILE = 'toolbar.js';

export interface Sites {
  /** Whether the overlay may work on this origin: permission granted, and not paused. */
  isOn(origin: string): Promise<boolean>;
  /** Makes the registration match the granted permissions. Calls are made one after the other. */
  reconcile(): Promise<void>;
  /** Starts the overlay in tabs that are open already: of these patterns, or of all granted ones. */
  inject(patterns?: readonly string[]): Promise<void>;
  /** Starts it in one tab. */
  injectInto(tabId: number): Promise<void>;
  /** Loads what draws into a frame in which the overlay has found a response. */
  draw(frame: { readonly tabId: number; readonly frameId: number }): Promise<void>;
}

interface SitesParts {
  readonly permissions: Browser['permissions'];
  readonly scripting: Browser['scripting'];
  readonly tabs: Browser['tabs'];
  readonly isPaused: () => Promise<boolean>;
}

export function createSites({ permissions, scripting, tabs, isPaused }: SitesParts): Sites {
  const granted = async () => webPatterns((await permissions.getAll()).origins);

  async function registered(): Promise<string[] | null> {
    const [script] = await scripting.getRegisteredContentScripts({ ids: [SCRIPT_ID] });
    return script ? [...(script.matches ?? [])].sort() : null;
  }

  async function follow(): Promise<void> {
    const wanted = (await isPaused()) ? [] : await granted();
    const current = await registered();
    if (wanted.join(' ') === (current ?? []).join(' ')) return;
    if (current) await scripting.unregisterContentScripts({ ids: [SCRIPT_ID] });
    if (wanted.length === 0) return;
    const script = {
      id: SCRIPT_ID,
      js: [SCRIPT_FILE],
      matches: wanted,
      allFrames: true,
      // A chat widget often lives in a frame without an address of its own (about:srcdoc).
      matchOriginAsFallback: true,
      runAt: 'document_idle' as const,
      persistAcrossSessions: true,
    };
    await scripting.registerContentScripts([script]);
  }

  async function injectInto(tabId: number): Promise<void> {
    try {
      await scripting.executeScript({ target: { tabId, allFrames: true }, files: [SCRIPT_FILE] });
    } catch (thrown) {
      // A tab that is just loading, crashed or an error page: the registration covers its next document.
      report(thrown, 'starting the overlay in an open tab');
    }
  }

  let last: Promise<void> = Promise.resolve();
  return {
    async isOn(origin) {
      if (await isPaused()) return false;
      return permissions.contains({ origins: [sitePattern(origin)] });
    },
    reconcile() {
      last = last.then(follow, follow);
      return last;
    },
    async inject(patterns) {
      const url = patterns ? webPatterns(patterns) : await granted();
      if (url.length === 0 || (await isPaused())) return;
      const open = await tabs.query({ url, discarded: false });
      await Promise.all(open.map(({ id }) => (id === undefined ? null : injectInto(id))));
    },
    injectInto,
    async draw({ tabId, frameId }) {
      try {
        await scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [DRAWING_FILE] });
      } catch (thrown) {
        // The frame is gone, or the permission with it.
        report(thrown, 'loading the toolbar');
      }
    },
  };
}
