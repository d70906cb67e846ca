/** Rules set up front: tried on stored reviews, put into force, obeyed at the key and in the editor, cut off where they hang, locked by an organisation. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import { pageOf } from '../support/browser/ui.ts';
import { type Given, inEachBrowser, newProfile } from '../support/given.ts';
import { keysGoTo, pressTogether } from '../support/keys.ts';
import { aPolicy, aProject } from '../support/projects.ts';
import { shot } from '../support/shots.ts';

const setProject = (given: Given, project: object | null) =>
  given.inside.call('setProject', { json: project && JSON.stringify(project) });

/** Presses a key at the answer about the order, on a page of its own. */
async function judge(given: Given, product: 'deep-chat' | 'chatscope', key: 'a' | 'r') {
  const review = await given.openChat(product, 'orders');
  await review.chat.pointAt('by Thursday');
  await review.toolbar.get('button', 'Approve');
  await review.tab.page.keyboard.press(key);
  return review;
}

inEachBrowser('policies', (given) => {
  it('given a new policy, it is tried on stored reviews, put into force, and keeps the answer from being approved with one key', async () => {
    await given.inside.call('saveSettings', { theme: 'light' });
    await setProject(given, null);
    const first = await judge(given, 'deep-chat', 'a');
    await first.toolbar.shows('Approved');
    await given.inside.revisions(1);

    const tab = await given.openExtension('workbench.html#/policies');
    const page = pageOf(tab);
    await page.shows('Add a policy, and see here what it would have said.');
    await page.click('button', 'Add a policy');
    await page.fill('Name of the policy', 'No promised days');
    await page.click('radio', 'Never to be said');
    await page.fill('Phrases', 'by Thursday, tomorrow');
    await page.fill('Why', 'Nobody knows when a parcel comes.');
    await page.fill('Pattern', '(open');
    await page.shows('policies.0.pattern: cannot be used. A ( is not closed.');
    await page.fill('Pattern', '(?i)by thu\\w+');
    await page.click('button', 'Try it');
    await page.shows('Of 1 review in the last 7 days, it would have applied to 1: 1 approved.');
    expect(await tab.document.evaluate((root) => root.querySelector('mark')?.textContent)).toBe('by Thursday');
    expect(await seriousFindings(tab.document, 'light')).toEqual([]);
    await shot(tab, `policies-${given.browser}-light`);
    await given.inside.call('saveSettings', { theme: 'dark' });
    expect(await seriousFindings(tab.document, 'dark')).toEqual([]);
    await shot(tab, `policies-${given.browser}-dark`);
    await page.click('button', 'Put into force');
    await page.shows('In force: it counts from the next judgement on.');
    await first.tab.close();

    const { tab: chat, editor } = await judge(given, 'chatscope', 'a');
    await editor.shows('Policy “No promised days” forbids this: “by Thursday” is in the answer.');
    await editor.shows('Nobody knows when a parcel comes.');
    await shot(chat, `policies-editor-${given.browser}`);
    await keysGoTo(editor);
    await pressTogether(chat, 'Control', 'Enter');
    await editor.shows('Correct the answer, or reject it.');
    expect(await given.inside.revisions(1)).toHaveLength(1);
    await editor.click('radio', 'Reject');
    await pressTogether(chat, 'Control', 'Enter');
    await editor.shows('Saved on this computer');
    const stored = await given.inside.revisions(2);
    const judged = stored.find(({ verdict }) => verdict === 'reject');
    expect(judged?.review.oversight?.policies).toEqual([{ id: 'new-policy', demand: 'forbid', severity: 'major' }]);
    const detail = pageOf(await given.openExtension(`workbench.html#/reviews/${judged?.id}`));
    await detail.shows('Policy new-policy (major) forbids what it says.');
  });

  it('given a policy that asks for a second person, the editor asks for a name, and takes none of the reviewer’s own', async () => {
    await given.inside.call('saveSettings', { theme: 'light', reviewerName: 'Ada' });
    await setProject(given, aProject({ policies: [aPolicy({ demand: 'approver', phrases: ['Thursday'] })] }));
    const { tab, editor } = await judge(given, 'chatscope', 'a');
    await editor.fill('Who agrees', 'ada');
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('two people have to agree');
    await editor.fill('Who agrees', 'Grace');
    await shot(tab, `policies-approver-${given.browser}`);
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer');
    const [saved] = await given.inside.revisions(1);
    expect(saved?.review.oversight).toMatchObject({ approver: 'Grace', policies: [{ demand: 'approver' }] });
    await given.inside.call('saveSettings', { reviewerName: null });
  });

  it('given a rule that hangs, it is cut off, the judgement is taken, and the page names it as switched off', async () => {
    // A thousand threads at every character: what a team can write by mistake, on any answer of some length.
    const pattern = `(?:${'.?'.repeat(480)})zzz`;
    const dear = aPolicy({ id: 'dear', name: 'Too dear', demand: 'forbid', pattern });
    await setProject(given, aProject({ policies: [dear, aPolicy({ demand: 'review' })] }));
    const snapshot = {
      ...{ text: 'It will be with you soon. '.repeat(2_000), markdown: '', prompt: null, model: null },
      ...{ conversationKey: null, messageId: null, pageUrl: 'https://desk.example/', pageTitle: '', foundBy: null },
      ...{ truncated: false, length: 52_000, settled: true, capturedAt: new Date().toISOString() },
    };
    await given.inside.call('queue', { site: 'https://desk.example', responseKey: 'long', state: 'aside', snapshot });
    await given.inside.call('judge', {
      ...{ origin: 'https://desk.example', responseKey: 'long', snapshot, basedOn: 0, spentMs: 0 },
      ...{ id: '019aa551-1c88-7b1e-9d3f-3f2a6c0d8e55', saveId: '019aa551-1c88-7b1e-9d3f-3f2a6c0d8e56' },
      judgement: { verdict: 'approve', labels: [], ratings: [], correction: null, comment: null },
      ...{ surface: 'sidepanel', visibility: 'verified' },
    });
    const [saved] = await given.inside.revisions(1);
    expect(saved?.review.oversight?.policies).toEqual([{ id: 'money-back', demand: 'review', severity: 'major' }]);
    const page = pageOf(await given.openExtension('workbench.html#/policies'));
    await page.shows(/“ ?Too dear ?” has no say\. ?It took too long on a text of 52,000 characters and was cut off\./);
    await page.click('button', 'Try it');
    await page.shows('It cannot be applied. It took too long');
  });
});

