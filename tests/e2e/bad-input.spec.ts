/** Answers that are too long or full of markup, and a database that does not open: nothing is lost, and words say what is so. */
import { expect, it } from 'vitest';
import { SNAPSHOT_TEXT_LIMIT } from '../../utils/review/limits.ts';
import { until } from '../support/browser/poll.ts';
import { editorOf, overlayOf, pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { holdDatabase } from '../support/held-database.ts';
import { htmlPage, thread } from '../support/hostile.ts';
import { openEditor } from '../support/judge.ts';
import { hasFocus, paste, pressTogether, retype } from '../support/keys.ts';

/** Longer than it takes the extension to give a database up, 10 s for the draft that is being kept and 10 s for the review, on a busy machine. */
const GIVEN_UP_MS = 120_000;
const held = 'Not saved: another window holds the database. Your text is still here.';

/** Right-to-left override, zero-width space, joiner and non-joiner, an isolate that is never closed. */
const sly = 'total \u202e00.001 €\u202c, zero\u200bwidth \u2067left\u200d\u200c open';
const markup =
  '<img src="/stolen" onerror="document.title=1"><script>document.title=2</script> [x](javascript:alert(1)) &lt;b&gt;';

const asHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

inEachBrowser('bad input', (given) => {
  const openThread = async (answer: string, title = 'A page') => {
    given.chats.serve('/bad', { html: htmlPage(thread(answer)).replace('A page', title) });
    const tab = await given.open(`${given.chats.origin}/bad`);
    const [toolbar, editor] = [overlayOf(tab), editorOf(tab)];
    await toolbar.get('button', 'Correct');
    return { tab, toolbar, editor };
  };

  it('given an answer of one megabyte, when it is corrected, then the editor says what it holds and can be used, and the row is cut between two characters', async () => {
    // Each of these takes two code units, so the limit falls into the middle of one.
    const long = `x${'😀'.repeat(262_143)}`;
    const { tab, editor } = await openThread(long);
    expect(Buffer.byteLength(long)).toBeGreaterThan(1_000_000);

    await tab.page.keyboard.press('c');
    await editor.shows('The answer has 524,287 characters; the first 199,999 are here.');
    await hasFocus(editor, 'textbox', 'Correction');
    await retype(tab, 'Two words.');
    await editor.shows('Draft kept', GIVEN_UP_MS);
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer');

    const [row] = await given.inside.revisions(1);
    const { text, truncated, length } = row?.review.snapshot ?? {};
    expect({ truncated, length, kept: text?.length }).toEqual({
      truncated: true,
      length: long.length,
      kept: SNAPSHOT_TEXT_LIMIT - 1,
    });
    expect(long.startsWith(text ?? '-')).toBe(true);
    expect(row?.review.judgement.correction).toBe('Two words.');
    const asked = Date.now();
    await tab.document.evaluate((root) => root.querySelectorAll('*').length);
    expect(Date.now() - asked).toBeLessThan(1_000);

    const workbench = pageOf(await given.openExtension(`workbench.html#/reviews/${row?.id}`));
    await workbench.shows('It was longer than is kept: 524,287 characters.');
  });

  it('given a database that another window holds, when a correction is saved, then the editor says "not saved", lets it be copied, and saves it later', async () => {
    const review = await given.openChat('deep-chat', 'warranty');
    await review.chat.pointAt('warranty of 2 years');
    await openEditor(review, 'c');
    const { tab, editor } = review;
    const holder = await given.openExtension('popup.html', { background: true });
    const release = await holdDatabase(holder);
    await tab.bringToFront();

    await editor.fill('Correction', 'Five years, not two.');
    await pressTogether(tab, 'Control', 'Enter');

    await editor.shows(held, GIVEN_UP_MS);
    await editor.shows('Close other Countersign pages, then save again.');
    expect((await editor.get('textbox', 'Correction')).value).toBe('Five years, not two.');
    await editor.click('button', 'Copy text');
    await editor.shows('Copied');
    // What went wrong makes the footer taller; the field must not stand behind it.
    await editor.click('textbox', 'Comment');
    await hasFocus(editor, 'textbox', 'Comment');
    await paste(tab);
    await until('the copy is in the field', async () =>
      (await editor.get('textbox', 'Comment')).value?.includes('Five years, not two.'),
    );

    await release();
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer', GIVEN_UP_MS);
    const [row] = await given.inside.revisions(1);
    expect(row?.review.judgement.correction).toBe('Five years, not two.');
  });

  it('given a database that another window holds, when an answer is approved, then the toolbar says "not saved" and saves it on the next try', async () => {
    const { toolbar, tab } = await given.openChat('deep-chat', 'orders');
    await toolbar.get('button', 'Approve');
    const release = await holdDatabase(await given.openExtension('popup.html', { background: true }));
    await tab.bringToFront();

    await tab.page.keyboard.press('a');

    await toolbar.shows(held, GIVEN_UP_MS);
    await release();
    await toolbar.click('button', 'Try again');
    await toolbar.shows('Approved · Saved on this computer', GIVEN_UP_MS);
    await given.inside.revisions(1);
  });

  it('given markup and characters that turn text around, when they are answered, corrected and commented, then every place shows them as they are', async () => {
    const { tab, toolbar, editor } = await openThread(asHtml(`${markup} ${sly}`), asHtml(`${sly} ${markup}`));
    const stolen = () => given.chats.requests.filter((request) => request.includes('stolen'));
    /** No element came of the text, and it keeps to itself where it stands among other words. */
    const isText = async (ui: typeof editor) => {
      expect(
        await ui.evaluate(
          (root) => root.querySelectorAll('img[src*="stolen"], script:not([src]), a[href^="javascript"]').length,
        ),
      ).toBe(0);
    };

    await tab.page.keyboard.press('c');
    const field = await editor.get('textbox', 'Correction');
    expect(field.value).toContain(markup.slice(0, 60));
    expect(field.value).toContain('\u202e00.001');
    await editor.evaluate((root) => (root.querySelector('textarea') as HTMLTextAreaElement).setSelectionRange(0, 0));
    await tab.page.keyboard.type('<b>new</b> ');
    await until('the diff shows it as text', () =>
      editor.evaluate((root) =>
        Array.from(root.querySelectorAll('ins'), (each) => each.textContent)
          .join('')
          .includes('<b>'),
      ),
    );
    await editor.click('button', /^What will be stored/);
    await isText(editor);
    await editor.fill('Comment', '<i>why</i>');
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer');
    const [row] = await given.inside.revisions(1);
    const { text = '', pageTitle = '' } = row?.review.snapshot ?? {};
    expect(row?.review.judgement).toMatchObject({ correction: `<b>new</b> ${text}`, comment: '<i>why</i>' });
    for (const sign of ['\u202e', '\u202c', '\u2067', '\u200b', '\u200d', '\u200c']) expect(text).toContain(sign);
    expect(pageTitle).toContain('<script>');
    await tab.page.keyboard.press('Escape');
    await toolbar.shows('Corrected');
    await isText(toolbar);

    const workbench = pageOf(await given.openExtension(`workbench.html#/reviews/${row?.id}`));
    await workbench.shows('<i>why</i>');
    await workbench.click('radio', 'Answer');
    await workbench.shows('<script>document.title=2</script>');
    await isText(workbench);
    // Whatever came from a page or was typed stands in an element of its own direction, so that it cannot turn words of ours around.
    expect(
      await workbench.evaluate((root) => {
        const loose: string[] = [];
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const holder = walker.currentNode.parentElement;
          if (!/[\u202e\u2067]/.test(walker.currentNode.nodeValue ?? '') || !holder || holder.closest('title'))
            continue;
          let isolated = false;
          for (let each: Element | null = holder; each; each = each.parentElement)
            isolated ||= /isolate|plaintext/.test(getComputedStyle(each).unicodeBidi);
          if (!isolated) loose.push(holder.outerHTML.slice(0, 200));
        }
        return loose;
      }),
    ).toEqual([]);
    expect(await tab.document.evaluate(() => document.title)).toContain('<script>');
    expect(stolen()).toEqual([]);
  });
});
