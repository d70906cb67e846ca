/** Notices that a single-page application moved on, without touching the page's `history`. */

interface NavigationLike {
  addEventListener(type: 'currententrychange', listener: () => void, options: { signal: AbortSignal }): void;
}

/**
 * Calls `onMove` with the new address once it differs from the last one. The answer looks at once: call it where a look
 * costs nothing extra, for browsers without the navigation API (Firefox before 147).
 */
export function watchAddress(page: Window, signal: AbortSignal, onMove: (address: string) => void): () => void {
  let address = page.location.href;
  const look = () => {
    if (signal.aborted || page.location.href === address) return;
    address = page.location.href;
    onMove(address);
  };
  const navigation = (page as Window & { navigation?: NavigationLike }).navigation;
  navigation?.addEventListener('currententrychange', look, { signal });
  page.addEventListener('popstate', look, { signal });
  page.addEventListener('hashchange', look, { signal });
  return look;
}
