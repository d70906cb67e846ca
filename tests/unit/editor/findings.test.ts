import { beforeEach, describe, expect, it } from 'vitest';
import { Desk } from '../../../utils/editing/desk.ts';
import { Editor } from '../../../utils/editing/editor.ts';
import type { Snapshot } from '../../../utils/review/schema.ts';
import { type Background, startBackground, value } from '../../support/background.ts';
import { aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';

let background: Background;
let tab: FakeTab;
let frames: number;
const responseKey = 'chat.example|1|a';
const moment = { visibility: 'verified', spentMs: 4_000 } as const;
const text = 'Refunds take 14 days 😀. Shipping is free.\nAsk us, we are here.';

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
  frames = 10;
});

/** An editor in a new frame, on an answer with this text. */
async function open(change: Partial<Snapshot> = {}) {
  const { token } = value(
    await background.content(tab)('openEditor', {
      responseKey,
      snapshot: aSnapshot({ text, ...change }),
      startWith: 'finding',
      visibility: 'verified',
    }),
  );
  const call = background.editor(tab, ++frames);
  const session = value(await call('claimEditor', { token }));
  const editor = new Editor(session, { call, now: () => background.now });
  return { editor, desk: new Desk(editor) };
}

const stored = async () => (await background.database.revisions.toArray()).map((row) => row.review);
const words = ({ desk }: { readonly desk: Desk }) => {
  const { start, end } = desk.selected.value ?? { start: 0, end: 0 };
  return desk.text.slice(start, end);
};
/** A finding on the first `quote` of the text. */
function find({ editor }: { readonly editor: Editor }, quote: string, replacement: string | null = null): string {
  const at = editor.texts.text.indexOf(quote);
  const id = editor.addFinding(at, at + quote.length, null) as string;
  if (replacement !== null) editor.changeFinding(id, { replacement });
  return id;
}

describe('selecting with the keyboard', () => {
  it('goes by sentence, lines apart, and stays at the ends', async () => {
    const { desk } = await open();
    const seen: string[] = [];
    desk.begin();
    for (let step = 0; step < 4; step++) {
      seen.push(words({ desk }));
      desk.step('next-sentence');
    }
    expect(seen).toEqual([
      'Refunds take 14 days 😀.',
      'Shipping is free.',
      'Ask us, we are here.',
      'Ask us, we are here.',
    ]);
    desk.step('previous-sentence');
    expect(words({ desk })).toBe('Shipping is free.');
    desk.step('first');
    expect(words({ desk })).toBe('Refunds take 14 days 😀.');
  });

  it('goes into a sentence by word, and takes in more or less', async () => {
    const { desk } = await open();
    desk.begin();
    desk.step('next-word');
    expect(words({ desk })).toBe('Refunds');
    for (const _ of [1, 2]) desk.step('next-word');
    expect(words({ desk })).toBe('14');
    desk.step('grow-word');
    expect(words({ desk })).toBe('14 days');
    desk.step('shrink-word');
    expect(words({ desk })).toBe('14');
    desk.step('grow-sentence');
    expect(words({ desk })).toBe('14 days 😀.');
    desk.step('all');
    expect(words({ desk })).toBe(text);
    desk.step('gap');
    expect(desk.selected.value).toMatchObject({ start: text.length, end: text.length });
  });

  it('takes what is selected on the page as a proposal, and only where it is in the text', async () => {
    const { desk, editor } = await open();
    desk.propose({ start: 8, end: 12 });
    expect(desk.selected.value).toEqual({ start: 8, end: 12, from: 'page' });
    for (const [start, end] of [
      [-1, 3],
      [3, 2],
      [0, text.length + 1],
      [0.5, 3],
      [Number.NaN, 3],
    ] as const)
      desk.propose({ start, end });
    expect(desk.selected.value).toEqual({ start: 8, end: 12, from: 'page' });
    expect(editor.form.value.findings).toEqual([]);
  });
});

