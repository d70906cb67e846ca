import { beforeEach, describe, expect, it } from 'vitest';
import { Comparing } from '../../../utils/editing/comparing.ts';
import { Editor } from '../../../utils/editing/editor.ts';
import type { Variant } from '../../../utils/review/schema.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement, aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { aDimension, aProject, aRubric } from '../../support/projects.ts';

let background: Background;
let tab: FakeTab;
let frames: number;
const responseKey = 'chat.example|1|a';
const snapshot = aSnapshot({ text: 'Refunds take 14 days.' });
const moment = { visibility: 'verified', spentMs: 4_000 } as const;
const variant = (text: string): Variant => ({ responseKey: `variant ${text}`, snapshot: aSnapshot({ text }) });

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
  frames = 10;
});

/** An editor with its comparison; `random` 0.99 leaves the order as it is, 0 turns two around. */
async function open(variants: readonly Variant[] = [variant('Two weeks.')], random = 0.99) {
  const { token } = value(
    await background.content(tab)('openEditor', {
      ...{ responseKey, snapshot, startWith: 'compare', visibility: 'verified', variants },
    }),
  );
  const call = background.editor(tab, ++frames);
  const session = value(await call('claimEditor', { token }));
  const editor = new Editor(session, { call, now: () => background.now });
  const comparing = new Comparing(editor, { random: () => random });
  return { editor, comparing, call };
}

const texts = ({ shown }: Comparing) => shown.value.map(({ text }) => text);
const stored = async () => (await background.database.revisions.toArray()).map((row) => row.review.judgement);

