/** Puts the background together and listens. */
import type { Browser } from '../../utils/browser.ts';
import { report } from '../../utils/errors.ts';
import { mayTransmit } from '../../utils/messaging/consent.ts';
import { listen } from '../../utils/messaging/ear.ts';
import { webPatterns } from '../../utils/messaging/site-pattern.ts';
import { openSidePanel } from '../../utils/side-panel.ts';
import { CountersignDatabase } from '../../utils/storage/database.ts';
import { noticeLoss } from '../../utils/storage/loss.ts';
import { shownSettings } from '../../utils/storage/shown-settings.ts';
import { showBadge, showInTab } from './badge.ts';
import { type BundledRules, createBundledRules } from './bundled-rules.ts';
import { ALARM, createDelivery } from './delivery.ts';
import { governedHosts } from './governing.ts';
import { createTabHealth } from './health.ts';
import { createLatePacks, PACK_ALARM } from './late-packs.ts';
import { createLatePointing } from './late-pointing.ts';
import { createLateSender } from './late-sender.ts';
import { manage } from './managing.ts';
import { createPushes } from './push.ts';
import { createQueuePanel } from './queue-panel.ts';
import { rememberStored } from './remembering.ts';
import type { Core } from './room.ts';
import { namedHosts } from './rules.ts';
import { createSites } from './sites.ts';

/** Runs work that nobody waits for; a failure is noted, and the next event tries again. */
function inBackground(when: string, work: () => Promise<unknown>): void {
  work().catch((thrown: unknown) => report(thrown, when));
}

