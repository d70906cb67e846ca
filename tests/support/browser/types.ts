/** What the tests and the tour need of a browser, in one shape for Chromium and Firefox. */
import type { ChildProcess } from 'node:child_process';
import type { Page } from 'puppeteer-core';
import type { BrowserName } from '../../../scripts/browsers.mjs';

export type { BrowserName };

/** Anything that JSON carries. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A tree of nodes that can be asked and used: a document, the overlay's closed shadow root, the editor frame's document. */
export interface Surface {
  /** Runs `ask` where the tree lives and answers what it answers, as JSON. `ask` must not refer to anything outside itself. */
  evaluate<A extends readonly Json[], R>(
    ask: (root: Document | ShadowRoot, ...args: A) => R | Promise<R>,
    ...args: A
  ): Promise<R>;
  /** Where the tree's coordinates begin in the tab's viewport, in CSS px. */
  offset(): Promise<{ readonly x: number; readonly y: number }>;
}

/** One tab. Input through `page` is trusted in both browsers; ask through the surfaces, which work for extension pages too. */
export interface Tab {
  readonly page: Page;
  readonly document: Surface;
  /** The overlay's closed shadow root, or null where there is none. */
  overlay(): Promise<Surface | null>;
  /** The document of the extension's frame in this page, or null where there is none. */
  editor(): Promise<Surface | null>;
  /** The world in which the extension's content script runs, as a taken-over renderer could use it; null where the browser shows none. */
  contentWorld(): Promise<Surface | null>;
  /** Goes to a web page and waits until it is loaded. */
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  bringToFront(): Promise<void>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Folder of the browser's profile; a second session on it finds what the first one stored. */
  readonly profile: string;
  /** Folder of the built extension. */
  readonly extension: string;
  /**
   * Match patterns of the sites that are switched on from the start, as if the user had granted them. In Firefox the
   * user has also consented to sending data, without which it lets no destination be set.
   */
  readonly allow: readonly string[];
  readonly headless: boolean;
  /** `host:port` of a proxy through which all traffic goes, loopback included. */
  readonly proxy?: string;
  /** CSS px. */
  readonly viewport?: { readonly width: number; readonly height: number } | null;
}

/** A running browser with the extension in it. */
export interface Session {
  readonly name: BrowserName;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly extensionOrigin: string;
  /** Whether the sites in `allow` are on; false in branded Chrome, where a person has to turn them on in the popup. */
  readonly allowed: boolean;
  open(url: string): Promise<Tab>;
  /** Opens a page of the extension in a tab: `workbench.html`; with `background`, behind the tab that is in front. */
  openExtension(path: string, options?: { readonly background?: boolean }): Promise<Tab>;
  /** A tab that is open at this web address, whoever opened it; null where none is. */
  tabAt(url: string): Promise<Tab | null>;
  /** Whether the extension's page is open beside the tabs: Chromium's side panel, Firefox's sidebar. */
  hasSidePanel(): Promise<boolean>;
  /** Has the system prefer this color scheme: for `tab` in Chromium, for all tabs in Firefox. */
  setScheme(tab: Tab, scheme: 'light' | 'dark'): Promise<void>;
  /**
   * Shows pages as somebody needs to see them: `colors`, a few of the system's own; `text`, twice as large, with all that stands
   * around it in Chromium and by itself in Firefox. For `tab` in Chromium, for all tabs in Firefox.
   */
  setSight(tab: Tab, sight: 'usual' | 'colors' | 'text'): Promise<void>;
  /** Runs a command of the extension on the tab in front, as its key does: the browser lends the tab to the extension. */
  runCommand(tab: Tab, command: string): Promise<void>;
  /** Ends the extension's background, as the browser does 30 s after its last event; the next event starts another. */
  endBackground(): Promise<void>;
  /**
   * From here on a person answers when the extension asks for a permission; waits until the browser does ask, presses yes or
   * no there, and answers what the question said. Null where the browser's question cannot be pressed.
   */
  readonly answerPrompt: ((allow: boolean) => Promise<string>) | null;
  /** Takes the extension out and puts it in again, as if it had never been there; null where a new browser costs no more. */
  readonly renew: (() => Promise<void>) | null;
  /** The browser's process. */
  process(): ChildProcess | null;
  /** Ends the browser as a user would. */
  close(): Promise<void>;
  /** Ends the browser with SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
  /** Lets go of the browser, which runs on with nothing attached to it; answers its process. Chromium cannot: it ends with its driver. */
  letGo(): Promise<number>;
  /** Resolves when the browser has ended, whoever ended it. */
  readonly ended: Promise<void>;
}