describe('comparing', () => {
  it('shows the answers in the order that chance gives, and stores that order with the ranks', async () => {
    const { editor, comparing } = await open([variant('Two weeks.')], 0);
    expect(texts(comparing)).toEqual(['Two weeks.', 'Refunds take 14 days.']);
    comparing.press(1);
    comparing.strengthen('slight');
    await editor.save(moment);
    const [judgement] = await stored();
    expect(judgement).toMatchObject({
      verdict: 'approve',
      preference: { outcome: 'ranked', strength: 'slight', shown: [{ text: 'Two weeks.', rank: 2 }, { rank: 1 }] },
    });
  });

  it('rates each answer in the same step: the one under review in the judgement itself, the others beside their ranks', async () => {
    const { editor, comparing } = await open();
    comparing.rate('own', 'quality', 2);
    comparing.rate('page variant Two weeks.', 'quality', 5);
    comparing.press(1);
    await editor.save(moment);
    const [judgement] = await stored();
    expect(judgement).toMatchObject({
      verdict: 'reject',
      ratings: [{ dimension: 'quality', value: 2 }],
      preference: { shown: [{ ratings: [] }, { ratings: [{ dimension: 'quality', value: 5 }] }] },
    });
  });

  it('leaves a verdict alone that the reviewer has given', async () => {
    const { editor, comparing } = await open();
    editor.pickVerdict('unsure');
    comparing.press(0);
    expect(editor.form.value.verdict).toBe('unsure');
  });

  it('takes presses back and does them again, down to nothing', async () => {
    const { editor, comparing } = await open([variant('Two weeks.'), variant('Soon.')]);
    comparing.press(0);
    expect(editor.form.value.preference).toBeNull();
    comparing.press(1);
    expect(editor.form.value.preference?.shown.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    comparing.undo();
    expect(editor.form.value.preference).toBeNull();
    comparing.redo();
    expect(editor.form.value.preference?.shown.map(({ rank }) => rank)).toEqual([1, 2, 3]);
    comparing.undo();
    comparing.undo();
    expect([comparing.canUndo, comparing.canRedo]).toEqual([false, true]);
    expect(editor.judgement.value).toMatchObject({ verdict: null });
    comparing.press('none');
    expect(comparing.canRedo).toBe(false);
  });

  it('given a stored comparison, shows it again in its order, and revises it', async () => {
    const first = await open([variant('Two weeks.')], 0);
    first.comparing.press(0);
    await first.editor.save(moment);
    // Another chance would turn them around.
    const again = await open([variant('Two weeks.')], 0.99);
    expect(texts(again.comparing)).toEqual(['Two weeks.', 'Refunds take 14 days.']);
    expect(again.comparing.isDone).toBe(true);
    again.comparing.press('equal');
    await again.editor.save(moment);
    expect((await stored()).map(({ preference }) => preference?.outcome)).toEqual(['ranked', 'tie']);
  });

  it('given a page that has the other answer no more, still shows what was judged', async () => {
    const first = await open();
    first.comparing.press(1);
    await first.editor.save(moment);
    const again = await open([]);
    expect(texts(again.comparing)).toEqual(['Refunds take 14 days.', 'Two weeks.']);
  });

  it('notices that the form was changed elsewhere', async () => {
    const { editor, comparing } = await open();
    comparing.press(0);
    expect(comparing.isInStep).toBe(true);
    editor.undoEdit();
    expect(comparing.isInStep).toBe(false);
  });
});

describe('a comparison that is not ended', () => {
  const others = [variant('Two weeks.'), variant('Soon.'), variant('Never.')];
  const drafts = () => background.database.drafts.toArray();
  /** The editor goes away, as with a closed tab: the background keeps what it was told. */
  const close = ({ editor }: { readonly editor: Editor }) => editor.keepNow();

  it('given ranks, strength and ratings, when the editor goes away and comes back, then they are there in the order that was shown, and can be taken back one by one', async () => {
    const first = await open(others, 0);
    const order = texts(first.comparing);
    const never = first.comparing.shown.value.find(({ text }) => text === 'Never.');
    first.comparing.press(2);
    first.comparing.press('equal');
    first.comparing.press(0);
    first.comparing.strengthen('strong');
    first.comparing.rate(never?.key ?? '', 'quality', 1);
    await close(first);
    expect(await stored()).toEqual([]);

    // Another chance would show them otherwise; and the page has one of them no more.
    const again = await open(others.slice(0, 2), 0.99);
    expect(again.editor.comparison.value?.shown).toHaveLength(4);
    expect(texts(again.comparing)).toEqual(order);
    expect(again.comparing.ranking.groups).toEqual([[2, 0]]);
    expect(again.comparing.strength).toBe('strong');
    expect(again.comparing.isDone).toBe(false);
    const kept = again.comparing.shown.value.find(({ text }) => text === 'Never.');
    expect(again.comparing.ratingsOf(kept?.key ?? '')).toEqual([{ dimension: 'quality', value: 1 }]);

    again.comparing.undo();
    expect(again.comparing.ranking).toMatchObject({ groups: [[2]], joins: true });
    again.comparing.undo();
    again.comparing.press(1);
    again.comparing.press(3);
    await again.editor.save(moment);
    const [judgement] = await stored();
    expect(judgement?.preference?.shown.map(({ text, rank }) => [text, rank])).toEqual(
      order.map((text, place) => [text, [4, 2, 1, 3][place]]),
    );
    expect(judgement).not.toHaveProperty('comparison');
    expect(await drafts()).toEqual([]);
  });

  it('given half a ranking, when the review is saved without it, then the review has none, and the ranking stays a draft until it is discarded', async () => {
    const first = await open(others);
    first.comparing.press(1);
    first.editor.pickVerdict('unsure');
    await first.editor.save(moment);
    expect((await stored())[0]).not.toHaveProperty('preference');
    await close(first);

    const again = await open(others);
    expect(again.comparing.ranking.groups).toEqual([[1]]);
    again.editor.discard();
    expect(again.comparing.isInStep).toBe(false);
    again.editor.bringBack();
    expect(again.comparing.isInStep).toBe(true);
    again.editor.discard();
    await close(again);
    expect(await drafts()).toEqual([]);
  });

  it('given nothing but a look at the answers, when the editor goes away, then there is no draft', async () => {
    const first = await open(others);
    first.comparing.press(1);
    first.comparing.undo();
    await close(first);
    expect(await drafts()).toEqual([]);
  });
});

describe('questions of every kind', () => {
  const dimensions = [
    aDimension({ id: 'clear', name: 'Clear', scale: { kind: 'thumb' }, reasonFor: ['down'] }),
    aDimension({
      id: 'why',
      name: 'What is unclear',
      scale: { kind: 'text' },
      shownWhen: { dimension: { id: 'clear', values: ['down'] } },
    }),
    aDimension({ id: 'errors', name: 'Errors', scale: { kind: 'number', min: 0, max: 10 } }),
    aDimension({ id: 'risk', name: 'Risk', scale: { kind: 'thumb' }, shownWhen: { verdicts: ['reject'] } }),
  ];
  const asked = (comparing: Comparing, key: string) => comparing.dimensionsOf(key).map(({ id }) => id);
  const other = 'page variant Two weeks.';

  beforeEach(async () => {
    const project = aProject({ rubrics: [aRubric({ dimensions })] });
    value(await background.page('setProject', { json: JSON.stringify(project) }));
  });

  it('are asked of each answer in the same step: typed ones too, and what hangs on another answer once that is given', async () => {
    const { editor, comparing } = await open();
    expect(asked(comparing, other)).toEqual(['clear', 'errors']);
    comparing.rate(other, 'clear', 'down');
    comparing.reason(other, 'clear', 'Two weeks of what?');
    expect(asked(comparing, other)).toEqual(['clear', 'why', 'errors']);
    expect(asked(comparing, 'own')).toEqual(['clear', 'errors']);
    comparing.rate(other, 'why', 'When it begins');
    comparing.rate(other, 'errors', 1);
    comparing.rate('own', 'errors', 0);
    comparing.press(1);
    // The one under review lost: it is rejected, so that what hangs on that is asked of it, and of it alone.
    expect(asked(comparing, 'own')).toEqual(['clear', 'errors', 'risk']);
    expect(asked(comparing, other)).toEqual(['clear', 'why', 'errors']);
    await editor.save(moment);
    const [judgement] = await stored();
    expect(judgement?.ratings).toEqual([{ dimension: 'errors', value: 0 }]);
    expect(judgement?.preference?.shown[1]?.ratings).toEqual([
      { dimension: 'clear', value: 'down', reason: 'Two weeks of what?' },
      { dimension: 'why', value: 'When it begins' },
      { dimension: 'errors', value: 1 },
    ]);
  });

  it('given an answer to a question that is not asked any more, then it is not stored, and comes back with the question', async () => {
    const { editor, comparing } = await open();
    comparing.rate(other, 'clear', 'down');
    comparing.rate(other, 'why', 'When it begins');
    comparing.rate(other, 'clear', 'up');
    comparing.press(1);
    expect(editor.form.value.preference?.shown[1]?.ratings).toEqual([{ dimension: 'clear', value: 'up' }]);
    comparing.rate(other, 'clear', 'down');
    expect(editor.form.value.preference?.shown[1]?.ratings).toHaveLength(2);
  });

  it('given a number that the scale does not have, then nothing is stored, and it is said where', async () => {
    const { editor, comparing } = await open();
    comparing.press(0);
    comparing.rate(other, 'errors', 11);
    await editor.save(moment);
    expect(editor.refusal.value).toBe('rubric');
    expect(editor.problems.value).toMatchObject([{ where: 'compared:1:errors', is: 'unfit' }]);
    comparing.rate(other, 'errors', 10);
    await editor.save(moment);
    expect(await stored()).toHaveLength(1);
  });
});

describe('pinned answers', () => {
  const pinElsewhere = async (text: string, prompt: string | null = snapshot.prompt) => {
    background.extension.grant('https://other.example/*');
    const other = background.extension.openTab('https://other.example/');
    return value(
      await background.content(other)('pin', { responseKey: `other ${text}`, snapshot: aSnapshot({ text, prompt }) }),
    );
  };

  it('given one of another site to the same prompt, compares with it; one to another prompt is only offered', async () => {
    expect(await pinElsewhere('Fourteen days.')).toEqual({ count: 1 });
    expect(await pinElsewhere('Tents are green.', 'Which color?')).toEqual({ count: 2 });
    const { editor, comparing } = await open([]);
    expect(texts(comparing)).toEqual(['Refunds take 14 days.', 'Fourteen days.']);
    expect(comparing.others.value.map(({ text }) => text)).toEqual(['Tents are green.']);
    comparing.press(0);
    comparing.choose(comparing.others.value[0]?.key ?? '', true);
    // Another set of answers is another comparison.
    expect(editor.form.value.preference).toBeNull();
    expect(comparing.shown.value).toHaveLength(3);
    comparing.press('equal');
    await editor.save(moment);
    const [judgement] = await stored();
    expect(new Set(judgement?.preference?.shown.map(({ origin }) => origin))).toEqual(
      new Set(['https://chat.example', 'https://other.example']),
    );
  });

  it('can be taken away, and the own answer pinned, which is not compared with itself', async () => {
    await pinElsewhere('Fourteen days.');
    const { comparing, call } = await open([]);
    const pinId = comparing.shown.value.find(({ pinId: id }) => id !== null)?.pinId ?? '';
    value(await call('unpin', { id: pinId }));
    comparing.unpinned(pinId);
    expect(texts(comparing)).toEqual(['Refunds take 14 days.']);
    expect(value(await call('pin', {}))).toMatchObject({ count: 1 });
    expect(texts((await open([])).comparing)).toEqual(['Refunds take 14 days.']);
  });

  it('are taken from pages of sites that are on, and from nobody else', async () => {
    const stranger = background.extension.openTab('https://off.example/');
    expect(await background.content(stranger)('pin', { responseKey, snapshot })).toMatchObject(refused('off'));
    expect(await background.editor(tab, 99)('pin', {})).toMatchObject(refused('forbidden'));
    expect(await background.editor(tab, 99)('unpin', { id: 'x' })).toMatchObject(refused('forbidden'));
    expect(await background.editor(tab, 99)('insertText', { text: 'x' })).toMatchObject(refused('forbidden'));
  });
});

describe('what the background takes', () => {
  it('refuses a preference from a page, and one that contradicts itself; the toolbar keeps the one that is stored', async () => {
    const { editor, comparing, call } = await open();
    comparing.press(0);
    await editor.save(moment);
    const [judgement] = await stored();
    const preference = judgement?.preference;
    if (!preference) throw new Error('no preference');
    const bare = aJudgement({ verdict: 'approve', correction: null, ratings: [] });
    const draft = aDraft({ responseKey, snapshot, judgement: { ...bare, preference } });
    expect(await background.content(tab)('saveReview', draft)).toMatchObject(refused('invalid'));
    const turned = { ...preference, outcome: 'tie' as const };
    expect(await call('saveReview', { ...draft, judgement: { ...bare, preference: turned } })).toMatchObject(
      refused('invalid'),
    );

    const [row] = await background.database.revisions.toArray();
    const next = aDraft({ id: row?.id ?? '', basedOn: 1, responseKey, snapshot, judgement: { ...bare, labels: [] } });
    value(await background.content(tab)('saveReview', next));
    expect((await stored()).at(-1)).toMatchObject({ verdict: 'approve', preference });
  });
});
