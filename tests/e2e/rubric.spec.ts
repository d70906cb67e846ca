/** The team's own rubric: from its file into force, judged by on a page with keys, and changed while reviews stay true. */
import { describe, expect, it } from 'vitest';
import type { Project } from '../../utils/review/project.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { pageOf, type Ui } from '../support/browser/ui.ts';
import { chooseFile } from '../support/choose-file.ts';
import { type Given, inEachBrowser, type Review } from '../support/given.ts';
import { openEditor } from '../support/judge.ts';
import { hasFocus, pressTogether, tabTo, tabToElement } from '../support/keys.ts';
import { aProject, aRubric } from '../support/projects.ts';
import { shot } from '../support/shots.ts';

const first = aProject({
  name: 'Parcel desk',
  rubrics: [
    aRubric({
      name: 'Parcels',
      dimensions: [
        {
          id: 'tone',
          name: 'Tone',
          scale: { kind: 'points', max: 5, ends: ['rude', 'warm'] },
          reasonFor: [1],
          help: 'How the customer would take it.',
          good: '5: names the day, and says sorry once.',
        },
        {
          id: 'day',
          name: 'Which day was promised?',
          scale: { kind: 'text' },
          required: true,
          shownWhen: { labels: ['promise'] },
        },
      ],
      labels: [
        { id: 'wrong', name: 'Wrong carrier' },
        { id: 'promise', name: 'Promises a day', critical: true, help: 'A day that no carrier has confirmed.' },
      ],
    }),
  ],
  guidelines: {
    version: '1',
    clauses: [{ id: 'days', title: 'Days are promises', text: 'A named day is a promise.', labels: ['promise'] }],
  },
});
const rubric = first.rubrics[0] as Project['rubrics'][number];

/** A condition on a question that is not there. */
const broken = {
  ...first,
  rubrics: [
    { ...rubric, dimensions: [{ ...rubric.dimensions[0], shownWhen: { dimension: { id: 'gone', values: [1] } } }] },
  ],
};

/** Without the question, the label under another name, and with a rule more. */
const second: Project = {
  ...first,
  version: '2',
  rubrics: [
    { ...rubric, version: '2', dimensions: rubric.dimensions.slice(0, 1), labels: [{ id: 'slow', name: 'Too slow' }] },
  ],
  guidelines: {
    version: '2',
    clauses: [
      { id: 'days', title: 'Days are promises', text: 'A named day is a promise, a week is not.' },
      { id: 'sorry', title: 'Say sorry once', text: 'Not three times.' },
    ],
  },
};

/** Whether what has the focus stands in, or is, such an element. */
const focusIsIn = (tab: Tab, selector: string): Promise<boolean> =>
  tab.document.evaluate((root, within) => Boolean((root as Document).activeElement?.closest(within)), selector);

/** The controls that stick out of the page at its sides, or whose words do out of them. */
const cutOff = (tab: Tab): Promise<string[]> =>
  tab.document.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('main button, main input, main textarea, main select'))
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.visually-hidden'))
      .filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        const isOut = left < -1 || right > document.documentElement.clientWidth + 1;
        return isOut || (one.localName === 'button' && one.scrollWidth > one.clientWidth + 2);
      })
      .map((one) => one.getAttribute('aria-label') ?? one.textContent ?? one.id),
  );

const openRubric = async (given: Given) => pageOf(await given.openExtension('workbench.html#/rubric'));

async function putIntoForce(page: Ui, name: string, project: object): Promise<void> {
  await page.get('button', 'Import a project');
  await chooseFile(page, name, project);
  await page.shows(`${name} is here to look at.`);
  await page.click('button', 'Put into force');
  await page.shows('This is what your reviewers have.');
}

/** Opens the editor on the answer about the order, by its key. */
async function openOrder(given: Given): Promise<Review> {
  const review = await given.openChat('deep-chat', 'orders');
  await review.chat.pointAt('by Thursday');
  await openEditor(review, 'm');
  return review;
}

