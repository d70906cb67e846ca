import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { authorRuleSchema } from '../../../utils/detection/rule-pack.ts';
import { siteRuleSchema } from '../../../utils/detection/rule-schema.ts';
import { countAsking } from '../../../utils/storage/asking.ts';
import { exportAll } from '../../../utils/storage/export-all.ts';
import { importLines } from '../../../utils/storage/import-all.ts';
import { takeInventory } from '../../../utils/storage/inventory.ts';
import { reviewedTables } from '../../../utils/storage/memory/reviewed.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { forgetOutdated } from '../../../utils/storage/retention.ts';
import { askedOf, keepTriaged, MOST_TRIAGED, reviseTriaged, usualOf } from '../../../utils/storage/triaged.ts';
import { aTriagedRow } from '../../support/builders.ts';
import { openDatabase, SITE, stored } from '../../support/stored.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const checks = { rule: siteRuleSchema, author: authorRuleSchema };
const seen = (responseKey: string, change: Parameters<typeof aTriagedRow>[0] = {}) =>
  aTriagedRow({ site: SITE, responseKey, ...change });

it('given answers that ask and one that does not, tells a review why it was asked for, and counts until they are judged', async () => {
  const database = await openDatabase();
  const { draft } = await stored(database);
  await keepTriaged(database, [seen('asks'), seen('drawn', { audit: true }), seen('quiet', { asks: 0 })]);
  expect(await askedOf(database, SITE, 'asks')).toEqual({
    priority: 0.7,
    reasons: ['price €49 is not in the question'],
  });
  expect(await askedOf(database, SITE, 'drawn')).toMatchObject({ audit: true });
  expect(await askedOf(database, SITE, 'quiet')).toBeNull();
  expect(await askedOf(database, 'https://other.example', 'asks')).toBeNull();
  expect(await countAsking(database, NOW)).toBe(2);
  await keepTriaged(database, [seen(draft.responseKey)]);
  expect(await countAsking(database, NOW)).toBe(2);
  // What was never looked at does not nag for ever.
  expect(await countAsking(database, NOW + 8 * 86_400_000)).toBe(0);
});

it('given other weights, revises rows and leaves the others alone', async () => {
  const database = await openDatabase();
  await keepTriaged(database, [seen('one'), seen('two', { priority: 0.2, asks: 0 })]);
  const changed = await reviseTriaged(database, ({ priority }) => (priority > 0.5 ? { asks: 0 } : null));
  expect(changed).toBe(1);
  expect(await countAsking(database, NOW)).toBe(0);
});

it('given more than one site may have us keep, lets its oldest go, and no other site’s', async () => {
  const database = await openDatabase();
  const at = (index: number) => new Date(1_000_000 + index).toISOString();
  await keepTriaged(database, [aTriagedRow({ site: 'https://small.example', triagedAt: at(0) })]);
  const many = Array.from({ length: MOST_TRIAGED + 60 }, (_, index) => seen(`k${index}`, { triagedAt: at(index) }));
  await keepTriaged(database, many);
  expect(await database.triaged.count()).toBe(MOST_TRIAGED + 1);
  expect(await database.triaged.get([SITE, 'k0'])).toBeUndefined();
  expect((await usualOf(database, SITE))[0]?.responseKey).toBe(`k${MOST_TRIAGED + 59}`);
});

it('counts among what is stored, and goes with its review, its site, what is searched for, its time, and everything', async () => {
  const database = await openDatabase();
  const { draft } = await stored(database);
  const keys = async () => (await database.triaged.toArray()).map(({ responseKey }) => responseKey).sort();
  const other = 'https://other.example';
  await keepTriaged(database, [
    seen(draft.responseKey),
    seen('old', { triagedAt: '2020-01-01T00:00:00.000Z' }),
    aTriagedRow({ site: 'https://one.example', responseKey: 'of a site' }),
    aTriagedRow({ site: other, responseKey: 'tents', said: { claims: 'names Tents Ltd' } }),
    aTriagedRow({ site: other, responseKey: 'boats', said: {} }),
  ]);
  expect(await takeInventory(database)).toMatchObject({ triaged: 5 });
  await deleteReviews(database, { ids: [draft.id] });
  expect(await keys()).toEqual(['boats', 'of a site', 'old', 'tents']);
  await deleteReviews(database, { site: 'https://one.example' });
  await deleteReviews(database, { query: { search: 'tents' } });
  await deleteReviews(database, { query: { search: 'boats', verdict: 'reject' } });
  expect(await keys()).toEqual(['boats', 'old']);
  await forgetOutdated(database, { keepDays: 30, forgetEverywhere: false }, Date.parse('2026-11-22T00:00:00Z'));
  expect(await keys()).toEqual(['boats']);
  await deleteReviews(database, { all: true });
  expect(await keys()).toEqual([]);
});

it('given a backup, comes back from it once, and an older line does not replace a newer row', async () => {
  const database = await openDatabase();
  await keepTriaged(database, [seen('one')]);
  const lines: string[] = [];
  for await (const line of exportAll(database, 0)) if ('triaged' in line) lines.push(JSON.stringify(line));
  const other = await openDatabase();
  expect(await importLines(other, lines, checks)).toEqual({ added: 1, kept: 0, refused: [] });
  expect(await importLines(other, lines, checks)).toEqual({ added: 0, kept: 1, refused: [] });
  expect(await other.triaged.toArray()).toEqual(await database.triaged.toArray());
});

it('stays off the disk in memory-only mode', () => {
  expect(reviewedTables).toContain('triaged');
});
