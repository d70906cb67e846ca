import { beforeEach, describe, expect, it } from 'vitest';
import { Editor } from '../../../utils/editing/editor.ts';
import { failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { EditorCalls } from '../../../utils/messaging/contract.ts';
import { err } from '../../../utils/result.ts';
import { uuidv7 } from '../../../utils/review/ids.ts';
import { verifyChain } from '../../../utils/review/revise.ts';
import type { Judgement } from '../../../utils/review/schema.ts';
import { type Background, startBackground, value } from '../../support/background.ts';
import { aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';

let background: Background;
let tab: FakeTab;
let frames: number;
const snapshot = aSnapshot({ text: 'Refunds take 14 days.' });
const responseKey = 'chat.example|1|a';
const moment = { visibility: 'verified', spentMs: 4_000 } as const;

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
  frames = 10;
});

/** An editor in a new frame, on the running background; `through` may stand between the two. */
async function open(through: (call: Call<EditorCalls>) => Call<EditorCalls> = (call) => call) {
  const { token } = value(
    await background.content(tab)('openEditor', {
      responseKey,
      snapshot,
      startWith: 'verdict',
      visibility: 'verified',
    }),
  );
  const call = background.editor(tab, ++frames);
  const session = value(await call('claimEditor', { token }));
  const editor = new Editor(session, { call: through(call), now: () => background.now });
  return { editor, session };
}

const stored = async () => (await background.database.revisions.toArray()).map((row) => row.review);
const drafts = () => background.database.drafts.toArray();

/** Lets the calls that were made until now fail, one failure each, before they reach the background; or after it. */
function failing(verb: keyof EditorCalls, code: 'storage-full' | 'unreachable', when: 'before' | 'after', times = 1) {
  let left = times;
  return (call: Call<EditorCalls>): Call<EditorCalls> =>
    async (asked, body) => {
      if (asked !== verb || left === 0) return call(asked, body);
      left--;
      if (when === 'after') await call(asked, body);
      return err(failure(code));
    };
}

describe('saving', () => {
  it('given a typed correction, stores the first revision and says until when it can be undone', async () => {
    const { editor } = await open();
    editor.correct('Refunds take 30 days.');
    editor.toggleLabel('wrong');
    editor.rate('quality', 2);
    editor.comment('House rules');
    await editor.save(moment);

    expect(editor.phase.value).toEqual({ is: 'saved', revision: 1, undoUntil: background.now + 8_000 });
    expect(editor.dirty.value).toBe(false);
    const [review] = await stored();
    expect(review).toMatchObject({
      revision: 1,
      surface: 'editor',
      ...moment,
      judgement: {
        verdict: 'correct',
        labels: ['wrong'],
        ratings: [{ dimension: 'quality', value: 2 }],
        correction: 'Refunds take 30 days.',
        comment: 'House rules',
      },
    });
    expect(await drafts()).toEqual([]);
  });

  it('given a stored review, starts from its newest revision and adds one, and changes none', async () => {
    const first = await open();
    first.editor.pickVerdict('reject');
    first.editor.comment('Why?');
    await first.editor.save(moment);
    const [before] = await stored();

    const { editor } = await open();
    expect(editor.form.value).toMatchObject({ verdict: 'reject', comment: 'Why?', correction: snapshot.text });
    editor.comment('Because.');
    await editor.save(moment);
    editor.pickVerdict('unsure');
    await editor.save(moment);

    const all = (await stored()).toSorted((a, b) => a.revision - b.revision);
    expect(all.map(({ revision, judgement }) => [revision, judgement.verdict, judgement.comment])).toEqual([
      [1, 'reject', 'Why?'],
      [2, 'reject', 'Because.'],
      [3, 'unsure', 'Because.'],
    ]);
    expect(all[0]).toEqual(before);
    expect(editor.history.value.map((line) => line.revision)).toEqual([1, 2, 3]);
  });

  it.each([
    ['no verdict', () => {}, 'verdict'],
    ['"correct" without a correction', (editor: Editor) => editor.pickVerdict('correct'), 'correction'],
  ] as const)('given %s, stores nothing and says what is missing', async (_what, act, refusal) => {
    const { editor } = await open();
    act(editor);
    await editor.save(moment);
    expect(editor.refusal.value).toBe(refusal);
    expect(await stored()).toEqual([]);
    editor.pickVerdict('approve');
    expect(editor.refusal.value).toBeNull();
  });

  it('given nothing new, stores no second revision', async () => {
    const { editor } = await open();
    editor.pickVerdict('approve');
    await editor.save(moment);
    await editor.save(moment);
    expect(editor.refusal.value).toBe('nothing-new');
    expect(await stored()).toHaveLength(1);
  });

  it('given two presses at once, stores one revision', async () => {
    const { editor } = await open();
    editor.pickVerdict('approve');
    await Promise.all([editor.save(moment), editor.save(moment)]);
    expect(await stored()).toHaveLength(1);
  });

  it('given words typed while the save is under way, keeps them as unsaved work', async () => {
    const { editor } = await open();
    editor.pickVerdict('reject');
    const saving = editor.save(moment);
    editor.comment('Typed meanwhile');
    await saving;
    expect(editor.form.value.comment).toBe('Typed meanwhile');
    expect(editor.dirty.value).toBe(true);
    await editor.keepNow();
    expect((await drafts()).map((draft) => draft.judgement.comment)).toEqual(['Typed meanwhile']);
  });
});

