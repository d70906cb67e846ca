/** A profile whose extension holds many reviews: filled once a run, for all rows that want it. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { startSession } from '../../support/browser/session.ts';
import type { Session } from '../../support/browser/types.ts';
import { bundle } from '../../support/bundle.ts';
import { corpus } from './words.ts';

const made = new Map<string, Promise<string>>();

/** Calls of pages/store.ts in a page. */
export type Ask = <T>(call: string) => Promise<T>;

/** Loads pages/store.ts into a page, whatever its policy says, and opens the store of this name there. */
export async function storeIn(page: Page, name?: string): Promise<Ask> {
  await page.evaluate(await bundle(new URL('../pages/store.ts', import.meta.url).pathname, 'store'));
  const ask: Ask = <T>(call: string) => page.evaluate(`store.${call}`) as Promise<T>;
  await ask(`open(${name === undefined ? '' : JSON.stringify(name)})`);
  return ask;
}

/** A page of the extension's origin that does nothing, where the store can be asked. */
export const quietPage = async (session: Session): Promise<Page> =>
  (await session.openExtension('manifest.json')).page as unknown as Page;

/** Stored by one call: a call has an end, however busy the machine. */
const STEP = 2500;

/** Fills the opened store from number `from` on up to `to` reviews; answers ms. */
export async function fillStore(ask: Ask, from: number, to: number): Promise<number> {
  const words = JSON.stringify(corpus());
  let ms = 0;
  for (let at = from; at < to; at += STEP)
    ms += await ask<number>(`fill(${words}, ${at}, ${Math.min(to, at + STEP)}, ${to})`);
  return ms;
}

const starting = (profile: string, extension: string) =>
  startSession('chromium', { profile, extension, allow: [], headless: true });

async function make(extension: string, count: number): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'countersign-filled-'));
  process.once('exit', () => rmSync(profile, { recursive: true, force: true }));
  const session = await starting(profile, extension);
  try {
    await fillStore(await storeIn(await quietPage(session)), 0, count);
  } finally {
    await session.close();
  }
  return profile;
}

/** Runs `work` in a browser just started, in which the extension holds `count` reviews. */
export async function withReviews<T>(
  extension: string,
  count: number,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const key = `${count} ${extension}`;
  const making = made.get(key) ?? make(extension, count);
  made.set(key, making);
  const session = await starting(await making, extension);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
