/** A backup: everything goes out, comes back as it was, and never in the place of something newer. */
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { authorRuleSchema } from '../../../utils/detection/rule-pack.ts';
import { siteRuleSchema } from '../../../utils/detection/rule-schema.ts';
import { saveAuthor } from '../../../utils/storage/authors.ts';
import { counts } from '../../../utils/storage/counters.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { putDraft } from '../../../utils/storage/drafts.ts';
import { exportAll } from '../../../utils/storage/export-all.ts';
import { importLines } from '../../../utils/storage/import-all.ts';
import { leaseBatch, resumeDestinations } from '../../../utils/storage/leases.ts';
import { changeEntries } from '../../../utils/storage/outbox.ts';
import { keepRubric, setProject } from '../../../utils/storage/projects.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { putUserRule } from '../../../utils/storage/rules.ts';
import { saveRevision } from '../../../utils/storage/save.ts';
import { installationId, saveSettings } from '../../../utils/storage/settings.ts';
import { aDestinationRow, aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';
import { acknowledged } from '../../support/outbox.ts';
import { aProject, aRubric } from '../../support/projects.ts';
import { aRule } from '../../support/rules.ts';
import { aContext, NOON, openDatabase, revisionAfter, SITE, stored } from '../../support/stored.ts';

const checks = { rule: siteRuleSchema, author: authorRuleSchema };

async function linesOf(database: CountersignDatabase): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportAll(database, NOON)) lines.push(JSON.stringify(line));
  return lines;
}

/** Takes all lines, a few at a time, as a page does. */
async function take(database: CountersignDatabase, lines: readonly string[], portion = 3) {
  const all = { added: 0, kept: 0, refused: [] as string[] };
  for (let start = 0; start < lines.length; start += portion) {
    const { added, kept, refused } = await importLines(database, lines.slice(start, start + portion), checks);
    all.added += added;
    all.kept += kept;
    all.refused.push(...refused.map(({ why }) => why));
  }
  return all;
}

/** All that a backup is to bring back, as plain data. Numbers and pauses of destinations are this installation's own. */
async function contents(database: CountersignDatabase) {
  const { revisions, drafts, destinations, outbox, ledger, rubrics, rules, authors, values } = database;
  return {
    revisions: await revisions.orderBy('key').toArray(),
    drafts: await drafts.toArray(),
    destinations: (await destinations.toArray()).map(({ id, name, connector, url, sends, lastDeliveredAt }) => ({
      ...{ id, name, connector, url, sends, lastDeliveredAt },
    })),
    outbox: (await outbox.toArray()).map(({ key, reviewId, destinationId, kind, state, dueAt, attempts, reason }) => ({
      ...{ key, reviewId, destinationId, kind, state, dueAt, attempts, reason },
    })),
    ledger: await ledger.toArray(),
    rubrics: await rubrics.toArray(),
    rules: await rules.toArray(),
    authors: await authors.toArray(),
    values: await values
      .where('name')
      .anyOf('settings', 'installation', 'rules-off', 'project', 'guidelines-seen')
      .toArray(),
    counts: await counts(database),
  };
}

let database: CountersignDatabase;
let lines: string[];
/** Of the review with two revisions. */
let id: string;

