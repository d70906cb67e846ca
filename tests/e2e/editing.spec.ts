/** Corrections in the editor: the frame inside the page where everything typed stays out of the page's reach. */
import { describe, expect, it } from 'vitest';
import { answerTo } from '../fixtures/chats/bot.ts';
import { type ChatProductId, chatProducts } from '../fixtures/chats/server.ts';
import { until } from '../support/browser/poll.ts';
import { inEachBrowser } from '../support/given.ts';
import { askAndPoint, openEditor } from '../support/judge.ts';

const wrong = answerTo('return').text;
const right = 'You can return any unworn item within 30 days of delivery, in its original box. The label is free.';

inEachBrowser('correcting in the editor', (given) => {
  describe.each(Object.keys(chatProducts) as ChatProductId[])('on %s', (product) => {
    it('given a wrong answer, when the reviewer corrects it, then the diff shows what changes and the correction is stored', async () => {
      const review = await given.openChat(product);
      await askAndPoint(review, 'Can I return my boots?', 'off your refund');
      await openEditor(review, 'c');
      const { editor } = review;
      expect((await editor.get('textbox', 'Correction')).value).toBe(wrong);

      await editor.fill('Correction', right);

      const changes = await until('the diff of the last word is shown', async () => {
        const shown = await editor.evaluate((root) => ({
          removed: Array.from(root.querySelectorAll('del'), (node) => node.textContent ?? '').join(' '),
          added: Array.from(root.querySelectorAll('ins'), (node) => node.textContent ?? '').join(' '),
        }));
        return shown.added.includes('free') ? shown : null;
      });
      expect(changes.removed).toContain('60');
      expect(changes.added).toContain('30');
      await editor.click('button', 'Wrong');
      await editor.fill('Comment', 'House rules, section 2');
      await editor.click('button', 'Save');
      await editor.shows('Saved on this computer');

      const [row] = await given.inside.revisions(1);
      expect(row?.review.judgement).toEqual({
        verdict: 'correct',
        labels: ['wrong'],
        ratings: [],
        correction: right,
        comment: 'House rules, section 2',
      });
      expect(row?.review).toMatchObject({
        surface: 'editor',
        snapshot: { text: wrong, prompt: 'Can I return my boots?' },
      });
    });

    it('given unsaved work in the editor, when the page rebuilds its nodes or is loaded anew, then the work is still there', async () => {
      const review = await given.openChat(product, 'warranty');
      await review.chat.pointAt('warranty of 2 years');
      await openEditor(review, 'c');
      await review.editor.fill('Correction', 'Our tents carry a warranty of 5 years.');
      await review.editor.shows('Draft kept');

      await review.chat.rebuild();
      expect((await review.editor.get('textbox', 'Correction')).value).toBe('Our tents carry a warranty of 5 years.');

      await review.tab.reload();
      await review.chat.pointAt('warranty of 2 years');
      await openEditor(review, 'c');
      expect((await review.editor.get('textbox', 'Correction')).value).toBe('Our tents carry a warranty of 5 years.');
      expect((await given.inside.stored()).revisions).toEqual([]);
    });
  });

  it('given a stored correction, when it is revised, then the first revision stays as it was', async () => {
    const review = await given.openChat('deep-chat', 'warranty');
    await review.chat.pointAt('warranty of 2 years');
    await openEditor(review, 'c');
    await review.editor.fill('Correction', 'Our tents carry a warranty of 5 years.');
    await review.editor.click('button', 'Save');
    await review.editor.shows('Saved on this computer');
    const [first] = await given.inside.revisions(1);

    await review.tab.reload();
    await review.chat.pointAt('warranty of 2 years');
    await review.toolbar.shows('Your review: Corrected');
    await openEditor(review, 'm');
    await review.editor.shows('Revision 1');
    expect((await review.editor.get('textbox', 'Correction')).value).toBe('Our tents carry a warranty of 5 years.');
    await review.editor.fill('Correction', 'Our tents carry a warranty of five years.');
    await review.editor.click('button', 'Save');
    await review.editor.shows('Saved on this computer');

    const [kept, second] = await given.inside.revisions(2);
    expect(kept?.review).toEqual(first?.review);
    expect(second?.review).toMatchObject({
      id: first?.id,
      revision: 2,
      previousHash: first?.review.hash,
      judgement: { correction: 'Our tents carry a warranty of five years.' },
    });
  });

  it('given a saved correction, when the reviewer undoes it in the editor, then nothing is stored and the text is still there', async () => {
    const review = await given.openChat('deep-chat', 'warranty');
    await review.chat.pointAt('warranty of 2 years');
    await openEditor(review, 'c');
    await review.editor.fill('Correction', 'Five years.');
    await review.editor.click('button', 'Save');
    await review.editor.shows('Saved on this computer');
    await given.inside.revisions(1);

    await review.editor.click('button', 'Undo');

    await review.editor.shows('Taken back');
    await given.inside.revisions(0);
    expect((await review.editor.get('textbox', 'Correction')).value).toBe('Five years.');
  });

  it('given nothing changed, when the reviewer saves a correction, then the editor says why it is not stored', async () => {
    const review = await given.openChat('deep-chat', 'warranty');
    await review.chat.pointAt('warranty of 2 years');
    await openEditor(review, 'c');

    await review.editor.click('button', 'Save');

    await review.editor.shows(/Change the answer’s text first|Choose a verdict first/);
    expect((await given.inside.stored()).revisions).toEqual([]);
  });
});