describe('a finding', () => {
  it('given a label, is stored with its place in code points and code units, and its quote', async () => {
    const { editor, desk } = await open();
    desk.begin();
    desk.step('next-sentence');
    const id = desk.take('wrong') as string;
    editor.changeFinding(id, { note: 'It costs 4 Euro', source: 'shop.example/costs' }, 'note');
    editor.pickVerdict('reject');
    await editor.save(moment);
    expect((await stored())[0]?.judgement.findings).toEqual([
      {
        id,
        position: { start: 24, end: 41 },
        utf16: { start: 25, end: 42 },
        quote: { exact: 'Shipping is free.', prefix: 'Refunds take 14 days 😀. ', suffix: '\nAsk us, we are here.' },
        label: 'wrong',
        severity: 'major',
        note: 'It costs 4 Euro',
        replacement: null,
        source: 'https://shop.example/costs',
      },
    ]);
  });

  it('stands in the order of the text, is kept in the draft, and comes back with it', async () => {
    const first = await open();
    find(first, 'free', 'cheap');
    find(first, 'Refunds');
    find(first, 'Refunds take');
    expect(first.desk.findings.value.map(({ quote }) => quote.exact)).toEqual(['Refunds take', 'Refunds', 'free']);
    await first.editor.keepNow();
    const { editor, desk } = await open();
    expect(editor.form.value.findings).toEqual(first.editor.form.value.findings);
    expect(desk.isOpen.value).toBe(true);
    expect(editor.dirty.value).toBe(true);
  });

  it('may be nested, overlap, be empty or be the whole answer', async () => {
    const it = await open();
    for (const quote of [text, 'Refunds take', 'take 14', '14']) find(it, quote);
    it.editor.addFinding(8, 8, 'incomplete');
    it.editor.pickVerdict('reject');
    await it.editor.save(moment);
    const [review] = await stored();
    expect(review?.judgement.findings?.map(({ utf16, quote }) => [utf16.start, utf16.end, quote.exact])).toEqual([
      [0, text.length, text],
      [0, 12, 'Refunds take'],
      [8, 15, 'take 14'],
      [8, 8, ''],
      [13, 15, '14'],
    ]);
  });

  it('does not split a pair of surrogates', async () => {
    const { editor } = await open();
    const at = text.indexOf('😀');
    editor.addFinding(at + 1, at + 2, null);
    expect(editor.form.value.findings[0]?.quote.exact).toBe('😀');
  });

  it('with a source that is no address is not stored, and says why', async () => {
    const it = await open();
    const id = find(it, '14');
    it.editor.pickVerdict('reject');
    it.editor.changeFinding(id, { source: 'my colleague' }, 'source');
    await it.editor.save(moment);
    expect(it.editor.refusal.value).toBe('source');
    expect(await stored()).toEqual([]);
  });

  it('more of them than a review holds are refused in words', async () => {
    const { editor, desk } = await open();
    for (let count = 0; count < 500; count++) editor.addFinding(0, 7, null);
    desk.begin();
    expect(desk.take(null)).toBeNull();
    expect(desk.said.value).toContain('500 findings');
    expect(editor.form.value.findings).toHaveLength(500);
  });
});

describe('replacements', () => {
  it('taken over build the correction, and the verdict follows', async () => {
    const it = await open();
    const ids = [find(it, '14', '30'), find(it, 'free', 'cheap'), find(it, ', we are here', '')];
    it.desk.accept(ids);
    expect(it.editor.form.value.correction).toBe('Refunds take 30 days 😀. Shipping is cheap.\nAsk us.');
    expect(it.editor.judgement.value.verdict).toBe('correct');
    expect(it.desk.said.value).toBe('3 replacements are in the correction.');
    it.desk.takeBack(ids[1] as string);
    expect(it.editor.form.value.correction).toContain('Shipping is free.');
  });

  it('keep what somebody wrote in the correction, and say so', async () => {
    const it = await open();
    it.editor.correct(text.replace('14 days', 'two weeks'));
    const ids = [find(it, '14', '30'), find(it, 'free', 'cheap')];
    it.desk.accept(ids);
    expect(it.editor.form.value.correction).toContain('two weeks 😀. Shipping is cheap.');
    expect(it.desk.said.value).toBe(
      '1 replacement is in the correction. Not taken over: finding 1. The correction says something else there, which is kept.',
    );
  });

  it('changed after they were taken over, change the correction', async () => {
    const it = await open();
    const id = find(it, '14', '30');
    it.desk.accept([id]);
    it.editor.changeFinding(id, { replacement: '31' }, 'replacement');
    expect(it.editor.form.value.correction).toContain('take 31 days');
    it.editor.changeFinding(id, { replacement: null });
    expect(it.editor.form.value.correction).toBe(text);
  });

  it('are known again after a reload, side by side too', async () => {
    const first = await open();
    const ids = [find(first, '14', '30'), find(first, 'days', 'weeks'), find(first, 'free', 'cheap')];
    first.desk.accept(ids.slice(0, 2));
    await first.editor.keepNow();
    const { desk } = await open();
    await expect.poll(() => desk.findings.value.map(({ standing }) => standing)).toEqual(['made', 'made', 'open']);
    desk.takeBack(ids[0] as string);
    expect(desk.findings.value.map(({ standing }) => standing)).toEqual(['open', 'made', 'open']);
  });

  it('go to the right words where the page’s line ends are not plain', async () => {
    const it = await open({ text: 'One.\r\nTwo.\r\nThree 14.' });
    it.desk.accept([find(it, '14', '30')]);
    expect(it.editor.form.value.correction).toBe('One.\nTwo.\nThree 30.');
  });
});