beforeAll(async () => {
  database = await openDatabase(aDestinationRow({ secret: 'whsec_c2VjcmV0', token: 'cst_secret' }));
  await saveSettings(database, { theme: 'dark', keepDays: 90 });
  await setProject(database, aProject());
  await keepRubric(database, aRubric({ version: '0.9' }));
  await installationId(database);
  const { draft } = await stored(database, { snapshot: aSnapshot({ text: 'Line\u2028end, 😀 and "quotes"' }) });
  id = draft.id;
  for (let revision = 2; revision <= 11; revision += 1) {
    const findings = [aFinding(draft.snapshot.text, '😀', { note: 'Too cheerful', replacement: '' })];
    const judgement = aJudgement({ verdict: revision % 2 ? 'reject' : 'approve', findings });
    await saveRevision(database, revisionAfter({ ...draft, basedOn: revision - 2 }, { judgement }), aContext());
  }
  const { draft: gone } = await stored(database);
  const { draft: dead } = await stored(database);
  await stored(database);
  const entries = async (reviewId: string) => database.outbox.where('reviewId').equals(reviewId).toArray();
  await acknowledged(database, [...(await entries(id)).slice(0, 2), ...(await entries(gone.id))]);
  await deleteReviews(database, { ids: [gone.id] }, { now: NOON });
  await database.transaction('rw', database.outbox, database.counters, async () =>
    changeEntries(database, await entries(dead.id), () => ({ state: 'dead', reason: 'Too large.', attempts: 2 })),
  );
  const open = aJudgement({ findings: [aFinding(aSnapshot().text, 'Refunds')] });
  const unsaved = { judgement: open, snapshot: aSnapshot(), updatedAt: new Date(NOON).toISOString() };
  await putDraft(database, { origin: SITE, responseKey: 'open', ...unsaved });
  await putUserRule(database, aRule(), { keptFor: null, now: NOON });
  await saveAuthor(database, { site: SITE, author: 'Fin', is: 'assistant' }, NOON);
  lines = await linesOf(database);
});

describe('a backup', () => {
  it.each([1, 3, 1000])('given an empty database, in portions of %i, makes an equal one', async (portion) => {
    const copy = await openDatabase();
    expect((await take(copy, lines, portion)).refused).toEqual([]);
    expect(await contents(copy)).toEqual(await contents(database));
    // And again: nothing is new.
    expect(await take(copy, lines)).toMatchObject({ added: 0, refused: [] });
    expect(await contents(copy)).toEqual(await contents(database));
  });

  it('holds no token, no secret and no key', async () => {
    const text = lines.join('\n');
    expect(text).not.toContain('cst_secret');
    expect(text).not.toContain('whsec_');
    const key = (await database.values.get('privacy-secret'))?.value;
    expect(text).not.toContain(key ?? 'privacy-secret');
  });

  it('sends nothing to an imported address before the user has saved it, not even at the word to deliver now', async () => {
    const copy = await openDatabase();
    await take(copy, lines);
    await resumeDestinations(copy, NOON + 60_000);
    expect(await leaseBatch(copy, 'team', { items: 50, bytes: 1e6 }, NOON + 60_000)).toBeNull();
    expect(await copy.destinations.get('team')).toMatchObject({ token: null, secret: null, unconfirmed: true });
  });

  it('leaves newer work and own settings as they are', async () => {
    const copy = await openDatabase();
    await saveSettings(copy, { theme: 'light' });
    const newer = { judgement: aJudgement({ comment: 'newer' }), snapshot: aSnapshot(), updatedAt: '2026-12-01' };
    await putDraft(copy, { origin: SITE, responseKey: 'open', ...newer });
    await take(copy, lines);
    expect((await copy.drafts.toArray())[0]?.judgement.comment).toBe('newer');
    expect((await copy.values.get('settings'))?.value).toMatchObject({ theme: 'light' });
  });

  it('given a file that was tampered with, refuses the lines that were, and what hangs on them, and takes the rest', async () => {
    const copy = await openDatabase();
    const tampered = lines.map((line) =>
      line.includes(`"id":"${id}","revision":3,`) ? line.replace('reject', 'approve') : line,
    );
    const { refused } = await take(copy, [
      ...tampered,
      'not json',
      '{"revision":{}}',
      '{"value":{"name":"privacy-secret"}}',
    ]);
    expect(refused).toContain('It was changed: its hash does not fit.');
    expect(refused.filter((why) => why === 'It does not follow the revision that is stored before it.')).toHaveLength(
      8,
    );
    expect(refused.filter((why) => /not JSON|not a line/.test(why))).toHaveLength(3);
    expect(await copy.revisions.where('id').equals(id).count()).toBe(2);
    expect((await counts(copy)).reviews).toBe(3);
  });
});
