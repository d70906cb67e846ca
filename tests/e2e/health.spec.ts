/** What popup and workbench say of detection: a rule at work, a site that changed, nothing at all; and the report on it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';

const hours = '<h1>Opening hours</h1><p>We are open from 9 to 5, also on Saturdays.</p>';
const talk = ['Where is my order 4711?', 'It is on its way to you.', 'When will it come?', 'It will come tomorrow.']
  .map((text, index) => {
    const role = index % 2 === 0 ? 'user' : 'assistant';
    return `<article data-message-author-role="${role}"><p>${text}</p></article>`;
  })
  .join('');
const pages: Readonly<Record<string, string>> = {
  '/hours': hours,
  '/desk': `<div role="log">${talk}</div><textarea aria-label="Message"></textarea>`,
  '/paste': '<textarea aria-label="Paste" rows="20"></textarea>',
};
/** A rule for `/desk` whose selectors the site has outgrown. */
const outgrown = {
  ...{ id: 'desk', name: 'Team desk', version: '2026-11-20', matches: ['http://127.0.0.1/desk*'] },
  variants: [{ id: 'thread', assistant: '.old-answer', user: '.old-question' }],
  provenance: { source: 'a test', date: '2026-11-20', confidence: 'high' as const },
};

let server: Server;
const address = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
beforeAll(async () => {
  server = createServer((request, response) => {
    const body = pages[request.url ?? ''] ?? '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><html lang="en"><title>Page</title><main>${body}</main></html>`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => void server.close());

inEachBrowser('the state of detection', (given) => {
  /** The popup over the tab that is in front; it stands behind it, as the real one has no tab at all. */
  const openPopup = async () => given.openExtension('popup.html', { background: true });

  /** What lies in the clipboard, pasted by a person into a page. */
  const pasted = async (): Promise<string> => {
    const tab = await given.open(address('/paste'));
    await pageOf(tab).click('textbox', 'Paste');
    await tab.page.keyboard.down('Control');
    // Chromium runs the command only where the key event names it.
    await tab.page.keyboard.press('v', { commands: ['paste'] });
    await tab.page.keyboard.up('Control');
    return until('the report is pasted', async () => (await pageOf(tab).get('textbox', 'Paste')).value);
  };
  const copyReport = async (popup: Tab, { texts = false } = {}) => {
    await popup.bringToFront();
    const page = pageOf(popup);
    if (!(await page.find('button', 'Copy report'))) await page.click('button', 'Report a problem');
    if (texts) await page.click('checkbox', 'With the texts of the messages');
    await page.click('button', 'Copy report');
    await page.shows('Copied.');
    return pasted();
  };

  it('given a chat whose rule works, says how many answers the rule found, and copies a report without a text of the page', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.toolbar.get('button', 'Approve');
    const popup = await openPopup();
    await pageOf(popup).shows('1 answer found by the deep-chat rule.');

    const report = await copyReport(popup);
    expect(report).toContain('Rule: deep-chat');
    expect(report).toMatch(/(Chromium|Firefox) \d+/);
    expect(report).toContain('This report holds no text of the page.');
    for (const secret of ['Thursday', '4417', '/orders']) expect(report).not.toContain(secret);

    expect(await copyReport(popup, { texts: true })).toContain('Thursday');
  });

  it('given a page without a conversation, says that nothing was found and offers to point at an answer', async () => {
    await given.open(address('/hours'));
    const popup = pageOf(await openPopup());
    await popup.shows('Nothing found on this page.');
    await popup.get('button', 'Point at an AI answer');
  });

  it('given a site that its rule no longer fits, says so in popup and workbench, and lets the reviewer point at an answer', async () => {
    await given.inside.call('saveRule', { rule: outgrown });
    const tab = await given.open(address('/desk'));
    const popup = pageOf(await openPopup());
    await popup.shows('This site changed: the rule for Team desk finds nothing.');
    await popup.shows('The finder found 2 answers.');

    const workbench = pageOf(await given.openExtension('workbench.html#/sites', { background: true }));
    await workbench.shows('This site changed: the rule for Team desk finds nothing.');

    await popup.tab.bringToFront();
    await popup.click('button', 'Point at an AI answer');
    await until('the page lets the reviewer point', async () => (await tab.overlay()) !== null);
    await given.inside.call('removeRule', { id: outgrown.id });
  });

  describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
    it('given the popup with its report open, then axe finds nothing serious', async () => {
      await given.inside.call('saveSettings', { theme });
      await given.open(address('/hours'));
      const popup = await openPopup();
      await pageOf(popup).shows('Nothing found on this page.');
      await popup.bringToFront();
      await pageOf(popup).click('button', 'Report a problem');
      await pageOf(popup).get('button', 'Copy report');
      expect(await seriousFindings(popup.document, theme)).toEqual([]);
    });
  });
});
