import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { UNDO_WINDOW_MS } from '../../../utils/review/mark.ts';
import { verifyChain } from '../../../utils/review/revise.ts';
import { counts } from '../../../utils/storage/counters.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { getDraft, putDraft } from '../../../utils/storage/drafts.ts';
import { historyOf, readRevisions } from '../../../utils/storage/list.ts';
import { marksFor } from '../../../utils/storage/marks.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { undoRevision } from '../../../utils/storage/undo.ts';
import { aDestinationRow, aDraft, aJudgement } from '../../support/builders.ts';
import { aContext, failing, NOON, openDatabase, revisionAfter, SITE, stored } from '../../support/stored.ts';

/** Everything that is stored, to show that nothing changed. */
async function everything(database: CountersignDatabase) {
  return Promise.all(database.tables.map(async (table) => [table.name, await table.toArray()]));
}

const twoDestinations = () => openDatabase(aDestinationRow(), aDestinationRow({ id: 'audit', name: 'Audit' }));

describe('saving', () => {
  it('given two destinations, stores the revision and owes it to both, not before the undo window closes', async () => {
    const database = await twoDestinations();
    const { draft, saved } = await stored(database);
    expect(saved).toEqual({
      mark: expect.objectContaining({ reviewId: draft.id, revision: 1, verdict: 'correct', labels: ['wrong'] }),
      undoUntil: NOON + UNDO_WINDOW_MS,
    });
    const entries = await database.outbox.toArray();
    expect(entries.map((entry) => entry.destinationId).sort()).toEqual(['audit', 'team']);
    for (const entry of entries) {
      expect(entry).toMatchObject({ key: `${draft.id}:1`, state: 'pending', dueAt: NOON + 8_000, attempts: 0 });
      expect(entry.event).toMatchObject({ id: `${draft.id}:1`, data: { id: draft.id, revision: 1 } });
    }
  });

  it('given a paused destination, owes it too', async () => {
    const database = await openDatabase(aDestinationRow({ pausedBecause: 'The token was refused.' }));
    await stored(database);
    expect(await counts(database)).toMatchObject({ owed: 1 });
  });

  it('given no destination, owes nothing', async () => {
    const database = await openDatabase();
    await stored(database);
    expect(await counts(database)).toMatchObject({ reviews: 1, revisions: 1, owed: 0 });
  });

  it('given revisions, keeps each, chained, and marks only the newest as such', async () => {
    const database = await twoDestinations();
    const { draft } = await stored(database);
    const second = revisionAfter(draft, { judgement: aJudgement({ verdict: 'reject' }) });
    await saveRevision(database, second, aContext({ now: NOON + 60_000 }));
    const revisions = await readRevisions(database, draft.id);
    expect(revisions.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(await verifyChain(revisions)).toEqual({ ok: true, value: null });
    expect(await marksFor(database, SITE, [draft.responseKey])).toMatchObject([{ revision: 2, verdict: 'reject' }]);
    expect(await historyOf(database, { origin: SITE, responseKey: draft.responseKey })).toEqual(revisions);
    // The first revision was not delivered yet, and is owed all the same.
    expect(await counts(database)).toMatchObject({
      reviews: 1,
      revisions: 2,
      owed: 4,
      verdicts: { reject: 1, correct: 0 },
    });
  });

  it('given a saveId that was stored, answers the same and stores nothing', async () => {
    const database = await twoDestinations();
    const { draft, saved } = await stored(database);
    const before = await everything(database);
    expect(await saveRevision(database, draft, aContext({ now: NOON + 99_000 }))).toEqual(saved);
    expect(await everything(database)).toEqual(before);
  });

  it('given the same save twice at once, stores it once and answers both', async () => {
    const database = await twoDestinations();
    const draft = aDraft();
    const answers = await Promise.all([1, 2, 3].map(() => saveRevision(database, draft, aContext())));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await counts(database)).toMatchObject({ revisions: 1, owed: 2 });
  });

  it('given the saveId of another review, refuses it', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    const forged = aDraft({ saveId: draft.saveId });
    await expect(saveRevision(database, forged, aContext())).rejects.toMatchObject(failing('invalid', 'saveId'));
  });

  it('given two contexts that revise the same revision at once, stores one and names the conflict to the other', async () => {
    const database = await twoDestinations();
    const { draft } = await stored(database);
    const results = await Promise.allSettled(
      ['one', 'two'].map((comment) =>
        saveRevision(database, revisionAfter(draft, { judgement: aJudgement({ comment }) }), aContext()),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: failing('conflict') });
    expect(await counts(database)).toMatchObject({ revisions: 2, owed: 4 });
  });

  it('given a revision that was taken back and made anew while the next was hashed, keeps the chain whole', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    const spied = vi.spyOn(crypto.subtle, 'digest').mockImplementationOnce(async (...args) => {
      spied.mockRestore();
      await undoRevision(database, { reviewId: draft.id, revision: 1, origin: SITE, now: NOON });
      await stored(database, { ...draft, saveId: aDraft().saveId, judgement: aJudgement({ comment: 'anew' }) });
      return digest(...args);
    });
    await expect(saveRevision(database, revisionAfter(draft), aContext())).rejects.toMatchObject(failing('conflict'));
    expect(await verifyChain(await readRevisions(database, draft.id))).toEqual({ ok: true, value: null });
  });

  it('given a response that has a review, refuses a second one of it, but not one of another site', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    const second = aDraft({ responseKey: draft.responseKey });
    await expect(saveRevision(database, second, aContext())).rejects.toMatchObject(failing('conflict'));
    await saveRevision(database, second, aContext({ origin: 'https://other.example' }));
    expect(await marksFor(database, SITE, [draft.responseKey])).toMatchObject([{ reviewId: draft.id }]);
  });

  it('given another origin than the one that was judged, is forbidden', async () => {
    const database = await openDatabase();
    const { draft } = await stored(database);
    const elsewhere = aContext({ origin: 'https://other.example' });
    await expect(saveRevision(database, revisionAfter(draft), elsewhere)).rejects.toMatchObject(failing('forbidden'));
  });

  it('given unsaved work on the response, removes it, and only it', async () => {
    const database = await openDatabase();
    const draft = aDraft();
    const work = { judgement: draft.judgement, snapshot: draft.snapshot, updatedAt: '2026-11-21T11:00:00.000Z' };
    await putDraft(database, { origin: SITE, responseKey: draft.responseKey, ...work });
    await putDraft(database, { origin: SITE, responseKey: 'another', ...work });
    await putDraft(database, { origin: 'https://other.example', responseKey: draft.responseKey, ...work });
    await saveRevision(database, draft, aContext());
    expect(await getDraft(database, { origin: SITE, responseKey: draft.responseKey })).toBeNull();
    expect(await database.drafts.count()).toBe(2);
  });
});

