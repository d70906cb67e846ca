/** One-key judgements on three chat products that this project did not write. */
import { describe, expect, it } from 'vitest';
import { answerTo } from '../fixtures/chats/bot.ts';
import { type ChatProductId, chatProducts } from '../fixtures/chats/server.ts';
import { inEachBrowser } from '../support/given.ts';
import { askAndPoint } from '../support/judge.ts';

inEachBrowser('judging on the toolbar', (given) => {
  describe.each(Object.keys(chatProducts) as ChatProductId[])('on %s', (product) => {
    it('given an answer, when the reviewer presses A, then an approval is stored, with what was asked and answered', async () => {
      const review = await given.openChat(product);
      await askAndPoint(review, 'Where is my refund?', 'as soon as we have booked it');

      await review.tab.page.keyboard.press('a');

      await review.toolbar.shows('Approved · Saved on this computer');
      const [row] = await given.inside.revisions(1);
      expect(row?.review.judgement).toMatchObject({ verdict: 'approve', labels: [], correction: null, comment: null });
      expect(row?.review.snapshot).toMatchObject({
        prompt: 'Where is my refund?',
        settled: true,
        truncated: false,
        pageUrl: given.chats.url(product),
        foundBy: { site: product },
      });
      expect(row?.review.snapshot.text).toBe(answerTo('refund').text);
      expect(row?.review.origin).toBe(given.chats.origin);
      expect(row?.review.visibility).toBe(given.browser === 'chromium' ? 'verified' : 'unverified');
    });

    it('given a wrong answer, when the reviewer presses R and 1, then a rejection is stored with its reason', async () => {
      const review = await given.openChat(product);
      await askAndPoint(review, 'Can I return my boots?', 'off your refund');

      await review.tab.page.keyboard.press('r');
      await review.toolbar.get('button', 'Wrong');
      await review.tab.page.keyboard.press('1');

      await review.toolbar.shows('Saved on this computer');
      const [row] = await given.inside.revisions(1);
      expect(row?.review.judgement).toMatchObject({ verdict: 'reject', labels: ['wrong'] });
    });

    it('given a fresh judgement, when the reviewer presses Z within 8 s, then nothing is stored', async () => {
      const review = await given.openChat(product);
      await askAndPoint(review, 'Do gift cards expire?', 'nothing is left on them');
      await review.tab.page.keyboard.press('a');
      await review.toolbar.shows('Approved · Saved on this computer');
      await given.inside.revisions(1);

      await review.tab.page.keyboard.press('z');

      await given.inside.revisions(0);
      await review.toolbar.get('button', 'Approve');
      expect((await given.inside.stored()).outbox).toEqual([]);
    });
  });

  it('given the mouse instead of keys, when the reviewer double-clicks Approve, then one approval is stored', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.chat.pointAt('by Thursday');
    await review.toolbar.get('button', 'Approve');

    await review.toolbar.click('button', 'Approve', { count: 2 });

    await review.toolbar.shows('Approved · Saved on this computer');
    const rows = await given.inside.revisions(1);
    expect(rows[0]?.review).toMatchObject({ revision: 1, surface: 'toolbar' });
  });

  it('given the text cursor in the chat, when the reviewer types, then no key judges; the chord does', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.chat.pointAt('by Thursday');
    await review.toolbar.get('button', 'Approve');
    await review.chat.focusComposer();

    await review.tab.page.keyboard.type('aruz1');
    expect((await given.inside.stored()).revisions).toEqual([]);
    await review.tab.page.keyboard.down('Alt');
    await review.tab.page.keyboard.down('Shift');
    await review.tab.page.keyboard.press('KeyU');
    await review.tab.page.keyboard.up('Shift');
    await review.tab.page.keyboard.up('Alt');

    await review.toolbar.shows('Saved on this computer');
    const [row] = await given.inside.revisions(1);
    expect(row?.verdict).toBe('unsure');
  });
});