describe('a draft beside a save', () => {
  it('does not come back after it', async () => {
    const { editor } = await open();
    editor.comment('Half a thought');
    editor.pickVerdict('reject');
    await editor.save(moment);
    await editor.keepNow();
    expect(await drafts()).toEqual([]);
  });

  it('is not made of what was typed and taken back while it was under way', async () => {
    const { editor } = await open();
    editor.pickVerdict('reject');
    const saving = editor.save(moment);
    editor.comment('Typed');
    editor.comment('');
    await saving;
    await editor.keepNow();
    expect(await drafts()).toEqual([]);
  });
});

describe('a save that fails', () => {
  it('given a full disk, says so, keeps the work in the form and as a draft, and works later', async () => {
    const { editor } = await open(failing('saveReview', 'storage-full', 'before'));
    editor.correct('Refunds take 30 days.');
    await editor.save(moment);
    expect(editor.phase.value).toMatchObject({ is: 'failed', failure: { code: 'storage-full' } });
    expect(editor.form.value.correction).toBe('Refunds take 30 days.');
    await editor.keepNow();
    expect(await drafts()).toHaveLength(1);
    await editor.save(moment);
    expect(editor.phase.value.is).toBe('saved');
    expect(await stored()).toHaveLength(1);
    expect(await drafts()).toEqual([]);
  });

  it('given an answer that got lost after the review was stored, the second attempt finds it and stores nothing more', async () => {
    const { editor } = await open(failing('saveReview', 'unreachable', 'after'));
    editor.pickVerdict('approve');
    await editor.save(moment);
    expect(editor.phase.value.is).toBe('failed');
    await editor.save(moment);
    expect(editor.phase.value).toMatchObject({ is: 'saved', revision: 1 });
    expect(await stored()).toHaveLength(1);
  });

  it('given a revision made elsewhere meanwhile, shows it, and the next save comes after it: both stay', async () => {
    const mine = await open();
    const other = await open();
    other.editor.pickVerdict('reject');
    await other.editor.save(moment);

    mine.editor.pickVerdict('approve');
    mine.editor.comment('My view');
    await mine.editor.save(moment);
    expect(mine.editor.phase.value).toMatchObject({ is: 'conflict', theirs: { revision: 1 } });
    expect(mine.editor.form.value).toMatchObject({ verdict: 'approve', comment: 'My view' });
    await mine.editor.keepNow();

    const { editor } = await open();
    expect(editor.history.value.at(-1)?.judgement.verdict).toBe('reject');
    expect(editor.form.value).toMatchObject({ verdict: 'approve', comment: 'My view' });
    await editor.save(moment);
    expect((await stored()).map((review) => review.revision).sort()).toEqual([1, 2]);
  });

  it('given a conflict, one more press stores the own work on top, in one review', async () => {
    const [mine, other] = [await open(), await open()];
    other.editor.pickVerdict('reject');
    await other.editor.save(moment);
    mine.editor.pickVerdict('approve');
    await mine.editor.save(moment);
    await mine.editor.save(moment);
    expect(mine.editor.phase.value).toMatchObject({ is: 'saved', revision: 2 });
    const reviews = await stored();
    expect(reviews.map(({ revision, judgement }) => [revision, judgement.verdict])).toEqual([
      [1, 'reject'],
      [2, 'approve'],
    ]);
    expect(new Set(reviews.map(({ id }) => id)).size).toBe(1);
    expect((await verifyChain(reviews)).ok).toBe(true);
  });

  it('given a conflict, the other revision can be taken instead, and the own work comes back by undo', async () => {
    const [mine, other] = [await open(), await open()];
    other.editor.pickVerdict('reject');
    await other.editor.save(moment);
    mine.editor.pickVerdict('approve');
    await mine.editor.save(moment);
    mine.editor.takeTheirs();
    expect(mine.editor.form.value.verdict).toBe('reject');
    expect(mine.editor.dirty.value).toBe(false);
    mine.editor.undoEdit();
    expect(mine.editor.form.value.verdict).toBe('approve');
  });

  it('given that what is stored cannot be read after a conflict, says so and keeps the work', async () => {
    const mine = await open(failing('readHistory', 'unreachable', 'before'));
    const other = await open();
    other.editor.pickVerdict('reject');
    await other.editor.save(moment);
    mine.editor.pickVerdict('approve');
    await mine.editor.save(moment);
    expect(mine.editor.phase.value).toMatchObject({ is: 'failed', failure: { code: 'conflict' } });
    await mine.editor.save(moment);
    expect(mine.editor.phase.value.is).toBe('conflict');
  });
});

