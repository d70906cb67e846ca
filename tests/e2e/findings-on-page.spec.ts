/** Findings on the page itself: selected there, painted there, moving along with the answer, given up where it is gone. */
import { expect, it } from 'vitest';
import type { ChatProductId } from '../fixtures/chats/server.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { inEachBrowser, type Review } from '../support/given.ts';
import { keysGoTo } from '../support/keys.ts';
import { dragOver, placeOf } from '../support/selecting.ts';
import { shot } from '../support/shots.ts';

/** What is painted on the page, as any script of it can read: each name with the words. */
const painted = (tab: Tab): Promise<Record<string, string>> =>
  tab.document.evaluate(() => {
    const all: Record<string, string> = {};
    for (const [name, ranges] of CSS.highlights as unknown as Map<string, Set<Range>>) {
      all[name] = Array.from(ranges, String).join('|');
    }
    return all;
  });

/** Selects words on the page with the mouse, as a reader does. */
async function select(tab: Tab, words: string): Promise<void> {
  const find = () => placeOf(tab.document, words);
  // What is still selected would be dragged.
  await dragOver(tab, find, () => tab.page.mouse.click(560, 30));
}

/** The page changes a word of its text, wherever it stands. */
const change = (tab: Tab, from: string, to: string): Promise<void> =>
  tab.document.evaluate(
    (root, before, after) => {
      const hosts = Array.from(root.querySelectorAll('*'), (each) => each.shadowRoot);
      for (const scope of [root, ...hosts.filter((it) => it !== null)]) {
        const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode as Text;
          if (node.data.includes(before)) node.data = node.data.replace(before, after);
        }
      }
    },
    from,
    to,
  );

/** The color that a highlight of this name has behind the words of the answer. */
const tint = (tab: Tab, name: string): Promise<string> =>
  tab.document.evaluate((_root, wanted) => {
    const [range] = (CSS.highlights as unknown as Map<string, Set<Range>>).get(wanted) ?? [];
    const element = range?.startContainer.parentElement;
    return element ? getComputedStyle(element, `::highlight(${wanted})`).backgroundColor : '';
  }, name);

const lines = ({ editor }: Review) =>
  editor.evaluate((root) =>
    Array.from(
      root.querySelectorAll('.ed-finding-line'),
      (node) => node.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    ),
  );

