import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import { counts } from '../../../utils/storage/counters.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { getDraft, putDraft } from '../../../utils/storage/drafts.ts';
import { leaseBatch } from '../../../utils/storage/leases.ts';
import { marksFor } from '../../../utils/storage/marks.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { type UndoRequest, undoRevision } from '../../../utils/storage/undo.ts';
import { aDestinationRow, aJudgement } from '../../support/builders.ts';
import { aContext, failing, NOON, openDatabase, revisionAfter, SITE, stored } from '../../support/stored.ts';

const undo = (database: CountersignDatabase, { id }: ReviewDraft, change: Partial<UndoRequest> = {}) =>
  undoRevision(database, { reviewId: id, revision: 1, origin: SITE, now: NOON + 1_000, ...change });

describe('undo', () => {
  it('given an open window, takes the review back with all that was owed of it', async () => {
    const database = await openDatabase(aDestinationRow());
    const { draft } = await stored(database);
    expect(await undo(database, draft)).toMatchObject({ mark: null, removed: { id: draft.id } });
    expect(await database.outbox.count()).toBe(0);
    expect(await database.revisions.count()).toBe(0);
    expect(await database.counters.count()).toBe(0);
  });

  it('given typed text, keeps it as the draft of the response', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    await undo(database, draft);
    const kept = await getDraft(database, { origin: SITE, responseKey: draft.responseKey });
    expect(kept).toMatchObject({ judgement: draft.judgement, snapshot: draft.snapshot });
  });

  it('given newer unsaved work, leaves that alone; given no typed text, keeps nothing', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    const { responseKey, snapshot } = draft;
    const newer = {
      origin: SITE,
      responseKey,
      snapshot,
      judgement: aJudgement({ comment: 'newer' }),
      updatedAt: 'later',
    };
    await putDraft(database, newer);
    await undo(database, draft);
    expect(await getDraft(database, newer)).toEqual(newer);
    const bare = await stored(database, { judgement: aJudgement({ correction: null, comment: null }) });
    await undo(database, bare.draft);
    expect(await getDraft(database, { origin: SITE, responseKey: bare.draft.responseKey })).toBeNull();
  });

  it('given a second revision, makes the first the newest again; it stays owed', async () => {
    const database = await openDatabase(aDestinationRow());
    const { draft } = await stored(database, {}, { now: NOON - 60_000 });
    await saveRevision(database, revisionAfter(draft, { judgement: aJudgement({ verdict: 'reject' }) }), aContext());
    expect(await undo(database, draft, { revision: 2 })).toMatchObject({ mark: { revision: 1, verdict: 'correct' } });
    expect(await marksFor(database, SITE, [draft.responseKey])).toMatchObject([{ revision: 1 }]);
    expect(await counts(database)).toMatchObject({
      reviews: 1,
      revisions: 1,
      owed: 1,
      verdicts: { correct: 1, reject: 0 },
    });
    // And revision 2 can be made anew.
    const again = revisionAfter(draft, { judgement: aJudgement({ verdict: 'unsure' }) });
    expect(await saveRevision(database, again, aContext())).toMatchObject({ mark: { revision: 2 } });
  });

  it.each<[string, Partial<UndoRequest>, string]>([
    ['the window has closed', { now: NOON + 8_001 }, 'too-late'],
    ['the revision is not there', { revision: 2 }, 'not-found'],
    ['another site asks', { origin: 'https://other.example' }, 'not-found'],
  ])('given that %s, is refused', async (_, change, code) => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    await expect(undo(database, draft, change)).rejects.toMatchObject(failing(code));
    expect(await database.revisions.count()).toBe(1);
  });

  it('given the last millisecond, and an extension page that asks, is done', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    await undo(database, draft, { now: NOON + 8_000, origin: null });
    expect(await database.revisions.count()).toBe(0);
  });

  it('given an older revision than the newest, is refused', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    await saveRevision(database, revisionAfter(draft), aContext());
    await expect(undo(database, draft)).rejects.toMatchObject(failing('conflict'));
  });

  it('given that a delivery has begun, is too late, even where the clock says otherwise', async () => {
    const database = await openDatabase(aDestinationRow());
    const { draft } = await stored(database);
    const lease = await leaseBatch(database, 'team', { items: 50, bytes: 100_000 }, NOON + 8_000);
    expect(lease?.rows).toHaveLength(1);
    await expect(undo(database, draft)).rejects.toMatchObject(failing('too-late'));
  });

  it('given a delivery that was tried without an answer, is too late: the endpoint may have it', async () => {
    const database = await openDatabase(aDestinationRow());
    const { draft } = await stored(database);
    await database.outbox.toCollection().modify({ attempts: 1 });
    await expect(undo(database, draft)).rejects.toMatchObject(failing('too-late'));
  });
});
