/**
 * Brings the reviewer back to an answer: to the tab where it is, else to its page, where it is waited for; found by its key,
 * else by its text. What it cannot do it says in words, so that the review can be revised on its snapshot instead.
 */
import type { Browser } from '../../utils/browser.ts';
import { fail } from '../../utils/errors.ts';
import { webPatterns } from '../../utils/messaging/site-pattern.ts';
import type { Snapshot } from '../../utils/review/schema.ts';
import type { Moved } from './moved.ts';
import type { Pushes } from './push.ts';
import type { Sites } from './sites.ts';

/** How long the page may take in all, and how long its answers stand still before one that is not among them is gone, in ms. */
const PATIENCE_MS = 22_000;
const STILL_MS = 4_000;
const AGAIN_MS = 400;

/** What is looked for. */
export interface Target {
  readonly site: string;
  readonly responseKey: string;
  readonly snapshot: Snapshot;
}

/** Where it is, and under which key. */
export interface Reopened {
  readonly tabId: number;
  readonly responseKey: string;
  readonly found: 'same' | 'changed' | 'moved';
}

/** What one frame says: the key of the answer and how it was found; null where it is not there. */
interface Look {
  readonly key: string | null;
  readonly found: Reopened['found'];
  /** Answers that read the same; only one of them can be it. */
  readonly twins: number;
  /** Changes whenever the answers do. */
  readonly state: string;
}

/**
 * Runs in the extension's own world of a frame, so it must not refer to anything outside itself; the symbol is that of
 * `utils/handover.ts`. Null where no overlay draws.
 */
function lookFor(site: string, key: string, text: string): Look | null {
  interface Seen {
    readonly key: string;
    readonly settled: boolean;
  }
  interface Overlay {
    readonly run: AbortController;
    readonly view: object | null;
    readonly detector: {
      responses(): readonly Seen[];
      capture(response: Seen, promptLimit: number): { readonly text: string };
    } | null;
  }
  const overlay = (globalThis as unknown as { [name: symbol]: Overlay | undefined })[Symbol.for('overlay')];
  if (!overlay?.detector || !overlay.view || overlay.run.signal.aborted || window.origin !== site) return null;
  const { detector } = overlay;
  const all = detector.responses();
  const state = `${all.length} ${all.filter(({ settled }) => settled).length} ${document.readyState}`;
  const textOf = (response: Seen) => detector.capture(response, 0).text;
  const own = all.find((response) => response.key === key);
  if (own) return { key, found: textOf(own) === text ? 'same' : 'changed', twins: 1, state };
  const twins = all.filter((response) => response.settled && textOf(response) === text);
  return { key: twins[0]?.key ?? null, found: 'moved', twins: twins.length, state };
}

interface Parts {
  readonly tabs: Browser['tabs'];
  readonly windows: Pick<Browser['windows'], 'update'>;
  readonly scripting: Pick<Browser['scripting'], 'executeScript'>;
  readonly permissions: Pick<Browser['permissions'], 'getAll'>;
  readonly sites: Pick<Sites, 'isOn'>;
  readonly pushes: Pick<Pushes, 'toFrame'>;
  readonly moved: Moved;
  /** ms since 1970. */
  readonly now: () => number;
  readonly patienceMs?: number;
  readonly stillMs?: number;
  readonly againMs?: number;
}

/** Shows the answer on its page, with the editor open on it where `edit` says so. Throws `off` or `not-found` with the words. */
export type Reopen = (target: Target, edit: boolean) => Promise<Reopened>;