inEachBrowser('findings on the page', (given) => {
  /** Marks words of the answer about the tent with the mouse, `f` and a label key, and saves. */
  async function mark(review: Review, words: string, label: '1' | '2') {
    const { chat, tab, toolbar, editor } = review;
    await chat.pointAt('warranty of 2 years');
    await toolbar.get('button', 'Approve');
    await select(tab, words);
    await toolbar.get('button', 'Mark');
    await tab.page.keyboard.press('f');
    await editor.shows(`“${words}” is selected`);
    await keysGoTo(editor);
    await tab.page.keyboard.press(label);
    await until('its note is asked for', async () => (await editor.get('textbox', 'Note')).focused);
    await tab.page.keyboard.press('Enter');
    await until('it is in the list', async () => (await lines(review)).some((line) => line.includes(words)));
  }

  it.each<[ChatProductId]>([['deep-chat'], ['chatscope']])(
    'given words selected in an answer of %s, when they are marked and saved, then they are painted there, after a reload and through changes, until they are gone',
    async (product) => {
      const review = await given.openChat(product, 'warranty');
      const { chat, tab, toolbar, editor } = review;
      await mark(review, 'warranty of 2 years', '1');
      // What is not saved yet shows on the page too, and the page learns no label, note or verdict by it.
      await until('the words are painted', async () => (await painted(tab))['marked-2'] === 'warranty of 2 years');
      expect(Object.keys(await painted(tab)).every((name) => /^marked-[1-4]$/.test(name))).toBe(true);

      // With the editor open, the next words go straight to it.
      await select(tab, 'order number');
      await tab.page.keyboard.press('f');
      await editor.shows('“order number” is selected');
      await editor.click('radio', 'Reject');
      await editor.click('button', 'Save');
      await editor.shows('Saved on this computer');
      const [row] = await given.inside.revisions(1);
      const { snapshot, judgement } = row?.review ?? {};
      expect(judgement?.findings).toMatchObject([
        { label: 'wrong', severity: 'major', quote: { exact: 'warranty of 2 years' } },
      ]);
      const { utf16 } = judgement?.findings?.[0] ?? { utf16: { start: 0, end: 0 } };
      expect(snapshot?.text.slice(utf16.start, utf16.end)).toBe('warranty of 2 years');

      await tab.reload();
      await until('they are painted again', async () => (await painted(tab))['marked-2'] === 'warranty of 2 years');
      expect(await tint(tab, 'marked-2')).toMatch(/^rgba\(240, 130, 20, 0\.2/);

      // The page clears its registry; with the next change of the answer it is there again, and nothing breaks.
      await tab.document.evaluate(() => CSS.highlights.clear());
      await change(tab, 'has let you down', 'and its poles have let you down, all of you');
      await until('the mark moved along', async () => (await painted(tab))['marked-2'] === 'warranty of 2 years');
      await change(tab, 'of 2 years', 'of five long years');
      await until('what is left of it is painted', async () =>
        /^warranty of/.test((await painted(tab))['marked-2'] ?? ''),
      );
      await change(tab, 'carry a warranty of five long years', 'are repaired without end');
      await until('nothing is painted', async () => !('marked-2' in (await painted(tab))));

      await chat.pointAt('are repaired without end');
      await toolbar.get('button', 'Approve');
      await tab.page.keyboard.press('m');
      await editor.shows('warranty of 2 years');
      await editor.shows('not in the answer any more');
      expect(await painted(tab)).toEqual({});
      await shot(tab, `orphan-${product}-${given.browser}`);
      // Its fields say what can be done; it is put on other words by the reviewer, and by nobody else.
      await editor.click('button', /not in the answer any more/);
      await editor.shows('The answer does not say this any more.');
      expect(await tab.editor().then((frame) => frame && seriousFindings(frame))).toEqual([]);
      await select(tab, 'repaired without end');
      await tab.page.keyboard.press('f');
      await editor.shows('“repaired without end” is selected');
      await editor.click('button', /not in the answer any more/);
      await editor.click('button', 'Put it there');
      await until('it is painted there', async () => (await painted(tab))['marked-2'] === 'repaired without end');
    },
  );

  it('given findings that overlap and lie in each other, then each is painted for itself, also after a reload', async () => {
    const review = await given.openChat('chatscope', 'warranty');
    const { chat, tab, toolbar } = review;
    await mark(review, 'warranty of 2 years', '1');
    await mark2(review, 'a warranty of', '2');
    await mark2(review, 'of 2', '1');
    await review.editor.click('radio', 'Reject');
    await review.editor.click('button', 'Save');
    await review.editor.shows('Saved on this computer');
    await tab.reload();
    await until('all three are painted', async () => {
      const words = ((await painted(tab))['marked-2'] ?? '').split('|');
      return ['warranty of 2 years', 'a warranty of', 'of 2'].every((each) => words.includes(each));
    });
    await chat.pointAt('a warranty of');
    await toolbar.get('button', 'Approve');

    // On the page the innermost under the pointer counts; the editor shows which it is.
    await tab.page.keyboard.press('m');
    await until('the editor lists them', async () => (await lines(review)).length === 3);
    const lit = () =>
      review.editor.evaluate((root) => root.querySelector('.ed-finding-lit .fl-quote')?.textContent ?? null);
    const over = async (words: string, at: 'left' | 'right') => {
      const place = await until(`the page shows "${words}"`, () => placeOf(tab.document, words));
      await tab.page.mouse.move(place[at] + (at === 'left' ? 2 : -2), place.y);
    };
    await over('of 2', 'left');
    await until('the editor shows the innermost', async () => (await lit()) === '“of 2”');
    await over('warranty of 2 years', 'right');
    await until('the editor shows the longest', async () => (await lit()) === '“warranty of 2 years”');
    await tab.page.mouse.move(560, 30);
    await until('the editor shows none', async () => (await lit()) === null);

    // And the other way round, by pointer and by keyboard.
    const pointed = async (words: string | undefined) => (await painted(tab))['marked-4'] === words;
    await review.editor.hover('button', /“a warranty of”/);
    await until('the page shows the one under the pointer', () => pointed('a warranty of'));
    // Chromium's automation tells a frame of another origin nothing when the mouse goes out of it: it goes elsewhere in it.
    await review.editor.hover('button', /^Save/);
    await until('the page shows none', () => pointed(undefined));
    const focused = () =>
      review.editor.evaluate((root) => root.querySelector('.ed-finding-line:focus .fl-quote')?.textContent ?? null);
    for (let stop = 0; stop < 60 && (await focused()) !== '“of 2”'; stop += 1) await tab.page.keyboard.press('Tab');
    expect(await focused()).toBe('“of 2”');
    await until('the page shows the one that has the focus', () => pointed('of 2'));
    await shot(tab, `findings-pointed-${given.browser}`);
  });

  /** One more while the editor is open. */
  async function mark2({ tab, editor, ...review }: Review, words: string, label: '1' | '2') {
    await select(tab, words);
    await tab.page.keyboard.press('f');
    await editor.shows(`“${words}” is selected`);
    await keysGoTo(editor);
    await tab.page.keyboard.press(label);
    await until('its note is asked for', async () => (await editor.get('textbox', 'Note')).focused);
    await tab.page.keyboard.press('Enter');
    await until('it is in the list', async () =>
      (await lines({ tab, editor, ...review })).some((line) => line.includes(`“${words}”`)),
    );
  }
});
