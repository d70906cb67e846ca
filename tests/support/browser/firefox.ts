/**
 * Firefox, driven through WebDriver BiDi. Extension pages live in a process of their own, where puppeteer loses sight of
 * them, so everything is asked by BiDi commands on the browsing context, which keeps its id.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { frameOffset } from './chromium.ts';
import { until } from './poll.ts';
import type { Json, Session, SessionOptions, Surface, Tab } from './types.ts';

/** The address that the extension gets in test profiles; Firefox draws a random one for each user. */
const uuid = '6f9c1d52-3a6e-4a55-9d0e-0c6b8e1f2a47';

const schemePreference = 'layout.css.prefers-color-scheme.content-override';

/** How pages look to somebody: the system's colors instead of the page's, text of twice the size without what is around it. */
const sightPreferences: Readonly<Record<'usual' | 'colors' | 'text', Readonly<Record<string, number>>>> = {
  usual: {},
  colors: { 'browser.display.document_color_use': 2 },
  text: { 'browser.display.os-zoom-behavior': 2, 'ui.textScaleFactor': 200 },
};

/** As much of a BiDi connection as is used here; puppeteer keeps its own private. */
interface Connection {
  send(method: string, parameters: object): Promise<{ result: never }>;
}

interface Context {
  readonly context: string;
  readonly url: string;
  readonly children: readonly Context[] | null;
}

const connectionOf = (browser: Browser) => (browser as unknown as { connection: Connection }).connection;
const contextOf = (page: Page) => (page.mainFrame() as unknown as { _id: string })._id;

async function send<R>(browser: Browser, method: string, parameters: object): Promise<R> {
  return (await connectionOf(browser).send(method, parameters)).result as R;
}

const wrap = (ask: unknown, args: readonly Json[]) =>
  `async (root) => JSON.stringify((await (${String(ask)})(root ?? document, ...${JSON.stringify(args)})) ?? null)`;

function surface(browser: Browser, context: string, sharedId: string | null, offset?: Surface['offset']): Surface {
  return {
    evaluate: async (ask, ...args) => {
      const reply = await send<{ result?: { value: string }; exceptionDetails?: { text: string } }>(
        browser,
        'script.callFunction',
        {
          functionDeclaration: wrap(ask, args),
          arguments: [sharedId === null ? { type: 'null' } : { sharedId }],
          awaitPromise: true,
          target: { context },
        },
      );
      if (!reply.result) throw new Error(reply.exceptionDetails?.text ?? 'The script failed');
      return JSON.parse(reply.result.value);
    },
    offset: offset ?? (async () => ({ x: 0, y: 0 })),
  };
}

interface LocatedNode {
  readonly value: {
    readonly shadowRoot?: { readonly sharedId: string; readonly value: { readonly mode: string } } | null;
  };
}

function firefoxTab(browser: Browser, page: Page): Tab {
  const context = contextOf(page);
  const overlay = async () => {
    const { nodes } = await send<{ nodes: readonly LocatedNode[] }>(browser, 'browsingContext.locateNodes', {
      context,
      locator: { type: 'css', value: '[popover]' },
      serializationOptions: { includeShadowTree: 'all', maxDomDepth: 1 },
    });
    const root = nodes.map((node) => node.value.shadowRoot).findLast((each) => each?.value.mode === 'closed');
    return root ? surface(browser, context, root.sharedId) : null;
  };
  return {
    page,
    document: surface(browser, context, null),
    overlay,
    editor: async () => {
      const { contexts } = await send<{ contexts: readonly Context[] }>(browser, 'browsingContext.getTree', {
        root: context,
      });
      const frame = contexts[0]?.children?.find((child) => child.url.startsWith('moz-extension:'));
      return frame ? surface(browser, frame.context, null, async () => frameOffset(await overlay())) : null;
    },
    // BiDi lists no worlds of extensions.
    contentWorld: async () => null,
    goto: async (url) => void (await send(browser, 'browsingContext.navigate', { context, url, wait: 'complete' })),
    reload: async () => void (await send(browser, 'browsingContext.reload', { context, wait: 'complete' })),
    bringToFront: async () => void (await send(browser, 'browsingContext.activate', { context })),
    close: async () => void (await send(browser, 'browsingContext.close', { context })),
  };
}

