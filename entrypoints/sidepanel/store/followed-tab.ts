/** The tab that the panel is about: the one in front of its window, or before the panel where that is a tab itself. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Browser, Tabs } from '../../../utils/browser.ts';

export interface FollowedTab {
  readonly tabId: number;
  /** Where the browser tells it: on sites that are on. */
  readonly url: string | undefined;
  /** Raised when the tab has loaded something. */
  readonly loads: number;
}

type Parts = Pick<Browser['tabs'], 'query' | 'getCurrent' | 'onActivated' | 'onUpdated' | 'onRemoved'>;

/** Follows the tab until `stop` aborts; null while there is none. */
export function createFollowedTab(tabs: Parts, stop: AbortSignal): ReadonlySignal<FollowedTab | null> {
  const followed = signal<FollowedTab | null>(null);

  async function find(): Promise<Tabs.Tab | null> {
    const own = (await tabs.getCurrent())?.id;
    const all = (await tabs.query({ currentWindow: true })).filter(({ id }) => id !== own);
    const active = all.find((tab) => tab.active);
    if (active) return active;
    const before = all.find(({ id }) => id === followed.peek()?.tabId);
    // The panel stands in front of its window: what was looked at last.
    return before ?? all.sort((one, other) => (other.lastAccessed ?? 0) - (one.lastAccessed ?? 0))[0] ?? null;
  }

  async function follow() {
    const tab = await find().catch(() => null);
    if (stop.aborted) return;
    const now = followed.peek();
    if (tab?.id === undefined) followed.value = null;
    else if (now?.tabId !== tab.id || now.url !== tab.url) {
      followed.value = { tabId: tab.id, url: tab.url, loads: now?.tabId === tab.id ? now.loads : 0 };
    }
  }

  const onActivated = () => void follow();
  const onRemoved = () => void follow();
  const onUpdated = (tabId: number, change: { status?: string; url?: string }) => {
    const now = followed.peek();
    if (tabId !== now?.tabId) return;
    if (change.status === 'complete') followed.value = { ...now, url: change.url ?? now.url, loads: now.loads + 1 };
    if (change.url !== undefined || change.status === 'complete') void follow();
  };
  tabs.onActivated.addListener(onActivated);
  tabs.onUpdated.addListener(onUpdated as never);
  tabs.onRemoved.addListener(onRemoved);
  stop.addEventListener('abort', () => {
    tabs.onActivated.removeListener(onActivated);
    tabs.onUpdated.removeListener(onUpdated as never);
    tabs.onRemoved.removeListener(onRemoved);
  });
  void follow();
  return followed;
}
