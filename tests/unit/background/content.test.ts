import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRevisions } from '../../../utils/storage/list.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { revisionAfter, stored } from '../../support/stored.ts';

let background: Background;
let tab: FakeTab;

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
});

/** A judgement as the toolbar makes it. */
const byKey = (change = {}) => aJudgement({ correction: null, comment: null, ratings: [], ...change });

describe('the overlay', () => {
  it('given a site that is on, learns its keys, the public labels and its own marks, and nothing else', async () => {
    const call = background.content(tab);
    const draft = aDraft({ judgement: byKey() });
    value(await call('saveReview', draft));
    const state = value(await call('openPage', { responseKeys: [draft.responseKey, 'unknown'] }));
    expect(state).toMatchObject({ on: true, singleKeys: true, promptLimit: 20_000, theme: 'system' });
    expect(state.labels[0]).toEqual({ id: 'wrong', name: 'Wrong' });
    expect(state.marks).toEqual([
      {
        responseKey: draft.responseKey,
        reviewId: draft.id,
        revision: 1,
        verdict: 'correct',
        labels: ['wrong'],
        findings: 0,
      },
    ]);
    expect(Object.keys(state).sort()).toEqual(
      ['on', 'keys', 'singleKeys', 'chord', 'theme', 'labels', 'promptLimit', 'contextTurns', 'marks'].sort(),
    );
  });

  it('given a site that is off, learns so, and can store nothing', async () => {
    const other = background.extension.openTab('https://other.example/');
    const call = background.content(other);
    expect(value(await call('openPage', { responseKeys: [] }))).toMatchObject({ on: false, marks: [] });
    expect(await call('saveReview', aDraft({ judgement: byKey() }))).toMatchObject(refused('off'));
    const request = { responseKey: 'r', snapshot: aSnapshot(), startWith: 'verdict', visibility: 'verified' } as const;
    expect(await call('openEditor', request)).toMatchObject(refused('off'));
  });

  it('given that the reviewer keeps prompts out, is told not to capture them', async () => {
    await background.page('saveSettings', { keepPrompt: false });
    expect(value(await background.content(tab)('openPage', { responseKeys: [] }))).toMatchObject({ promptLimit: 0 });
  });

  it('given a judgement, stores it for the origin of the sender, as made on the toolbar, by this installation', async () => {
    await background.page('saveSettings', { reviewerName: 'Kim' });
    const draft = aDraft({ judgement: byKey(), surface: 'workbench' });
    value(await background.content(tab)('saveReview', draft));
    const [review] = await readRevisions(background.database, draft.id);
    expect(review).toMatchObject({ origin: 'https://chat.example', surface: 'toolbar', reviewer: { name: 'Kim' } });
    expect(review?.reviewer.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('given findings, which no page may invent, refuses them', async () => {
    const snapshot = aSnapshot();
    const draft = aDraft({ snapshot, judgement: byKey({ findings: [aFinding(snapshot.text, '14')] }) });
    expect(await background.content(tab)('saveReview', draft)).toMatchObject(refused('invalid', 'judgement.findings'));
  });

  it('given findings of the editor, keeps them on the same words, whatever the answer says by then', async () => {
    const snapshot = aSnapshot({ text: 'Refunds take 14 days. Ask us.' });
    const findings = [aFinding(snapshot.text, '14 days')];
    const { draft } = await stored(background.database, { snapshot, judgement: byKey({ findings }) });
    const now = aSnapshot({ text: 'Hello. Refunds take 14 days. Ask us.' });
    const second = revisionAfter(draft, { snapshot: now, judgement: byKey({ verdict: 'reject' }) });
    value(await background.content(tab)('saveReview', second));
    const [finding] = (await readRevisions(background.database, draft.id)).at(-1)?.judgement.findings ?? [];
    expect(finding).toMatchObject({
      utf16: { start: 20, end: 27 },
      quote: { exact: '14 days', prefix: 'Hello. Refunds take ' },
    });
  });

  it.each(['correction', 'comment'] as const)(
    'given a typed %s, which no page may invent, refuses it',
    async (field) => {
      const draft = aDraft({ judgement: byKey({ [field]: 'typed' }) });
      expect(await background.content(tab)('saveReview', draft)).toMatchObject(
        refused('invalid', `judgement.${field}`),
      );
      expect(await background.database.revisions.count()).toBe(0);
    },
  );

  it('given a second look by key, keeps what was typed in the editor before', async () => {
    const call = background.content(tab);
    const draft = aDraft({ judgement: byKey() });
    value(await call('saveReview', draft));
    const typed = revisionAfter(draft, { judgement: aJudgement({ comment: 'See the handbook.' }) });
    value(await background.page('saveReview', typed));
    value(
      await call('saveReview', revisionAfter(typed, { judgement: byKey({ verdict: 'reject', labels: ['tone'] }) })),
    );
    expect((await readRevisions(background.database, draft.id)).at(-1)?.judgement).toEqual({
      ...typed.judgement,
      verdict: 'reject',
      labels: ['tone'],
    });
  });

  it('given a review of another site, can neither revise, undo nor see it', async () => {
    const bank = background.extension.openTab('https://bank.example/');
    background.extension.grant('https://bank.example/*');
    const draft = aDraft({ judgement: byKey() });
    value(await background.content(bank)('saveReview', draft));
    const call = background.content(tab);
    expect(await call('saveReview', revisionAfter(draft))).toMatchObject({ ok: false });
    expect(await call('saveReview', revisionAfter(draft, { judgement: byKey() }))).toMatchObject(refused('forbidden'));
    expect(await call('undoReview', { reviewId: draft.id, revision: 1 })).toMatchObject(refused('not-found'));
    expect(value(await call('openPage', { responseKeys: [draft.responseKey] })).marks).toEqual([]);
  });

  it('given an undo in time, takes the review back; given one too late, says so', async () => {
    const call = background.content(tab);
    const draft = aDraft({ judgement: byKey() });
    value(await call('saveReview', draft));
    background.now += 7_000;
    expect(value(await call('undoReview', { reviewId: draft.id, revision: 1 }))).toEqual({ mark: null });
    const next = aDraft({ judgement: byKey() });
    value(await call('saveReview', next));
    background.now += 9_000;
    expect(await call('undoReview', { reviewId: next.id, revision: 1 })).toMatchObject(refused('too-late'));
  });

  it('given a save, lets the other tabs of the site ask again, and no others', async () => {
    const sibling = background.extension.openTab('https://chat.example/c/2');
    const stranger = background.extension.openTab('https://other.example/');
    for (const one of [tab, sibling, stranger]) one.overlay = true;
    value(await background.content(tab)('saveReview', aDraft({ judgement: byKey() })));
    await expect.poll(() => sibling.pushes).toEqual([{ push: { push: 'pageChanged' }, frameId: undefined }]);
    expect(tab.pushes).toEqual([]);
    expect(stranger.pushes).toEqual([]);
  });
});