async function openExtension(browser: Browser, path: string, { background = false } = {}): Promise<Tab> {
  const page = await browser.newPage({ type: 'tab', background });
  const tab = firefoxTab(browser, page);
  const url = `moz-extension://${uuid}/${path}`;
  // No waiting for the load event: the page moves to another process and its event gets lost.
  await send(browser, 'browsingContext.navigate', { context: contextOf(page), url, wait: 'none' });
  await until(`${path} is open`, () =>
    tab.document.evaluate(
      (root, prefix) => (root as Document).readyState === 'complete' && location.href.startsWith(prefix),
      `moz-extension://${uuid}/`,
    ),
  );
  return tab;
}

/** Grants sites and consents to sending data as the user does, with a click in a page of the extension; a preference answers Firefox's own question. */
async function grant(browser: Browser, what: { origins: readonly string[]; data_collection: readonly string[] }) {
  const tab = await openExtension(browser, 'popup.html');
  await tab.document.evaluate((_root, wanted) => {
    const asking = globalThis as unknown as {
      browser: { permissions: { request(what: object): Promise<boolean> } };
      granted?: boolean;
    };
    const ask = (event: Event) => {
      event.stopImmediatePropagation();
      void asking.browser.permissions.request(wanted).then((answer) => {
        asking.granted = answer;
      });
    };
    window.addEventListener('click', ask, { once: true, capture: true });
  }, what);
  await tab.page.mouse.click(2, 2);
  await until('Firefox has granted sites and consent', () =>
    tab.document.evaluate(() => (globalThis as unknown as { granted?: boolean }).granted ?? false),
  );
  await tab.close();
}

/** Removes all that the extension has stored. Runs in a page of it. */
async function forgetEverything(): Promise<void> {
  type Areas = Record<'local' | 'session', { clear(): Promise<void> }>;
  const { storage } = (globalThis as unknown as { browser: { storage: Areas } }).browser;
  for (const { name } of await indexedDB.databases()) {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name as string);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error);
    });
  }
  // Last, with the note that there was a database: without one, nobody takes this for a loss.
  await Promise.all([storage.local.clear(), storage.session.clear()]);
}

async function end(browser: Browser, signal?: 'SIGKILL'): Promise<void> {
  const child = browser.process();
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  if (signal) child.kill(signal);
  else await browser.close();
  await gone;
}

/** Runs `expression` with the rights of the browser itself; answers what it gives, where that is a text. */
async function asBrowser(browser: Browser, expression: string, awaitPromise = false): Promise<string> {
  const { contexts } = await send<{ contexts: readonly Context[] }>(browser, 'browsingContext.getTree', {
    'moz:scope': 'chrome',
  });
  const target = { context: contexts[0]?.context };
  const reply = await send<{ result?: { value?: unknown } }>(browser, 'script.evaluate', {
    ...{ expression, awaitPromise, target },
  });
  return String(reply.result?.value ?? '');
}

const promptPreference = 'extensions.webextOptionalPermissionPrompts';

/** What Firefox's own question says; '' where none is open. With `press`, one of its buttons is pressed. */
const askPrompt = (press: 'button' | 'secondaryButton' | null) => `{
  const { panel } = Services.wm.getMostRecentWindow('navigator:browser').PopupNotifications;
  const question = panel.state === 'open' ? panel.firstElementChild : null;
  const words = question ? question.label + question.textContent : '';
  ${press === null ? '' : `question?.${press}.click();`}
  words;
}`;

