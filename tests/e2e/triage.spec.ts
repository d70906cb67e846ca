/** Which answers ask for a review: marked on the page, counted on the button, in the queue with their reasons, by one's own terms. */
import { expect, it } from 'vitest';
import type { SiteRule } from '../../utils/detection/types.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import { editorOf, overlayOf, pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { aRule } from '../support/rules.ts';
import { shot } from '../support/shots.ts';

/** A support chat in which one answer contradicts the one before, and another refuses what the user then complains of. */
const turns: readonly (readonly [question: string, answer: string])[] = [
  [
    'Which size is the tent for two people?',
    'The tent for two people is 120 cm wide inside and packs into a small bag.',
  ],
  ['What does the tent cost?', 'The tent costs €189 with poles and pegs, and shipping is free.'],
  ['And the tent with the ground sheet?', 'The tent costs €249 with poles and pegs, and shipping is free.'],
  ['You said €189 a moment ago. Please cancel order 4417.', "I'm sorry, but I can't help with orders."],
  [
    'That is ridiculous. I want to talk to a human!',
    'A colleague will be with you in a few minutes. Thank you for waiting.',
  ],
];
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tent shop</title>
<link rel="icon" href="data:,"><style>body{font:16px sans-serif;margin:40px 40px 400px;max-width:520px}
p{padding:12px 16px;margin:12px 0;border-radius:12px}.question{background:#eef;color:#112}.answer{border:1px solid #ccc}</style></head>
<body><main class="thread">${turns
  .map(([question, answer]) => `<p class="question">${question}</p><p class="answer">${answer}</p>`)
  .join('')}</main><textarea aria-label="Message"></textarea></body></html>`;

const rule: SiteRule = aRule({
  id: 'tents',
  name: 'Tents',
  matches: ['http://127.0.0.1/*'],
  variants: [{ id: 'default', assistant: '.answer', user: '.question' }],
  composer: 'textarea',
});

inEachBrowser('triage', (given) => {
  const open = async () => {
    given.chats.serve('/tents', { html });
    await given.inside.call('saveSettings', { triage: { learned: 'auto', auditShare: 0 }, queueOrder: 'page' });
    await given.inside.call('saveRule', { rule });
    const tab = await given.open(`${given.chats.origin}/tents`);
    const toolbar = overlayOf(tab);
    await toolbar.get('button', 'Approve');
    return { tab, toolbar };
  };
  const marks = async (toolbar: ReturnType<typeof overlayOf>) =>
    (await toolbar.controls()).filter(({ name }) => name === 'Asks for a review. Review it.');
  const asking = (count: number, toolbar: ReturnType<typeof overlayOf>) =>
    until(`${count} answers are marked`, async () => (await marks(toolbar)).length === count);

  it('given answers that contradict and refuse, when they settle, then they ask on the page in words, the panel says why and puts them first, and the editor too; judged they ask no more', async () => {
    const { tab, toolbar } = await open();
    await asking(2, toolbar);
    await shot(tab, `triage-marks-${given.browser}`);
    const overlay = await tab.overlay();
    expect(overlay && (await seriousFindings(overlay))).toEqual([]);
    // The page may learn that, and never why.
    expect(await toolbar.text()).not.toContain('€249 where');

    const panel = pageOf(await given.openExtension('sidepanel.html'));
    await panel.shows('0 of 5 done');
    await panel.shows(/Asked because: says €249 where €189 was said before/);
    await panel.shows(/refuses: "i can't help with"/);
    await given.inside.call('saveSettings', { queueOrder: 'priority' });
    await until('what asks stands first', async () => {
      const rows = (await panel.controls()).filter(({ role }) => role === 'option');
      return rows.slice(0, 2).every(({ name }) => name.includes('Asked because'));
    });
    expect(await seriousFindings(panel.tab.document)).toEqual([]);
    await shot(panel.tab, `triage-queue-${given.browser}`);
    await panel.tab.close();
    await tab.bringToFront();

    const first = await until('a mark can be pressed', async () => (await marks(toolbar))[0]);
    await toolbar.click('button', first.name);
    const editor = editorOf(tab);
    await editor.shows(/Asked because: /);
    await shot(tab, `triage-editor-${given.browser}`);
    const surface = await tab.editor();
    expect(surface && (await seriousFindings(surface))).toEqual([]);
    await editor.click('radio', 'Reject');
    await editor.click('button', 'Save');
    await editor.shows('Saved on this computer');
    const [row] = await given.inside.revisions(1);
    expect(row?.review.oversight?.asked?.reasons.length).toBeGreaterThan(0);
    expect(row?.review.oversight?.asked?.priority).toBeGreaterThan(0.25);
    await asking(1, toolbar);
  });

  it('given other terms in the workbench, when the threshold is raised nothing asks, and with an audit share of all every answer is drawn, the same after a reload', async () => {
    const { tab, toolbar } = await open();
    await asking(2, toolbar);
    // A page behind another tab takes its time over the rest.
    await until('all five are weighed', async () => (await given.inside.count('triaged')) === 5);
    const workbench = pageOf(await given.openExtension('workbench.html#/triage'));
    await workbench.shows('When to ask');
    await workbench.shows(/Asks from 25 % on: 2 answers of the last 5/);
    await shot(workbench.tab, `triage-terms-${given.browser}`);
    expect(await seriousFindings(workbench.tab.document)).toEqual([]);
    await given.inside.call('saveSettings', { triage: { learned: 'auto', askFrom: 0.95, auditShare: 0 } });
    await workbench.shows(/Asks from 95 % on: no answers of the last 5/);
    await workbench.get('button', 'Back to the default');
    // Behind another tab nothing is drawn.
    await workbench.tab.close();
    await tab.bringToFront();
    await asking(0, toolbar);

    await given.inside.call('saveSettings', { triage: { learned: 'auto', askFrom: 0.95, auditShare: 1 } });
    // The answer with the toolbar has no mark: that one says it in words.
    const all = () => until('all are drawn', async () => (await marks(toolbar)).length === turns.length - 1);
    await all();
    await toolbar.shows('Asks for a review');
    await tab.reload();
    await toolbar.get('button', 'Approve');
    await all();
    await given.inside.call('saveSettings', { triage: { learned: 'auto' } });
  });
});
