/** What was corrected on one site is at hand where the same comes again on another: the approved text, and how the model stands. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatServer, startChats } from '../fixtures/chats/server.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import { editorOf, overlayOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { askAndPoint, openEditor } from '../support/judge.ts';
import { pressTogether } from '../support/keys.ts';
import { aRule } from '../support/rules.ts';
import { shot } from '../support/shots.ts';

const approved =
  'You can return any item within 30 days of delivery, unworn and in the original box. The return label is free.';
const wrongAgain =
  'Hello Tomoko, you can return any item within 60 days of delivery, worn or unworn. Pack it in any box and bring it to the nearest parcel shop. The return label costs 4.90 €, which we take off your refund.';
const rightNow = `Hello Fiona! ${approved}`;
const unrelated = 'Our shop in Lyon opens at nine on weekdays, and at ten on Saturdays. On Sundays it is closed.';

const page = (
  question: string,
  answer: string,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Desk</title>
<link rel="icon" href="data:,"><style>body{font:16px sans-serif;margin:40px 40px 500px;max-width:640px}
.question,.answer{padding:12px 16px;margin:12px 0;border-radius:12px}.question{background:#eef}.answer{border:1px solid #ccc}</style></head>
<body><p class="question">${question}</p><p class="answer">${answer}</p><textarea aria-label="Reply"></textarea></body></html>`;
const rule = aRule({
  id: 'desk',
  name: 'Desk',
  matches: ['http://127.0.0.1/desk/*'],
  variants: [{ id: 'default', assistant: '.answer', user: '.question' }],
  composer: 'textarea',
});

inEachBrowser('corrected before', (given) => {
  /** Another origin than the chats'. */
  let desk: ChatServer;
  beforeAll(async () => {
    desk = await startChats();
  });
  afterAll(() => desk?.close());

  /** The answer on the other site, in the editor. */
  const openAnswer = async (name: string, question: string, answer: string) => {
    desk.serve(`/desk/${name}`, { html: page(question, answer) });
    const tab = await given.open(`${desk.origin}/desk/${name}`);
    const [toolbar, editor] = [overlayOf(tab), editorOf(tab)];
    await toolbar.get('button', 'Approve');
    return { tab, toolbar, editor };
  };
  /** How the newest review stands to what was corrected before. */
  const recurrenceOf = async (revisions: number) =>
    (await given.inside.revisions(revisions)).at(-1)?.review.oversight?.recurrence ?? null;

  it('given a correction in one product, when the same comes again on another site, then it is marked there, the approved text is shown and inserted, and each review keeps how the model stands', async () => {
    await given.inside.call('saveRule', { rule });
    const first = await given.openChat('deep-chat', 'new');
    await askAndPoint(first, 'Can I return an item that I have worn?', 'parcel shop');
    await openEditor(first, 'c');
    await first.editor.fill('Correction', approved);
    await pressTogether(first.tab, 'Control', 'Enter');
    await first.editor.shows('Saved on this computer');
    const [corrected] = await given.inside.revisions(1);
    expect(corrected?.review.oversight?.recurrence).toBeUndefined();

    const { tab, toolbar, editor } = await openAnswer('again', 'May I return an item after wearing it?', wrongAgain);
    await toolbar.shows('Corrected before');
    // The page may know that, and nothing more.
    expect(await toolbar.text()).not.toContain('30 days');
    await shot(tab, `corrected-before-page-${given.browser}`);
    await openEditor({ chat: undefined as never, tab, toolbar, editor }, 'm');
    await editor.shows('This answer says what was corrected then.');
    await editor.shows('30 days');
    await shot(tab, `corrected-before-${given.browser}`);
    const surface = await tab.editor();
    expect(surface && (await seriousFindings(surface))).toEqual([]);

    await editor.click('button', 'Insert approved text');
    await editor.shows('It is in the message field. Nothing was sent.');
    expect(await tab.page.$eval('textarea', (field) => field.value)).toBe(approved);
    await editor.click('button', 'Use as my correction');
    await until(
      'the approved text is the correction',
      async () => (await editor.get('textbox', 'Correction')).value === approved,
    );
    await pressTogether(tab, 'Control', 'Enter');
    await editor.shows('Saved on this computer');
    expect(await recurrenceOf(2)).toMatchObject({ reviewId: corrected?.id, state: 'same' });

    const fixed = await openAnswer('right', 'Can I return an item that I have worn?', rightNow);
    await openEditor({ chat: undefined as never, ...fixed }, 'm');
    await fixed.editor.shows('This answer says it right now.');
    await fixed.editor.shows('still the same once');
    await shot(fixed.tab, `corrected-before-right-${given.browser}`);
    await fixed.editor.click('button', 'Something else');
    await fixed.editor.shows('Not counted');
    await fixed.editor.click('button', 'It is the same after all');
    await fixed.tab.page.keyboard.press('Escape');
    await fixed.toolbar.get('button', 'Approve');
    await fixed.tab.page.keyboard.press('a');
    expect(await recurrenceOf(3)).toMatchObject({ reviewId: corrected?.id, state: 'fixed' });

    const regressed = await openAnswer(
      'wrong',
      'I have worn an item, may I return it?',
      wrongAgain.replace('Tomoko', 'Ahmed'),
    );
    await regressed.toolbar.shows('Corrected before');
    await regressed.tab.page.keyboard.press('r');
    await regressed.toolbar.get('button', 'Wrong');
    await regressed.tab.page.keyboard.press('1');
    expect(await recurrenceOf(4)).toMatchObject({ reviewId: corrected?.id, state: 'regressed' });

    const workbench = await given.openExtension(
      `workbench.html#/reviews/${(await given.inside.revisions(4)).at(-1)?.id}`,
    );
    await until('the workbench says how the model stands', async () =>
      (await workbench.document.evaluate((root) => root.querySelector('body')?.textContent ?? '')).includes(
        'The model is wrong again, after it was right.',
      ),
    );
    await shot(workbench, `corrected-before-workbench-${given.browser}`);
  });

  it('given an answer about something else, says nothing of it', async () => {
    await given.inside.call('saveRule', { rule });
    const { tab, toolbar, editor } = await openAnswer('else', 'When do you open in Lyon?', unrelated);
    await openEditor({ chat: undefined as never, tab, toolbar, editor }, 'm');
    expect(await editor.text()).not.toContain('Corrected before');
  });
});
