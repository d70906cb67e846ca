/** Chromium as the rows measure in it: a fresh profile on disk, one process for the page, its own clock for each thread. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type CDPSession, type Page } from 'puppeteer-core';
import { findBrowser } from '../../../scripts/browsers.mjs';
import { startSession } from '../../support/browser/session.ts';
import type { Session } from '../../support/browser/types.ts';

/** Runs `work` with a folder that is gone afterwards. */
export async function withProfile<T>(work: (profile: string) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  try {
    return await work(profile);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Runs `work` in a Chromium without any extension; `load` names the folder of one to have it with. */
export function inChromium<T>(
  work: (browser: Browser) => Promise<T>,
  { load = null, flags = [] }: { readonly load?: string | null; readonly flags?: readonly string[] } = {},
): Promise<T> {
  const executablePath = findBrowser('chromium');
  if (!executablePath) throw new Error('There is no Chromium on this machine; npm start says how to install one');
  return withProfile(async (userDataDir) => {
    const browser = await puppeteer.launch({
      executablePath,
      userDataDir,
      pipe: true,
      defaultViewport: { width: 1200, height: 800 },
      protocolTimeout: 3_600_000,
      enableExtensions: load !== null,
      args: [
        ...(load === null ? [] : [`--load-extension=${load}`]),
        '--disable-features=DisableLoadExtensionCommandLineSwitch',
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...flags,
      ],
    });
    try {
      return await work(browser);
    } finally {
      await browser.close();
    }
  });
}

/** Runs `work` in a Chromium with the product, switched on for pages of this machine. */
export function withProduct<T>(
  extension: string,
  work: (session: Session) => Promise<T>,
  allow: readonly string[] = ['http://127.0.0.1/*'],
): Promise<T> {
  return withProfile(async (profile) => {
    const session = await startSession('chromium', { profile, extension, allow, headless: true });
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  });
}

/** Serves pages by their path on loopback while `work` runs; answers what it answers. Anything else is a 404. */
export async function serving<T>(
  pages: Readonly<Record<string, string | { readonly type: string; readonly body: string }>>,
  work: (origin: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://localhost').pathname];
    const { type, body } =
      typeof page === 'string'
        ? { type: 'text/html; charset=utf-8', body: page }
        : (page ?? { type: 'text/plain', body: '' });
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** What Chromium counts of a page since it was loaded: `TaskDuration`, `ScriptDuration`, `LayoutCount`, `Nodes`… */
export type Metrics = Readonly<Record<string, number>>;

/** Reads the metrics of a page, times in s of its main thread's own processor time. They begin anew with a load: read, then subtract. */
export async function metricsOf(page: Page): Promise<{ readonly client: CDPSession; read(): Promise<Metrics> }> {
  const client = await page.createCDPSession();
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    client,
    async read() {
      const { metrics } = await client.send('Performance.getMetrics');
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    },
  };
}

/** Bytes of script objects that stay after three collections, and detached nodes are gone by then. */
export async function settledHeap(client: CDPSession): Promise<number> {
  for (let time = 0; time < 3; time += 1) await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return usedSize;
}

/** A world of its own in the page, as a content script has: answers a function that evaluates there, waiting for promises. */
export async function isolatedWorld(page: Page): Promise<<T>(expression: string) => Promise<T>> {
  const client = await page.createCDPSession();
  const frameId = (page.mainFrame() as unknown as { _id: string })._id;
  const { executionContextId } = await client.send('Page.createIsolatedWorld', { frameId, worldName: 'bench' });
  return async <T>(expression: string) => {
    const { result, exceptionDetails } = await client.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  };
}
