import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { authorRuleSchema } from '../../../utils/detection/rule-pack.ts';
import { siteRuleSchema } from '../../../utils/detection/rule-schema.ts';
import { exportAll } from '../../../utils/storage/export-all.ts';
import { importLines } from '../../../utils/storage/import-all.ts';
import { takeInventory } from '../../../utils/storage/inventory.ts';
import { listPins, MOST_PINS, pin, unpin } from '../../../utils/storage/pins.ts';
import { deleteReviews } from '../../../utils/storage/remove.ts';
import { forgetOutdated } from '../../../utils/storage/retention.ts';
import { aSnapshot } from '../../support/builders.ts';
import { openDatabase, SITE, stored } from '../../support/stored.ts';

const answer = (text: string, site = 'https://one.example') => ({
  site,
  responseKey: `${site}|${text}`,
  snapshot: aSnapshot({ text }),
});

it('given answers of two sites, keeps both at hand, the newest first, until one is taken away', async () => {
  const database = await openDatabase();
  const first = await pin(database, answer('one'), 1_000);
  const second = await pin(database, answer('two', 'https://other.example'), 2_000);
  expect([first.count, second.count]).toEqual([1, 2]);
  expect((await listPins(database)).map(({ snapshot }) => snapshot.text)).toEqual(['two', 'one']);

  await unpin(database, second.id);
  await unpin(database, 'none');
  expect((await listPins(database)).map(({ site }) => site)).toEqual(['https://one.example']);
});

it('given the same text of the same answer again, keeps it once; another text of it is another', async () => {
  const database = await openDatabase();
  const first = await pin(database, answer('one'), 1_000);
  expect(await pin(database, answer('one'), 2_000)).toEqual({ id: first.id, count: 1 });
  const grown = { ...answer('one'), snapshot: aSnapshot({ text: 'one and more' }) };
  expect(await pin(database, grown, 3_000)).toMatchObject({ count: 2 });
});

it('given more than can be compared at once, lets the oldest go', async () => {
  const database = await openDatabase();
  for (let at = 0; at <= MOST_PINS; at += 1) await pin(database, answer(`text ${at}`), at * 1_000);
  const texts = (await listPins(database)).map(({ snapshot }) => snapshot.text);
  expect(texts).toHaveLength(MOST_PINS);
  expect(texts).not.toContain('text 0');
});

it('counts among what is stored, and goes with its review, its site, what is searched for, and everything', async () => {
  const database = await openDatabase();
  const texts = async () => (await listPins(database)).map(({ snapshot }) => snapshot.text);
  const { draft: review } = await stored(database);
  await pin(database, { site: SITE, responseKey: review.responseKey, snapshot: review.snapshot }, 1);
  await pin(database, answer('of one site'), 2);
  await pin(database, answer('about tents', 'https://two.example'), 3);
  await pin(database, answer('about boats', 'https://two.example'), 4);
  expect(await takeInventory(database)).toMatchObject({ pinned: 4 });

  await deleteReviews(database, { ids: [review.id] });
  expect(await texts()).toEqual(['about boats', 'about tents', 'of one site']);
  await deleteReviews(database, { site: 'https://one.example' });
  expect(await texts()).toEqual(['about boats', 'about tents']);
  await deleteReviews(database, { query: { search: 'TENTS' } });
  expect(await texts()).toEqual(['about boats']);
  await deleteReviews(database, { all: true });
  expect(await texts()).toEqual([]);
});

it('given a limit of days, is forgotten after them', async () => {
  const database = await openDatabase();
  const day = 86_400_000;
  await pin(database, answer('old'), 0);
  await pin(database, answer('new'), 9 * day);
  await forgetOutdated(database, { keepDays: 5, forgetEverywhere: false }, 10 * day);
  expect((await listPins(database)).map(({ snapshot }) => snapshot.text)).toEqual(['new']);
});

it('comes back from a backup, once', async () => {
  const [from, to] = [await openDatabase(), await openDatabase()];
  await pin(from, answer('one'), 1_000);
  const lines: string[] = [];
  for await (const line of exportAll(from, 2_000)) lines.push(JSON.stringify(line));
  const checks = { rule: siteRuleSchema, author: authorRuleSchema };
  expect((await importLines(to, lines, checks)).refused).toEqual([]);
  expect((await importLines(to, lines, checks)).added).toBe(0);
  expect(await listPins(to)).toEqual(await listPins(from));
});
