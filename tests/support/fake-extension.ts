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

/** A tab: its address, whether an overlay runs in it, and what that was told. */
export interface FakeTab {
  readonly id: number;
  readonly url: string;
  overlay: boolean;
  readonly pushes: { readonly push: Push; readonly frameId: number | undefined }[];
}

interface Script {
  readonly id: string;
  readonly matches: readonly string[];
}

export class FakeExtension {
  readonly events = {
    message: new FakeEvent(),
    granted: new FakeEvent(),
    revoked: new FakeEvent(),
    installed: new FakeEvent(),
    startup: new FakeEvent(),
    alarm: new FakeEvent(),
  };
  readonly tabs: FakeTab[] = [];
  origins: string[] = [];
  /** What the user allowed to be collected; undefined in browsers that do not ask. */
  dataCollection: string[] | undefined;
  scripts: Script[] = [];
  readonly alarms = new Map<string, { readonly periodInMinutes?: number }>();
  badge = { text: '', title: '' };
  accessLevel = '';

  openTab(url: string): FakeTab {
    const tab = { id: this.tabs.length + 1, url, overlay: false, pushes: [] };
    this.tabs.push(tab);
    return tab;
  }

  /** Sends a message as a context of the extension would; undefined where nobody answers. */
  async send(message: unknown, sender: RawSender): Promise<unknown> {
    return this.events.message.fire(message, sender).find((answer) => answer !== undefined);
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
      executeScript: async ({ target }: { target: { tabId: number } }) => {
        const tab = this.tabs.find(({ id }) => id === target.tabId);
        if (!tab || !this.may(tab.url)) throw new Error('Cannot access contents of the page.');
        tab.overlay = true;
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
      sendMessage: async (id: number, push: Push, options?: { frameId?: number }) => {
        const tab = this.tabs.find((one) => one.id === id);
        if (!tab?.overlay) throw new Error('Could not establish connection. Receiving end does not exist.');
        tab.pushes.push({ push, frameId: options?.frameId });
      },
    },
    alarms: {
      get: async (name: string) => this.alarms.get(name),
      create: (name: string, info: { periodInMinutes?: number }) => {
        this.alarms.set(name, info);
      },
      clear: async (name: string) => this.alarms.delete(name),
      onAlarm: this.events.alarm,
    },
    action: {
      setBadgeText: async ({ text }: { text: string }) => {
        this.badge = { ...this.badge, text };
      },
      setTitle: async ({ title }: { title: string }) => {
        this.badge = { ...this.badge, title };
      },
      setBadgeBackgroundColor: async () => {},
    },
    storage: {
      local: {
        setAccessLevel: async ({ accessLevel }: { accessLevel: string }) => {
          this.accessLevel = accessLevel;
        },
      },
    },
  } as unknown as Browser;
}
