import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { authorRuleSchema } from '../../../utils/detection/rule-pack.ts';
import { siteRuleSchema } from '../../../utils/detection/rule-schema.ts';
import type { ReviewDraft } from '../../../utils/review/schema.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { exportAll } from '../../../utils/storage/export-all.ts';
import { importLines } from '../../../utils/storage/import-all.ts';
import { turnMemoryOnly } from '../../../utils/storage/memory/switch.ts';
import { recall } from '../../../utils/storage/recalling.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { forgetOutdated } from '../../../utils/storage/retention.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { sketchMore } from '../../../utils/storage/sketches.ts';
import { undoRevision } from '../../../utils/storage/undo.ts';
import { aJudgement, aSnapshot } from '../../support/builders.ts';
import { aContext, NOON, openDatabase, revisionAfter, SITE, stored } from '../../support/stored.ts';

const WRONG = 'You can return the wireless router within 14 days. Open Orders, choose Returns and print the label.';
const RIGHT = 'You can return the wireless router within 30 days. Open Orders, choose Returns and print the label.';
const snapshot = aSnapshot({ text: WRONG, prompt: 'How do I return my wireless router?' });
const judgement = aJudgement({ correction: RIGHT });
/** The same answer to somebody else, on another site. */
const another = {
  text: 'Hello Tomoko, you can return the wireless router within 14 days. Open Orders, choose Returns and print the label.',
  prompt: 'I want to return the wireless router, how?',
  site: 'https://other.example',
  responseKey: 'other/1',
};

let database: CountersignDatabase;
beforeEach(async () => {
  database = await openDatabase();
});

const found = async () => (await recall(database, another)).corrected?.review.id ?? null;
const correct = (change: Partial<ReviewDraft> = {}, now = NOON) =>
  stored(database, { snapshot, judgement, ...change }, { now });

describe('what is remembered', () => {
  it('given a correction, finds it for a similar answer of any site, and not for the answer itself', async () => {
    const { draft } = await correct();
    expect(await found()).toBe(draft.id);
    const itself = { ...another, site: SITE, responseKey: draft.responseKey };
    expect((await recall(database, itself)).corrected).toBeNull();
    expect((await recall(database, { ...another, text: 'Our shop in Lyon opens at nine.' })).wrong).toBe(0);
  });

  it('given an answer that was only rejected, counts it, and has no correction to show', async () => {
    await correct({ judgement: aJudgement({ verdict: 'reject', correction: null }) });
    expect(await recall(database, another)).toMatchObject({ corrected: null, wrong: 1 });
  });

  it('given an approved answer, remembers nothing of it', async () => {
    await correct({ judgement: aJudgement({ verdict: 'approve', correction: null }) });
    expect(await database.sketches.count()).toBe(0);
  });

  it('given several as close, shows the newest', async () => {
    await correct({}, NOON - 60_000);
    const { draft } = await correct({}, NOON);
    await correct({}, NOON - 120_000);
    expect(await found()).toBe(draft.id);
    expect((await recall(database, another)).wrong).toBe(3);
  });

  it('given an answer that says what it was corrected to, finds it too', async () => {
    const { draft } = await correct({
      judgement: aJudgement({ correction: 'Routers cannot be given back: ask our partner Nordlicht for an exchange.' }),
    });
    const text = 'Dear Bo, routers cannot be given back: ask our partner Nordlicht for an exchange.';
    expect((await recall(database, { ...another, text })).corrected?.review.id).toBe(draft.id);
  });
});

describe('what is forgotten', () => {
  it('given a next revision that approves, an undo, a deletion or the end of its days, follows', async () => {
    const { draft } = await correct();
    const approved = revisionAfter(draft, { judgement: aJudgement({ verdict: 'approve', correction: null }) });
    await saveRevision(database, approved, aContext());
    expect(await found()).toBeNull();
    await undoRevision(database, { reviewId: draft.id, revision: 2, origin: SITE, now: NOON + 1_000 });
    expect(await found()).toBe(draft.id);
    await undoRevision(database, { reviewId: draft.id, revision: 1, origin: SITE, now: NOON + 1_000 });
    expect(await database.sketches.count()).toBe(0);

    const one = await correct();
    const other = await correct({}, NOON - 90 * 86_400_000);
    await forgetOutdated(database, { keepDays: 30, forgetEverywhere: false }, NOON);
    expect((await database.sketches.toArray()).map(({ reviewId }) => reviewId)).toEqual([one.draft.id]);
    expect(other.draft.id).not.toBe(one.draft.id);
    await deleteReviews(database, { ids: [one.draft.id] });
    expect(await database.sketches.count()).toBe(0);
  });

  it('given that all goes, or all of a site, nothing is left', async () => {
    await correct();
    await deleteReviews(database, { all: true });
    expect(await database.sketches.count()).toBe(0);
    await correct();
    await deleteReviews(database, { site: SITE });
    expect(await database.sketches.count()).toBe(0);
  });

  it('given memory-only mode, goes where the reviews go', async () => {
    const { draft } = await correct();
    await turnMemoryOnly(database, { on: true, stored: 'keep' });
    expect(await found()).toBeNull();
    const inMemory = await correct({ responseKey: 'in-memory' });
    expect(await found()).toBe(inMemory.draft.id);
    await turnMemoryOnly(database, { on: false, held: 'discard' });
    expect(await found()).toBe(draft.id);
  });
});

describe('what was there before', () => {
  it('given a backup, remembers what came with it', async () => {
    const { draft } = await correct();
    const lines: string[] = [];
    for await (const line of exportAll(database, NOON)) lines.push(JSON.stringify(line));
    database = await openDatabase();
    await importLines(database, lines, { rule: siteRuleSchema, author: authorRuleSchema });
    expect(await found()).toBe(draft.id);
  });

  it('given reviews without sketches, or sketched otherwise, sketches them slice by slice and once', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1) ids.push((await correct({}, NOON - at)).draft.id);
    await database.sketches.clear();
    await database.values.put({ name: 'sketched', value: { version: 0, after: 'zzz' } });
    expect(await sketchMore(database, 2)).toBe(true);
    const meanwhile = await correct({}, NOON + 1);
    while (await sketchMore(database, 2));
    expect((await database.sketches.toArray()).map(({ reviewId }) => reviewId).sort()).toEqual(
      [...ids, meanwhile.draft.id].sort(),
    );
    await database.sketches.clear();
    expect(await sketchMore(database, 2)).toBe(false);
    expect(await database.sketches.count()).toBe(0);
  });
});
