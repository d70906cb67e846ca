/**
 * The acceptance tests of docs/security-acceptance.md that need the whole extension and are in no other spec, by their
 * numbers. What the browser takes away for good comes last.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chatPage } from '../fixtures/chats/server.ts';
import { until } from '../support/browser/poll.ts';
import type { Json } from '../support/browser/types.ts';
import { pageOf } from '../support/browser/ui.ts';
import { acknowledge, corsHeaders, type Endpoint, startEndpoint } from '../support/endpoint.ts';
import { inEachBrowser } from '../support/given.ts';
import { approveOrder } from '../support/judge.ts';
import { shot } from '../support/shots.ts';

/** As much of the extension's API as is asked here. */
interface Api {
  readonly alarms: { getAll(): Promise<{ name: string }[]> };
  readonly permissions: {
    remove(what: object): Promise<boolean>;
    getAll(): Promise<{ origins?: string[]; data_collection?: string[] }>;
  };
  readonly scripting: { getRegisteredContentScripts(): Promise<{ id: string }[]> };
}

describe('acceptance', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.close());

  inEachBrowser('the whole extension', (given) => {
    /** Asks the extension's API in one of its pages. */
    const alarms = () =>
      given.inside.evaluate(async () => {
        const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api };
        return (await (browser ?? chrome).alarms.getAll()).map(({ name }) => name);
      });
    const remove = (what: { origins?: string[]; data_collection?: string[] }) =>
      given.inside.evaluate(
        async (_root, wanted) => {
          const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api };
          return (browser ?? chrome).permissions.remove(wanted as object);
        },
        what as unknown as Json,
      );
    const scripts = () =>
      given.inside.evaluate(async () => {
        const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api };
        return (await (browser ?? chrome).scripting.getRegisteredContentScripts()).map(({ id }) => id);
      });

    it('60, 73: given no network, the popup counts what waits; when all is deleted, nothing is left in the database, no alarm, and no token', async () => {
      endpoint.answer((_request, response) => void response.destroy());
      const id = await given.inside.deliverTo({ url: endpoint.url, token: 'token-of-73' });
      await approveOrder(await given.openChat('deep-chat', 'orders'));
      await until('it was tried', async () => (await given.inside.stored()).outbox[0]?.attempts, { timeoutMs: 40_000 });
      await pageOf(await given.openExtension('popup.html')).shows('1 waiting to be delivered');
      expect(await alarms()).toContain('deliver');

      endpoint.answer(acknowledge);
      await given.inside.call('deliverNow', {});
      await given.inside.delivered(60_000);
      await given.inside.call('deleteReviews', { all: true });
      // The endpoint is told to forget it.
      await given.inside.delivered(60_000);
      await given.inside.call('removeDestination', { id });

      const { ledger, ...rest } = await given.inside.stored();
      expect(rest).toEqual({ revisions: [], outbox: [], destinations: [], drafts: [] });
      expect(JSON.stringify(ledger)).not.toContain('Thursday');
      await until('no alarm is left', async () => !(await alarms()).includes('deliver'));
    });

    if (given.browser === 'firefox')
      it('72: given that the consent to send is taken back in Firefox, sending stops at once, and what waits stays', async () => {
        endpoint.answer(
          (_request, response) =>
            void response.writeHead(503, { ...corsHeaders, 'content-type': 'application/json' }).end('{}'),
        );
        const id = await given.inside.deliverTo({ url: endpoint.url });
        const seen = endpoint.requests.length;
        await approveOrder(await given.openChat('deep-chat', 'orders'));
        await until('it is tried', () => endpoint.requests.length > seen, { timeoutMs: 40_000 });
        const optional = ['websiteContent', 'personalCommunications', 'websiteActivity', 'personallyIdentifyingInfo'];
        expect(await remove({ data_collection: optional })).toBe(true);

        endpoint.answer(acknowledge);
        await until('the entry is back in the queue', async () =>
          (await given.inside.stored()).outbox.every(({ state }) => state === 'pending'),
        );
        const after = endpoint.requests.length;
        await given.inside.call('deliverNow', {});
        await until('no delivery is planned any more', async () => !(await alarms()).includes('deliver'));
        await pageOf(await given.openExtension('workbench.html#/delivery')).shows(/Firefox/);
        expect(endpoint.requests.length).toBe(after);
        expect((await given.inside.stored()).outbox).toHaveLength(1);
        await given.inside.call('removeDestination', { id });
      });

    it('75: given an answer that a spreadsheet would take for a formula, when the reviews are exported as a table, then it is text there', async () => {
      const attack = '=HYPERLINK("http://127.0.0.1/stolen","Refunds")';
      const thread = JSON.stringify(
        JSON.stringify([
          { role: 'user', text: '+1+1' },
          { role: 'ai', text: attack },
        ]),
      );
      const head = `<script>localStorage.setItem('chat:deep-chat:formula', ${thread})</script>`;
      given.chats.serve('/deep-chat/c/formula', { html: chatPage('deep-chat', head) });
      const { chat, tab, toolbar } = await given.openChat('deep-chat', 'formula');
      await chat.pointAt('Refunds');
      await toolbar.get('button', 'Approve');
      await tab.page.keyboard.press('a');
      await toolbar.shows('Approved · Saved on this computer');
      const [row] = await given.inside.revisions(1);
      expect(row?.review.snapshot.text).toBe(attack);

      const page = pageOf(await given.openExtension('workbench.html#/reviews'));
      await page.evaluate(() => {
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (file) => {
          (globalThis as unknown as { kept: unknown }).kept = file;
          return make(file);
        };
      });
      await page.click('button', 'Export');
      await page.click('radio', 'Table');
      await page.click('button', 'Export as CSV');
      await page.shows(/1 review written to countersign-reviews-.+\.csv/);
      await shot(page.tab, `export-table-${given.browser}`);
      const file = await page.evaluate(() => (globalThis as unknown as { kept: Blob }).kept.text());
      expect(file.split('\r\n')).toHaveLength(3);
      expect(file).toContain('"\'=HYPERLINK(""http://127.0.0.1/stolen"",""Refunds"")"');
    });

    it('76: given a site whose permission is revoked, no script is registered any more, a page loaded anew has no overlay, and the reviews stay', async () => {
      const review = await given.openChat('deep-chat', 'orders');
      await approveOrder(review);
      expect(await scripts()).not.toEqual([]);
      expect(await remove({ origins: ['http://127.0.0.1/*'] })).toBe(true);

      await until('no script is registered', async () => (await scripts()).length === 0);
      await until('the overlay is gone', async () => (await review.tab.overlay()) === null);
      await review.tab.reload();
      await review.chat.answer('by Thursday');
      expect(await review.tab.overlay()).toBeNull();
      expect(await given.inside.revisions(1)).toHaveLength(1);
    });
  });
});
