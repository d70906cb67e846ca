/** Nothing serious for axe-core in the toolbar, the editor, the popup and the workbench, in both themes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Surface, Tab } from '../support/browser/types.ts';
import { pageOf } from '../support/browser/ui.ts';
import { type Endpoint, startEndpoint } from '../support/endpoint.ts';
import { inEachBrowser, type Review } from '../support/given.ts';
import { openEditor } from '../support/judge.ts';

const correction = 'Our tents carry a warranty of 5 years.';

/** The surface as it is now; it must be there. */
const there = (what: string, find: () => Promise<Surface | null>) => until(`${what} is there`, find);

inEachBrowser('accessibility', (given) => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(async () => {
    await endpoint.close();
  });

  describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
    const toolbarFindings = async ({ tab }: Review) => seriousFindings(await there('the overlay', tab.overlay), theme);
    const editorFindings = async ({ tab }: Review) => seriousFindings(await there('the editor', tab.editor), theme);
    const pageFindings = ({ document }: Tab) => seriousFindings(document, theme);

    beforeEach(async () => {
      await given.inside.call('saveSettings', { theme });
    });

    const openOrder = async () => {
      const review = await given.openChat('deep-chat', 'orders', { theme });
      await review.chat.pointAt('by Thursday');
      await review.toolbar.get('button', 'Approve');
      return review;
    };
    const openWarranty = async () => {
      const review = await given.openChat('deep-chat', 'warranty', { theme });
      await review.chat.pointAt('warranty of 2 years');
      await openEditor(review, 'c');
      return review;
    };
    const correctWarranty = async () => {
      const review = await openWarranty();
      await review.editor.fill('Correction', correction);
      await review.editor.click('button', 'Wrong');
      await review.editor.shows('Draft kept');
      await until('the diff is shown', () =>
        review.editor.evaluate((root) => root.querySelector('ins') !== null && root.querySelector('del') !== null),
      );
      return review;
    };
    const saveWarranty = async () => {
      const review = await correctWarranty();
      await review.tab.page.keyboard.down('Control');
      await review.tab.page.keyboard.press('Enter');
      await review.tab.page.keyboard.up('Control');
      await review.editor.shows('Saved on this computer');
      await given.inside.revisions(1);
      return review;
    };
    const openWorkbench = async (hash: string, shows: string | RegExp) => {
      const tab = await given.openExtension(`workbench.html${hash}`);
      const page = pageOf(tab);
      await page.shows(shows);
      return { tab, page };
    };

    it('given the toolbar at an answer, when it offers judgements, reasons, undo and the review that is stored, then axe finds nothing serious', async () => {
      const review = await openOrder();
      expect(await toolbarFindings(review)).toEqual([]);

      // A word of the answer is selected: it can be marked.
      const { box } = await review.chat.answer('by Thursday');
      await review.tab.page.mouse.click(box.x + 24, box.y + box.height / 2, { count: 2 });
      await review.toolbar.get('button', 'Mark');
      expect(await toolbarFindings(review)).toEqual([]);
      await review.tab.page.mouse.click(560, 30);
      await until('nothing is selected', async () => (await review.toolbar.find('button', 'Mark')) === null);
      await review.chat.pointAt('by Thursday');

      await review.tab.page.keyboard.press('r');
      await review.toolbar.get('button', 'Wrong');
      expect(await toolbarFindings(review)).toEqual([]);

      await review.tab.page.keyboard.press('1');
      await review.toolbar.shows('Saved on this computer');
      expect(await toolbarFindings(review)).toEqual([]);

      await given.inside.revisions(1);
      await review.tab.reload();
      await review.chat.pointAt('by Thursday');
      await review.toolbar.shows('Your review: Rejected');
      expect(await toolbarFindings(review)).toEqual([]);
    });

    it('given the editor, when it is fresh, corrected and saved, then axe finds nothing serious', async () => {
      expect(await editorFindings(await openWarranty())).toEqual([]);
      const corrected = await correctWarranty();
      expect(await editorFindings(corrected)).toEqual([]);
      await corrected.editor.click('button', 'Keys and hints');
      await corrected.editor.get('dialog', 'Keys and hints');
      expect(await editorFindings(corrected)).toEqual([]);
      expect(await editorFindings(await saveWarranty())).toEqual([]);
    });

    it('given the popup, when it shows a site, then axe finds nothing serious', async () => {
      await openOrder();
      const tab = await given.openExtension('popup.html', { background: true });
      await pageOf(tab).get('switch', /is on for/);
      expect(await pageFindings(tab)).toEqual([]);
    });

    it('given reviews, when the workbench lists, shows, filters, revises and asks before it deletes, then axe finds nothing serious', async () => {
      await saveWarranty();
      const { tab, page } = await openWorkbench('', 'Our tents');
      expect(await pageFindings(tab)).toEqual([]);

      await page.click('option', /Our tents/);
      await page.shows('Answer and correction');
      await page.shows('What else is stored');
      expect(await pageFindings(tab)).toEqual([]);

      await page.click('button', 'Filter');
      await page.get('combobox', 'Verdict');
      await page.click('button', 'Delete');
      await page.get('button', 'Keep');
      expect(await pageFindings(tab)).toEqual([]);

      await page.click('button', 'Revise');
      await page.get('textbox', 'Correction');
      expect(await pageFindings(tab)).toEqual([]);
    });

    it('given a destination, when the workbench shows delivery, settings and the first minute, then axe finds nothing serious', async () => {
      const id = await given.inside.deliverTo({ url: endpoint.url });
      const delivery = await openWorkbench('#/delivery', 'Team collector');
      expect(await pageFindings(delivery.tab)).toEqual([]);
      await delivery.page.click('button', 'Add destination');
      await delivery.page.get('textbox', /^Address/);
      expect(await pageFindings(delivery.tab)).toEqual([]);

      expect(await pageFindings((await openWorkbench('#/settings', 'What is kept')).tab)).toEqual([]);
      expect(await pageFindings((await openWorkbench('#/welcome', 'Learn five keys')).tab)).toEqual([]);
      await given.inside.call('removeDestination', { id });
      expect(await pageFindings((await openWorkbench('', 'No reviews yet')).tab)).toEqual([]);
    });
  });

  it('given a button without a name and words too pale to read, when axe looks into toolbar and editor, then it finds both', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.chat.pointAt('by Thursday');
    await openEditor(review, 'm');
    const spoil = (root: Document | ShadowRoot) => {
      const into = root.querySelector('[role="status"], footer, main')?.parentElement ?? root;
      const button = document.createElement('button');
      const words = document.createElement('p');
      words.textContent = 'Words that nobody can read';
      words.style.cssText = 'background:#fff;color:#eee;font-size:14px;position:relative;z-index:9';
      into.append(button, words);
    };
    const rules = async (surface: Surface) => (await seriousFindings(surface)).map(({ rule }) => rule);

    await review.editor.evaluate(spoil);
    expect(await rules(await there('the editor', review.tab.editor))).toEqual(
      expect.arrayContaining(['button-name', 'color-contrast']),
    );

    await review.tab.page.keyboard.press('Escape');
    await review.toolbar.get('button', 'Approve');
    await review.toolbar.evaluate(spoil);
    expect(await rules(await there('the overlay', review.tab.overlay))).toEqual(
      expect.arrayContaining(['button-name', 'color-contrast']),
    );
  });
});
