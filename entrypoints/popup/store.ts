/** The popup's state: the current tab, what the browser permits there, and the counts. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Offer, PopupCounts, SiteState } from '../../components/popup/popup.tsx';
import type { Browser } from '../../utils/browser.ts';
import { report } from '../../utils/errors.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { PageCalls } from '../../utils/messaging/contract.ts';
import { webPatterns } from '../../utils/messaging/site-pattern.ts';
import { type Counts, counts } from '../../utils/storage/counters.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { defaultSettings } from '../../utils/storage/default-settings.ts';
import { listDestinations } from '../../utils/storage/destinations.ts';
import { type Loss, lossOf } from '../../utils/storage/loss.ts';
import { countAside } from '../../utils/storage/queue.ts';
import type { Settings } from '../../utils/storage/settings-shape.ts';
import { shownSettings } from '../../utils/storage/shown-settings.ts';
import { watch } from '../../utils/storage/watch.ts';
import { isInvitation } from '../../utils/team/invitation.ts';
import type { Health } from './health.ts';
import { type CurrentSite, siteOf } from './site.ts';

export interface PopupStore {
  readonly site: ReadonlySignal<SiteState>;
  readonly origin: ReadonlySignal<string | null>;
  /** The address of the page, where it is an invitation to a team. */
  readonly invitation: ReadonlySignal<string | null>;
  readonly settings: ReadonlySignal<Settings>;
  readonly counts: ReadonlySignal<PopupCounts | null>;
  readonly offers: ReadonlySignal<readonly Offer[]>;
  readonly problem: ReadonlySignal<string | null>;
  /** What the browser has lost of what was stored here; null for nothing. */
  readonly loss: ReadonlySignal<Loss | null>;
  /** Turns this site on or off. Call it within the click. */
  readonly toggle: (on: boolean) => Promise<void>;
  /** Turns a known site on. Call it within the click. */
  readonly accept: (offer: Offer) => Promise<void>;
  readonly pause: (paused: boolean) => Promise<void>;
  /** Holds drafts on this site, or keeps what is changed in them. */
  readonly setDrafts: (what: 'gate' | 'delta', on: boolean) => Promise<void>;
  /** What detection sees on the page; there while the site is on and nothing is paused. */
  readonly health: Health;
  /** Lets the reviewer point at an answer in the tab; answers whether the popup may make room for that. */
  readonly point: () => Promise<boolean>;
  /** Opens the queue beside the page. Call it within the click; answers whether the popup may make room for that. */
  readonly openQueue: () => Promise<boolean>;
}

interface StoreParts {
  readonly tabs: Pick<Browser['tabs'], 'query'>;
  readonly permissions: Pick<Browser['permissions'], 'getAll' | 'contains' | 'request' | 'remove'>;
  readonly database: CountersignDatabase;
  readonly call: Call<PageCalls>;
  readonly health: (stop: AbortSignal) => Health;
  readonly openPanel: (windowId: number) => Promise<boolean>;
}

/** Needed at first only, until a site is on. */
async function loadKnownSites(): Promise<readonly Offer[]> {
  const { knownSites } = await import('../../utils/detection/known-sites.ts');
  return knownSites();
}

const refused = 'The browser did not give its permission, so nothing has changed.';
const wider =
  'The browser still permits this site, by a wider permission. Take it back in the browser’s settings for extensions.';

