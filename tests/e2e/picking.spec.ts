/** What the reviewer does in place: points at an answer, reviews selected text, says who is an AI. */
import { afterEach, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { editorOf, overlayOf, Ui } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { htmlPage } from '../support/hostile.ts';

const talk = [
  ['Ann', 'How long is the warranty on the tent?'],
  ['Fin', 'Our tents carry a warranty of 2 years. <a href="/elsewhere">Read more</a> about it, or ask me for a copy.'],
  ['Ann', 'And if it is torn?'],
  ['Fin', 'A tear in normal use is covered: send us a picture of it and the number of your order.'],
  ['Joe', 'I have just put a new outer tent into the post for you.'],
] as const;
const classes: Readonly<Record<string, string>> = { Ann: 'out', Fin: 'in bot', Joe: 'in colleague' };

/** A conversation that no rule knows; it says who wrote what, and not what they are. */
const thread = `<main>${talk
  .map(
    ([who, text]) => `<div class="row ${classes[who]}"><b class="name">${who}</b><div class="text">${text}</div></div>`,
  )
  .join('')}</main>`;

/** Lets nobody else have a click or a key, and writes down what it gets. */
const greedy = `<script>
  window.got = [];
  for (const type of ['pointerdown', 'pointermove', 'mousedown', 'pointerup', 'mouseup', 'click', 'keydown', 'keyup', 'wheel'])
    window.addEventListener(type, (event) => {
      window.got.push(type);
      event.preventDefault();
      event.stopImmediatePropagation();
    }, { capture: true, passive: false });
</script>`;

/** The same conversation inside an open shadow root, above a text field. */
const nested = `<input id="field"><div id="widget"></div><script>
  document.querySelector('#widget').attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(thread)};
</script>`;

/** A conversation without any name, whose last answer grows word by word after a question, as a machine writes. */
const growing = `<style>.row { max-width: 420px; margin: 0 0 60px }</style><main role="log"><div class="row out">Is the tent covered?</div><div class="row in">Yes, for two years, if it tears in normal use.</div>
<div class="row out">And the poles?</div><div class="row in"></div></main><textarea placeholder="Write a message"></textarea><script>
  const words = 'The poles are covered as well, for two years, if they break in normal use. Send us a picture of them.'.split(' ');
  addEventListener('load', () => {
    const write = () => {
      document.querySelector('.row.in:last-child').textContent += words.shift() + ' ';
      if (words.length > 0) setTimeout(write, 60);
    };
    setTimeout(write, 1000);
  });
</script>`;

inEachBrowser('in place', (given) => {
  afterEach(async () => {
    await given.inside.forgetRules();
    await given.inside.call('saveSettings', { assertFrom: 0.5 });
  });

  const serve = (path: string, html: string) => {
    given.chats.serve(path, { html });
    return given.chats.origin + path;
  };
  /** Starts the picker as the popup's button does. */
  const point = async (tab: Tab) => {
    await tab.bringToFront();
    await given.inside.call('startPicker', { tabId: await given.inside.newestTab() });
    const picker = new Ui(tab, 'the picker', () => tab.editor());
    await picker.shows('Point at an AI answer');
    return picker;
  };
  const middleOf = (tab: Tab, selector: string) =>
    tab.document.evaluate((root, wanted) => {
      const { x, y, width, height } = (root.querySelector(wanted) as Element).getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }, selector);
  /** Moves the mouse onto an element of the page. */
  const pointAt = async (tab: Tab, selector: string) => {
    const { x, y } = await middleOf(tab, selector);
    await tab.page.mouse.move(x, y, { steps: 3 });
    return { x, y };
  };

  /** Moves the mouse onto a message, and waits until the overlay stands at it. */
  const standAt = async (tab: Tab, selector: string) => {
    const { y } = await pointAt(tab, selector);
    await until(`the overlay stands at ${selector}`, () =>
      overlayOf(tab).evaluate((root, middle) => {
        const { top, bottom } = root.querySelector('.edge')?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
        return top < middle && middle < bottom;
      }, y),
    );
  };

  it('given a page that swallows every click and key, when the reviewer points at an answer and keeps it, then all of its kind can be reviewed, and after a reload too', async () => {
    const tab = await given.open(serve('/greedy', htmlPage(thread, greedy)));
    const picker = await point(tab);
    const { x, y } = await pointAt(tab, '.bot a');
    await picker.shows('Our tents carry a warranty');
    await tab.page.mouse.click(x, y);
    await picker.shows('Finds 2 messages');
    expect(await seriousFindings(await until('the picker is there', tab.editor))).toEqual([]);
    await picker.click('button', 'Keep for this site');
    await picker.shows('Kept for this site. 2 answers on this page.');

    // The page's own link was under the pointer all the time.
    const page = await tab.document.evaluate(() => ({
      path: location.pathname,
      got: (window as unknown as { got: string[] }).got,
    }));
    expect(page).toEqual({ path: '/greedy', got: [] });
    await overlayOf(tab).get('button', 'Approve');
    await tab.reload();
    await overlayOf(tab).get('button', 'Approve');
  });

  it('given a conversation in a shadow root, when the reviewer finds an answer by keyboard, then Enter keeps it, and undo takes it back', async () => {
    const tab = await given.open(serve('/nested', htmlPage(nested)));
    const key = tab.page.keyboard.press.bind(tab.page.keyboard);
    const picker = await point(tab);
    await picker.shows('I have just put');
    await key('Tab');
    await picker.shows('How long is the warranty');
    await key('Tab');
    await picker.shows('Our tents carry');
    // Out to the whole conversation, and back in.
    await key('ArrowUp');
    await picker.shows('Outlined: AnnHow long');
    await key('ArrowDown');
    await key('ArrowRight');
    await picker.shows('Outlined: FinOur tents');
    await key('Enter');
    await picker.shows('Finds 2 messages');
    await key('ArrowRight');
    await picker.shows('Message 2 of 2');
    await key('Enter');
    await picker.shows('Kept for this site');
    await overlayOf(tab).get('button', 'Approve');

    await key('Tab');
    await key('Enter');
    await picker.shows('Taken back');
    await until('nothing can be reviewed any more', async () => !(await overlayOf(tab).find('button', 'Approve')));
  });

  it('given the reviewer thinks better of it, when Escape is pressed, then the page is as it was, with the focus where it was', async () => {
    const tab = await given.open(serve('/nested', htmlPage(nested)));
    await pointAt(tab, '#field');
    const { x, y } = await middleOf(tab, '#field');
    await tab.page.mouse.click(x, y);
    const before = await tab.document.evaluate((root) => (root as Document).body.outerHTML);
    const picker = await point(tab);
    await tab.page.keyboard.press('Escape');
    await until('the picker is gone', async () => !(await picker.exists()));
    expect(await tab.document.evaluate((root) => (root as Document).body.outerHTML)).toBe(before);
    expect(await tab.document.evaluate((root) => (root as Document).activeElement?.id)).toBe('field');
    await tab.page.keyboard.type('abc');
    expect(await tab.document.evaluate((root) => root.querySelector('input')?.value)).toBe('abc');
  });

  it('given a site that is off, when the reviewer selects a sentence and presses the key, then that text is reviewed, and nothing else is on', async () => {
    const address = serve('/off', htmlPage(thread)).replace('127.0.0.1', 'localhost');
    const tab = await given.open(address);
    await tab.bringToFront();
    const selected = await tab.document.evaluate((root) => {
      const text = root.querySelector('.bot .text')?.firstChild as Text;
      document.getSelection()?.setBaseAndExtent(text, 0, text, 38);
      return document.getSelection()?.toString();
    });
    await given.session.runCommand(tab, 'review-selection');
    const editor = editorOf(tab);
    await editor.get('textbox', 'Correction');
    await editor.click('radio', 'Approve');
    await until('it is approved', async () => (await editor.get('radio', 'Approve')).state === 'true');
    await tab.page.keyboard.down('Control');
    await tab.page.keyboard.press('Enter');
    await tab.page.keyboard.up('Control');
    const [row] = await given.inside.revisions(1);
    expect(row?.review.snapshot.text).toBe(selected);
    expect(row?.review.origin).toBe(new URL(address).origin);

    await tab.reload();
    const other = await given.open(`${address}?again`);
    expect([await tab.overlay(), await other.overlay()]).toEqual([null, null]);
  });

  it('given an answer of which detection is not sure, when the reviewer says yes to it alone, then it can be reviewed, and after a no nothing is asked of the others', async () => {
    await given.inside.call('saveSettings', { assertFrom: 0.95 });
    const tab = await given.open(serve('/growing', htmlPage(growing)));
    const toolbar = overlayOf(tab);
    await toolbar.shows('Is this an AI answer?');
    await until('the answer is complete', () =>
      tab.document.evaluate((root) => root.querySelector('.row.in:last-child')?.textContent?.includes('of them.')),
    );
    await standAt(tab, '.row.in:last-child');
    await tab.page.keyboard.press('m');
    await toolbar.shows('grew piece by piece');
    await tab.page.keyboard.press('Escape');
    await toolbar.shows('Is this an AI answer?');
    await tab.page.keyboard.press('y');
    const picker = new Ui(tab, 'the picker', () => tab.editor());
    await picker.shows('Finds 2 messages');
    await tab.page.keyboard.press('o');
    await toolbar.get('button', 'Approve');

    await standAt(tab, '.row.in');
    await toolbar.shows('Is this an AI answer?');
    await tab.page.keyboard.press('n');
    // With no question left, it goes back to the one answer that there is.
    await toolbar.get('button', 'Approve');
  });

  it('given a page names its authors, when the reviewer says that Fin is an AI and Joe is not, then each is asked about once, and both answers last', async () => {
    await given.inside.call('saveRule', {
      rule: {
        id: 'desk',
        name: 'Desk',
        version: '1',
        matches: ['http://127.0.0.1/*'],
        variants: [{ id: 'rows', row: '.row.in', author: { selector: '.name' }, body: '.text', user: '.row.out' }],
        provenance: { source: 'this test', date: '2026-11-21', confidence: 'high' },
      },
    });
    const tab = await given.open(serve('/desk', htmlPage(thread)));
    const toolbar = overlayOf(tab);
    await toolbar.shows('Are messages by Joe written by an AI?');
    expect(await seriousFindings(await until('the overlay is there', tab.overlay))).toEqual([]);
    await tab.page.keyboard.press('n');
    await toolbar.shows('Are messages by Fin written by an AI?');
    await toolbar.click('button', 'Yes, always');
    await toolbar.get('button', 'Approve');
    await toolbar.click('button', 'Why is this an AI answer?');
    await toolbar.shows('This is an AI answer.');
    await tab.reload();
    await toolbar.get('button', 'Approve');
    await pointAt(tab, '.colleague');
    await pointAt(tab, '.bot');
    await toolbar.get('button', 'Approve');
    expect(await toolbar.text()).not.toContain('Are messages by');
  });
});
