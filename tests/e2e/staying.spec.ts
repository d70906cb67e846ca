/** What was judged stays with its answer: across reloads, rebuilt nodes, other conversations, virtual rows and restarts. */
import { describe, expect, it } from 'vitest';
import { type ChatProductId, chatProducts } from '../fixtures/chats/server.ts';
import { until } from '../support/browser/poll.ts';
import { inEachBrowser } from '../support/given.ts';
import { askAndPoint } from '../support/judge.ts';

const marked = /^Your review: /;

inEachBrowser('a judgement stays with its answer', (given) => {
  describe.each(Object.keys(chatProducts) as ChatProductId[])('on %s', (product) => {
    it('given an approved answer, when the page is loaded anew, then the approval is shown, and a revision of it is stored', async () => {
      const review = await given.openChat(product);
      await askAndPoint(review, 'Where is my refund?', 'as soon as we have booked it');
      await review.tab.page.keyboard.press('a');
      await review.toolbar.shows('Approved · Saved on this computer');

      await review.tab.reload();
      await review.chat.pointAt('as soon as we have booked it');
      await review.toolbar.shows('Your review: Approved');
      await review.tab.page.keyboard.press('u');
      await review.toolbar.shows('Marked unsure · Saved on this computer');

      const [first, second] = await given.inside.revisions(2);
      expect(second?.id).toBe(first?.id);
      expect([first?.revision, second?.revision]).toEqual([1, 2]);
      expect([first?.verdict, second?.verdict]).toEqual(['approve', 'unsure']);
      expect(second?.review.previousHash).toBe(first?.review.hash);
    });

    it('given a rejected answer, when the page rebuilds every node, then the mark is there again and nothing more is stored', async () => {
      const review = await given.openChat(product, 'warranty');
      await review.chat.pointAt('warranty of 2 years');
      await review.toolbar.get('button', 'Reject');
      await review.tab.page.keyboard.press('r');
      await review.toolbar.get('button', 'No reason');
      await review.tab.page.keyboard.press('Enter');
      await review.toolbar.shows('Rejected · Saved on this computer');

      await review.chat.rebuild();
      await review.chat.pointAt('warranty of 2 years');

      await review.toolbar.shows(/Rejected/);
      expect(await given.inside.revisions(1)).toHaveLength(1);
    });

    it('given a judged answer, when the reviewer moves to another conversation and back, then each shows its own', async () => {
      const review = await given.openChat(product, 'warranty');
      await review.chat.pointAt('warranty of 2 years');
      await review.toolbar.get('button', 'Approve');
      await review.tab.page.keyboard.press('a');
      await review.toolbar.shows('Approved · Saved on this computer');

      await review.chat.goTo('Order 4417');
      await review.chat.pointAt('by Thursday');
      // It leaves the other answer a moment after the page does.
      await until('nothing is said of the other answer', async () => {
        const [text, mark] = [await review.toolbar.text(), await review.toolbar.find('button', marked)];
        return !text.includes('Approved') && mark === null;
      });
      await review.toolbar.get('button', 'Approve');

      await review.chat.goTo('Tent with a broken zip');
      await review.chat.pointAt('warranty of 2 years');
      await review.toolbar.shows(/Approved/);
    });
  });

  it('given two answers, when one is judged and the other is active, then a small mark stands at the first', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.chat.pointAt('by Thursday');
    await review.toolbar.get('button', 'Approve');
    await review.tab.page.keyboard.press('a');
    await review.toolbar.shows('Approved · Saved on this computer');

    await askAndPoint(review, 'Do gift cards expire?', 'nothing is left on them');

    const mark = await review.toolbar.get('button', marked);
    expect(mark.name).toContain('Approved');
  });

  it('given a long virtual thread, when a judged row leaves the page and comes back, then its mark is back', async () => {
    const review = await given.openChat('chatscope', 'long', { virtual: '1' });
    await review.chat.pointAt('Item 200 is in stock');
    await review.toolbar.get('button', 'Approve');
    await review.tab.page.keyboard.press('a');
    await review.toolbar.shows('Approved · Saved on this computer');
    const scrollTo = (share: number) =>
      review.tab.document.evaluate((root, where) => {
        const box = root.querySelector('.cs-message-list__scroll-wrapper') as Element;
        box.scrollTop = box.scrollHeight * where;
      }, share);

    await scrollTo(0);
    await until('the judged row is gone', async () =>
      (await review.chat.answers()).every(({ text }) => !text.startsWith('Item 200 ')),
    );
    await scrollTo(1);
    await review.chat.pointAt('Item 200 is in stock');

    await review.toolbar.shows(/Approved/);
    expect(await given.inside.revisions(1)).toHaveLength(1);
  });

  it('given a judgement, when the browser is closed and opened again, then the page shows it', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.chat.pointAt('by Thursday');
    await review.toolbar.get('button', 'Approve');
    await review.tab.page.keyboard.press('a');
    await review.toolbar.shows('Approved · Saved on this computer');

    await given.restart('close');

    const again = await given.openChat('deep-chat', 'orders');
    await again.chat.pointAt('by Thursday');
    await again.toolbar.shows('Your review: Approved');
  });
});