/** Only extension pages may read `storage.local`; Chromium knows this call, Firefox does not, and nothing secret is there. */
async function closeLocalStorage(storage: Browser['storage']): Promise<void> {
  const local = storage.local as { setAccessLevel?: (level: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void> };
  await local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}

export interface StartParts {
  readonly database?: CountersignDatabase;
  readonly fetch?: typeof fetch;
  /** Where the build has written no file of them. */
  readonly bundledRules?: BundledRules;
  /** ms since 1970. */
  readonly now?: () => number;
}

/** Starts everything. Synchronous, so that the event which woke the background finds its listener. */
export function start(browser: Browser, parts: StartParts = {}): void {
  const { now = Date.now, database: ownDatabase, bundledRules: ownRules, ...network } = parts;
  const database =
    ownDatabase ?? new CountersignDatabase('countersign', { session: browser.storage.session, owns: true });
  const isPaused = async () => (await shownSettings(database)).paused;
  const { action, alarms, commands, contextMenus, permissions, scripting, tabs } = browser;
  const bundledRules = ownRules ?? createBundledRules((path) => browser.runtime.getURL(path));
  const hosts = () => namedHosts({ database, bundledRules });
  const governed = () => governedHosts(database);
  const places = { namedHosts: hosts, governedHosts: governed };
  const sites = createSites({ permissions, scripting, tabs, isPaused, ...places });
  const pushes = createPushes(tabs);
  const health = createTabHealth({
    session: browser.storage.session,
    showInTab: (tabId, alarm) => showInTab(action, database, tabId, alarm),
    hasOverlay: (tabId) => pushes.toTab(tabId, { push: 'pageChanged' }),
  });
  const pointing = createLatePointing({
    ...{ contextMenus, commands, tabs, inBackground },
    load: async () => {
      const { createPointing } = await import('./pointing.ts');
      const tell = (tabId: number, words: string | null) => showInTab(action, database, tabId, words);
      return createPointing({
        contextMenus,
        scripting,
        sites,
        isPaused,
        pushes,
        tell,
        session: browser.storage.session,
      });
    },
  });
  const queuePanel = createQueuePanel({ contextMenus, commands, open: openSidePanel, inBackground });
  const showTheBadge = async () => {
    await showBadge(action, database);
    await health.show();
  };
  const rulesChanged = async () => {
    await sites.reconcile();
    await sites.inject();
    void pushes.toAll({ push: 'rulesChanged' });
  };
  const packs = createLatePacks(database, async () => {
    const { createRulePacks } = await import('./packs.ts');
    const fetcher = network.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
    return createRulePacks({ database, now, alarms, rulesChanged, fetch: fetcher });
  });
  const consented = () => mayTransmit(permissions);
  const held = async () => {
    const settings = await shownSettings(database);
    if (settings.quietHours === null && !settings.holdOnMetered) return null;
    const { heldUntil } = await import('../../utils/sync/holding.ts');
    return heldUntil(settings, now());
  };
  const sender = createLateSender({
    ...{ database, now, heldUntil: held },
    load: async () => {
      const { createSender } = await import('../../utils/sync/index.ts');
      // Looking at the alarm also tells the browser that the worker is at work, so that a backlog is not cut off.
      return createSender({ database, now, heldUntil: held, onBatch: () => void delivery.schedule(), ...network });
    },
  });
  const delivery = createDelivery({ sender, alarms, mayTransmit: consented, onChange: showTheBadge, now });
  const core: Core = {
    ...{ isPaused, database, delivery, pushes, sites, pointing, health, packs, rulesChanged, bundledRules, now },
    mayTransmit: consented,
    showBadge: showTheBadge,
  };

  const managed = manage(
    {
      storage: browser.storage,
      database,
      async onChange() {
        await sites.reconcile();
        void pushes.toAll({ push: 'pageChanged' });
      },
    },
    (thrown) => report(thrown, 'reading what the organisation sets'),
  );
  listen(browser.runtime, async () => {
    const { createAnswering, furnish } = await import('./answering.ts');
    return createAnswering(furnish(core, browser, network), managed, { runtime: browser.runtime, now });
  });

  alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) inBackground('an alarm', () => delivery.wake('alarm'));
    if (name === PACK_ALARM) inBackground('an alarm', () => packs.updateIfDue());
  });
  globalThis.addEventListener?.('online', () => inBackground('coming online', () => delivery.wake('online')));

  permissions.onAdded.addListener(({ origins }) => {
    inBackground('a permission was granted', async () => {
      await sites.reconcile();
      if (webPatterns(origins).length > 0) await sites.inject(origins);
      await delivery.wake('settings');
    });
  });
  permissions.onRemoved.addListener(() => {
    inBackground('a permission was revoked', async () => {
      await sites.reconcile();
      await pushes.toAll({ push: 'pageChanged' });
      await delivery.schedule();
    });
  });

  const closeEditors = async () => {
    const { closeAllEditors } = await import('../../utils/storage/editors.ts');
    await closeAllEditors(database);
  };
  browser.runtime.onInstalled.addListener(() => {
    inBackground('an installation or update', async () => {
      // Registered scripts go with an update, and in a browser that was told to load the extension with every start: open
      // pages come first, whatever becomes of the rest.
      await sites.reconcile();
      await sites.inject();
    });
    inBackground('an installation or update', async () => {
      await pointing.install();
      queuePanel.install();
      await closeEditors();
      const { recount } = await import('../../utils/storage/counters.ts');
      await recount(database);
    });
  });
  browser.runtime.onStartup.addListener(() => {
    inBackground('the start of the browser', closeEditors);
  });

  inBackground('starting', () => closeLocalStorage(browser.storage));
  inBackground('starting', async () => {
    const { origins } = await permissions.getAll();
    // A page of a site that was on may have loaded before this: what is registered now comes too late for it.
    if (await sites.reconcile()) await sites.inject(origins ?? []);
  });
  inBackground('looking whether the database is the one that was here', async () => {
    if (await noticeLoss(database, browser.storage.local, now())) await showTheBadge();
  });
  inBackground('starting', () => delivery.wake('startup'));
  inBackground('remembering what was corrected', () => rememberStored(database));
  inBackground('starting', () => packs.updateIfDue());
  inBackground('forgetting what is too old', async () => {
    const { keepDays, forgetEverywhere } = await shownSettings(database);
    if (keepDays <= 0 && (await database.queue.limit(1).primaryKeys()).length === 0) return;
    const { forgetDaily } = await import('../../utils/storage/retention.ts');
    if (await forgetDaily(database, { keepDays, forgetEverywhere }, now())) await delivery.wake('saved');
  });
}
