/** The privacy page: a pattern that counts at once, what has left and to whom, deletion that is delivered, a backup and back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Json } from '../support/browser/types.ts';
import { pageOf } from '../support/browser/ui.ts';
import { type Endpoint, eventIds, startEndpoint } from '../support/endpoint.ts';
import { type Given, inEachBrowser } from '../support/given.ts';
import { approveOrder } from '../support/judge.ts';
import { hasFocus } from '../support/keys.ts';
import { shot } from '../support/shots.ts';

/** What of the extension is in use: names of single values and notes, alarms, registered scripts, permissions for sites and data. */
const inUse = (given: Given) =>
  given.inside.evaluate(async () => {
    type Area = { get(all: null): Promise<object> };
    interface Api {
      storage: { local: Area; session: Area };
      alarms: { getAll(): Promise<{ name: string }[]> };
      permissions: { getAll(): Promise<{ origins?: string[]; data_collection?: string[] }> };
      scripting: { getRegisteredContentScripts(): Promise<{ id: string }[]> };
    }
    const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api };
    const { storage, alarms, permissions, scripting } = browser ?? chrome;
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('countersign');
      request.onsuccess = () => resolve(request.result);
    });
    const values = await new Promise<string[]>((resolve) => {
      const request = database.transaction('values').objectStore('values').getAllKeys();
      request.onsuccess = () => resolve(request.result as string[]);
    });
    database.close();
    const { origins = [], data_collection: data = [] } = await permissions.getAll();
    return {
      values,
      local: Object.keys(await storage.local.get(null)),
      session: Object.keys(await storage.session.get(null)),
      alarms: (await alarms.getAll()).map(({ name }) => name),
      scripts: (await scripting.getRegisteredContentScripts()).map(({ id }) => id),
      permissions: [...origins, ...data],
    };
  });

