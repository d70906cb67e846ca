/** The queue's calls: what a page's script and the side panel may do to it, and for whom it is stored. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { queueRows } from '../../../utils/storage/queue.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import { aDraft, aJudgement, aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { aLabel, aProject, aRubric } from '../../support/projects.ts';
import { stored } from '../../support/stored.ts';

const SITE = 'https://chat.example';
let background: Background;
let tab: FakeTab;
beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab(`${SITE}/c/1`);
  background.extension.grant(`${SITE}/*`);
});

const byKey = (change = {}) =>
  aJudgement({ verdict: 'approve', labels: [], correction: null, comment: null, ratings: [], ...change });
const fromPanel = (change = {}) => ({
  ...aDraft({ judgement: byKey(), surface: 'sidepanel' }),
  origin: SITE,
  ...change,
});

describe('a page', () => {
  it('given a site that is on, when its script sets an answer aside, then it is kept for the origin of the sender', async () => {
    const answer = { responseKey: 'one', snapshot: aSnapshot() };
    expect(value(await background.content(tab)('setAside', answer))).toEqual({ aside: true });
    expect(await queueRows(background.database)).toMatchObject([{ ...answer, site: SITE, state: 'aside' }]);
    expect(value(await background.content(tab)('setAside', answer))).toEqual({ aside: false });
  });

  it('given a site that is off, when its script sets an answer aside, then it is refused', async () => {
    const other = background.extension.openTab('https://other.example/');
    const answer = { responseKey: 'one', snapshot: aSnapshot() };
    expect(await background.content(other)('setAside', answer)).toMatchObject(refused('off'));
  });

  it('given the panel’s own calls, when a page’s script makes them, then they are forbidden', async () => {
    const call = background.content(tab) as unknown as (verb: string, body: object) => Promise<unknown>;
    expect(await call('judge', fromPanel())).toMatchObject(refused('forbidden'));
    expect(await call('queue', { site: SITE, responseKey: 'one', state: null })).toMatchObject(refused('forbidden'));
    expect(await call('reopen', { reviewId: 'x', edit: false })).toMatchObject(refused('forbidden'));
  });
});

describe('the side panel', () => {
  it('given a rubric that asks for more than a key can say, when an answer is judged, then nothing is stored, and what was said waits as the draft', async () => {
    const label = aLabel({ needsReason: true });
    const project = aProject({ rubrics: [aRubric({ labels: [label] })] });
    value(await background.page('setProject', { json: JSON.stringify(project) }));
    const draft = fromPanel({ judgement: byKey({ verdict: 'reject', labels: ['wrong'] }) });
    expect(await background.page('judge', draft)).toMatchObject({
      ok: false,
      error: { code: 'incomplete', message: expect.stringContaining('“Wrong” needs a reason') },
    });
    expect(await background.database.revisions.count()).toBe(0);
    expect(await background.database.drafts.toArray()).toMatchObject([
      { origin: SITE, responseKey: draft.responseKey, judgement: { verdict: 'reject', labels: ['wrong'] } },
    ]);
  });

  it('given an answer of a site that is on, when it is judged, then it is stored as judged there, and the site’s pages are told', async () => {
    tab.overlay = true;
    const draft = fromPanel();
    value(await background.page('judge', draft));
    const [row] = await background.database.revisions.toArray();
    expect(row?.review).toMatchObject({ origin: SITE, surface: 'sidepanel', judgement: { verdict: 'approve' } });
    expect(tab.pushes.map(({ push }) => push.push)).toContain('pageChanged');
  });

  it('given a correction from before, when the verdict is changed by a key, then what was typed stays', async () => {
    const { draft } = await stored(background.database, { judgement: aJudgement({ comment: 'See section 2' }) });
    const again = { ...fromPanel(), id: draft.id, basedOn: 1, responseKey: draft.responseKey };
    value(await background.page('judge', { ...again, judgement: byKey({ verdict: 'unsure' }) }));
    const newest = await background.database.revisions.get(`${draft.id}:2`);
    expect(newest?.review.judgement).toMatchObject({
      verdict: 'unsure',
      comment: 'See section 2',
      correction: expect.any(String),
    });
  });

  it('given a site that is off, when a stranger to it is judged, then it is refused; what was set aside there is not', async () => {
    const other = { origin: 'https://other.example', responseKey: 'one' };
    expect(await background.page('judge', fromPanel(other))).toMatchObject(refused('off'));
    const aside = { site: other.origin, responseKey: 'one', state: 'aside' as const, snapshot: aSnapshot() };
    value(await background.page('queue', aside));
    value(await background.page('judge', fromPanel(other)));
    expect(await background.database.revisions.count()).toBe(1);
  });

  it('given typed text, when the panel sends it, then it is refused: the panel has no field for it', async () => {
    const typed = fromPanel({ judgement: byKey({ comment: 'x' }) });
    expect(await background.page('judge', typed)).toMatchObject(refused('invalid', 'judgement.comment'));
  });

  it('given a skip with a reason of 600 characters, then the field is named', async () => {
    const skip = {
      site: SITE,
      responseKey: 'one',
      state: 'skipped' as const,
      why: 'x'.repeat(600),
      snapshot: aSnapshot(),
    };
    expect(await background.page('queue', skip)).toMatchObject(refused('invalid', 'why'));
  });

  it('given a review that is not stored, when it is reopened, then that is said', async () => {
    expect(await background.page('reopen', { reviewId: 'nobody', edit: true })).toMatchObject(refused('not-found'));
    const gone = { site: SITE, responseKey: 'gone', edit: false };
    expect(await background.page('reopen', gone)).toMatchObject(refused('not-found'));
  });
});

describe('an answer that moved on its page', () => {
  it('given that it was found under another key, when the page asks for its marks, then the review of the old key is its', async () => {
    const { draft } = await stored(background.database, {}, { origin: SITE });
    await background.extension.session.set('moved', [[SITE, 'new key', draft.responseKey]]);
    const { marks } = value(await background.content(tab)('openPage', { responseKeys: ['new key', 'another'] }));
    expect(marks).toMatchObject([{ responseKey: 'new key', reviewId: draft.id }]);
    const elsewhere = background.extension.openTab('https://other.example/');
    background.extension.grant('https://other.example/*');
    const others = value(await background.content(elsewhere)('openPage', { responseKeys: ['new key'] }));
    expect(others.marks).toEqual([]);
  });
});
