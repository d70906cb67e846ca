/** Puts a page before the browser: a file at any address without network, or a real address. */
import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { resolve } from 'node:path';
import type { HTTPRequest, Page } from 'puppeteer-core';
import { Stop } from '../steps.ts';

/** ms that a page may take to load. */
const LOAD_MS = 30_000;

/** Reads a file that the user named, from where the command was given. */
export async function readNamed(name: string, what: string): Promise<string> {
  const path = resolve(process.env.COUNTERSIGN_CALLED_FROM ?? '', name);
  const found = await stat(path).catch(() => null);
  if (!found) throw new Stop(`There is no ${what} ${path}. Check the name and the folder.`);
  if (!found.isFile()) throw new Stop(`${path} is no file. Name the ${what} itself.`);
  return readFile(path, 'utf8');
}

/** A proxy that lets nothing through: what a page asks for past the interception ends here. */
export async function startDeadEnd(): Promise<{ readonly address: string; readonly close: () => void }> {
  const server: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('The proxy has no port');
  return { address: `127.0.0.1:${at.port}`, close: () => void server.close() };
}

/** Shows `html` at `url`; everything else that the page asks for is answered with nothing. */
export async function showAt(page: Page, url: string, html: string): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request: HTTPRequest) => {
    const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
    const answer = isPage
      ? { status: 200, contentType: 'text/html; charset=utf-8', body: html }
      : { status: 404, body: '' };
    // The page may be gone by then.
    void request.respond(answer).catch(() => {});
  });
  await page.goto(url, { waitUntil: 'load', timeout: LOAD_MS });
}

/** Opens a real address. */
export async function openFor(page: Page, url: string): Promise<void> {
  try {
    const response = await page.goto(url, { waitUntil: 'load', timeout: LOAD_MS });
    if (response && response.status() >= 400) {
      throw new Stop(
        `${url} answers ${response.status()}. Check the address, or save the page to a file and use --as.`,
      );
    }
  } catch (error) {
    if (error instanceof Stop) throw error;
    // A page that goes on loading can be looked at all the same.
    if (/timeout/i.test((error as Error).message) && page.url() === url) return;
    const [reason = ''] = (error as Error).message.split('\n');
    throw new Stop(`${url} does not load (${reason}). Check the address and the network, or save the page to a file.`);
  }
}
