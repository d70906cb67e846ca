/** An answer that is still being written cannot be judged; the moment it has settled it can. */
import { expect, it } from 'vitest';
import { answerTo } from '../fixtures/chats/bot.ts';
import { type ChatProductId, chatProducts } from '../fixtures/chats/server.ts';
import { until } from '../support/browser/poll.ts';
import { inEachBrowser, type Review } from '../support/given.ts';

/** Whether the line that ties the toolbar to its answer is drawn. */
const lineIn = async ({ tab }: Review) =>
  (await tab.overlay())?.evaluate((root) => (root.querySelector('.edge') as HTMLElement).style.display !== 'none');

inEachBrowser('streaming', (given) => {
  it.for(Object.keys(chatProducts) as ChatProductId[])(
    'given an answer that grows slowly on %s, when keys are pressed too early, then nothing is stored until it has settled',
    async (product) => {
      const review = await given.openChat(product, 'new', { answers: 'slow' });
      await review.chat.ask('Where is my refund?');
      await review.chat.leaveComposer();
      await review.chat.pointAt('We send');
      await review.toolbar.shows('Answer still being written');
      // Nothing that is drawn moves with an answer that grows.
      expect(await lineIn(review)).toBe(false);

      await review.tab.page.keyboard.press('a');
      await review.tab.page.keyboard.press('u');
      expect((await given.inside.stored()).revisions).toEqual([]);

      await review.chat.answer('as soon as we have booked it');
      await review.toolbar.get('button', 'Approve');
      await until('the line is there', () => lineIn(review));
      await review.tab.page.keyboard.press('a');
      await review.toolbar.shows('Approved · Saved on this computer');
      const [row] = await given.inside.revisions(1);
      expect(row?.review.snapshot).toMatchObject({ settled: true, text: answerTo('refund').text });
    },
  );

  it('given answers in one piece, when one arrives, then it can be judged at once', async () => {
    const review = await given.openChat('deep-chat', 'new', { answers: 'instant' });
    await review.chat.ask('Do gift cards expire?');
    await review.chat.leaveComposer();
    await review.chat.pointAt('never expire');
    await review.toolbar.get('button', 'Approve');
    await review.tab.page.keyboard.press('a');
    await review.toolbar.shows('Approved · Saved on this computer');
  });
});
