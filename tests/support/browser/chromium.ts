/** Chromium, driven through the DevTools protocol: it sees closed shadow roots without any help from the extension. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import puppeteer, { type Browser, type CDPSession, type Frame, type Page, type Protocol } from 'puppeteer-core';
import { isBranded } from '../../../scripts/browsers.mjs';
import { PATIENCE_MS, until } from './poll.ts';
import type { Json, Session, SessionOptions, Surface, Tab } from './types.ts';

/** The id that Chromium gives to an unpacked extension in this folder: 32 letters from the SHA-256 of its path. */
function unpackedId(folder: string): string {
  const digest = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 32);
  return Array.from(digest, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
}

function launch(executablePath: string, options: SessionOptions): Promise<Browser> {
  return puppeteer.launch({
    executablePath,
    // Whoever started it ends it, in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    pipe: true,
    headless: options.headless,
    userDataDir: options.profile,
    defaultViewport: options.viewport === undefined ? { width: 1200, height: 800 } : options.viewport,
    enableExtensions: isBranded(executablePath) ? [options.extension] : true,
    args: [
      ...(isBranded(executablePath) ? [] : [`--load-extension=${options.extension}`]),
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(options.headless ? ['--disable-gpu'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.proxy ? [`--proxy-server=${options.proxy}`, '--proxy-bypass-list=<-loopback>'] : []),
    ],
  });
}

/** Through which a page is shown as somebody needs to see it. */
const sights = new WeakMap<Page, CDPSession>();

/** Waits until the extension's background has started; then it has also noticed its permissions. */
async function awaitExtension(browser: Browser, id: string): Promise<void> {
  try {
    await until('the extension has started', () =>
      browser.targets().some((target) => target.url().startsWith(`chrome-extension://${id}/`)),
    );
  } catch (error) {
    const there = browser.targets().map((target) => `${target.type()} ${target.url()}`);
    throw new Error(`${(error as Error).message}; there is: ${there.join(', ')}`);
  }
}

/** Ends a browser and waits until its process is gone. */
async function end(browser: Browser, signal?: 'SIGKILL'): Promise<void> {
  const child = browser.process();
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  if (signal) child.kill(signal);
  else await browser.close();
  await gone;
}

/**
 * Grants sites to the extension in a profile, as a click on "Allow" would: Chromium asks a person otherwise, and offers no
 * switch for tests. Writes the profile's Preferences while no browser runs on it; the first one that starts there finds
 * the grant before it knows the extension.
 */
async function grant(profile: string, id: string, allow: readonly string[]): Promise<void> {
  const file = join(profile, 'Default/Preferences');
  const preferences = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  preferences.extensions ??= {};
  preferences.extensions.settings ??= {};
  preferences.extensions.settings[id] ??= {};
  const settings = preferences.extensions.settings[id];
  const held: readonly string[] = settings.active_permissions?.explicit_host ?? [];
  if (allow.every((pattern) => held.includes(pattern))) return;
  for (const kind of ['active_permissions', 'granted_permissions', 'runtime_granted_permissions']) {
    settings[kind] = {
      api: [],
      manifest_permissions: [],
      ...settings[kind],
      explicit_host: allow,
      scriptable_host: [],
    };
  }
  await mkdir(join(profile, 'Default'), { recursive: true });
  await writeFile(file, JSON.stringify(preferences));
}

const wrap = (ask: unknown, args: readonly Json[]) =>
  `async (root) => JSON.stringify((await (${String(ask)})(root, ...${JSON.stringify(args)})) ?? null)`;

function frameSurface(frame: Frame, offset: Surface['offset']): Surface {
  return {
    evaluate: async (ask, ...args) => JSON.parse((await frame.evaluate(`(${wrap(ask, args)})(document)`)) as string),
    offset,
  };
}

function rootSurface(client: CDPSession, objectId: string): Surface {
  return {
    evaluate: async (ask, ...args) => {
      const { result, exceptionDetails } = await client.send('Runtime.callFunctionOn', {
        objectId,
        functionDeclaration: `function () { return (${wrap(ask, args)})(this) }`,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return JSON.parse(result.value);
    },
    offset: async () => ({ x: 0, y: 0 }),
  };
}

/** The popovers of the page, in its open shadow roots as well, in document order. Runs in a world of its own, which the page cannot change. */
function popovers(): Element[] {
  const inside = (top: ParentNode): Element[] =>
    [...top.querySelectorAll('*')].flatMap((each) => [
      ...(each.hasAttribute('popover') ? [each] : []),
      ...(each.shadowRoot ? inside(each.shadowRoot) : []),
    ]);
  return inside(document);
}

/** A closed root: its host as seen from a world of its own, and itself in the page's world. */
interface ClosedRoot {
  readonly host: string;
  readonly root: string;
}

/** The closed shadow root of the last popover that has one. */
async function lastClosedRoot(client: CDPSession, page: Page): Promise<ClosedRoot | null> {
  const frameId = (page.mainFrame() as unknown as { _id: string })._id;
  const { executionContextId: contextId } = await client.send('Page.createIsolatedWorld', { frameId });
  const evaluate = (expression: string) => client.send('Runtime.evaluate', { expression, contextId });
  const { result } = await evaluate(`(globalThis.hosts = (${popovers})()).length`);
  for (let at = Number(result.value) - 1; at >= 0; at -= 1) {
    const { objectId } = (await evaluate(`hosts[${at}]`)).result;
    const { node } = await client.send('DOM.describeNode', { objectId: objectId as string, depth: 0, pierce: true });
    const root = node.shadowRoots?.find(({ shadowRootType }) => shadowRootType === 'closed');
    if (!root) continue;
    const { object } = await client.send('DOM.resolveNode', { backendNodeId: root.backendNodeId });
    return { host: objectId as string, root: object.objectId as string };
  }
  return null;
}

/** Whether its host still is the last popover of the page: asking costs a fraction of looking. */
async function isStillLast(client: CDPSession, { host }: ClosedRoot): Promise<boolean> {
  const functionDeclaration = `function () { return (${popovers})().at(-1) === this }`;
  const asked = client.send('Runtime.callFunctionOn', { objectId: host, functionDeclaration, returnByValue: true });
  // A page that was left takes its objects with it.
  return asked.then(({ result }) => result.value === true).catch(() => false);
}

async function chromiumTab(page: Page): Promise<Tab> {
  const client = await page.createCDPSession();
  let known: ClosedRoot | null = null;
  const overlay = async () => {
    if (!known || !(await isStillLast(client, known))) known = await lastClosedRoot(client, page);
    return known && rootSurface(client, known.root);
  };
  return {
    page,
    document: frameSurface(page.mainFrame(), async () => ({ x: 0, y: 0 })),
    overlay,
    editor: async () => {
      const frame = page
        .frames()
        .find((each) => each !== page.mainFrame() && each.url().startsWith('chrome-extension:'));
      if (!frame) return null;
      return frameSurface(frame, async () => frameOffset(await overlay()));
    },
    contentWorld: () => contentWorld(page),
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    bringToFront: () => page.bringToFront(),
    close: () => page.close(),
  };
}

/** The isolated world of the extension's content script in the page's main frame. */
async function contentWorld(page: Page): Promise<Surface | null> {
  const client = await page.createCDPSession();
  const worlds: Protocol.Runtime.ExecutionContextDescription[] = [];
  client.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
  // Reports the worlds that are there already.
  await client.send('Runtime.enable');
  const world = worlds.find(
    ({ origin, auxData }) => origin.startsWith('chrome-extension:') && auxData?.type === 'isolated',
  );
  if (!world) return null;
  return {
    evaluate: async (ask, ...args) => {
      const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
        expression: `(${wrap(ask, args)})(document)`,
        contextId: world.id,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return JSON.parse(result.value);
    },
    offset: async () => ({ x: 0, y: 0 }),
  };
}

/** Where the first frame in the overlay begins. */
export async function frameOffset(overlay: Surface | null): Promise<{ x: number; y: number }> {
  if (!overlay) throw new Error('The overlay is gone');
  return overlay.evaluate((root) => {
    const frame = root.querySelector('iframe') as HTMLIFrameElement;
    const { x, y } = frame.getBoundingClientRect();
    return { x: x + frame.clientLeft, y: y + frame.clientTop };
  });
}

/** Starts Chromium with the extension and the sites in `allow` switched on. */
export async function startChromium(executablePath: string, options: SessionOptions): Promise<Session> {
  const id = unpackedId(options.extension);
  const canGrant = !isBranded(executablePath) && options.allow.length > 0;
  if (canGrant) await grant(options.profile, id, options.allow);
  const browser = await launch(executablePath, options);
  const ended = new Promise<void>((done) => browser.process()?.once('exit', () => done()));
  try {
    await awaitExtension(browser, id);
  } catch (error) {
    await end(browser);
    throw error;
  }
  const extensionOrigin = `chrome-extension://${id}`;
  const open = async (url: string, { background = false } = {}) => {
    const page = await browser.newPage({ type: 'tab', background });
    page.setDefaultNavigationTimeout(PATIENCE_MS);
    await page.goto(url);
    return chromiumTab(page);
  };
  return {
    name: 'chromium',
    extensionOrigin,
    allowed: canGrant,
    open: (url) => open(url),
    openExtension: (path, options) => open(`${extensionOrigin}/${path}`, options),
    // No tab is opened for it: it is a page all the same.
    hasSidePanel: async () => browser.targets().some((each) => each.url() === `${extensionOrigin}/sidepanel.html`),
    async tabAt(url) {
      const page = (await browser.pages()).find((each) => each.url() === url);
      // What stands beside the tabs is none of them.
      const isBeside = url === `${extensionOrigin}/sidepanel.html`;
      const target = page || !isBeside ? undefined : browser.targets().find((each) => each.url() === url);
      return page ? chromiumTab(page) : target ? chromiumTab(await target.asPage()) : null;
    },
    setScheme: (tab, scheme) => tab.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]),
    async setSight({ page }, sight) {
      // What another session emulates would go on beside it.
      const client = sights.get(page) ?? (await page.createCDPSession());
      sights.set(page, client);
      const features = sight === 'colors' ? [{ name: 'forced-colors', value: 'active' }] : [];
      await client.send('Emulation.setEmulatedMedia', { features });
      await page.setViewport(
        sight === 'text' ? { width: 600, height: 400, deviceScaleFactor: 2 } : { width: 1200, height: 800 },
      );
    },
    async runCommand({ page }, command) {
      // No key reaches the browser itself without a window; a press of the toolbar button lends the tab as well.
      const extension = [...(await browser.extensions()).values()].find((each) => each.id === id);
      await extension?.triggerAction(page);
      const target = await browser.waitForTarget((each) => each.type() === 'service_worker' && each.url().includes(id));
      const worker = await target.worker();
      await worker?.evaluate((name) => {
        type Commands = { commands: { onCommand: { dispatch(name: string): void } } };
        (globalThis as unknown as { chrome: Commands }).chrome.commands.onCommand.dispatch(name);
      }, command);
    },
    async endBackground() {
      const target = browser.targets().find((each) => each.type() === 'service_worker' && each.url().includes(id));
      await (await target?.worker())?.close();
    },
    answerPrompt: null,
    renew: null,
    process: () => browser.process(),
    close: () => end(browser),
    kill: () => end(browser, 'SIGKILL'),
    letGo: async () => {
      throw new Error('Chromium ends with its driver');
    },
    ended,
  };
}
