import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRevisions } from '../../../utils/storage/list.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement, aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { revisionAfter } from '../../support/stored.ts';

let background: Background;
let tab: FakeTab;
const snapshot = aSnapshot();
const responseKey = 'chat.example|1|a';

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
});

/** The overlay asks for an editor from one of its frames; answers the token. */
const opened = async (frameId = 0) =>
  value(
    await background.content(tab, frameId)('openEditor', {
      responseKey,
      snapshot,
      startWith: 'correction',
      visibility: 'verified',
    }),
  ).token;

/** An editor frame that has claimed its session. */
async function anEditor() {
  const call = background.editor(tab);
  const session = value(await call('claimEditor', { token: await opened() }));
  return { call, session };
}

const draft = () => aDraft({ responseKey, snapshot });

describe('the editor', () => {
  it('given its token, gets what it shows, and no token or address of a destination', async () => {
    await background.page('saveDestination', {
      id: null,
      name: 'Team',
      connector: 'countersign',
      url: 'https://feedback.example/v1/events',
      token: 'cst_SECRET-zq9',
    });
    const { session } = await anEditor();
    expect(session).toMatchObject({ responseKey, snapshot, startWith: 'correction', history: [], draft: null });
    expect(session.destinations).toEqual(['Team']);
    expect(JSON.stringify(session)).not.toMatch(/zq9|feedback\.example/);
  });

  it('given that it embeds itself without a token, gets nothing, whatever it asks', async () => {
    await opened();
    const call = background.editor(tab);
    expect(await call('claimEditor', { token: 'f'.repeat(64) })).toMatchObject(refused('forbidden'));
    expect(await call('saveReview', draft())).toMatchObject(refused('forbidden'));
    expect(await call('saveDraft', { judgement: null })).toMatchObject(refused('forbidden'));
    expect(await call('undoReview', { reviewId: 'x', revision: 1 })).toMatchObject(refused('forbidden'));
    expect(await call('resizeEditor', { height: 1 })).toMatchObject(refused('forbidden'));
    expect(await call('closeEditor', {})).toMatchObject(refused('forbidden'));
  });

  it('given a worker that died meanwhile, goes on with the next', async () => {
    const { call } = await anEditor();
    background.restart();
    expect(value(await call('saveReview', draft())).mark).toMatchObject({ responseKey, revision: 1 });
  });

  it('given a save, stores it for the origin of the page that opened it and tells the overlay in that frame', async () => {
    const call = background.editor(tab);
    value(await call('claimEditor', { token: await opened(4) }));
    const sent = draft();
    const saved = value(await call('saveReview', sent));
    expect(await readRevisions(background.database, sent.id)).toMatchObject([
      { origin: 'https://chat.example', surface: 'editor', judgement: sent.judgement },
    ]);
    await expect.poll(() => tab.pushes).toContainEqual({ push: { push: 'reviewSaved', saved }, frameId: 4 });
  });

  it('given another response or another text than it was opened for, refuses it', async () => {
    const { call } = await anEditor();
    const other = { ...draft(), responseKey: 'other' };
    expect(await call('saveReview', other)).toMatchObject(refused('invalid', 'responseKey'));
    const swapped = { ...draft(), snapshot: aSnapshot({ text: 'Something else.' }) };
    expect(await call('saveReview', swapped)).toMatchObject(refused('invalid', 'snapshot'));
    const invented = { ...draft(), snapshot: aSnapshot({ prompt: 'Never asked.' }) };
    expect(await call('saveReview', invented)).toMatchObject(refused('invalid', 'snapshot'));
  });

  it('given a reviewer who leaves the prompt out, stores the review without it', async () => {
    const { call } = await anEditor();
    const without = { ...draft(), snapshot: aSnapshot({ prompt: null }) };
    value(await call('saveReview', without));
    expect(await readRevisions(background.database, without.id)).toMatchObject([{ snapshot: { prompt: null } }]);
  });

  it('given unsaved work, finds it again in the next editor; given null, forgets it', async () => {
    const { call } = await anEditor();
    const judgement = aJudgement({ comment: 'half a thought' });
    value(await call('saveDraft', { judgement }));
    expect((await anEditor()).session.draft).toEqual(judgement);
    value(await call('saveDraft', { judgement: null }));
    expect((await anEditor()).session.draft).toBeNull();
  });

  it('given unsaved work without a verdict yet, keeps that too', async () => {
    const { call } = await anEditor();
    const judgement = { ...aJudgement({ comment: 'first the comment' }), verdict: null };
    value(await call('saveDraft', { judgement }));
    expect((await anEditor()).session.draft).toEqual(judgement);
  });

  it('given unsaved work on the same response key of another site, does not show it', async () => {
    const { call } = await anEditor();
    value(await call('saveDraft', { judgement: aJudgement() }));
    tab = background.extension.openTab('https://bank.example/');
    background.extension.grant('https://bank.example/*');
    expect((await anEditor()).session).toMatchObject({ draft: null, history: [] });
  });

  it('given a review that exists, shows its history and revises it', async () => {
    const { call } = await anEditor();
    const first = draft();
    value(await call('saveReview', first));
    const { session } = await anEditor();
    expect(session.history).toMatchObject([{ id: first.id, revision: 1 }]);
    value(await call('saveReview', revisionAfter(first, { judgement: aJudgement({ verdict: 'unsure' }) })));
    expect((await anEditor()).session.history.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('given an undo, takes the review back, returns what was typed as a draft, and lets the overlay ask again', async () => {
    const { call } = await anEditor();
    const first = draft();
    value(await call('saveReview', first));
    expect(value(await call('undoReview', { reviewId: first.id, revision: 1 }))).toEqual({ mark: null });
    expect((await anEditor()).session).toMatchObject({ history: [], draft: first.judgement });
    await expect.poll(() => tab.pushes.map(({ push }) => push.push)).toContain('pageChanged');
  });

  it('given a new height and its end, tells the overlay in its frame, and its session is over', async () => {
    const { call } = await anEditor();
    value(await call('resizeEditor', { height: 320 }));
    value(await call('closeEditor', {}));
    expect(tab.pushes).toEqual([
      { push: { push: 'resizeEditor', height: 320 }, frameId: 0 },
      { push: { push: 'closeEditor' }, frameId: 0 },
    ]);
    expect(await call('saveReview', draft())).toMatchObject(refused('forbidden'));
  });

  it('given a page that reuses a frame of another tab, is not fooled', async () => {
    await anEditor();
    const elsewhere = background.extension.openTab('https://chat.example/c/2');
    expect(await background.editor(elsewhere)('saveReview', draft())).toMatchObject(refused('forbidden'));
    expect(await background.editor(tab, 13)('saveReview', draft())).toMatchObject(refused('forbidden'));
  });

  it('given a browser that starts anew, with tab ids that begin anew, ends all sessions', async () => {
    const { call } = await anEditor();
    background.extension.events.startup.fire();
    await expect.poll(() => background.database.editors.count()).toBe(0);
    expect(await call('saveReview', draft())).toMatchObject(refused('forbidden'));
  });
});