/** Starts Firefox, installs the extension and switches the sites in `allow` on. */
export async function startFirefox(executablePath: string, options: SessionOptions): Promise<Session> {
  const manifest = JSON.parse(await readFile(join(options.extension, 'manifest.json'), 'utf8'));
  const id: string = manifest.browser_specific_settings.gecko.id;
  const [proxyHost, proxyPort] = options.proxy?.split(':') ?? [];
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    // Whoever started it ends it, in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    headless: options.headless,
    userDataDir: options.profile,
    defaultViewport: options.viewport === undefined ? { width: 1200, height: 800 } : options.viewport,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [id]: uuid }),
      // An extension installed for a session would lose its data with the session.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      [promptPreference]: false,
      ...(proxyHost
        ? {
            'network.proxy.type': 1,
            'network.proxy.http': proxyHost,
            'network.proxy.http_port': Number(proxyPort),
            'network.proxy.ssl': proxyHost,
            'network.proxy.ssl_port': Number(proxyPort),
            'network.proxy.allow_hijacking_localhost': true,
            'network.proxy.no_proxies_on': '',
          }
        : {}),
    },
  });
  const ended = new Promise<void>((done) => browser.process()?.once('exit', () => done()));
  const install = async () => {
    await browser.installExtension(options.extension);
    await grant(browser, {
      origins: options.allow,
      data_collection: manifest.browser_specific_settings.gecko.data_collection_permissions?.optional ?? [],
    });
  };
  try {
    await install();
  } catch (error) {
    await end(browser);
    throw error;
  }
  return {
    name: 'firefox',
    extensionOrigin: `moz-extension://${uuid}`,
    allowed: options.allow.length > 0,
    open: async (url) => {
      const tab = firefoxTab(browser, await browser.newPage());
      await tab.goto(url);
      return tab;
    },
    openExtension: (path, options) => openExtension(browser, path, options),
    async hasSidePanel() {
      const { contexts } = await send<{ contexts: readonly Context[] }>(browser, 'browsingContext.getTree', {
        'moz:scope': 'chrome',
      });
      const { result } = await send<{ result: { value?: string } }>(browser, 'script.evaluate', {
        expression: `{
          const { SidebarController } = Services.wm.getMostRecentWindow('navigator:browser');
          SidebarController.isOpen ? SidebarController.currentID : '';
        }`,
        awaitPromise: false,
        target: { context: contexts[0]?.context },
      });
      return result.value === `${id.replace(/[^\w-]/g, '_')}-sidebar-action`;
    },
    async tabAt(url) {
      const { contexts } = await send<{ contexts: readonly Context[] }>(browser, 'browsingContext.getTree', {});
      const there = contexts.find((each) => each.url === url)?.context;
      const page = (await browser.pages()).find((each) => contextOf(each) === there);
      return page ? firefoxTab(browser, page) : null;
    },
    setScheme: async (_tab, scheme) => {
      await asBrowser(browser, `Services.prefs.setIntPref('${schemePreference}', ${scheme === 'dark' ? 0 : 1})`);
    },
    async setSight(_tab, sight) {
      const preferences = Object.entries(sightPreferences[sight]);
      await asBrowser(
        browser,
        [
          ...Object.keys({ ...sightPreferences.colors, ...sightPreferences.text }).map(
            (name) => `Services.prefs.clearUserPref('${name}')`,
          ),
          ...preferences.map(([name, value]) => `Services.prefs.setIntPref('${name}', ${value})`),
        ].join(';'),
      );
    },
    async runCommand(_tab, command) {
      await asBrowser(
        browser,
        `{
          const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(id)});
          const { selectedTab } = Services.wm.getMostRecentWindow('navigator:browser').gBrowser;
          extension.tabManager.addActiveTabPermission(selectedTab);
          extension.shortcuts.onCommand(${JSON.stringify(command)});
        }`,
      );
    },
    async endBackground() {
      const policy = `WebExtensionPolicy.getByID(${JSON.stringify(id)})`;
      await asBrowser(browser, `${policy}.extension.terminateBackground({ ignoreDevToolsAttached: true })`, true);
    },
    async answerPrompt(allow) {
      await asBrowser(browser, `Services.prefs.setBoolPref('${promptPreference}', true)`);
      const asked = async () => (await asBrowser(browser, askPrompt(null))) || null;
      const words = await until('Firefox asks', asked, { timeoutMs: 60_000 });
      // Presses are ignored for the first moments, so that nobody is made to press what they have not read.
      const press = askPrompt(allow ? 'button' : 'secondaryButton');
      await until('the question is answered', async () => (await asBrowser(browser, press)) === '');
      return words;
    },
    async renew() {
      const tab = await openExtension(browser, 'popup.html');
      await tab.document.evaluate(forgetEverything);
      await browser.uninstallExtension(id);
      await asBrowser(browser, `Services.prefs.clearUserPref('${schemePreference}')`);
      await asBrowser(browser, `Services.prefs.setBoolPref('${promptPreference}', false)`);
      await install();
    },
    process: () => browser.process(),
    close: () => end(browser),
    kill: () => end(browser, 'SIGKILL'),
    letGo: async () => {
      await browser.disconnect();
      return browser.process()?.pid as number;
    },
    ended,
  };
}