/** What the organisation sets, in the two shapes that browsers know. */
const managed = {
  settings: { keepDays: 90 },
  policies: [
    { id: 'org', name: 'Nobody names a day', demand: 'forbid', severity: 'critical', phrases: ['by Thursday'] },
  ],
};
const chromiumFolder = '/etc/chromium/policies/managed';
const chromiumFile = join(chromiumFolder, 'countersign-policies-spec.json');
const home = process.env.HOME;

/** Firefox reads it from the home folder of whoever starts it; Chromium from a folder of the computer. */
async function prepare(browser: string): Promise<object> {
  if (browser === 'firefox') {
    const folder = await newProfile();
    await mkdir(join(folder, '.mozilla/managed-storage'), { recursive: true });
    const name = 'countersign@countersign.dev';
    const manifest = { name, description: 'What the organisation sets', type: 'storage', data: managed };
    await writeFile(join(folder, `.mozilla/managed-storage/${name}.json`), JSON.stringify(manifest));
    process.env.HOME = folder;
  } else await mkdir(chromiumFolder, { recursive: true }).catch(() => {});
  return {};
}
afterAll(async () => {
  const made = process.env.HOME;
  process.env.HOME = home ?? homedir();
  if (made && made !== home) await rm(made, { recursive: true, force: true, maxRetries: 5 });
  await rm(chromiumFile, { force: true });
});

inEachBrowser(
  'what an organisation sets',
  (given) => {
    it('given a managed policy of the browser, its settings are locked, and its rules in force beside the team’s', async (context) => {
      if (given.browser === 'chromium') {
        const extensions = { [new URL(given.session.extensionOrigin).hostname]: managed };
        const written = await writeFile(chromiumFile, JSON.stringify({ '3rdparty': { extensions } })).then(
          () => true,
          () => false,
        );
        if (!written) context.skip(`${chromiumFolder} can be written by root only`);
        await given.restart('close');
      }
      const page = pageOf(await given.openExtension('workbench.html#/policies'));
      await page.shows('Nobody names a day');
      const tab = await given.openExtension('workbench.html#/privacy');
      await pageOf(tab).shows('Set by your organisation');
      const select = await tab.document.evaluate((root) => {
        const field = root.querySelector<HTMLSelectElement>('#keep-days');
        return { value: field?.value, disabled: field?.matches(':disabled') };
      });
      expect(select).toEqual({ value: '90', disabled: true });
      await shot(tab, `policies-managed-${given.browser}`);
      expect(await given.inside.ask('saveSettings', { keepDays: 1 })).toMatchObject({
        error: { code: 'forbidden', field: 'keepDays', message: 'This is set by your organisation.' },
      });
      const { editor } = await judge(given, 'chatscope', 'a');
      await editor.shows('Policy “Nobody names a day” forbids this');
      await until('the judgement waits', async () => (await given.inside.stored()).drafts.length === 1);
      expect((await given.inside.stored()).revisions).toHaveLength(0);
    });
  },
  prepare,
);
