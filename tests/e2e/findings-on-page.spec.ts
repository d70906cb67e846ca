/** Findings on the page itself: selected there, painted there, moving along with the answer, given up where it is gone. */
import { expect, it } from 'vitest';
import type { ChatProductId } from '../fixtures/chats/server.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { inEachBrowser, type Review } from '../support/given.ts';

/** What is painted on the page, as any script of it can read: each name with the words. */
const painted = (tab: Tab): Promise<Record<string, string>> =>
  tab.document.evaluate(() => {
    const all: Record<string, string> = {};
    for (const [name, ranges] of CSS.highlights as unknown as Map<string, Set<Range>>) {
      all[name] = Array.from(ranges, String).join('|');
    }
    return all;
  });

/** Where words of the newest answer begin and end on the screen. */
function placeOf(tab: Tab, words: string): Promise<{ left: number; right: number; y: number } | null> {
  return tab.document.evaluate((root, wanted) => {
    const hosts = Array.from(root.querySelectorAll('*'), (each) => each.shadowRoot);
    for (const scope of [root, ...hosts.filter((it) => it !== null)].reverse()) {
      const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode as Text;
        const at = node.data.indexOf(wanted);
        if (at < 0 || node.parentElement?.closest('script,style')) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { left, right, top, height } = range.getBoundingClientRect();
        if (height > 0) return { left, right, y: top + height / 2 };
      }
    }
    return null;
  }, words);
}

/** Selects words on the page with the mouse, as a reader does. */
async function select(tab: Tab, words: string): Promise<void> {
  const { left, right, y } = await until(`the page shows "${words}"`, () => placeOf(tab, words));
  const { mouse } = tab.page;
  // What is still selected would be dragged.
  await mouse.click(560, 30);
  await mouse.move(left + 1, y);
  await mouse.down();
  await mouse.move(right - 4, y, { steps: 4 });
  await mouse.move(right, y);
  await mouse.up();
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
      expect(await painted(tab)).toEqual({});
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
  });

  /** One more while the editor is open. */
  async function mark2({ tab, editor, ...review }: Review, words: string, label: '1' | '2') {
    await select(tab, words);
    await tab.page.keyboard.press('f');
    await editor.shows(`“${words}” is selected`);
    await tab.page.keyboard.press(label);
    await until('its note is asked for', async () => (await editor.get('textbox', 'Note')).focused);
    await tab.page.keyboard.press('Enter');
    await until('it is in the list', async () =>
      (await lines({ tab, editor, ...review })).some((line) => line.includes(`“${words}”`)),
    );
  }
});
