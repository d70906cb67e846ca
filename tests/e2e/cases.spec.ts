/** Where a reviewer is not sure: a question, what others say to it, a ruling, a rule in the guidelines, and a hint at the next answer like it. */
import { expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { openEditor } from '../support/judge.ts';
import { pressTogether } from '../support/keys.ts';
import { aProject } from '../support/projects.ts';
import { shot } from '../support/shots.ts';

inEachBrowser('cases', (given) => {
  it('given a reviewer who is not sure, a case becomes a ruling, a guideline, and a hint at the next answer like it', async () => {
    await given.inside.call('saveSettings', { theme: 'light', reviewerName: 'Ada' });
    await given.inside.call('setProject', { json: JSON.stringify(aProject()) });
    const review = await given.openChat('deep-chat', 'orders');
    const { chat, tab, editor } = review;
    await chat.pointAt('by Thursday');
    await openEditor(review, 'm');
    await tab.page.keyboard.press('u');
    await editor.fill('What is not clear?', 'May a reply name a day?');
    await shot(tab, `cases-editor-${given.browser}`);
    await editor.click('button', 'Open a case');
    await editor.shows('The case is open. You find it in the workbench, under Cases.');
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer');
    await tab.close();

    const lead = await given.openExtension('workbench.html#/cases');
    const page = pageOf(lead);
    await page.shows(/1 case ?, open/);
    expect(await seriousFindings(lead.document, 'light')).toEqual([]);
    await shot(lead, `cases-list-${given.browser}`);
    await page.click('link', 'May a reply name a day?');
    await page.fill('Say something to it', 'The carrier promises none.');
    await page.click('button', 'Add');
    await page.shows(/Ada ?, at \d\d:\d\d ?The carrier promises none\./);
    await page.click('button', 'Take it over');
    await page.click('radio', 'Correct');
    await page.fill('Because', 'A named day is a promise. Say “2 to 4 working days”.');
    await page.click('button', 'Rule');
    await page.click('button', 'Make it a guideline');
    await page.click('button', 'Wrong');
    for (const theme of ['light', 'dark'] as const) {
      await given.inside.call('saveSettings', { theme });
      expect(await seriousFindings(lead.document, theme)).toEqual([]);
      await shot(lead, `cases-ruling-${given.browser}-${theme}`);
    }
    await page.click('button', 'Add to the guidelines');
    // A notice says so too, and goes by itself.
    await page.shows('It stands in the guidelines.');

    // The same answer, in another product: nothing but its words tells.
    const next = await given.openChat('chatscope', 'orders');
    await next.chat.pointAt('by Thursday');
    await openEditor(next, 'm');
    await next.editor.shows(/Ruled about an answer like this one: ?Corrected ?\. ?A named day is a promise\./);
    await next.editor.shows(/The question was: ?May a reply name a day\?/);
    await shot(next.tab, `cases-hint-${given.browser}`);
  });

  it('given a deletion of everything, no case is left', async () => {
    const page = pageOf(await given.openExtension('workbench.html#/cases'));
    await page.shows('Where you are not sure about an answer');
  });
});