describe('undo', () => {
  it('given an open window, takes the revision back and keeps the work unsaved', async () => {
    const { editor } = await open();
    editor.correct('Refunds take 30 days.');
    await editor.save(moment);
    await editor.undo();
    expect(editor.phase.value.is).toBe('undone');
    expect(await stored()).toEqual([]);
    expect(editor.form.value.correction).toBe('Refunds take 30 days.');
    await editor.keepNow();
    expect(await drafts()).toHaveLength(1);
    await editor.save(moment);
    expect((await stored()).map((review) => review.revision)).toEqual([1]);
  });

  it('given a second revision, goes back to the first', async () => {
    const { editor } = await open();
    editor.pickVerdict('approve');
    await editor.save(moment);
    editor.pickVerdict('reject');
    await editor.save(moment);
    await editor.undo();
    expect((await stored()).map((review) => review.judgement.verdict)).toEqual(['approve']);
    expect(editor.dirty.value).toBe(true);
    editor.pickVerdict('approve');
    expect(editor.dirty.value).toBe(false);
  });

  it('given a closed window, does nothing', async () => {
    const { editor } = await open();
    editor.pickVerdict('approve');
    await editor.save(moment);
    background.now += 8_001;
    await editor.undo();
    expect(editor.phase.value.is).toBe('saved');
    expect(await stored()).toHaveLength(1);
  });
});

describe('drafts', () => {
  it('given unsaved work, the next frame shows it', async () => {
    const { editor } = await open();
    editor.comment('Half a thought');
    await editor.keepNow();
    expect(editor.draft.value.is).toBe('kept');

    const again = await open();
    expect(again.editor.form.value).toMatchObject({ verdict: null, comment: 'Half a thought' });
    expect(again.editor.draft.value.is).toBe('kept');
    expect(again.editor.dirty.value).toBe(true);
  });

  it('given work that is discarded, shows what is stored, removes the draft, and can bring it back', async () => {
    const { editor } = await open();
    editor.pickVerdict('approve');
    await editor.save(moment);
    editor.comment('Second thought');
    await editor.keepNow();
    editor.discard();
    expect(editor.form.value).toMatchObject({ verdict: 'approve', comment: '' });
    await editor.keepNow();
    expect(await drafts()).toEqual([]);

    editor.bringBack();
    expect(editor.form.value).toMatchObject({ verdict: 'approve', comment: 'Second thought' });
    await editor.keepNow();
    expect(await drafts()).toHaveLength(1);
  });

  it('given work that ends as it began, keeps no draft', async () => {
    const { editor } = await open();
    editor.toggleLabel('tone');
    await editor.keepNow();
    editor.toggleLabel('tone');
    await editor.keepNow();
    expect(await drafts()).toEqual([]);
  });

  it('given a draft that cannot be kept, says so', async () => {
    const { editor } = await open(failing('saveDraft', 'storage-full', 'before'));
    editor.comment('Half a thought');
    await editor.keepNow();
    expect(editor.draft.value).toMatchObject({ is: 'failed', failure: { code: 'storage-full' } });
  });

  it('lets the background refuse what no session can contain', async () => {
    const { editor } = await open();
    editor.pickVerdict('approve');
    const tooLong: Judgement['comment'] = 'x'.repeat(200_001);
    editor.comment(tooLong);
    await editor.save(moment);
    expect(editor.phase.value).toMatchObject({ is: 'failed', failure: { code: 'invalid' } });
    expect(editor.form.value.comment).toBe(tooLong);
  });
});

