/** Feedback after the fact: a stored review goes back to its answer on the page, wherever that is now, or says why it cannot. */
import { expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { editorOf, overlayOf, pageOf, type Ui } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { htmlPage } from '../support/hostile.ts';
import { pressTogether } from '../support/keys.ts';

/** A conversation as LibreChat marks it: each message with an id of its own. */
const thread = (...answers: readonly (readonly [id: string, text: string])[]) =>
  htmlPage(
    answers
      .map(
        ([id, text]) =>
          `<div role="group" id="ask-${id}"><div data-testid="message-body">What about ${id}?</div></div>` +
          `<div role="group" id="${id}"><span aria-hidden="true">A</span><div data-testid="message-body">${text}</div></div>`,
      )
      .join(''),
  );
const SEA = 'The sea is salt, and has been so for as long as anybody knows.';
const MOON = 'The moon goes round the earth in 27 days and a few hours.';

inEachBrowser('reopening a review on its page', (given) => {
  const path = '/c/first';
  const address = () => `${given.chats.origin}${path}`;
  const serve = (html: string) => given.chats.serve(path, { html });

  /** Approves the only answer of the page, and closes it. */
  async function judge(text: string): Promise<string> {
    serve(thread(['a1', text]));
    const tab = await given.open(address());
    const toolbar = overlayOf(tab);
    await toolbar.get('button', 'Approve');
    await tab.page.keyboard.press('a');
    await toolbar.shows('Approved · Saved on this computer');
    await tab.close();
    const [row] = await given.inside.revisions(1);
    return row?.id as string;
  }

  async function reopen(reviewId: string): Promise<Ui> {
    const workbench = pageOf(await given.openExtension(`workbench.html#/reviews/${reviewId}`));
    await workbench.click('button', 'Open on its page');
    return workbench;
  }

  /** The tab at the address, once the editor is open in it. */
  async function editorAt(): Promise<Ui> {
    const tab = await until('its page has the editor', async () => {
      const open = await given.tabAt(address());
      return open && (await open.editor()) ? open : null;
    });
    return editorOf(tab);
  }

  it('given a stored review, when it is opened on its page, then the editor is there on the same answer, and a save is its next revision', async () => {
    const id = await judge(SEA);
    // Something came before it since.
    serve(thread(['a0', MOON], ['a1', SEA]));

    const workbench = await reopen(id);

    const editor = await editorAt();
    await editor.shows('Revision 1');
    await workbench.shows('Opened on its page. What you save there is the next revision.');
    await editor.fill('Comment', 'Seen again');
    await editor.click('button', 'Save');
    await editor.shows('Saved on this computer');
    const [, second] = await given.inside.revisions(2);
    expect(second?.review).toMatchObject({ id, revision: 2, judgement: { verdict: 'approve', comment: 'Seen again' } });
  });

  it('given an answer whose text is another one now, when it is opened, then the workbench says so and the editor shows today’s text', async () => {
    const id = await judge(SEA);
    serve(thread(['a1', 'The sea is sweet.']));
    const workbench = await reopen(id);
    await (await editorAt()).shows('Revision 1');
    await workbench.shows('the text of the answer is another one now');
  });

  it('given an answer that stands elsewhere under another id, when it is opened, then it is found by its text, and the next revision follows it', async () => {
    const id = await judge(SEA);
    serve(thread(['b1', MOON], ['b2', SEA]));
    const workbench = await reopen(id);
    const editor = await editorAt();
    await workbench.shows('the answer stands in another place now');
    await editor.shows('Revision 1');
    await editor.fill('Comment', 'It moved');
    await pressTogether(editor.tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer');
    const [first, second] = await given.inside.revisions(2);
    expect(second?.review).toMatchObject({ id, revision: 2, judgement: { comment: 'It moved' } });
    expect([first?.responseKey.endsWith('a1'), second?.responseKey.endsWith('b2')]).toEqual([true, true]);
  });

  it('given an answer that is gone, a text that stands there twice, a page that leads to a sign-in, and a site that is off, when it is opened, then the workbench says which, and revises on the snapshot', async () => {
    const id = await judge(SEA);
    serve(thread(['b1', MOON]));
    const workbench = await reopen(id);
    await workbench.shows('This answer is not on its page any more. Revise it here, on what was captured of it.');
    await workbench.get('textbox', 'Comment');

    serve(thread(['b1', SEA], ['b2', SEA]));
    await (await given.tabAt(address()))?.reload();
    await workbench.click('button', 'Open on its page');
    await workbench.shows('Its page shows this text more than once');

    await (await given.tabAt(address()))?.close();
    given.chats.serve('/sign-in', { html: htmlPage('<form>Sign in</form>') });
    serve(htmlPage('', '<script>location.replace("/sign-in")</script>'));
    await workbench.click('button', 'Open on its page');
    await workbench.shows('it may ask you to sign in');

    await given.inside.call('saveSettings', { paused: true });
    try {
      await workbench.click('button', 'Open on its page');
      await workbench.shows('Countersign is off for this site. Turn it on for');
    } finally {
      await given.inside.call('saveSettings', { paused: false });
    }
  });
});
