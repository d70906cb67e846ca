/** The current view, kept in the address. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { type Route, readRoute, writeRoute } from '../route.ts';

export interface Location {
  readonly route: ReadonlySignal<Route>;
  /** Goes there. `replace` leaves no step for the back button: for moves within a list and for typing. */
  readonly go: (route: Route, how?: 'push' | 'replace') => void;
}

/** Follows the address until `stop` aborts. */
export function createLocation(stop: AbortSignal, page: Window = window): Location {
  const route = signal(readRoute(page.location.hash));
  const follow = () => {
    route.value = readRoute(page.location.hash);
  };
  page.addEventListener('hashchange', follow, { signal: stop });
  page.addEventListener('popstate', follow, { signal: stop });
  return {
    route,
    go(next, how = 'push') {
      const hash = writeRoute(next);
      if (hash === page.location.hash) return;
      if (how === 'replace') page.history.replaceState(null, '', hash);
      else page.history.pushState(null, '', hash);
      route.value = next;
    },
  };
}
