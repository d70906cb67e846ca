/** The sites that are on, as the browser's permissions say, and those that could be. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { SiteEntry } from '../../../components/settings/types.ts';
import type { Browser } from '../../../utils/browser.ts';
import { type KnownSite, knownSites } from '../../../utils/detection/known-sites.ts';
import { report } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { PageCalls } from '../../../utils/messaging/contract.ts';
import { webPatterns } from '../../../utils/messaging/site-pattern.ts';
import { followPermissions } from './follow-permissions.ts';

/** The host of a match pattern; a leading `*.` stays. */
function hostOf(pattern: string): string {
  return pattern.replace(/^[^:]+:\/\//, '').replace(/\/.*$/, '');
}

const unique = (values: readonly string[]) => [...new Set(values)];

/** What the settings show: the known sites first, then whatever else was turned on. */
export function entriesOf(granted: readonly string[], known: readonly KnownSite[]): SiteEntry[] {
  const entries = known.map(({ name, patterns }) => ({
    name,
    patterns,
    hosts: unique(patterns.map(hostOf)).join(', '),
    on: patterns.some((pattern) => granted.includes(pattern)),
  }));
  const others = granted.filter((pattern) => !known.some(({ patterns }) => patterns.includes(pattern)));
  const own = others.map((pattern) => {
    const host = pattern.startsWith('http://') ? `http://${hostOf(pattern)}` : hostOf(pattern);
    return { name: host, patterns: [pattern], hosts: host, on: true };
  });
  return [...entries, ...own];
}

export interface Sites {
  readonly entries: ReadonlySignal<readonly SiteEntry[]>;
  /** Turns a site on or off. Call it within the click: the browser asks for its permission only there. */
  readonly toggle: (site: SiteEntry, on: boolean) => Promise<void>;
}

/** Follows the permissions until `stop` aborts. */
export function createSites(permissions: Browser['permissions'], call: Call<PageCalls>, stop: AbortSignal): Sites {
  const known = knownSites();
  const entries = signal<readonly SiteEntry[]>(entriesOf([], known));
  const read = async () => {
    try {
      entries.value = entriesOf(webPatterns((await permissions.getAll()).origins), known);
    } catch (thrown) {
      report(thrown, 'reading the permissions');
    }
  };
  followPermissions(permissions, read, stop);

  return {
    entries,
    async toggle({ patterns }, on) {
      const origins = [...patterns];
      // Nothing may be awaited before the request: the click would be over.
      await (on ? permissions.request({ origins }) : permissions.remove({ origins }));
      for (const host of unique(origins.map((pattern) => pattern.replace('://*.', '://')))) {
        await call('refreshSite', { origin: new URL(host).origin, tabId: null });
      }
      await read();
    },
  };
}
