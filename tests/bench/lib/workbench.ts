/** The workbench as a reviewer meets it: how long until something is to be seen. */
import type { Page } from 'puppeteer-core';
import type { Session } from '../../support/browser/types.ts';

/** Runs in the page before any of its scripts: notes the first frame in which a review stands in the list. */
function noteFirstRow(): void {
  const look = () => {
    if (document.querySelector('.wb-list-side [role="option"]'))
      requestAnimationFrame(() => Object.assign(globalThis, { firstRowMs: performance.now() }));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A tab with the workbench, and ms from its navigation until the first reviews were painted. */
export async function openWorkbench(session: Session): Promise<{ readonly page: Page; readonly firstMs: number }> {
  const page = (await session.openExtension('popup.html')).page as unknown as Page;
  await page.goto('about:blank');
  await page.evaluateOnNewDocument(noteFirstRow);
  await page.goto(`${session.extensionOrigin}/workbench.html`);
  const noted = await page.waitForFunction('globalThis.firstRowMs', { timeout: 600_000 });
  return { page, firstMs: (await noted.jsonValue()) as number };
}

/** Goes to a view by its address, as a link does; answers ms until its list has come to rest and was painted. */
export const goTo = (page: Page, hash: string): Promise<number> =>
  page.evaluate(async (to) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const began = performance.now();
    const heard = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    location.hash = to;
    await heard;
    const status = () => document.querySelector('.wb-list-head [role="status"]')?.textContent ?? '';
    do await frame();
    while (status().startsWith('Searching'));
    return performance.now() - began;
  }, hash);

/** Scrolls the list to its end as it is; answers ms until there is more below. */
export const scrollOn = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const list = document.querySelector('.wb-list-side [role="listbox"]') as HTMLElement;
    const before = list.scrollHeight;
    const began = performance.now();
    list.scrollTop = list.scrollHeight;
    do await frame();
    while (list.scrollHeight === before);
    return performance.now() - began;
  });

/** Opens the first review of the list by a click; answers ms until its title stands there. */
export const openFirst = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const began = performance.now();
    (document.querySelector('.wb-list-side [role="option"]') as HTMLElement).click();
    do await frame();
    while (!document.querySelector('#review-title'));
    return performance.now() - began;
  });
