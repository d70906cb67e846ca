/** What an end-to-end spec starts from: a browser with the production build, the demo chats, and a look inside. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { buildFolder } from '../../scripts/lib/run.ts';
import { type ChatProductId, type ChatServer, startChats } from '../fixtures/chats/server.ts';
import { startSession } from './browser/session.ts';
import { sharedSession } from './browser/shared.ts';
import type { BrowserName, Session, SessionOptions, Tab } from './browser/types.ts';
import { editorOf, overlayOf, type Ui } from './browser/ui.ts';
import { type Chat, openChat } from './chat.ts';
import { Inside } from './extension.ts';

/** The browsers to test in: those named in COUNTERSIGN_BROWSERS, else both. */
export const browsers = (process.env.COUNTERSIGN_BROWSERS?.split(',') ?? ['chromium', 'firefox']) as BrowserName[];

/** A demo chat with the extension on it. */
export interface Review {
  readonly chat: Chat;
  readonly tab: Tab;
  readonly toolbar: Ui;
  readonly editor: Ui;
}

/** One spec file's browser; started before its first test, ended after its last. */
export interface Given {
  readonly browser: BrowserName;
  readonly session: Session;
  readonly chats: ChatServer;
  readonly inside: Inside;
  /** The browser's profile folder. */
  readonly profile: string;
  /** Opens a conversation; its tab is closed after the test. */
  openChat(product: ChatProductId, conversation?: string, query?: Readonly<Record<string, string>>): Promise<Review>;
  /** Opens any page; its tab is closed after the test. */
  open(url: string): Promise<Tab>;
  /** The tab that is open at this web address, whoever opened it; it is closed after the test. */
  tabAt(url: string): Promise<Tab | null>;
  /** Opens a page of the extension; its tab is closed after the test. */
  openExtension: Session['openExtension'];
  /** Ends the browser, by SIGKILL or as a user does, and starts it again on the same profile. */
  restart(how: 'close' | 'kill'): Promise<void>;
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** An empty profile folder. */
export async function newProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'countersign-profile-'));
}

export const loopback = ['http://127.0.0.1/*'];

/** Options for a browser with the production build. */
export function sessionOptions(
  browser: BrowserName,
  profile: string,
  more: Partial<SessionOptions> = {},
): SessionOptions {
  return { profile, extension: buildFolder(browser), allow: loopback, headless: true, ...more };
}

/** For `inEachBrowser`: a browser and a profile that no other file has used. */
export const alone = async (): Promise<Partial<SessionOptions>> => ({});

/**
 * Describes what must hold in every browser; `body` gets what it starts from, ready once the tests run.
 * After each test its tabs are closed and all reviews and drafts are gone; settings and destinations stay. Where nothing
 * `more` is asked for, the browser may have served other files before; the extension is as new.
 */
export function inEachBrowser(
  what: string,
  body: (given: Given) => void,
  more: ((browser: BrowserName) => Promise<Partial<SessionOptions>>) | null = null,
): void {
  describe.each(browsers)(`${what} (%s)`, (browser) => {
    let options: SessionOptions;
    let chats: ChatServer;
    let session: Session;
    let inside: Inside;
    /** Starting Firefox takes three times as long as putting the extension in anew. */
    let isShared = browser === 'firefox' && more === null;
    const tabs: Tab[] = [];
    const remember = (tab: Tab) => {
      tabs.push(tab);
      return tab;
    };
    const start = async () => {
      session = await startSession(browser, options);
      inside = await Inside.open(session);
    };

    beforeAll(async () => {
      chats = await startChats();
      options = sessionOptions(browser, await newProfile(), more ? await more(browser) : {});
      if (!isShared) return start();
      const { profile } = options;
      ({ session, options } = await sharedSession(browser, options));
      if (options.profile !== profile) await removeFolder(profile);
      inside = await Inside.open(session);
    });
    afterEach(async () => {
      for (const tab of tabs.splice(0)) await tab.close().catch(() => {});
      await inside.call('deleteReviews', { all: true });
    });
    afterAll(async () => {
      await chats?.close();
      if (isShared) return inside?.close();
      await session?.close();
      if (options) await removeFolder(options.profile);
    });

    body({
      browser,
      get session() {
        return session;
      },
      get chats() {
        return chats;
      },
      get inside() {
        return inside;
      },
      get profile() {
        return options.profile;
      },
      openChat: async (product, conversation, query) => {
        const chat = await openChat(
          { open: async (url) => remember(await session.open(url)) },
          chats,
          product,
          conversation,
          query,
        );
        return { chat, tab: chat.tab, toolbar: overlayOf(chat.tab), editor: editorOf(chat.tab) };
      },
      open: async (url) => remember(await session.open(url)),
      tabAt: async (url) => {
        const tab = await session.tabAt(url);
        return tab && remember(tab);
      },
      openExtension: async (path, how) => remember(await session.openExtension(path, how)),
      restart: async (how) => {
        tabs.splice(0);
        isShared = false;
        await (how === 'kill' ? session.kill() : session.close());
        await start();
      },
    });
  });
}