const withoutQuery = (address: string | undefined) => address?.replace(/[?#].*$/, '').replace(/\/$/, '');

const onSnapshot = 'Revise it here, on what was captured of it.';
const gone = {
  message: 'This answer is not on its page any more.',
  next: onSnapshot,
};
const several = {
  message: 'Its page shows this text more than once, and nothing tells which of them was judged.',
  next: onSnapshot,
};
const late = {
  message: 'The page did not show its answers in time.',
  next: 'Wait until it has loaded and try again, or revise the answer here, on what was captured of it.',
};
const elsewhere = {
  message: 'The page led somewhere else; it may ask you to sign in.',
  next: 'Sign in there and try again, or revise the answer here, on what was captured of it.',
};

export function createReopen(parts: Parts): Reopen {
  const { tabs, windows, scripting, permissions, sites, pushes, moved, now } = parts;
  const { patienceMs = PATIENCE_MS, stillMs = STILL_MS, againMs = AGAIN_MS } = parts;
  const wait = () => new Promise<void>((resolve) => setTimeout(resolve, againMs));

  /** What the frames of a tab say; those that cannot be asked say nothing. */
  async function look(tabId: number, { site, responseKey, snapshot }: Target) {
    try {
      const target = { tabId, allFrames: true };
      const args = [site, responseKey, snapshot.text];
      const answers = await scripting.executeScript({ target, func: lookFor as () => unknown, args } as never);
      return answers.flatMap(({ frameId, result }) => (result ? [{ frameId, ...(result as Look) }] : []));
    } catch {
      return [];
    }
  }

  async function show(tabId: number, frameId: number, responseKey: string, edit: boolean): Promise<void> {
    const tab = await tabs.update(tabId, { active: true });
    if (tab?.windowId !== undefined) await windows.update(tab.windowId, { focused: true }).catch(() => {});
    await pushes.toFrame({ tabId, frameId }, { push: 'showResponse', responseKey, edit });
  }

  /** The open tabs of sites that are on, whoever's frames are in them. */
  async function openTabs() {
    const url = webPatterns((await permissions.getAll()).origins);
    return url.length === 0 ? [] : tabs.query({ url, discarded: false });
  }

  /** The tab at the answer's page, opened where there is none. */
  async function tabAt({ site, snapshot: { pageUrl } }: Target, open: Awaited<ReturnType<typeof openTabs>>) {
    // A page names its own address; nothing but a page of its origin is opened for it.
    if (!URL.canParse(pageUrl) || new URL(pageUrl).origin !== site) fail('not-found', gone);
    const there = open.filter(({ url }) => withoutQuery(url) === withoutQuery(pageUrl));
    const tab = there.find(({ active }) => active) ?? there[0];
    // Pages that nobody looks at do not all render their answers.
    if (tab?.id !== undefined) return (await tabs.update(tab.id, { active: true })).id ?? tab.id;
    return (await tabs.create({ url: pageUrl, active: true })).id as number;
  }

  /** Whether the page has loaded, and is another one than was asked for. */
  async function ledElsewhere(tabId: number, { snapshot: { pageUrl } }: Target): Promise<boolean> {
    const tab = await tabs.get(tabId).catch(() => null);
    return tab === null || (tab.status !== 'loading' && withoutQuery(tab.url) !== withoutQuery(pageUrl));
  }

  return async (target, edit) => {
    if (!(await sites.isOn(target.site))) {
      fail('off', {
        next: `Turn it on for ${target.site.replace(/^https:\/\//, '')} and try again, or revise it here.`,
      });
    }
    const open = await openTabs();
    for (const { id } of open) {
      if (id === undefined) continue;
      const here = (await look(id, target)).find(({ key, found }) => key !== null && found !== 'moved');
      if (here) {
        await show(id, here.frameId, target.responseKey, edit);
        return { tabId: id, responseKey: target.responseKey, found: here.found };
      }
    }

    const tabId = await tabAt(target, open);
    const until = now() + patienceMs;
    let [state, since] = ['', now()];
    while (now() < until) {
      const looks = await look(tabId, target);
      const seen = looks.map((one) => `${one.frameId} ${one.state}`).join();
      if (seen !== state) [state, since] = [seen, now()];
      const itself = looks.find(({ key, found }) => key !== null && found !== 'moved');
      // The answer itself may still be coming while one that reads the same is there.
      const twins = looks.filter(({ twins }) => twins > 0);
      const isStill = looks.length > 0 && now() - since >= stillMs;
      const twin = isStill && twins.length === 1 && twins[0]?.twins === 1 ? twins[0] : null;
      const here = itself ?? twin;
      if (here?.key) {
        if (here === twin) await moved.note(target.site, here.key, target.responseKey);
        await show(tabId, here.frameId, here.key, edit);
        return { tabId, responseKey: here.key, found: here.found };
      }
      if (isStill && !/interactive|loading/.test(state)) fail('not-found', twins.length > 0 ? several : gone);
      const isSilent = looks.length === 0 && now() - since >= 2 * stillMs;
      if (isSilent && (await ledElsewhere(tabId, target))) fail('not-found', elsewhere);
      await wait();
    }
    fail('not-found', (await ledElsewhere(tabId, target)) ? elsewhere : late);
  };
}
