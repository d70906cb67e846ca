/** Findings: parts of an answer, pointed at in the editor, by keyboard alone and by mouse, and what becomes of them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReviewEvent } from '../../utils/review/wire.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import type { Ui } from '../support/browser/ui.ts';
import { type Endpoint, startEndpoint } from '../support/endpoint.ts';
import { inEachBrowser, type Review } from '../support/given.ts';
import { openEditor } from '../support/judge.ts';
import { dragOver, placeOf } from '../support/selecting.ts';

const PANE = 'The answer, to select in';

/** What is selected in the answer. */
const selected = (editor: Ui) =>
  editor.evaluate((root) => Array.from(root.querySelectorAll('.mk-picked'), (node) => node.textContent ?? '').join(''));
/** What axe finds wrong with the editor. */
async function wrongIn(tab: Tab): Promise<unknown> {
  const surface = await tab.editor();
  return surface && seriousFindings(surface);
}
/** The findings as the list shows them. */
const lines = (editor: Ui) =>
  editor.evaluate((root) =>
    Array.from(root.querySelectorAll('.ed-finding-line'), (node) =>
      Array.from(node.querySelectorAll('.fl-body > *'), (part) => part.textContent ?? '').join(' | '),
    ),
  );

inEachBrowser('findings', (given) => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
    // What the team calls its customers' things must not leave: here a word that stands before the findings.
    const customerRules = [{ id: 'Feeling', pattern: 'sorry to hear', placeholder: 'FEELING' }];
    await given.inside.call('saveSettings', { customerRules });
    await given.inside.deliverTo({ url: endpoint.url, sends: 'redacted' });
  });
  afterAll(() => endpoint?.close());

  /** The editor on the answer about the tent. */
  async function open(): Promise<Review> {
    const review = await given.openChat('deep-chat', 'warranty');
    await review.chat.pointAt('warranty of 2 years');
    await openEditor(review, 'm');
    return review;
  }

  it('given keys alone, a labelled finding with a note takes four of them; its words go into the correction, survive a reload, are saved, revised and undone', async () => {
    const review = await open();
    const { editor, tab } = review;
    const { keyboard } = tab.page;
    let strokes = 0;
    const press = async (key: Parameters<typeof keyboard.press>[0]) => {
      strokes += 1;
      await keyboard.press(key);
    };

    await press('f');
    await until('the first sentence is selected', async () => (await selected(editor)).startsWith('I am sorry'));
    await press('ArrowDown');
    await press('1');
    await until('its note is asked for', async () => (await editor.get('textbox', 'Note')).focused);
    await keyboard.type('It is five years');
    await press('Enter');
    await until('the answer has the focus again', async () => (await editor.get('textbox', PANE)).focused);
    expect(strokes).toBeLessThanOrEqual(6);
    expect(await lines(editor)).toEqual([
      'Major · Wrong | “Our tents carry a warranty of 2 years:” | It is five years',
    ]);

    // A word of the next sentence, worse than that, with what should stand there.
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight'] as const) await keyboard.press(key);
    await keyboard.down('Shift');
    await keyboard.press('ArrowRight');
    await keyboard.up('Shift');
    await until('two words are selected', async () => (await selected(editor)) === 'a photo');
    await keyboard.press('Enter');
    await until('its note is asked for', async () => (await editor.get('textbox', 'Note')).focused);
    await keyboard.press('Tab');
    await keyboard.type('three photos');
    await keyboard.press('Enter');
    await until('the answer has the focus again', async () => (await editor.get('textbox', PANE)).focused);
    await keyboard.press('+');
    await until('it is critical', async () => (await lines(editor))[1]?.startsWith('Critical'));
    expect(await wrongIn(tab)).toEqual([]);

    // Undone and done again, as a whole.
    await keyboard.down('Control');
    await keyboard.press('z');
    await keyboard.up('Control');
    await until('it is less severe again', async () => (await lines(editor))[1]?.startsWith('Major'));
    await keyboard.down('Control');
    await keyboard.down('Shift');
    await keyboard.press('Z');
    await keyboard.up('Shift');
    await keyboard.up('Control');
    await until('it is critical again', async () => (await lines(editor))[1]?.startsWith('Critical'));

    await editor.click('button', /Critical/);
    await editor.click('button', 'Put into the correction');
    await until('the words are in the correction', async () =>
      (await editor.get('textbox', 'Correction')).value?.includes('Take three photos of the damage'),
    );
    expect(await wrongIn(tab)).toEqual([]);
    await editor.shows('Draft kept');

    await tab.reload();
    await review.chat.pointAt('warranty of 2 years');
    await openEditor(review, 'm');
    await until('both are back', async () => (await lines(editor)).length === 2);
    expect((await lines(editor))[1]).toContain('in the correction');
    await editor.click('button', 'Save');
    await editor.shows('Saved on this computer');
    const [first] = await given.inside.revisions(1);
    const { snapshot, judgement } = first?.review ?? {};
    expect(judgement?.verdict).toBe('correct');
    expect(judgement?.findings).toMatchObject([
      { label: 'wrong', severity: 'major', note: 'It is five years', replacement: null },
      { label: null, severity: 'critical', note: null, replacement: 'three photos' },
    ]);
    for (const { utf16, position, quote } of judgement?.findings ?? []) {
      expect(snapshot?.text.slice(utf16.start, utf16.end)).toBe(quote.exact);
      expect([...(snapshot?.text ?? '')].slice(position.start, position.end).join('')).toBe(quote.exact);
    }

    // What left is redacted, and says of itself where the same words are.
    await given.inside.delivered();
    const [batch] = endpoint.requests.map(({ body }) => JSON.parse(body) as ReviewEvent[]);
    const sent = batch?.[0]?.data;
    expect(sent?.snapshot.text).toMatch(/^I am \[FEELING_1\] that your tent/);
    const pointed = sent?.judgement.findings?.map(({ position: { start, end } }) =>
      [...sent.snapshot.text].slice(start, end).join(''),
    );
    expect(pointed).toEqual(['Our tents carry a warranty of 2 years:', 'a photo']);
    expect(sent?.judgement.findings?.[0]?.quote).toMatchObject({ exact: pointed?.[0] });
    expect(JSON.stringify(sent)).not.toContain('sorry to hear');

    // Revised: one finding less; and taken back.
    await editor.click('button', /Major.*Wrong/);
    await editor.click('button', 'Remove');
    await editor.click('button', 'Save');
    await until('the second revision is stored', async () => (await given.inside.stored()).revisions.length === 2);
    const [, second] = await given.inside.revisions(2);
    expect(second?.review.judgement.findings).toHaveLength(1);
    await editor.click('button', 'Undo');
    await editor.shows('Taken back');
    expect((await given.inside.stored()).revisions).toHaveLength(1);
  });

  it('given the mouse, what it selects becomes a finding with one key', async () => {
    const { editor, tab } = await open();
    await editor.click('button', 'Point at a part of the answer');
    await dragOver(tab, async () => {
      const surface = await tab.editor();
      await surface?.evaluate((root) => {
        const blocks = Array.from(root.querySelectorAll('.mk-block'));
        const block = blocks.find(({ textContent }) => textContent?.includes('order number'));
        block?.scrollIntoView({ block: 'center', behavior: 'instant' });
      });
      return surface && placeOf(surface, 'order number', '.mk-block');
    });
    await until('the words are selected', async () => (await selected(editor)) === 'order number');
    await tab.page.keyboard.press('2');
    await until('it is a finding', async () => (await lines(editor))[0] === 'Major · Incomplete | “order number”');
  });

  it('given two tabs on one answer, the second to save sees what the first saved, and saves on top with one press', async () => {
    const first = await open();
    const second = await open();
    await second.editor.fill('Comment', 'The second view');
    await second.tab.page.keyboard.press('Tab');
    await second.editor.click('radio', 'Reject');

    await first.tab.bringToFront();
    await first.editor.click('radio', 'Approve');
    await first.editor.click('button', 'Save');
    await first.editor.shows('Saved on this computer');

    await second.tab.bringToFront();
    await second.editor.click('button', 'Save');
    await second.editor.shows('this answer was judged in another place');
    expect(await wrongIn(second.tab)).toEqual([]);
    expect((await second.editor.get('textbox', 'Comment')).value).toBe('The second view');
    await second.editor.click('button', 'Save after it');
    await second.editor.shows('Saved on this computer');
    const rows = await given.inside.revisions(2);
    expect(rows.map(({ review }) => [review.revision, review.judgement.verdict, review.judgement.comment])).toEqual([
      [1, 'approve', null],
      [2, 'reject', 'The second view'],
    ]);
    expect(new Set(rows.map(({ review }) => review.id)).size).toBe(1);
  });
});