inEachBrowser('the team’s rubric', (given) => {
  it('given a file, when it is put into force, then answers are judged by it with keys; and a new version leaves what was judged readable', async () => {
    const page = await openRubric(given);
    await page.get('button', 'Import a project');
    await chooseFile(page, 'broken.json', broken);
    await page.shows('rubrics.0.dimensions.0.shownWhen.dimension.id: there is no question "gone".');
    await page.shows('This is what your reviewers have.');
    expect(await given.inside.ask('setProject', { json: JSON.stringify(broken) })).toMatchObject({
      error: { code: 'invalid', field: 'rubrics.0.dimensions.0.shownWhen.dimension.id' },
    });
    await putIntoForce(page, 'parcels.json', first);
    await chooseFile(page, 'broken.json', broken);
    await page.shows('there is no question "gone"');
    await page.shows('Parcel desk');

    const review = await openOrder(given);
    const { editor, tab } = review;
    const { keyboard } = tab.page;
    await keyboard.press('a');
    await keyboard.press('2');
    await editor.shows('“Promises a day” is critical: an answer with it cannot be approved.');
    await editor.get('textbox', 'Which day was promised?');
    await keyboard.press('r');
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('“Which day was promised?” has to be answered.');
    // A save that lacks an answer leads to it.
    await until(
      'the focus is at the question',
      async () => (await editor.find('textbox', 'Which day was promised?'))?.focused,
    );
    await keyboard.type('Thursday');
    // It goes with the label that asks for it, and comes back with what was typed.
    await editor.click('button', /^Promises a day/);
    await until('the question is gone', async () => (await editor.find('textbox', 'Which day was promised?')) === null);
    await keyboard.press('2');
    expect((await editor.get('textbox', 'Which day was promised?')).value).toBe('Thursday');
    await editor.click('radio', '1, rude');
    await editor.fill('Why “1 of 5”?', 'It blames the customer.');
    await shot(tab, `rubric-editor-${given.browser}`);
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer');
    const [judged] = await given.inside.revisions(1);
    expect(judged?.review).toMatchObject({
      rubric: { id: 'team', version: '1' },
      guidelines: '1',
      judgement: { verdict: 'reject', labels: ['promise'] },
    });
    expect(judged?.review.judgement.ratings.toSorted((a, b) => (a.dimension < b.dimension ? -1 : 1))).toEqual([
      { dimension: 'day', value: 'Thursday' },
      { dimension: 'tone', value: 1, reason: 'It blames the customer.' },
    ]);

    // What the team agreed is one key away from the label that has the focus, and can be searched.
    await editor.click('button', /^Promises a day/);
    await keyboard.press('g');
    await editor.shows('A named day is a promise.');
    await until(
      'the search has the focus',
      async () => (await editor.find('searchbox', 'Search the guidelines'))?.focused,
    );
    await keyboard.type('sorry once');
    await editor.shows('names the day, and says sorry once');
    await keyboard.press('Escape');
    await until('the focus is back', async () => (await editor.find('button', /^Promises a day/))?.focused);
    await keyboard.press('2');
    await until('no unsaved work is left', async () => (await given.inside.stored()).drafts.length === 0);
    await tab.close();

    await putIntoForce(page, 'parcels-2.json', second);
    await page.shows('version 2');
    const again = await openOrder(given);
    await again.editor.shows('when you last saved it was 1');
    await again.editor.shows(/New ?: Say sorry once Changed ?: Days are promises/);
    await again.editor.get('button', /^Promises a day ?earlier rubric/);
    await shot(again.tab, `rubric-news-${given.browser}`);
    await again.editor.click('button', 'Put this notice away');
    await again.editor.click('button', /Too slow/);
    await pressTogether(again.tab, 'Control', 'Enter');
    await again.editor.shows('Saved on this computer');
    const [kept, revised] = await given.inside.revisions(2);
    expect(kept?.review).toEqual(judged?.review);
    expect(revised?.review).toMatchObject({
      rubric: { version: '2' },
      guidelines: '2',
      judgement: { labels: ['slow', 'promise'] },
    });

    // In the workbench each revision has the words of its own rubric.
    const detail = pageOf(await given.openExtension(`workbench.html#/reviews/${kept?.id}`));
    await detail.shows('Promises a day');
    await detail.shows(/Which day was promised\? Thursday/);
  });

  describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
    it('given a lead who has never seen a file, then a ready-made rubric is chosen, changed, tried and put into force; axe finds nothing', async () => {
      await given.inside.call('saveSettings', { theme });
      await given.inside.call('setProject', { json: null });
      const tab = await given.openExtension('workbench.html#/rubric');
      const page = pageOf(tab);
      await page.click('button', 'Begin with a ready-made rubric');
      await page.click('button', /^Safety/);
      await page.click('radio', 'Approve');
      await page.click('button', /^Self-harm ?critical$/);
      await page.shows('“Self-harm” is critical: an answer with it cannot be approved.');
      await page.get('radiogroup', 'How bad if somebody acted on it?');
      await page.click('button', 'Add a label');
      await page.fill('Name of the label', 'Brand name');
      await page.get('button', 'Remove Brand name');
      await page.click('button', 'Show changes');
      await page.shows('New Rubric “Safety”');
      await shot(tab, `rubric-page-${given.browser}-${theme}`);
      expect(await seriousFindings(tab.document, theme)).toEqual([]);
      await page.click('button', 'Put into force');
      await page.shows('This is what your reviewers have.');

      const review = await openOrder(given);
      await review.editor.click('button', /^Self-harm ?critical$/);
      await review.editor.click('radio', 'Reject');
      await review.editor.click('radio', '7, a life, or a child');
      await review.editor.click('button', 'Guidelines · version 1');
      await review.editor.shows('Think of the ordinary reader');
      await shot(review.tab, `rubric-safety-${given.browser}-${theme}`);
      const frame = await until('the editor is there', review.tab.editor);
      expect(await seriousFindings(frame)).toEqual([]);
    });
  });

  it('given the keyboard alone, when a label is added, named, moved, tried, put into force and taken out, then the focus is never lost on the way', async () => {
    await given.inside.call('setProject', { json: null });
    const tab = await given.openExtension('workbench.html#/rubric');
    const page = pageOf(tab);
    const { keyboard } = tab.page;
    await page.get('button', 'Add a label');
    // Each of them is a stop on the way.
    await tabTo(page, 'textbox', 'Name of the project');
    await tabTo(page, 'button', 'Add a question');
    await tabTo(page, 'button', 'Add a label');
    await keyboard.press('Enter');
    await hasFocus(page, 'textbox', 'Name of the label');
    // The name that it came with is selected.
    await keyboard.type('Brand name');
    await pressTogether(tab, 'Shift', 'Tab');
    await hasFocus(page, 'button', 'Remove Brand name');
    await pressTogether(tab, 'Shift', 'Tab');
    await hasFocus(page, 'button', 'Move Brand name up');
    await keyboard.press('Enter');
    await page.get('button', 'Move Brand name down');
    await until('it can go down again', async () => !(await page.get('button', 'Move Brand name down')).disabled);
    await hasFocus(page, 'button', 'Move Brand name up');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    // It is the last again, and can only go up.
    await hasFocus(page, 'button', 'Move Brand name up');

    await tabTo(page, 'button', 'Add a topic');
    await tabTo(page, 'button', 'Start over');
    await tabToElement(tab, 'button 9Brand name');
    await keyboard.press(' ');
    await until('it is chosen', () => focusIsIn(tab, '[aria-pressed="true"]'));
    await tabTo(page, 'button', 'Put into force');
    await keyboard.press('Enter');
    await page.shows('This is what your reviewers have.');
    await until('the focus is beside these words', () => focusIsIn(tab, '.ru-foot'));

    await tab.reload();
    await page.get('button', 'Remove Brand name');
    await page.shows('This is what your reviewers have.');
    await tabTo(page, 'textbox', 'Name of the project');
    await tabTo(page, 'button', 'Add a question');
    await tabTo(page, 'button', 'Remove Brand name');
    await keyboard.press('Enter');
    // Its neighbor has the focus, in whose row it was.
    await hasFocus(page, 'button', /^Other ?Anything/);
    await page.shows('1 change, not in force yet.');
  });

  it('given forced colors, text of twice the size, or a language from right to left, when a label is added, then nothing is cut off and axe finds nothing', async () => {
    await given.inside.call('saveSettings', { theme: 'light' });
    await given.inside.call('setProject', { json: null });
    const tab = await given.openExtension('workbench.html#/rubric');
    const page = pageOf(tab);
    await page.click('button', 'Add a label');
    await hasFocus(page, 'textbox', 'Name of the label');
    await tab.page.keyboard.type('Brand name');
    for (const look of ['usual', 'colors', 'text', 'rtl'] as const) {
      await given.session.setSight(tab, look === 'rtl' ? 'usual' : look);
      await tab.document.evaluate(
        (_root, dir) => {
          document.documentElement.dir = dir;
        },
        look === 'rtl' ? 'rtl' : 'ltr',
      );
      if (look === 'colors')
        await until('colors are forced', () =>
          tab.document.evaluate(() => matchMedia('(forced-colors: active)').matches),
        );
      for (const [role, name] of [
        ['button', 'Show changes'],
        ['textbox', 'Name of the label'],
        ['button', 'Import a project'],
      ] as const) {
        await page.reveal(role, name);
        await shot(tab, `rubric-${look}-${name.split(' ')[0]}-${given.browser}`);
        expect(await cutOff(tab), look).toEqual([]);
      }
      const wrong = await seriousFindings(tab.document);
      // Whether a system's own colors go together is the system's; Firefox without a window has none of such a person.
      const isOurs = ({ rule }: { rule: string }) =>
        look !== 'colors' || given.browser === 'chromium' || rule !== 'color-contrast';
      expect(wrong.filter(isOurs), look).toEqual([]);
    }
    await given.session.setSight(tab, 'usual');
  });
});
