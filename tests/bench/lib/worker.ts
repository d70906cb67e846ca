/** The extension's background, as Chromium's own tools see it: code can run in it, and it can be ended. */
import type { Browser, Page, WebWorker } from 'puppeteer-core';
import type { Session } from '../../support/browser/types.ts';

const isOurs = (session: Session) => (target: { type(): string; url(): string }) =>
  target.type() === 'service_worker' && target.url().startsWith(session.extensionOrigin);

const browserOf = (page: Page): Browser => page.browser();

/** The background that runs now, or the next one that starts. It lives as long as somebody looks at it so. */
export async function background(session: Session, page: Page): Promise<WebWorker> {
  const target = await browserOf(page).waitForTarget(isOurs(session));
  const worker = await target.worker();
  if (!worker) throw new Error('The background cannot be reached');
  return worker;
}

/** Whether it runs. */
export const isAwake = (session: Session, page: Page): boolean => browserOf(page).targets().some(isOurs(session));
