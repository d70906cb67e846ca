import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { inOrderOfUse } from '../../../utils/storage/label-uses.ts';
import { aDraft, aJudgement } from '../../support/builders.ts';
import { NOON, openDatabase, stored } from '../../support/stored.ts';

const DAY = 86_400_000;

it('given labels that were used, puts them first, the most used at the front, and keeps that order all day', async () => {
  const database = await openDatabase();
  const use = async (...labels: string[]) => {
    const { responseKey } = aDraft();
    await stored(database, {
      responseKey: `${responseKey} ${Math.random()}`,
      judgement: aJudgement({ verdict: 'reject', labels }),
    });
  };
  const order = async (now: number) => (await inOrderOfUse(database, defaultRubric.labels, now)).map(({ id }) => id);
  const own = defaultRubric.labels.map(({ id }) => id);
  await use('tone', 'policy');
  await use('tone');

  const today = await order(NOON);
  expect(today.slice(0, 3)).toEqual(['tone', 'policy', 'wrong']);
  expect([...today].sort()).toEqual([...own].sort());
  for (let times = 0; times < 3; times += 1) await use('unsafe');
  expect(await order(NOON + 1_000)).toEqual(today);

  expect((await order(NOON + DAY)).slice(0, 3)).toEqual(['unsafe', 'tone', 'policy']);
});

it('given no reviews, leaves the rubric’s order', async () => {
  const database = await openDatabase();
  expect(await inOrderOfUse(database, defaultRubric.labels, NOON)).toEqual(defaultRubric.labels);
});