describe('a save that fails', () => {
  it.each([
    ['the outbox', 'outbox'],
    ['the counters', 'counters'],
  ] as const)('given that %s cannot be written, leaves nothing behind', async (_, table) => {
    const database = await twoDestinations();
    const { draft } = await stored(database);
    const before = await everything(database);
    const full = Object.assign(new Error('disk'), { name: 'QuotaExceededError' });
    database.use({
      stack: 'dbcore',
      name: 'full disk',
      create: (core) => ({
        ...core,
        table: (name) => {
          const inner = core.table(name);
          return name === table ? { ...inner, mutate: () => Promise.reject(full) } : inner;
        },
      }),
    });
    database.close({ disableAutoOpen: false });
    await expect(saveRevision(database, revisionAfter(draft), aContext())).rejects.toMatchObject(
      failing('storage-full'),
    );
    await expect(saveRevision(database, aDraft(), aContext())).rejects.toMatchObject(failing('storage-full'));
    database.unuse({ stack: 'dbcore', name: 'full disk' });
    database.close({ disableAutoOpen: false });
    expect(await everything(database)).toEqual(before);
  });

  it('given a database that another window closed for an update, opens it again', async () => {
    const database = await openDatabase();
    await stored(database);
    database.close({ disableAutoOpen: false });
    await stored(database);
    expect(await counts(database)).toMatchObject({ reviews: 2 });
  });
});
