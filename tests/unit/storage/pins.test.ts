import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { listPins, MOST_PINS, pin, unpin } from '../../../utils/storage/pins.ts';
import { aSnapshot } from '../../support/builders.ts';
import { openDatabase } from '../../support/stored.ts';

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