/** Reads the current tab, then follows what is stored until `stop` aborts. */
export function createStore(parts: StoreParts, stop: AbortSignal): PopupStore {
  const { tabs, permissions, database, call, openPanel } = parts;
  const health = parts.health(stop);
  const site = signal<SiteState>({ is: 'reading' });
  const origin = signal<string | null>(null);
  const invitation = signal<string | null>(null);
  const settings = signal<Settings>(defaultSettings);
  const stored = signal<(Omit<PopupCounts, 'here'> & Pick<Counts, 'sites'>) | null>(null);
  const offers = signal<readonly Offer[]>([]);
  const problem = signal<string | null>(null);
  const loss = signal<Loss | null>(null);
  let current: CurrentSite = siteOf(undefined);
  let tabId: number | null = null;
  let windowId: number | null = null;
  let address = '';

  const readSite = async () => {
    const granted = webPatterns((await permissions.getAll()).origins);
    if (current.is === 'unavailable') site.value = current;
    else {
      const on = await permissions.contains({ origins: [current.pattern] });
      site.value = { is: 'site', name: current.name, on };
      if (on && tabId !== null) void health.lookAt({ tabId, address });
    }
    offers.value = granted.length === 0 ? await loadKnownSites() : [];
  };
  const readTab = async () => {
    const [tab] = await tabs.query({ active: true, currentWindow: true });
    current = siteOf(tab?.url);
    tabId = tab?.id ?? null;
    windowId = tab?.windowId ?? null;
    address = tab?.url ?? '';
    invitation.value = isInvitation(address) ? address : null;
    if (current.is === 'site') origin.value = current.origin;
    await readSite();
  };
  /** Waits for the browser's answer, tells the background, and shows how it is now. */
  const change = async (asked: Promise<boolean>, changed: string, inTab: number | null) => {
    problem.value = null;
    try {
      if (!(await asked)) problem.value = refused;
      const answer = await call('refreshSite', { origin: changed, tabId: inTab });
      if (!answer.ok) problem.value = `${answer.error.message} ${answer.error.next}`;
    } catch {
      problem.value = refused;
    }
    await readSite();
  };

  readTab().catch((thrown: unknown) => {
    report(thrown, 'reading the current tab');
    site.value = { is: 'unavailable', because: 'The browser does not tell which page this is.' };
  });
  const follow = async () => {
    const [numbers, destinations, aside] = await Promise.all([
      counts(database),
      listDestinations(database),
      countAside(database),
    ]);
    return { numbers, destinations, aside };
  };
  const onFailure = ({ message, next }: { message: string; next: string }) => {
    problem.value = `${message} ${next}`;
  };
  watch(follow, stop, {
    onValue: ({ numbers, destinations, aside }) => {
      const { reviews: all, owed, dead, sites } = numbers;
      const stopped = destinations.filter(({ pausedBecause }) => pausedBecause !== null).length;
      stored.value = { all, owed, dead, sites, aside, destinations: destinations.length, stopped };
    },
    onFailure,
  });
  watch(() => lossOf(database), stop, {
    onValue: (value) => {
      loss.value = value;
    },
    onFailure,
  });
  watch(() => shownSettings(database), stop, {
    onValue: (value) => {
      settings.value = value;
    },
    onFailure,
  });

  return {
    ...{ site, origin, invitation, settings, offers, problem, loss, health },
    counts: computed(() => {
      if (!stored.value) return null;
      const { sites, ...rest } = stored.value;
      return { ...rest, here: sites.find((one) => one.site === origin.value)?.reviews ?? 0 };
    }),
    // In all three, nothing may be awaited before the browser is asked: the click would be over.
    async toggle(on) {
      if (current.is !== 'site') return;
      const origins = [current.pattern];
      await change(on ? permissions.request({ origins }) : permissions.remove({ origins }), current.origin, tabId);
      if (!on && site.peek().is === 'site' && (site.peek() as { on: boolean }).on) problem.value = wider;
    },
    async accept({ patterns }) {
      const [first = ''] = patterns;
      const asked = permissions.request({ origins: [...patterns] });
      await change(asked, new URL(first.replace('://*.', '://')).origin, null);
    },
    async pause(paused) {
      const answer = await call('saveSettings', { paused });
      problem.value = answer.ok ? null : `${answer.error.message} ${answer.error.next}`;
    },
    async setDrafts(what, on) {
      const here = origin.peek();
      if (here === null) return;
      const field = what === 'gate' ? 'gateOn' : 'deltaOn';
      const others = settings.peek()[field].filter((one) => one !== here);
      const answer = await call('saveSettings', { [field]: on ? [...others, here] : others });
      problem.value = answer.ok ? null : `${answer.error.message} ${answer.error.next}`;
    },
    async openQueue() {
      try {
        return windowId !== null && (await openPanel(windowId));
      } catch (thrown) {
        report(thrown, 'opening the queue');
        problem.value = 'The browser did not open the queue here. Its key does, too.';
        return false;
      }
    },
    async point() {
      if (tabId === null) return false;
      const answer = await call('startPicker', { tabId });
      problem.value = answer.ok ? null : `${answer.error.message} ${answer.error.next}`;
      return answer.ok;
    },
  };
}