describe('undo and redo of the form', () => {
  it('take typing as one step, and bring everything back in order', async () => {
    const it = await open();
    const id = find(it, '14');
    for (const note of ['w', 'wr', 'wro']) it.editor.changeFinding(id, { note }, 'note');
    it.editor.toggleLabel('tone');
    it.desk.remove(id);
    expect(it.editor.form.value.findings).toEqual([]);
    it.editor.undoEdit();
    expect(it.editor.form.value.findings[0]?.note).toBe('wro');
    it.editor.undoEdit();
    it.editor.undoEdit();
    expect(it.editor.form.value).toMatchObject({ labels: [], findings: [{ note: null }] });
    it.editor.undoEdit();
    expect(it.editor.form.value.findings).toEqual([]);
    expect(it.editor.canUndoEdit.value).toBe(false);
    for (let step = 0; step < 3; step++) it.editor.redoEdit();
    expect(it.editor.form.value).toMatchObject({ labels: ['tone'], findings: [{ note: 'wro' }] });
    it.editor.pickVerdict('reject');
    expect(it.editor.canRedoEdit.value).toBe(false);
  });

  it('begin a new step after a pause, and hold a hundred', async () => {
    const { editor } = await open();
    editor.comment('a');
    background.now += 1_500;
    editor.comment('ab');
    editor.undoEdit();
    expect(editor.form.value.comment).toBe('a');
    for (let step = 0; step < 250; step++) editor.toggleLabel('tone');
    let steps = 0;
    for (; editor.canUndoEdit.value; steps++) editor.undoEdit();
    expect(steps).toBe(100);
  });

  it('keep the draft as the form is', async () => {
    const it = await open();
    find(it, '14');
    await it.editor.keepNow();
    it.editor.undoEdit();
    await it.editor.keepNow();
    expect(await background.database.drafts.count()).toBe(0);
  });
});

describe('an answer that the page changed since', () => {
  async function reviewed() {
    const it = await open();
    find(it, '14 days', '30 days');
    find(it, 'Ask us, we are here.');
    it.editor.pickVerdict('reject');
    await it.editor.save(moment);
  }

  it('has its findings on the same words, and shows those whose words are gone as orphans', async () => {
    await reviewed();
    const next = `Hello. ${text.replace('Ask us, we are here.', 'Nothing more.')}`;
    const { editor, desk } = await open({ text: next });
    const [kept, gone] = desk.findings.value;
    expect(next.slice(kept?.utf16.start, kept?.utf16.end)).toBe('14 days');
    expect(gone).toMatchObject({ orphan: true, quote: { exact: 'Ask us, we are here.' }, standing: null });
    // Nothing was done yet: there is nothing to save, and no draft.
    expect(editor.dirty.value).toBe(false);
  });

  it('an orphan is stored as one, and can be put on other words', async () => {
    await reviewed();
    const next = text.replace('Ask us, we are here.', 'Nothing more.');
    const { editor, desk } = await open({ text: next });
    editor.comment('Looked again');
    await editor.save(moment);
    expect((await stored())[1]?.judgement.findings?.map(({ orphan }) => orphan ?? false)).toEqual([false, true]);
    const id = desk.findings.value[1]?.id as string;
    const at = next.indexOf('Nothing');
    desk.select(at, at + 13);
    desk.move(id);
    expect(desk.findings.value.find((one) => one.id === id)).toMatchObject({ quote: { exact: 'Nothing more.' } });
    expect(desk.findings.value.find((one) => one.id === id)?.orphan).toBeUndefined();
  });

  it('given unsaved findings on the text as it was, brings them over too', async () => {
    const first = await open();
    find(first, 'Shipping is free.');
    await first.editor.keepNow();
    const { desk } = await open({ text: `New: ${text}` });
    expect(desk.findings.value[0]?.utf16).toEqual({ start: 30, end: 47 });
  });
});