describe('the trace of the answer', () => {
  const id = '5b8efff798038103d269b633813fc60c';

  it('given a pasted link, stores the trace in the revision and says who gave it', async () => {
    const { editor } = await open();
    expect(editor.answerTrace.value).toMatchObject({ text: '', isOwn: false });
    editor.pickVerdict('reject');
    editor.link(`http://localhost:6006/projects/UHJv/traces/${id}`);
    await editor.save(moment);
    expect((await stored())[0]?.snapshot.trace).toEqual({ id, byHand: true });
    expect(editor.dirty.value).toBe(false);
    expect(await verifyChain(await stored())).toMatchObject({ ok: true });
  });

  it('given that, the next look at the answer has it, also one from the toolbar', async () => {
    const { editor } = await open();
    editor.pickVerdict('reject');
    editor.link(id);
    await editor.save(moment);
    const [first] = await stored();
    const draft = { id: first?.id ?? '', basedOn: 1, responseKey, snapshot };
    const judgement: Judgement = { verdict: 'approve', labels: [], ratings: [], correction: null, comment: null };
    value(
      await background.content(tab)('saveReview', {
        ...draft,
        saveId: uuidv7(),
        judgement,
        surface: 'toolbar',
        ...moment,
      }),
    );
    expect((await stored())[1]?.snapshot.trace).toEqual({ id, byHand: true });
    expect((await open()).editor.answerTrace.value).toMatchObject({ text: id, isOwn: false });
  });

  it('given nothing but another trace, that is a revision; undone, it is what it was', async () => {
    const { editor } = await open();
    editor.pickVerdict('reject');
    await editor.save(moment);
    editor.link(id);
    expect(editor.dirty.value).toBe(true);
    await editor.save(moment);
    expect((await stored()).map((review) => review.snapshot.trace?.id)).toEqual([undefined, id]);
    await editor.undo();
    expect((await stored()).length).toBe(1);
    expect(editor.answerTrace.value).toMatchObject({ text: id, isOwn: true });
  });

  it('given what is no trace, refuses to save and keeps it as it was typed', async () => {
    const { editor } = await open();
    editor.pickVerdict('reject');
    editor.link('the one from yesterday');
    await editor.save(moment);
    expect(editor.refusal.value).toBe('trace');
    expect(await stored()).toEqual([]);
    await editor.keepNow();
    expect((await open()).editor.answerTrace.value).toMatchObject({ text: 'the one from yesterday', isOwn: true });
  });

  it('given one that the page has, shows it, and lets it be taken away', async () => {
    const found = { ...snapshot, trace: { id } };
    const ask = { responseKey, snapshot: found, startWith: 'verdict', visibility: 'verified' } as const;
    const { token } = value(await background.content(tab)('openEditor', ask));
    const call = background.editor(tab, ++frames);
    const editor = new Editor(value(await call('claimEditor', { token })), { call, now: () => background.now });
    expect(editor.answerTrace.value).toMatchObject({ text: id, isOwn: false });
    editor.pickVerdict('reject');
    editor.link('');
    await editor.save(moment);
    expect((await stored())[0]?.snapshot.trace).toBeUndefined();
  });

  it('given a page that claims to be the reviewer, is refused, or not believed', async () => {
    const judgement: Judgement = { verdict: 'approve', labels: [], ratings: [], correction: null, comment: null };
    const draft = { id: uuidv7(), basedOn: 0, responseKey, judgement, surface: 'toolbar', ...moment } as const;
    const call = background.content(tab);
    const said = await call('saveReview', { ...draft, saveId: uuidv7(), snapshot, trace: { id } });
    expect(said).toMatchObject({ ok: false, error: { code: 'invalid', field: 'trace' } });
    const marked = { ...snapshot, trace: { id, byHand: true as const } };
    value(await call('saveReview', { ...draft, saveId: uuidv7(), snapshot: marked }));
    expect((await stored())[0]?.snapshot.trace).toEqual({ id });
  });

  it('given that somebody looks at what leaves, the pasted trace is in it', async () => {
    const url = 'https://collector.example';
    value(await background.page('saveDestination', { id: null, name: 'Team', connector: 'countersign', url }));
    const { editor } = await open();
    editor.pickVerdict('reject');
    editor.link(id);
    const call = background.editor(tab, frames);
    const views = value(await call('previewLeaving', { judgement: editor.judgement.value }));
    expect(views.map(({ result }) => result.is === 'ready' && JSON.parse(result.json).data.snapshot.trace)).toEqual([
      { id, byHand: true },
    ]);
  });
});
