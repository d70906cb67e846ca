import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSelected } from '../../../entrypoints/workbench/store/selected.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { putDraft } from '../../../utils/storage/drafts.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { aDestinationRow, aJudgement } from '../../support/builders.ts';
import { aContext, NOON, openDatabase, revisionAfter, SITE, stored } from '../../support/stored.ts';

let database: CountersignDatabase;
let stop: AbortController;

beforeEach(async () => {
  database = await openDatabase();
  stop = new AbortController();
});
afterEach(() => stop.abort());

/** A review with two revisions: approved first, then corrected. */
async function aRevisedReview() {
  const { draft } = await stored(database, { judgement: aJudgement({ verdict: 'approve', correction: null }) });
  const second = revisionAfter(draft, { judgement: aJudgement({ correction: 'Refunds take 30 days.' }) });
  await saveRevision(database, second, aContext({ now: NOON + 60_000 }));
  return second;
}

const open = (id: string) => createSelected(database, id, stop.signal);

describe('the selected review', () => {
  it('given two revisions, shows the newest with its diff, and finds the history intact', async () => {
    const { id } = await aRevisedReview();
    const selected = open(id);
    await vi.waitFor(() => expect(selected.chain.value).toEqual({ is: 'intact' }));
    expect(selected.shown.value?.revision).toBe(2);
    await vi.waitFor(() => expect(selected.diff.value?.runs.map(({ op }) => op)).toContain('added'));
  });

  it('given the choice of an earlier revision, shows that one, without a diff where it had no correction', async () => {
    const { id } = await aRevisedReview();
    const selected = open(id);
    await vi.waitFor(() => expect(selected.revisions.value).toHaveLength(2));
    selected.show(1);
    expect(selected.shown.value?.judgement.verdict).toBe('approve');
    expect(selected.diff.value).toBeNull();
  });

  it('given a revision altered in the database, says which and how', async () => {
    const { id } = await aRevisedReview();
    await database.revisions.where({ id, revision: 1 }).modify((row) => {
      Object.assign(row, { review: { ...row.review, judgement: { ...row.review.judgement, verdict: 'reject' } } });
    });
    const selected = open(id);
    await vi.waitFor(() => expect(selected.chain.value).toEqual({ is: 'broken', revision: 1, why: 'hash' }));
  });

  it('given a new revision meanwhile, goes on to it', async () => {
    const second = await aRevisedReview();
    const selected = open(second.id);
    await vi.waitFor(() => expect(selected.revisions.value).toHaveLength(2));
    selected.show(1);
    await saveRevision(database, revisionAfter(second), aContext({ now: NOON + 120_000 }));
    await vi.waitFor(() => expect(selected.shown.value?.revision).toBe(3));
  });

  it('given a destination, tells what became of each revision there', async () => {
    await database.destinations.add(aDestinationRow({ name: 'Team' }));
    const { id } = await aRevisedReview();
    const selected = open(id);
    await vi.waitFor(() => expect(selected.deliveries.value).toHaveLength(2));
    expect(selected.deliveries.value[0]).toMatchObject({ destinationName: 'Team', state: 'pending' });
  });

  it('given unsaved work from the editor, knows it', async () => {
    const { id, responseKey, snapshot } = await aRevisedReview();
    const judgement = aJudgement({ comment: 'Not done' });
    await putDraft(database, {
      origin: SITE,
      responseKey,
      judgement,
      snapshot,
      updatedAt: new Date(NOON).toISOString(),
    });
    const selected = open(id);
    await vi.waitFor(() => expect(selected.draft.value?.comment).toBe('Not done'));
  });

  it('given a review that is not stored, has no revisions', async () => {
    const selected = open('01900000-0000-7000-8000-000000000000');
    await vi.waitFor(() => expect(selected.revisions.value).toEqual([]));
    expect(selected.shown.value).toBeNull();
  });
});
