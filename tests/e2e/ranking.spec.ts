/** Saying which of several answers is better: by keys, in random order, across pages and sites. */
import { expect, it } from 'vitest';
import type { SiteRule } from '../../utils/detection/types.ts';
import type { Preference } from '../../utils/review/schema.ts';
import { type ChatServer, startChats } from '../fixtures/chats/server.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { editorOf, overlayOf, pageOf, type Ui } from '../support/browser/ui.ts';
import { openChat } from '../support/chat.ts';
import { inEachBrowser } from '../support/given.ts';
import { keysGoTo, pressTogether } from '../support/keys.ts';
import { aDimension, aProject, aRubric } from '../support/projects.ts';
import { aRule } from '../support/rules.ts';
import { shot } from '../support/shots.ts';

/** A chat that shows several answers to one prompt: side by side, or behind a pager, or one more at each try. */
const page = (body: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Colors</title>
<link rel="icon" href="data:,"><style>body{font:16px sans-serif;margin:40px 40px 400px;max-width:700px}
.question,.answer{padding:12px 16px;margin:12px 0;border-radius:12px}.question{background:#eef}.answer{border:1px solid #ccc}
.pair{display:grid;grid-template-columns:1fr 1fr 1fr;gap:12px}</style></head><body><main class="thread">${body}</main>
<textarea aria-label="Message"></textarea></body></html>`;
const question = '<p class="question">Which color suits a sailing boat?</p>';
const texts = [
  'Red. It is seen from afar, also in fog, and boats of the coast guard have it for that reason.',
  'Blue, as the sea. Nobody will find you, but it looks good in photographs.',
  'White, because it stays cool in the sun. Ropes and dirt show on it, so wash it often.',
];
const pager = `${question}<p class="answer">${texts[0]}</p><button id="next">Next answer</button><script>
const texts = ${JSON.stringify(texts)}; let at = 0;
document.querySelector('#next').addEventListener('click', () => {
  at = (at + 1) % texts.length; document.querySelector('.answer').replaceChildren(texts[at]);
});</script>`;
const pair = (count: number) =>
  `${question}<div class="pair">${texts
    .slice(0, count)
    .map((text) => `<p class="answer">${text}</p>`)
    .join('')}</div>`;

const rule: SiteRule = aRule({
  id: 'colors',
  name: 'Colors',
  matches: ['http://127.0.0.1/*'],
  variants: [{ id: 'default', assistant: '.answer', user: '.question', group: '.pair' }],
  composer: 'textarea',
});

inEachBrowser('ranking answers', (given) => {
  const open = async (path: string, html: string) => {
    given.chats.serve(path, { html: page(html) });
    await given.inside.call('saveRule', { rule });
    const tab = await given.open(`${given.chats.origin}${path}`);
    const [toolbar, editor] = [overlayOf(tab), editorOf(tab)];
    await toolbar.get('button', 'Approve');
    return { tab, toolbar, editor, press: tab.page.keyboard.press.bind(tab.page.keyboard) };
  };

  /** The texts by their letters, as they are shown. */
  const lettersIn = (editor: Ui) =>
    editor.evaluate((root) => Array.from(root.querySelectorAll('.cmp-text'), (each) => each.textContent ?? ''));
  /** The letter under which a text is shown. */
  const letterOf = async (editor: Ui, text: string | undefined) => {
    const at = (await lettersIn(editor)).indexOf(text ?? '');
    expect(at).toBeGreaterThanOrEqual(0);
    return 'abcd'.charAt(at) as 'a';
  };
  const preferenceOf = async (revisions: number): Promise<Preference> => {
    const rows = await given.inside.revisions(revisions);
    const preference = rows.at(-1)?.review.judgement.preference;
    if (!preference) throw new Error('no preference is stored');
    return preference;
  };
  /** What axe finds wrong with the editor. */
  const wrongIn = async (tab: Tab) => {
    const surface = await tab.editor();
    return surface && seriousFindings(surface);
  };
  const save = (tab: Tab) => pressTogether(tab, 'Control', 'Enter');

  it('given two answers side by side, when the reviewer presses the better one’s letter, then the choice is stored with the order shown; E and X revise it, and undo takes it back', async () => {
    const { tab, editor, press } = await open('/pair', pair(2));
    await press('v');
    await editor.shows('Which answer is better?');
    await editor.get('button', 'A is better');
    await keysGoTo(editor);
    const shown = await lettersIn(editor);
    expect([...shown].sort()).toEqual(texts.slice(0, 2).sort());
    await shot(tab, `compare-two-${given.browser}`);

    await press(await letterOf(editor, texts[0]));
    await editor.shows(/is clearly better/);
    await press('3');
    await editor.shows(/is much better/);
    await shot(tab, `compare-two-judged-${given.browser}`);
    expect(await wrongIn(tab)).toEqual([]);
    await save(tab);
    await editor.shows('Saved on this computer');
    const first = await preferenceOf(1);
    expect(first.shown.map(({ text }) => text)).toEqual(shown);
    expect(first).toMatchObject({ outcome: 'ranked', strength: 'strong' });
    expect(first.shown.find(({ rank }) => rank === 1)?.text).toBe(texts[0]);

    await press('e');
    await editor.shows('Both are equal.');
    await save(tab);
    expect(await preferenceOf(2)).toMatchObject({ outcome: 'tie', strength: null });
    await press('x');
    await editor.shows('Both are bad.');
    await save(tab);
    expect(await preferenceOf(3)).toMatchObject({ outcome: 'both-bad', strength: null });

    await press('z');
    await editor.shows('Both are equal.');
    await press('n');
    await press('Backspace');
    await press('Backspace');
    await editor.shows(/is much better/);
    await save(tab);
    expect((await preferenceOf(4)).shown.map(({ rank, text }) => [rank, text])).toEqual(
      first.shown.map(({ rank, text }) => [rank, text]),
    );
  });

  it('given an answer that a pager put out of sight, it is compared all the same, blind, and with words that differ', async () => {
    const { tab, toolbar, editor, press } = await open('/pager', pager);
    // The first answer is remembered once the page has a moment, in which the toolbar is at it.
    await tab.document.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve())));
    await tab.page.click('#next');
    await tab.page.mouse.move(200, 120);
    // The second one counts as still being written at first; then the toolbar says so, and a person presses again.
    await until('the editor opens', async () => {
      await toolbar.get('button', 'Approve');
      await press('v');
      return until('the key opens it', editor.exists.bind(editor), { timeoutMs: 3_000 }).catch(() => false);
    });
    await editor.get('button', 'A is better');
    await keysGoTo(editor);
    expect([...(await lettersIn(editor))].sort()).toEqual(texts.slice(0, 2).sort());
    expect(await editor.text()).not.toContain('127.0.0.1');

    await press('w');
    await editor.shows('Differences from A');
    await until('the words that differ are marked', () =>
      editor.evaluate((root) => root.querySelectorAll('.rv-diff ins').length > 0),
    );
    await press('w');
    await press(await letterOf(editor, texts[1]));
    await save(tab);
    await editor.shows('Saved on this computer');
    // Judged: now it may be known.
    await editor.shows('127.0.0.1');
    expect((await preferenceOf(1)).shown.find(({ rank }) => rank === 1)?.text).toBe(texts[1]);
  });

  it('given three answers, when their letters are pressed in order of preference, then all ranks are stored, ties too, also where the page went away in the middle, and each can be rated in the same step', async () => {
    await given.inside.call('saveSettings', { theme: 'dark' });
    const { tab, toolbar, editor, press } = await open('/three', pair(3));
    await press('v');
    await editor.get('button', 'C next');
    await keysGoTo(editor);
    const [red, blue, white] = await Promise.all(texts.map((text) => letterOf(editor, text)));
    const order = await lettersIn(editor);
    await press(blue as 'a');
    await editor.shows(/Next:/);
    await save(tab);
    await editor.shows('Rank all of the answers first');
    expect((await given.inside.stored()).revisions).toEqual([]);
    // Half of it is said: it is kept, in the order that was shown, and goes on from the form of the one answer.
    await editor.shows('Draft kept');
    await tab.reload();
    await toolbar.get('button', 'Approve');
    await press('m');
    await editor.shows('You have begun to compare 3 answers.');
    await shot(tab, `compare-begun-${given.browser}`);
    await editor.click('button', 'Go on');
    await editor.shows(/Next:/);
    expect(await lettersIn(editor)).toEqual(order);
    await press(white as 'a');
    await editor.shows('The best is clearly ahead.');
    await editor.click('radio', /^4$/);
    await shot(tab, `compare-three-${given.browser}`);
    expect(await wrongIn(tab)).toEqual([]);
    await save(tab);
    await editor.shows('Saved on this computer');
    const rank = ({ shown }: Preference) => texts.map((text) => shown.find((each) => each.text === text)?.rank);
    expect(rank(await preferenceOf(1))).toEqual([3, 1, 2]);
    const [row] = await given.inside.revisions(1);
    const { judgement } = row?.review ?? {};
    const rated = [
      ...(judgement?.ratings ?? []),
      ...(judgement?.preference?.shown ?? []).flatMap(({ ratings }) => ratings),
    ];
    expect(rated).toEqual([{ dimension: 'quality', value: 4 }]);

    // The one that was left may be pressed too; the next letter begins anew. Equal to the last one: the last two tie.
    await press(red as 'a');
    await press(red as 'a');
    await press(white as 'a');
    await press('e');
    await save(tab);
    expect(rank(await preferenceOf(2))).toEqual([1, 2, 2]);
  });

  it('given a rubric with questions that are answered by typing, or only after another answer, then each answer is asked them in the same step', async () => {
    const dimensions = [
      aDimension({ id: 'clear', name: 'Clear', scale: { kind: 'thumb' }, reasonFor: ['down'] }),
      aDimension({ id: 'errors', name: 'Errors', scale: { kind: 'number', min: 0, max: 9, unit: 'errors' } }),
      aDimension({
        id: 'lacks',
        name: 'What it lacks',
        scale: { kind: 'text' },
        shownWhen: { dimension: { id: 'clear', values: ['down'] } },
      }),
    ];
    const project = aProject({ rubrics: [aRubric({ dimensions })] });
    await given.inside.call('setProject', { json: JSON.stringify(project) });
    try {
      const { tab, editor, press } = await open('/typed', pair(2));
      await press('v');
      await editor.get('button', 'A is better');
      await keysGoTo(editor);
      await press('a');
      await editor.shows(/Verdict on [AB]/);
      const own = await editor.evaluate((root) => root.querySelector('#cmp-verdict-of strong')?.textContent);
      const other = own === 'A' ? 'B' : 'A';
      const field = (name: string) => `${name} of answer ${other}`;
      await editor.evaluate((root) =>
        root.querySelector<HTMLElement>('[data-scale="clear"]:not([data-answer="own"]) button')?.focus(),
      );
      await press('2');
      await editor.fill(`Why “Thumb down”? Clear of answer ${other}`, 'No source');
      await editor.fill(field('What it lacks'), 'A source');
      await editor.fill(field('Errors'), '12');
      await save(tab);
      await editor.shows('“Errors” is a number from 0 to 9.');
      await shot(tab, `compare-typed-${given.browser}`);
      expect(await wrongIn(tab)).toEqual([]);
      await editor.fill(field('Errors'), '3');
      await save(tab);
      await editor.shows('Saved on this computer');
      const { shown } = await preferenceOf(1);
      expect(shown['AB'.indexOf(other)]?.ratings).toEqual([
        { dimension: 'clear', value: 'down', reason: 'No source' },
        { dimension: 'lacks', value: 'A source' },
        { dimension: 'errors', value: 3 },
      ]);
    } finally {
      await given.inside.call('setProject', { json: null });
    }
  });

  it('given an answer that was pinned on another site, when the reviewer compares, then both are there, each with its origin; the pin can be taken away', async () => {
    let other: ChatServer | undefined;
    try {
      other = await startChats();
      const elsewhere = await openChat({ open: given.open }, other, 'chatscope', 'warranty');
      await elsewhere.pointAt('warranty of 2 years');
      const pinned = overlayOf(elsewhere.tab);
      await pinned.get('button', 'Approve');
      await elsewhere.tab.page.keyboard.press('p');
      await pinned.shows(/1 pinned/);

      const { tab, editor, toolbar, chat } = await given.openChat('deep-chat', 'warranty');
      await chat.pointAt('warranty of 2 years');
      await toolbar.get('button', 'Approve');
      await tab.page.keyboard.press('v');
      await editor.get('button', 'B is better');
      await keysGoTo(editor);
      await shot(tab, `compare-pinned-${given.browser}`);
      await tab.page.keyboard.press('b');
      await save(tab);
      await editor.shows('Saved on this computer');
      const { shown } = await preferenceOf(1);
      expect(shown.map(({ origin }) => origin).sort()).toEqual([other.origin, given.chats.origin].sort());
      const [row] = await given.inside.revisions(1);
      const workbench = await given.openExtension(`workbench.html#/reviews/${row?.id}`);
      const detail = pageOf(workbench);
      await detail.shows('better than the next');
      await detail.shows('the answer under review');
      await shot(workbench, `preference-${given.browser}`);
      await tab.bringToFront();

      await editor.click('button', /^Take the pin away/);
      await editor.shows('no other answer to compare with');
    } finally {
      await other?.close();
    }
  });
});
