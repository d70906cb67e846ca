/** The queue in the side panel, opened as a page of its own: judging by keys alone, what is set aside, 200 answers, accessibility. */
import { describe, expect, it } from 'vitest';
import { type ChatServer, startChats } from '../fixtures/chats/server.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import { overlayOf, pageOf, type Ui } from '../support/browser/ui.ts';
import { openChat } from '../support/chat.ts';
import { inEachBrowser } from '../support/given.ts';

/** The label of each item in the list that is drawn now. */
const rows = async (panel: Ui) => (await panel.controls()).filter(({ role }) => role === 'option');
const selectedRow = async (panel: Ui) => (await rows(panel)).find(({ state }) => state === 'true');
/** Waits until the selected row shows this. */
const selects = (panel: Ui, part: string) =>
  until(`the row with "${part}" is selected`, async () => (await selectedRow(panel))?.name.includes(part));

inEachBrowser('the queue', (given) => {
  const openPanel = async () => pageOf(await given.openExtension('sidepanel.html'));
  const press = ({ tab }: Ui, key: string) => tab.page.keyboard.press(key as 'a');

  /** A conversation of deep-chat with so many answers, as the page keeps it itself. */
  async function openThread(answers: number) {
    const review = await given.openChat('deep-chat', 'queue');
    await review.tab.document.evaluate((_root, count) => {
      const messages = Array.from({ length: count }, (_, index) => [
        { role: 'user', text: `Question ${index + 1}` },
        // About two minutes to read.
        {
          role: 'ai',
          text: `Answer number ${index + 1} of the shop. ${'It goes on and on about tents. '.repeat(100)}`,
        },
      ]).flat();
      localStorage.setItem('chat:deep-chat:queue', JSON.stringify(messages));
    }, answers);
    await review.tab.reload();
    await review.toolbar.get('button', 'Approve');
    return review;
  }

  it('given a thread of 12 answers, when they are judged in the panel by keys alone, then each takes one key and the next is there', async () => {
    await openThread(12);
    const panel = await openPanel();
    await panel.shows('0 of 12 done');

    await press(panel, 'j');
    await selects(panel, 'Answer number 1 ');
    for (let n = 1; n <= 10; n += 1) {
      const key = n === 7 ? 'u' : 'a';
      await press(panel, key);
      await panel.shows(`${n} of 12 done`);
    }
    // Nobody reads that fast: it is said, with the numbers, and holds nothing up.
    await panel.shows(/of the last 8 are approvals of long answers made in \S+ s each; reading one takes about 2 min/);
    // The list gets smaller, and the selected answer stays in sight.
    const bottom = ({ box }: { readonly box: { readonly y: number; readonly height: number } }) => box.y + box.height;
    const list = await panel.get('listbox', 'Answers');
    await until('the selected row is in sight', async () => {
      const row = await selectedRow(panel);
      return row?.name.includes('Answer number 11 ') && bottom(row) <= bottom(list) + 1;
    });
    expect(await seriousFindings(panel.tab.document)).toEqual([]);
    await panel.click('button', 'All right');
    await until('it is gone', async () => !(await panel.text()).includes('approvals of long answers'));
    await press(panel, 'r');
    await panel.get('button', 'Wrong');
    await press(panel, '1');
    await panel.shows('11 of 12 done');
    await selects(panel, 'Answer number 12 ');
    // The reviewer's own words for why it is skipped.
    await press(panel, 'x');
    await panel.get('textbox', 'Why, in your own words');
    await panel.tab.page.keyboard.type('Needs a lawyer');
    await press(panel, 'Enter');
    await panel.shows('12 of 12 done');
    await panel.shows('Needs a lawyer');

    const stored = await given.inside.revisions(11);
    expect(stored.map(({ verdict }) => verdict)).toEqual([
      ...Array(6).fill('approve'),
      'unsure',
      ...Array(3).fill('approve'),
      'reject',
    ]);
    expect(stored[10]?.review).toMatchObject({
      surface: 'sidepanel',
      origin: given.chats.origin,
      judgement: { labels: ['wrong'], correction: null, comment: null },
      snapshot: { prompt: 'Question 11', text: expect.stringMatching(/^Answer number 11 of the shop/), settled: true },
    });
    expect(stored.every(({ review }) => review.spentMs > 0)).toBe(true);

    // What was skipped last comes back, and wants a judgement again.
    await press(panel, 'z');
    await panel.shows('11 of 12 done');
    await press(panel, 'a');
    await panel.shows('12 of 12 done');
    await press(panel, 'z');
    await panel.shows('Taken back');
    await given.inside.revisions(11);
  });

  describe('with a second site', () => {
    const other: { chats?: ChatServer } = {};
    const openOther = async () => {
      other.chats ??= await startChats();
      return openChat({ open: given.open }, other.chats, 'deep-chat', 'warranty');
    };

    it('given an answer set aside on one site, when the reviewer is on another, then it is found, judged as it was captured, and shown on its page', async () => {
      try {
        const first = await given.openChat('deep-chat', 'orders');
        await first.chat.pointAt('by Thursday');
        await first.toolbar.get('button', 'Approve');
        await first.tab.page.keyboard.press('s');
        await first.toolbar.shows('Set aside for later');
        await first.tab.close();
        const second = await openOther();
        await overlayOf(second.tab).get('button', 'Approve');

        const panel = await openPanel();
        await panel.shows('0 of 1 done');
        await panel.shows('Delivery takes 2 to 4 working days');
        await panel.shows(given.chats.origin);
        await panel.click('button', 'Set aside 1');
        await until('one is left', async () => (await rows(panel)).length === 1);
        await press(panel, 'j');
        await press(panel, 'a');
        await panel.shows('Approved · Saved on this computer');

        const [row] = await given.inside.revisions(1);
        expect(row?.review).toMatchObject({ origin: given.chats.origin, surface: 'sidepanel' });
        expect(row?.review.snapshot.prompt).toBe('When will my order 4417 arrive?');
        // Undone it is set aside again, and its page opens from here.
        await press(panel, 'z');
        await given.inside.revisions(0);
        await selects(panel, 'Set aside');
        await press(panel, 'Enter');
        const reopened = await until('its page is open again', () =>
          given.tabAt(given.chats.url('deep-chat', 'orders')),
        );
        await overlayOf(reopened).get('button', 'Approve');
      } finally {
        await other.chats?.close();
        delete other.chats;
      }
    });
  });

  it('given 200 answers, when they are searched, ordered and gone through, then only what is seen is drawn, and axe finds nothing serious in either theme', async () => {
    const review = await given.openChat('deep-chat', 'long');
    await review.toolbar.get('button', 'Approve');
    const panel = await openPanel();
    await panel.shows('0 of 200 done');
    expect((await rows(panel)).length).toBeLessThan(30);

    await panel.click('searchbox', 'Search the queue');
    await panel.tab.page.keyboard.type('150 152');
    await until('one is found', async () => (await rows(panel)).length === 1);
    await press(panel, 'Enter');
    await press(panel, 'j');
    await selects(panel, 'Item 150 is in stock');
    // It is brought into view on its page.
    await until('the page shows it', async () => {
      const { box } = await review.chat.answer('Item 150 ');
      return box.y >= 0 && box.y < 800;
    });
    await press(panel, '/');
    await press(panel, 'Escape');
    await panel.click('button', 'View');
    await panel.get('combobox', 'Order');
    await panel.evaluate((root) => {
      const select = root.querySelector<HTMLSelectElement>('#queue-order') as HTMLSelectElement;
      select.value = 'newest';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await until('the newest is first', async () => (await rows(panel)).some(({ name }) => name.includes('Item 200 ')));
    expect((await rows(panel)).length).toBeLessThan(30);

    for (const theme of ['light', 'dark'] as const) {
      await given.inside.call('saveSettings', { theme, queueOrder: 'page' });
      expect(await seriousFindings(panel.tab.document, theme)).toEqual([]);
      await press(panel, 'r');
      await panel.get('button', 'Wrong');
      expect(await seriousFindings(panel.tab.document, theme)).toEqual([]);
      await press(panel, 'Escape');
      await press(panel, 'x');
      await panel.get('textbox', 'Why, in your own words');
      expect(await seriousFindings(panel.tab.document, theme)).toEqual([]);
      await press(panel, 'Escape');
    }
  });

  it('given no page with answers, when the panel is open, then it teaches, and lists what comes later by itself', async () => {
    const tab = await given.open('about:blank');
    const panel = await openPanel();
    await panel.shows('The queue is empty');
    expect(await seriousFindings(panel.tab.document)).toEqual([]);

    await tab.goto(given.chats.url('deep-chat', 'orders'));
    await panel.shows('0 of 1 done');
    await press(panel, 'j');
    await selects(panel, 'Delivery takes');
    // Judged on the page, it is judged here.
    await tab.bringToFront();
    await overlayOf(tab).get('button', 'Approve');
    await tab.page.keyboard.press('a');
    await panel.tab.bringToFront();
    await panel.shows('1 of 1 done');
    expect(await seriousFindings(panel.tab.document)).toEqual([]);
  });
});
