/** What saves the reviewer work: text blocks, the correction in the page's composer, undo and redo, all keys in one place. */
import { beforeAll, describe, expect, it } from 'vitest';
import { composerKinds, composerPage } from '../fixtures/composers/bundle.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { editorOf, overlayOf, pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { openEditor } from '../support/judge.ts';
import { keysGoTo, pressTogether } from '../support/keys.ts';
import { aRule } from '../support/rules.ts';
import { shot } from '../support/shots.ts';

const correction = 'By Thursday.\nAt the latest: Friday, “noon”.';

/** What axe finds wrong with the editor. */
async function wrongIn(tab: Tab): Promise<unknown> {
  const surface = await tab.editor();
  return surface && seriousFindings(surface);
}

inEachBrowser('comfort', (given) => {
  describe('the correction in the composer', () => {
    let html = '';
    beforeAll(async () => {
      html = await composerPage('Your order arrives by Tuesday at the very latest, or so we hope.');
    });

    const openAt = async (composer: string) => {
      given.chats.serve('/composer', { html });
      await given.inside.call('saveRule', {
        rule: aRule({
          id: 'composer',
          matches: ['http://127.0.0.1/*'],
          variants: [{ id: 'default', assistant: '.answer', user: '.question' }],
        }),
      });
      const tab = await given.open(`${given.chats.origin}/composer?composer=${composer}`);
      const [toolbar, editor] = [overlayOf(tab), editorOf(tab)];
      await toolbar.get('button', 'Approve');
      await openEditor({ chat: undefined as never, tab, toolbar, editor }, 'c');
      await editor.fill('Correction', correction.split('\n')[0] as string);
      await tab.page.keyboard.press('Enter');
      await tab.page.keyboard.type(correction.split('\n')[1] as string);
      return { tab, editor };
    };
    const held = (tab: Awaited<ReturnType<typeof openAt>>['tab']) =>
      tab.page.evaluate(() => {
        const world = globalThis as unknown as { held: () => string; sent: string[] };
        return { text: world.held(), sent: world.sent };
      });

    it.each(composerKinds)('given %s, puts it there as if it were typed, and sends nothing', async (kind) => {
      const { tab, editor } = await openAt(kind);
      await editor.click('button', 'Put into the message field');
      await editor.shows('It is in the message field. Nothing was sent.');
      const { text, sent } = await held(tab);
      expect(
        text
          .replace(/\u00a0/g, ' ')
          .replace(/\n+/g, '\n')
          .trim(),
      ).toBe(correction);
      expect(sent).toEqual([]);
    });

    it('given a page without a composer, says so, and what to do instead', async () => {
      const { editor } = await openAt('none');
      await editor.click('button', 'Put into the message field');
      await editor.shows('There is no message field on this page that takes the text. Copy the text');
    });
  });

  it('given text blocks, when the reviewer types one’s name and Tab, then it is there with its placeholders filled; the list offers all; undo and redo go through the form', async () => {
    const own = (id: string, name: string, text: string) => ({ id, name, text });
    await given.inside.call('saveSettings', {
      snippets: [
        own('1', 'source', 'See “{cursor}” on: {prompt}'),
        own('2', 'sorry', 'We are sorry. {label}'),
        own('3', 'sign', 'Kind regards'),
      ],
    });
    const review = await given.openChat('deep-chat', 'warranty');
    const { tab, editor, chat } = review;
    const { keyboard } = tab.page;
    await chat.pointAt('warranty of 2 years');
    await openEditor(review, 'c');
    const comment = async () => (await editor.get('textbox', 'Comment')).value;

    await editor.click('button', 'Wrong');
    await editor.click('textbox', 'Comment');
    await keyboard.type('Note: ;sou');
    await keyboard.press('Tab');
    await keyboard.type('warranty');
    await until('the block is there', async () =>
      (await comment())?.startsWith('Note: See “warranty” on: The zip of my tent'),
    );
    await pressTogether(tab, 'Control', 'End');
    await keyboard.type(' ;s');
    await keyboard.press('Tab');
    await editor.get('option', /;sorry/);
    await shot(tab, `snippets-${given.browser}`);
    expect(await wrongIn(tab)).toEqual([]);
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await until('the second of the list is there', async () => (await comment())?.endsWith('We are sorry. Wrong'));

    // Away from the text field: the last change to the form, and it again.
    await editor.click('button', 'Tone');
    await pressTogether(tab, 'Control', 'z');
    await until('the label is off again', async () => (await editor.find('button', 'Tone'))?.state === 'false');
    await pressTogether(tab, 'Control', 'Shift', 'z');
    await until('the label is on again', async () => (await editor.find('button', 'Tone'))?.state === 'true');
  });

  it('given other keys than the default ones, when the reviewer presses “?”, then all keys of every place are shown as they are now', async () => {
    const { keys } = await given.inside.call('saveSettings', {});
    await given.inside.call('saveSettings', { keys: { ...keys, compare: 'y' } });
    try {
      const { tab, toolbar, editor, chat } = await given.openChat('deep-chat', 'warranty');
      await chat.pointAt('warranty of 2 years');
      await toolbar.get('button', 'Approve');
      await tab.page.keyboard.press('?');
      await editor.get('dialog', 'Keys and hints');
      await until('the key of comparing is shown', async () => {
        const shown = await editor.evaluate((root) =>
          Array.from(root.querySelectorAll('#ed-help dl > div'), (row) => row.textContent ?? ''),
        );
        return shown.some((row) => row.startsWith('Y') && row.includes('Compare'));
      });
      await shot(tab, `keys-${given.browser}`);
      await keysGoTo(editor);
      expect(await wrongIn(tab)).toEqual([]);
      await tab.page.keyboard.press('Escape');
      await until('the sheet is closed', async () => (await editor.find('dialog', 'Keys and hints')) === null);
      await tab.page.keyboard.press('y');
      await editor.shows('Which answer is better?');

      // The queue and the workbench have keys of their own.
      await given.inside.call('saveSettings', { theme: 'dark' });
      for (const [page, part] of [
        ['sidepanel.html', 'The answer that is selected'],
        ['workbench.html', 'Revising a review'],
      ] as const) {
        const ui = pageOf(await given.openExtension(page));
        await ui.get(page === 'workbench.html' ? 'button' : 'searchbox', /Keys|Search/);
        await ui.tab.page.keyboard.press('?');
        await ui.get('dialog', 'Keys');
        await ui.shows(part);
        await shot(ui.tab, `keys-${page}-${given.browser}`);
        expect(await seriousFindings(ui.tab.document, 'dark')).toEqual([]);
        await ui.tab.page.keyboard.press('?');
        await until('the sheet is closed', async () => (await ui.find('dialog', 'Keys')) === null);
        await ui.tab.close();
      }
    } finally {
      await given.inside.call('saveSettings', { theme: 'system' });
      await given.inside.call('saveSettings', { keys });
    }
  });

  it('given 50 answers, a reviewer judges them with keys alone: one key for the common case, two with a reason, at most six for a labelled finding with a note', async () => {
    const { tab, toolbar, editor, chat } = await given.openChat('deep-chat', 'long');
    const { keyboard } = tab.page;
    await chat.pointAt('Item 200 is in stock');
    await toolbar.get('button', 'Approve');
    const strokes: number[] = [];
    let count = 0;
    const press = async (...keys: Parameters<typeof keyboard.press>[0][]) => {
      count += 1;
      await pressTogether(tab, ...keys);
    };
    const kinds: Readonly<Record<string, () => Promise<void>>> = {
      async approve() {
        await press('a');
        await toolbar.shows('Approved');
      },
      async reject() {
        await press('r');
        await toolbar.get('button', 'Incomplete');
        await press('2');
        await toolbar.shows('Rejected');
      },
      async finding() {
        await press('f');
        await until('a part is selected', () => editor.evaluate((root) => root.querySelector('.mk-picked') !== null));
        await keysGoTo(editor);
        await press('ArrowDown');
        await press('1');
        await until('its note is asked for', async () => (await editor.get('textbox', 'Note')).focused);
        await keyboard.type('The warehouse was emptied');
        await press('Enter');
        await until('the note is kept', async () => (await editor.find('textbox', 'Note'))?.focused !== true);
        await press('r');
        await press('Control', 'Enter');
        await editor.shows('Saved on this computer');
      },
    };
    const kindOf = (index: number) => (index % 10 === 9 ? 'finding' : index % 5 === 3 ? 'reject' : 'approve');
    const answers = 50;
    for (let index = 0; index < answers; index += 1) {
      count = 0;
      const kind = kindOf(index);
      await kinds[kind]?.();
      strokes.push(count);
      expect(count, kind).toBeLessThanOrEqual({ approve: 1, reject: 2, finding: 6 }[kind]);
      if (kind === 'finding') {
        await keyboard.press('Escape');
        await until('the editor is closed', async () => (await tab.editor()) === null);
      }
      if (index === answers - 1) continue;
      await keyboard.press('k');
      await until('the toolbar is at one that is not judged', async () => {
        const shown = await Promise.all([toolbar.find('button', 'Approve'), toolbar.find('button', 'Reject')]);
        return shown.every((control) => control?.state === 'false');
      });
    }
    const rows = await given.inside.revisions(answers);
    const { judgement } = rows.find(({ review }) => review.judgement.findings)?.review ?? {};
    expect(judgement).toMatchObject({
      verdict: 'reject',
      findings: [{ label: 'wrong', note: 'The warehouse was emptied' }],
    });
    expect(new Set(rows.map(({ review }) => review.snapshot.text)).size).toBe(answers);
    expect(rows.filter(({ verdict }) => verdict === 'approve')).toHaveLength(
      strokes.filter((each) => each === 1).length,
    );
    // The whole of it, moves apart.
    expect(strokes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(35 + 10 * 2 + 5 * 6);
  });
});
