/** The whole job without a mouse: judging, correcting, going on, finding, revising, deleting. */
import { expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { focusedIn, hasFocus, keysGoTo, pressTogether, retype, tabTo, tabToElement } from '../support/keys.ts';

const composer = 'div text-input';
const right = 'Our tents carry a warranty of 5 years.';

inEachBrowser('without a mouse', (given) => {
  /** Opens a conversation and waits until the toolbar stands at its newest answer, without being led there. */
  const openAt = async (conversation: string) => {
    const review = await given.openChat('deep-chat', conversation);
    await review.toolbar.get('button', 'Approve');
    return { ...review, press: review.tab.page.keyboard.press.bind(review.tab.page.keyboard) };
  };

  it('given an answer, when the reviewer presses single keys, then it is approved, taken back, and rejected with a reason', async () => {
    const { press, toolbar } = await openAt('orders');

    await press('a');
    await toolbar.shows('Approved · Saved on this computer');
    await given.inside.revisions(1);
    await press('z');
    await given.inside.revisions(0);
    await toolbar.get('button', 'Reject');
    await press('r');
    await toolbar.get('button', 'Incomplete');
    await press('2');

    await toolbar.shows('Saved on this computer');
    const [row] = await given.inside.revisions(1);
    expect(row?.review.judgement).toMatchObject({ verdict: 'reject', labels: ['incomplete'] });
  });

  it('given the reasons, when the reviewer thinks better of it, then Escape leads back and nothing is stored', async () => {
    const { press, toolbar } = await openAt('orders');

    await press('r');
    await toolbar.get('button', 'Back');
    await press('Escape');

    await toolbar.get('button', 'Approve');
    expect((await given.inside.stored()).revisions).toEqual([]);
  });

  it('given the text cursor in the chat, when the reviewer types, then the words stay words; the chord judges, and single keys do once it has left', async () => {
    const { press, tab, toolbar } = await openAt('orders');
    await tabToElement(tab, composer);

    await tab.page.keyboard.type('aruzcm1jk');
    expect(
      await tab.document.evaluate(
        (root) => root.querySelector('deep-chat')?.shadowRoot?.querySelector('#text-input')?.textContent ?? '',
      ),
    ).toBe('aruzcm1jk');
    expect(await tab.editor()).toBeNull();
    expect((await given.inside.stored()).revisions).toEqual([]);
    await pressTogether(tab, 'Alt', 'Shift', 'KeyU');
    await toolbar.shows('Marked unsure · Saved on this computer');
    await given.inside.revisions(1);
    expect(await focusedIn(tab)).toBe(composer);

    await press('Tab');
    // The key that leaves the field was typed into it.
    const left = Date.now();
    await until('typing is over', () => Date.now() - left > 1_000);
    await press('a');
    await toolbar.shows('Approved · Saved on this computer');
    expect((await given.inside.revisions(2)).map(({ verdict }) => verdict)).toEqual(['unsure', 'approve']);
  });

  it('given the toolbar, when the reviewer tabs into it, then Enter and Space press its controls, and the focus stays in it', async () => {
    const { press, toolbar } = await openAt('orders');

    await tabTo(toolbar, 'button', 'Reject');
    await press('Enter');
    await toolbar.get('button', 'Wrong');
    await tabTo(toolbar, 'button', 'Wrong');
    await press(' ');
    await toolbar.shows('Saved on this computer');
    const [row] = await given.inside.revisions(1);
    expect(row?.review.judgement).toMatchObject({ verdict: 'reject', labels: ['wrong'] });
    await tabTo(toolbar, 'button', 'Undo');
    await press('Enter');

    await given.inside.revisions(0);
    await tabTo(toolbar, 'button', 'Approve');
  });

  it('given the focus in the page, when the reviewer opens the editor, labels, corrects and saves, then Escape leads back to where they were', async () => {
    const { press, tab, toolbar, editor } = await openAt('warranty');
    await tabToElement(tab, 'a Tent with a broken zip');

    await press('c');
    await hasFocus(editor, 'textbox', 'Correction');
    await retype(tab, right);
    await pressTogether(tab, 'Shift', 'F6');
    await press('1');
    await until('the label is on', async () => (await editor.find('button', 'Wrong'))?.state === 'true');
    await tabTo(editor, 'textbox', 'Comment');
    await tab.page.keyboard.type('House rules, section 4');
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer');

    const [row] = await given.inside.revisions(1);
    expect(row?.review.judgement).toEqual({
      verdict: 'correct',
      labels: ['wrong'],
      ratings: [],
      correction: right,
      comment: 'House rules, section 4',
    });
    await press('Escape');
    await until('the editor has closed', async () => (await tab.editor()) === null);
    expect(await focusedIn(tab)).toBe('a Tent with a broken zip');
    await toolbar.shows(/Corrected/);
  });

  it('given the editor, when the reviewer goes by F6 and rates with a digit, then verdict and rating are stored', async () => {
    const { press, tab, editor } = await openAt('orders');
    await press('m');
    await until('the editor has the focus', async () =>
      (await editor.controls()).some(({ role, focused }) => role === 'radio' && focused),
    );
    await keysGoTo(editor);

    await press('u');
    await until('the verdict is picked', async () => (await editor.find('radio', /^Unsure/))?.state === 'true');
    // Who is unsure is asked first what is not clear.
    await tabTo(editor, 'radio', /^1, /);
    await press('4');
    await until('the rating is picked', async () => (await editor.find('radio', '4'))?.state === 'true');
    for (const [role, name] of [
      ['button', 'Wrong'],
      ['button', /^Point at a part/],
      ['textbox', 'Correction'],
      ['textbox', 'Comment'],
      ['button', 'Save'],
    ] as const) {
      await press('F6');
      await hasFocus(editor, role, name);
    }
    await press('Enter');
    await editor.shows('Saved on this computer');

    const [row] = await given.inside.revisions(1);
    expect(row?.review.judgement).toMatchObject({ verdict: 'unsure', ratings: [{ value: 4 }], correction: null });
    await press('z');
    await given.inside.revisions(0);
    await pressTogether(tab, 'Control', 'Enter');
    await given.inside.revisions(1);
  });

  it('given a long thread, when the reviewer steps back and on, then each key judges the answer that the toolbar is at', async () => {
    const { press, toolbar } = await openAt('long');
    /** A person sees the toolbar arrive before pressing on. */
    const step = async (key: 'j' | 'k') => {
      const { box } = await toolbar.get('toolbar', 'Review this answer');
      await press(key);
      await until('the toolbar has moved on', async () => (await toolbar.find('toolbar', /./))?.box.y !== box.y);
    };

    await step('k');
    await step('k');
    await press('a');
    await toolbar.shows('Approved · Saved on this computer');
    await step('j');
    await toolbar.get('button', 'Unsure');
    await press('u');
    await toolbar.shows('Marked unsure · Saved on this computer');

    const rows = await given.inside.revisions(2);
    expect(rows.map(({ verdict, review }) => [verdict, review.snapshot.text.slice(0, 8)])).toEqual([
      ['approve', 'Item 198'],
      ['unsure', 'Item 199'],
    ]);
  });

  it('given reviews, when the reviewer searches, opens, revises and deletes one in the workbench, then no hand leaves the keyboard', async () => {
    for (const [conversation, key] of [
      ['orders', 'a'],
      ['warranty', 'u'],
    ] as const) {
      const { press, toolbar } = await openAt(conversation);
      await press(key);
      await toolbar.shows('Saved on this computer');
    }
    const [kept, other] = await given.inside.revisions(2);
    const tab = await given.openExtension('workbench.html');
    const page = pageOf(tab);
    const { keyboard } = tab.page;
    await page.shows('2 reviews');

    await keyboard.press('/');
    await hasFocus(page, 'searchbox', /^Search/);
    await keyboard.type('warranty ');
    await page.shows('1 review match');
    await keyboard.type('photo');
    expect((await page.get('searchbox', /^Search/)).value).toBe('warranty photo');
    await keyboard.press('Enter');
    await hasFocus(page, 'listbox', 'Reviews');
    await until('the row is chosen', async () => {
      await keyboard.press('ArrowDown');
      return (await page.find('option', /warranty/))?.state === 'true';
    });
    await keyboard.press('Enter');
    await page.get('button', 'Revise');
    await until('the focus is at the review', async () => (await focusedIn(tab)).startsWith('h2'));

    await tabTo(page, 'button', 'Revise');
    await keyboard.press('Enter');
    await until('the focus is at its verdict', async () => (await page.find('radio', /^Unsure/))?.focused);
    await keyboard.press('1');
    await tabTo(page, 'textbox', 'Correction');
    await retype(tab, right);
    await pressTogether(tab, 'Control', 'Enter');
    await page.shows('Revision 2 is saved.');
    const revised = (await given.inside.revisions(3)).at(-1);
    expect(revised?.review).toMatchObject({
      id: other?.id,
      revision: 2,
      judgement: { labels: ['wrong'], correction: right },
    });
    await keyboard.press('Escape');
    await until('the focus is at the review', async () => (await focusedIn(tab)).startsWith('h2'));

    await tabTo(page, 'button', 'Delete');
    await keyboard.press('Enter');
    await hasFocus(page, 'button', 'Keep');
    await keyboard.press('Escape');
    await hasFocus(page, 'button', 'Delete');
    expect(await given.inside.revisions(3)).toHaveLength(3);
    await keyboard.press('Enter');
    await hasFocus(page, 'button', 'Keep');
    await tabTo(page, 'button', 'Delete this review');
    await keyboard.press('Enter');

    await page.shows('The review was deleted.');
    expect((await given.inside.revisions(1))[0]?.id).toBe(kept?.id);
    await keyboard.press('/');
    await hasFocus(page, 'searchbox', /^Search/);
  });
});
