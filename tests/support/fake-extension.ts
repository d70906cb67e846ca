/**
 * The browser around a background, in memory: permissions, registered scripts, tabs with overlays, alarms, the toolbar
 * button and messages. Only what the background uses, and each part behaves as both browsers do.
 */
import type { Browser } from '../../utils/browser.ts';
import { matchesPattern } from '../../utils/detection/match-pattern.ts';
import type { Push } from '../../utils/messaging/contract.ts';
import type { RawSender } from '../../utils/messaging/sender.ts';

type Listener = (...args: never[]) => unknown;

/** A browser event that tests can fire. */
class FakeEvent {
  readonly listeners: Listener[] = [];
  addListener = (listener: Listener) => {
    this.listeners.push(listener);
  };
  fire(...args: unknown[]): unknown[] {
    return this.listeners.map((listener) => (listener as (...all: unknown[]) => unknown)(...args));
  }
}

/** A storage area of the extension, on what it holds. */
const areaOf = (items: Map<string, unknown>) => ({
  get: async (key: string | null) => Object.fromEntries([...items].filter(([name]) => key === null || name === key)),
  set: async (values: object) => {
    for (const [name, value] of Object.entries(values)) items.set(name, value);
  },
  remove: async (name: string) => void items.delete(name),
  clear: async () => items.clear(),
});

/** A tab: its address, whether an overlay runs in it, what that was told, and every script that was loaded into it. */
export interface FakeTab {
  readonly id: number;
  readonly url: string;
  overlay: boolean;
  readonly pushes: { readonly push: Push; readonly frameId: number | undefined }[];
  readonly loaded: { readonly file: string; readonly where: object }[];
}

export interface Script {
  readonly id: string;
  readonly matches: readonly string[];
  readonly excludeMatches?: readonly string[];
}

/** What the toolbar button shows, everywhere or in one tab. */
export interface Badge {
  readonly text: string;
  readonly title: string;
}

export class FakeExtension {
  readonly events = {
    message: new FakeEvent(),
    granted: new FakeEvent(),
    revoked: new FakeEvent(),
    installed: new FakeEvent(),
    startup: new FakeEvent(),
    alarm: new FakeEvent(),
    menu: new FakeEvent(),
    command: new FakeEvent(),
    /** `storage.onChanged`. */
    stored: new FakeEvent(),
  };
  readonly tabs: FakeTab[] = [];
  origins: string[] = [];
  /** What the user allowed to be collected; undefined in browsers that do not ask. */
  dataCollection: string[] | undefined;
  scripts: Script[] = [];
  readonly alarms = new Map<string, { readonly periodInMinutes?: number }>();
  badge: Badge = { text: '', title: '' };
  /** Of tabs that show something of their own. */
  readonly tabBadges = new Map<number, Badge>();
  /** The items that the extension has in the context menu, by id. */
  readonly menu = new Map<string, { readonly title: string; readonly contexts: readonly string[] }>();
  /** Tabs that the user has lent by a click, as the browser sees it: until they go elsewhere. */
  readonly lent = new Set<number>();
  /** What the scripts in a tab's top frame see, where they are asked. */
  seen: object = { origin: null, selected: false, focused: true };
  readonly session = new Map<string, unknown>();
  /** `storage.local`. */
  readonly local = new Map<string, unknown>();
  accessLevel = '';
  /** What the organisation sets; null where nobody has, which Firefox calls a failure. */
  managed: object | null = null;

  openTab(url: string): FakeTab {
    const tab = { id: this.tabs.length + 1, url, overlay: false, pushes: [], loaded: [] };
    this.tabs.push(tab);
    return tab;
  }

  /** Sends a message as a context of the extension would; undefined where nobody answers. */
  send(message: unknown, sender: RawSender): Promise<unknown> {
    return new Promise((respond) => {
      // Whoever returns true answers later.
      if (!this.events.message.fire(message, sender, respond).includes(true)) respond(undefined);
    });
  }

  grant(...origins: string[]): void {
    this.origins = [...new Set([...this.origins, ...origins])];
    this.events.granted.fire({ origins, permissions: [] });
  }

  revoke(...origins: string[]): void {
    this.origins = this.origins.filter((origin) => !origins.includes(origin));
    this.events.revoked.fire({ origins, permissions: [] });
  }

  private readonly may = (url: string) => this.origins.some((pattern) => matchesPattern(pattern, url));

  /** Null takes away what a tab shows of its own. */
  private show(change: { readonly text?: string | null; readonly title?: string | null }, tabId?: number): void {
    if (tabId === undefined) this.badge = { ...this.badge, ...(change as Partial<Badge>) };
    else if (change.text === null || change.title === null) this.tabBadges.delete(tabId);
    else this.tabBadges.set(tabId, { ...this.badge, ...this.tabBadges.get(tabId), ...(change as Partial<Badge>) });
  }

