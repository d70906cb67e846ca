/** Pages of a real browser in which the extension's delivery runs under a test's clock; see `page-world.ts`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import { build } from 'vite';
import type { Calls } from './page-world.ts';

/** A page that can be asked what `page-world.ts` offers. */
export interface World {
  readonly page: Page;
  ask<Verb extends keyof Calls>(
    verb: Verb,
    ...args: Parameters<Calls[Verb]>
  ): Promise<Awaited<ReturnType<Calls[Verb]>>>;
}

export interface Worlds {
  readonly origin: string;
  /** Another page of the same origin, so with the same database and locks. */
  open(browser: Browser): Promise<World>;
  close(): Promise<void>;
}

let bundled: Promise<Map<string, string>> | null = null;

/** The scripts by their paths; parts that are loaded on demand are files of their own. */
function bundle(): Promise<Map<string, string>> {
  const entry = new URL('./page-world.ts', import.meta.url).pathname;
  bundled ??= build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: 'world' } },
  }).then((result) => {
    const [{ output }] = result as unknown as [{ output: { fileName: string; code: string }[] }];
    return new Map(output.map(({ fileName, code }) => [`/${fileName}`, code]));
  });
  return bundled;
}

/** Serves the pages on the loopback. */
export async function startWorlds(): Promise<Worlds> {
  const scripts = await bundle();
  const server = createServer((request, response) => {
    const script = scripts.get(request.url ?? '');
    const type = script === undefined ? 'text/html' : 'text/javascript';
    response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8` })
      .end(script ?? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/world.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    async open(browser) {
      const page = await browser.newPage();
      await page.goto(origin, { waitUntil: 'load' });
      return {
        page,
        ask: async (verb, ...args) =>
          JSON.parse(
            // As text, because WebDriver BiDi loses an object that occurs twice.
            await page.evaluate(
              (name, json) =>
                (globalThis as unknown as { ask(name: string, json: string): Promise<string> }).ask(name, json),
              verb as string,
              JSON.stringify(args),
            ),
          ),
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
