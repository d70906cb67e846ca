/** Sites and rules in the workbench: a pack from a file, changed, deleted and brought back; what that does on an open page. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import { pageOf, type Ui } from '../support/browser/ui.ts';
import { chooseFile } from '../support/choose-file.ts';
import { corsHeaders, startEndpoint } from '../support/endpoint.ts';
import { inEachBrowser } from '../support/given.ts';
import { approveOrder } from '../support/judge.ts';
import { shot } from '../support/shots.ts';

const rule = {
  ...{ id: 'team-desk', name: 'Team desk', version: '2026-11-20', matches: ['https://desk.example/*'] },
  variants: [{ id: 'thread', assistant: '.bot', user: '.customer' }],
  provenance: { source: 'a look at the page', date: '2026-11-20', confidence: 'medium' },
};
const packOf = (...rules: readonly object[]) => ({
  ...{ format: 'countersign-rules', version: '3', rules },
  authors: [{ site: 'team-desk', author: 'Lyro', is: 'assistant' }],
});

inEachBrowser('sites and rules', (given) => {
  const openSites = async () => {
    const page = pageOf(await given.openExtension('workbench.html#/sites'));
    await page.get('button', 'Import rules');
    return page;
  };
  const details = async (page: Ui) => {
    if (!(await page.find('button', 'Rename'))) await page.click('button', 'Details of Team desk');
  };

  it('given a pack from a file, then its rule can be renamed, edited, deleted and brought back, and a mistake is named', async () => {
    const page = await openSites();
    await chooseFile(page, 'team.json', packOf(rule));
    await page.shows('1 rule and 1 author taken from team.json.');
    await page.get('switch', /^Team desk ?desk\.example/);
    await page.get('button', 'Forget Lyro on Team desk');

    await details(page);
    await page.click('button', 'Rename');
    await page.fill('Name', 'Help desk');
    await page.click('button', 'Save name');
    await page.get('switch', /^Help desk/);

    await page.click('button', 'Edit as JSON');
    await page.fill('Rule as JSON', '{"id":"x"}');
    await page.click('button', 'Save rule');
    await page.shows('Rule "x": name is missing.');
    await page.click('button', 'Cancel');

    await page.click('button', 'Delete');
    await page.shows('The rule for Help desk is deleted.');
    await until('the rule is gone', async () => !(await page.find('switch', /^Help desk/)));
    await page.click('button', 'Undo');
    await page.get('switch', /^Help desk/);
    await given.inside.call('removeRule', { id: rule.id });
    await given.inside.call('saveAuthor', { site: 'team-desk', author: 'Lyro', is: null });
  });

  it('given a pack with one bad rule, then nothing of it is taken and the rule is named', async () => {
    const page = await openSites();
    await chooseFile(
      page,
      'bad.json',
      packOf(rule, { ...rule, id: 'greedy', variants: [{ id: 'v', assistant: ':has(*)' }] }),
    );
    await page.shows(/greedy/);
    expect(await page.find('switch', /^Team desk/)).toBeNull();
  });

  it('given an open chat, when its rule is switched off, then the toolbar leaves it, and comes back when switched on', async () => {
    const review = await given.openChat('deep-chat', 'orders');
    await review.toolbar.get('button', 'Approve');
    const page = await openSites();
    await page.get('button', /^Copy report on/);
    await page.click('searchbox', 'Search rules');
    await page.tab.page.keyboard.type('deep-chat');
    await page.click('switch', /^deep-chat/);
    await until('the rule is off', async () => (await page.get('switch', /^deep-chat/)).state === 'false');
    await given.inside.call('saveSettings', { findWithoutRule: false });
    // A tab behind another draws nothing.
    await review.tab.bringToFront();
    await until('the answer is no answer any more', async () => !(await review.toolbar.find('button', 'Approve')));

    await page.tab.bringToFront();
    await page.click('switch', /^deep-chat/);
    await given.inside.call('saveSettings', { findWithoutRule: true });
    await review.tab.bringToFront();
    await review.toolbar.get('button', 'Approve');
  });

  it('given the threshold, when it is moved by keyboard, then its meaning is said and it is stored', async () => {
    const page = await openSites();
    await page.click('slider', 'Threshold');
    await page.tab.page.keyboard.press('End');
    await page.shows('Only what is certain counts as an AI answer');
    await page.shows('Saved');
    await page.tab.page.keyboard.press('Home');
    await page.shows('What is likely counts as an AI answer');
    await given.inside.call('saveSettings', { assertFrom: 0.5 });
  });

  it('given a team’s address, then its rules are fetched and listed; given a bad pack later, the last good one stays and the problem is said', async () => {
    const endpoint = await startEndpoint();
    const answer = (pack: object) => (_request: object, response: ServerResponse) =>
      void response.writeHead(200, { ...corsHeaders, 'content-type': 'application/json' }).end(JSON.stringify(pack));
    try {
      endpoint.answer(answer(packOf(rule)));
      const page = await openSites();
      await page.fill('Address', endpoint.url.replace('/v1/events', '/v1/rules'));
      await page.click('button', 'Use these rules');
      await page.shows(/1 rule of version 3, fetched at \d\d:\d\d\./);
      await page.shows('From the team');

      endpoint.answer(answer(packOf({ ...rule, variants: [{ id: 'thread', assistant: '*' }] })));
      await page.click('button', 'Update now');
      await page.shows(/team-desk.*everything/);
      await page.get('switch', /^Team desk/);

      await page.click('button', 'Forget');
      await page.click('button', 'Forget the team’s rules');
      await until('the team’s rule is gone', async () => !(await page.find('switch', /^Team desk/)));
    } finally {
      await given.inside.call('setRulePack', { url: null });
      await endpoint.close();
    }
  });

  describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
    it('given the page with a rule open in the editor, then axe finds nothing serious', async () => {
      await given.inside.call('saveSettings', { theme });
      const page = await openSites();
      await page.click('button', 'Write a rule');
      await page.get('textbox', 'Rule as JSON');
      await page.get('button', /^With the program/);
      await page.click('searchbox', 'Search rules');
      await page.tab.page.keyboard.type('ChatGPT');
      await page.click('button', 'Details of ChatGPT');
      expect(await seriousFindings(page.tab.document, theme)).toEqual([]);
    });
  });

  it('given where the trace of an answer stands, when it is tried and kept, then reviews carry the trace from then on', async () => {
    const traceId = '5b8efff798038103d269b633813fc60c';
    const { chat, tab, toolbar } = await given.openChat('deep-chat', 'orders', { trace: traceId });
    await chat.pointAt('by Thursday');
    await toolbar.get('button', 'Approve');
    const workbench = await given.openExtension('workbench.html#/sites');
    const page = pageOf(workbench);
    await page.click('button', 'Add a site');
    await page.fill('Site', `${given.chats.origin}/deep-chat`);
    await workbench.page.select('#trace-from', 'address');
    await page.fill('Pattern', 'trace=[0-9a-f]+');
    await page.click('button', 'Try on open pages');
    await page.shows('Put what is the trace into brackets: ( ).');
    await page.fill('Pattern', 'trace=([0-9a-f]+)');
    await page.click('button', 'Try on open pages');
    await page.shows(new RegExp(`answers? ha(s|ve) a trace here: ${traceId}`));
    expect(await seriousFindings(workbench.document)).toEqual([]);
    await shot(workbench, `traces-${given.browser}`);
    await page.click('button', 'Keep');
    await page.get('button', `Change ${given.chats.origin}`);
    await workbench.close();
    await tab.bringToFront();
    await tab.reload();
    await approveOrder({ chat, tab, toolbar });
    const [kept] = await given.inside.revisions(1);
    expect(kept?.review.snapshot.trace).toEqual({ id: traceId });
    await given.inside.call('saveSettings', { traces: [] });
  });
});