  readonly browser = {
    runtime: {
      id: 'countersign',
      getURL: (path: string) => `chrome-extension://countersign/${path}`,
      onMessage: this.events.message,
      onInstalled: this.events.installed,
      onStartup: this.events.startup,
    },
    permissions: {
      getAll: async () => ({
        origins: this.origins,
        permissions: ['storage'],
        ...(this.dataCollection ? { data_collection: this.dataCollection } : {}),
      }),
      contains: async ({ origins }: { origins: string[] }) =>
        origins.every((wanted) => this.origins.some((pattern) => matchesPattern(pattern, wanted.replace(/\*$/, '')))),
      remove: async ({ origins = [], data_collection = [] }: { origins?: string[]; data_collection?: string[] }) => {
        this.dataCollection = this.dataCollection?.filter((kind) => !data_collection.includes(kind));
        this.revoke(...origins);
        return true;
      },
      onAdded: this.events.granted,
      onRemoved: this.events.revoked,
    },
    scripting: {
      getRegisteredContentScripts: async ({ ids }: { ids: string[] }) =>
        this.scripts.filter(({ id }) => ids.includes(id)),
      registerContentScripts: async (scripts: Script[]) => {
        for (const { id } of scripts) {
          if (this.scripts.some((known) => known.id === id)) throw new Error(`Duplicate script ID '${id}'`);
        }
        this.scripts.push(...scripts);
      },
      unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
        this.scripts = this.scripts.filter(({ id }) => !ids.includes(id));
      },
      executeScript: async ({ target, files }: { target: { tabId: number }; files?: string[] }) => {
        const { tabId, ...where } = target;
        const tab = this.tabs.find(({ id }) => id === tabId);
        if (!tab || !(this.may(tab.url) || this.lent.has(tabId)))
          throw new Error('Cannot access contents of the page.');
        if (!files) return [{ frameId: 0, documentId: `${tabId}-0`, result: this.seen }];
        const [file = ''] = files;
        tab.loaded.push({ file, where });
        if (file === 'overlay.js') tab.overlay = true;
        return [];
      },
    },
    tabs: {
      // Without the permission for a site, a tab of it cannot be found by its address.
      query: async ({ url }: { url?: string | string[] }) => {
        const patterns = url === undefined ? null : [url].flat();
        return this.tabs.filter(
          (tab) => !patterns || (this.may(tab.url) && patterns.some((pattern) => matchesPattern(pattern, tab.url))),
        );
      },
      // Without the permission for its site, a tab has no address to tell.
      get: async (id: number) => {
        const tab = this.tabs.find((one) => one.id === id);
        if (!tab) throw new Error(`No tab with id: ${id}.`);
        return this.may(tab.url) ? tab : { id };
      },
      sendMessage: async (id: number, push: Push, options?: { frameId?: number }) => {
        const tab = this.tabs.find((one) => one.id === id);
        if (!tab?.overlay) throw new Error('Could not establish connection. Receiving end does not exist.');
        tab.pushes.push({ push, frameId: options?.frameId });
      },
    },
    contextMenus: {
      create: ({ id, title, contexts }: { id: string; title: string; contexts: string[] }) => {
        this.menu.set(id, { title, contexts });
      },
      removeAll: async () => this.menu.clear(),
      onClicked: this.events.menu,
    },
    commands: { onCommand: this.events.command },
    alarms: {
      get: async (name: string) => this.alarms.get(name),
      create: (name: string, info: { periodInMinutes?: number }) => {
        this.alarms.set(name, info);
      },
      clear: async (name: string) => this.alarms.delete(name),
      clearAll: async () => this.alarms.clear(),
      onAlarm: this.events.alarm,
    },
    action: {
      setBadgeText: async ({ text, tabId }: { text: string | null; tabId?: number }) => this.show({ text }, tabId),
      setTitle: async ({ title, tabId }: { title: string | null; tabId?: number }) => this.show({ title }, tabId),
      setBadgeBackgroundColor: async () => {},
    },
    storage: {
      onChanged: this.events.stored,
      managed: {
        get: async () => this.managed ?? Promise.reject(new Error('Managed storage manifest not found')),
      },
      session: areaOf(this.session),
      local: {
        ...areaOf(this.local),
        setAccessLevel: async ({ accessLevel }: { accessLevel: string }) => {
          this.accessLevel = accessLevel;
        },
      },
    },
  } as unknown as Browser;
}