describe('privacy', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.close());

  inEachBrowser('privacy', (given) => {
    const openPrivacy = async () => {
      const page = pageOf(await given.openExtension('workbench.html#/privacy'));
      await page.get('button', 'Check all revisions');
      return page;
    };

    it('given a pattern that is added, then the next delivery is redacted by it; the page tells what left; what is found and deleted is deleted at the destination', async () => {
      const page = await openPrivacy();
      await page.shows('Nothing: there is no destination');
      await page.click('button', 'Add a pattern');
      await page.fill('Name', 'Weekday');
      await page.fill('Pattern', 'Thurs(');
      expect((await page.get('button', 'Add pattern')).disabled).toBe(true);
      await page.fill('Pattern', 'Thurs\\w+');
      await page.fill('Text to try it on', 'by Thursday');
      await page.shows('Finds: Thursday');
      await page.click('button', 'Add pattern');
      await page.get('button', 'Remove the pattern Weekday');

      const before = endpoint.requests.length;
      const id = await given.inside.deliverTo({ url: endpoint.url, name: 'Team desk' });
      await approveOrder(await given.openChat('deep-chat', 'orders'));
      await given.inside.delivered();
      const sent = endpoint.requests.slice(before).map(({ body }) => body);
      expect(sent.join()).toContain('[CUSTOMER_ID_1]');
      expect(sent.join()).not.toContain('Thursday');

      await page.tab.bringToFront();
      await page.shows(/Team desk 1 delivery to http:\/\/127\.0\.0\.1:\d+ ?, at/);
      const [row] = await given.inside.revisions(1);
      const detail = pageOf(await given.openExtension(`workbench.html#/reviews/${row?.id}`));
      await detail.shows('What would leave');
      await detail.evaluate((root) => {
        for (const each of root.querySelectorAll('details'))
          if (each.querySelector('summary')?.textContent === 'What would leave') each.open = true;
      });
      await detail.shows('[CUSTOMER_ID_1]');

      await page.tab.bringToFront();
      await page.click('searchbox', 'Text in it');
      await page.tab.page.keyboard.type('Thursday');
      await page.shows('1 review fits.');
      await page.click('button', 'Delete what fits');
      await page.click('button', 'Delete 1 review');
      await page.shows('1 review deleted. 1 request to delete is on the way.');
      await until('the destination is told', () =>
        endpoint.requests.slice(before).some(({ body }) => eventIds(body).includes(`${row?.id}:deleted`)),
      );
      expect((await given.inside.stored()).revisions).toEqual([]);
      await given.inside.call('removeDestination', { id });
      await page.shows('You have removed this destination since.');
      await given.inside.call('saveSettings', { customerRules: [] });
    });

    it('given a backup through the page, when all is deleted and the file is taken back, then the reviews are there as they were, and their history holds', async () => {
      await approveOrder(await given.openChat('deep-chat', 'orders'));
      const before = await given.inside.revisions(1);
      const page = await openPrivacy();
      await page.evaluate(() => {
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (file) => {
          (globalThis as unknown as { kept: unknown }).kept = file;
          return make(file);
        };
      });
      await page.click('button', 'Export everything');
      await page.shows(/lines written to countersign-backup-.+\.jsonl\./);

      await given.inside.call('deleteReviews', { all: true });
      await given.inside.revisions(0);
      await page.evaluate((root) => {
        const input = root.querySelector('input[type="file"]') as HTMLInputElement;
        const chosen = new DataTransfer();
        chosen.items.add(new File([(globalThis as unknown as { kept: Blob }).kept], 'backup.jsonl'));
        input.files = chosen.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await page.shows(/From backup\.jsonl: \d+ added/);
      expect(await given.inside.revisions(1)).toEqual(before);
      await page.click('button', 'Check all revisions');
      await page.shows('1 revision checked: all as they were saved.');
    });

    if (given.browser === 'firefox')
      it('72: given no consent to send, when a destination is saved in its form, then Firefox asks in that very click; with a no there is no destination and no request, with a yes there is', async () => {
        const optional = ['websiteContent', 'personalCommunications', 'websiteActivity', 'personallyIdentifyingInfo'];
        type Asked = { permissions: { remove(what: object): Promise<boolean>; getAll(): Promise<Json> } };
        const consented = () =>
          given.inside.evaluate(async () => {
            const { browser } = globalThis as unknown as { browser: Asked };
            return ((await browser.permissions.getAll()) as { data_collection: string[] }).data_collection;
          });
        await given.inside.evaluate(async (_root, kinds) => {
          const { browser } = globalThis as unknown as { browser: Asked };
          return browser.permissions.remove({ data_collection: kinds });
        }, optional);
        expect(await consented()).toEqual([]);
        // Without the question nobody gets past the background.
        const refused = await given.inside.ask('saveDestination', {
          ...{ id: null, name: 'Team', connector: 'countersign', url: endpoint.url },
        });
        expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });

        const form = pageOf(await given.openExtension('workbench.html#/delivery'));
        await form.fill(/^Name/, 'Our team');
        await form.fill(/^Address/, endpoint.url);
        const before = endpoint.requests.length;
        const no = given.session.answerPrompt?.(false);
        await form.click('button', 'Save destination');
        // A question outside of a click is refused by Firefox itself.
        expect(await no).toContain('Countersign');
        await form.shows(/Firefox/);
        await shot(form.tab, 'consent-refused');
        expect(await consented()).toEqual([]);
        expect((await given.inside.stored()).destinations).toEqual([]);
        expect(endpoint.requests.length).toBe(before);

        const yes = given.session.answerPrompt?.(true);
        await form.click('button', 'Save destination');
        await yes;
        const [row] = await until('the destination is stored', async () => {
          const { destinations } = await given.inside.stored();
          return destinations.length > 0 && destinations;
        });
        expect((await consented()).toSorted()).toEqual(optional.toSorted());
        await given.inside.call('removeDestination', { id: row?.id ?? '' });
      });

    it.each(['light', 'dark'] as const)(
      'given the %s theme, then axe finds nothing serious on the page',
      async (theme) => {
        await given.inside.call('saveSettings', { theme, keepDays: 30 });
        const page = await openPrivacy();
        await page.click('button', 'Add a pattern');
        await page.get('textbox', 'Pattern');
        expect(await seriousFindings(page.tab.document, theme)).toEqual([]);
        await given.inside.call('saveSettings', { theme: 'system', keepDays: 0 });
      },
    );

    it('73: given an extension in use, when everything is removed with its one button, then the destination is told first, and nothing is left: no row, no token, no alarm, no script, no permission', async () => {
      await given.inside.deliverTo({ url: endpoint.url, token: 'token-of-73' });
      await given.inside.call('saveSettings', { alsoRedact: [{ kind: 'name', value: 'Jane' }] });
      await approveOrder(await given.openChat('deep-chat', 'orders'));
      const [row] = await given.inside.revisions(1);
      await until('it is delivered', async () => (await given.inside.stored()).outbox.length === 0);
      expect((await inUse(given)).scripts).not.toEqual([]);
      const before = endpoint.requests.length;

      const page = await openPrivacy();
      await page.click('button', 'Remove everything');
      await page.shows(/Remove everything, 1 review with it\? The destinations are told/);
      await shot(page.tab, `remove-everything-${given.browser}`);
      expect(await seriousFindings(page.tab.document)).toEqual([]);
      // The harmless button has the focus; the one beside it removes.
      await hasFocus(page, 'button', 'Keep');
      await page.tab.page.keyboard.press('Tab');
      await page.tab.page.keyboard.press('Enter');
      await page.shows('Everything is removed.');
      const told = endpoint.requests.slice(before).flatMap(({ body }) => eventIds(body));
      expect(told).toContain(`${row?.id}:deleted`);

      const empty = { revisions: [], outbox: [], ledger: [], destinations: [], drafts: [] };
      expect(await given.inside.stored()).toEqual(empty);
      await until('no script is registered', async () => (await inUse(given)).scripts.length === 0);
      await expect
        .poll(() => inUse(given))
        .toEqual({
          ...{ values: ['born'], local: ['database'], session: [] },
          ...{ alarms: [], scripts: [], permissions: [] },
        });
    });
  });
});
