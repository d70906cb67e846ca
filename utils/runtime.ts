/**
 * The one door to the browser's extension API. `chrome` has promises in both browsers' Manifest V3, only that what listens to
 * messages answers by a callback. Not `browser`: Chromium does not define it, so that an element of the page with that id
 * would stand for it.
 */
import type { Browser, Runtime } from './browser.ts';

type OwnChrome = {
  /** Gone, or without an id, in a script whose extension was updated or removed. */
  readonly runtime?: Pick<Runtime.Static, 'id' | 'getURL' | 'sendMessage' | 'onMessage' | 'onConnect'>;
  /** In Chromium's content scripts. */
  readonly dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null };
};

/** Read anew each time: the browser takes it away from a script that outlives its extension. Throws where there is none. */
export function ownRuntime(): NonNullable<OwnChrome['runtime']> {
  const { runtime } = (globalThis as unknown as { chrome: OwnChrome }).chrome;
  if (!runtime) throw new Error('The extension is gone');
  return runtime;
}

/** Chromium's own way to see the shadow root of any element; undefined elsewhere. */
export const ownDom = (): OwnChrome['dom'] => (globalThis as unknown as { chrome?: OwnChrome }).chrome?.dom;

/** The whole API, for the background and the pages of the extension. */
export const ownChrome = (): Browser => (globalThis as unknown as { chrome: Browser }).chrome;
