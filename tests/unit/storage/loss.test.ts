import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { CountersignDatabase } from '../../../utils/storage/database.ts';
import { dismissLoss, forgetNote, lossOf, type NoteArea, noticeLoss } from '../../../utils/storage/loss.ts';
import { turnMemoryOnly } from '../../../utils/storage/memory/switch.ts';
import { NOON, openDatabase, stored } from '../../support/stored.ts';

let database: CountersignDatabase;
let items: Record<string, unknown>;
const area: NoteArea = {
  get: async (key) => (key in items ? { [key]: structuredClone(items[key]) } : {}),
  set: async (more) => void Object.assign(items, structuredClone(more)),
  remove: async (key) => void delete items[key],
};
/** What a browser does to a database whose file is damaged. */
async function lose(): Promise<void> {
  const { name } = database;
  await database.delete();
  database = new CountersignDatabase(name);
}

beforeEach(async () => {
  database = await openDatabase();
  items = {};
});

it('given a new installation, and every later start of it, nothing is lost', async () => {
  expect(await noticeLoss(database, area, NOON)).toBe(false);
  await stored(database);
  expect(await noticeLoss(database, area, NOON + 1)).toBe(false);
  expect(await noticeLoss(database, area, NOON + 2)).toBe(false);
  expect(await lossOf(database)).toBeNull();
});

it('given a database that comes up empty, says what was there when it was last counted, once, until that is dismissed', async () => {
  await stored(database);
  await stored(database);
  await noticeLoss(database, area, NOON);
  await lose();

  expect(await noticeLoss(database, area, NOON + 5000)).toBe(true);
  const loss = { reviews: 2, countedAt: new Date(NOON).toISOString(), noticedAt: new Date(NOON + 5000).toISOString() };
  expect(await lossOf(database)).toEqual(loss);
  expect(await noticeLoss(database, area, NOON + 6000)).toBe(false);
  expect(await lossOf(database)).toEqual(loss);

  await dismissLoss(database);
  expect(await noticeLoss(database, area, NOON + 7000)).toBe(false);
  expect(await lossOf(database)).toBeNull();
  await lose();
  expect(await noticeLoss(database, area, NOON + 8000), 'a second loss').toBe(true);
  expect(await lossOf(database)).toMatchObject({ reviews: 0 });
});

it('given a database of before there were names, or a note that was removed, nothing is lost', async () => {
  await noticeLoss(database, area, NOON);
  await stored(database);
  await database.values.delete('born');
  expect(await noticeLoss(database, area, NOON)).toBe(false);
  await forgetNote(area);
  await lose();
  expect(await noticeLoss(database, area, NOON)).toBe(false);
});

it('given memory-only mode, the number of what is in memory is not noted on the disk', async () => {
  await stored(database);
  await noticeLoss(database, area, NOON);
  const before = structuredClone(items);
  await turnMemoryOnly(database, { on: true, stored: 'keep' });
  await stored(database);
  await stored(database);
  await noticeLoss(database, area, NOON + 1000);
  expect(items).toEqual(before);
});

it('given something else in the note’s place, it is no note', async () => {
  items = { database: { born: 3 } };
  expect(await noticeLoss(database, area, NOON)).toBe(false);
  expect(items).toMatchObject({ database: { reviews: 0 } });
});
