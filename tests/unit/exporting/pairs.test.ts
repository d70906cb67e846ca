import { expect, it } from 'vitest';
import { pairLines, preferencePairs } from '../../../utils/exporting/pairs.ts';
import type { Preference } from '../../../utils/review/schema.ts';
import { aJudgement, aReview, aSnapshot } from '../../support/builders.ts';

const answer = (text: string, rank: number, model: string | null = null): Preference['shown'][number] => ({
  ...{ responseKey: text, origin: 'https://chat.example', model, text, rank, ratings: [] },
});
const compared = (preference: Preference) =>
  aReview({ snapshot: aSnapshot({ prompt: 'Which color?' }), judgement: aJudgement({ preference }) });

it('given a ranking, gives one line for each two of which one was preferred', () => {
  const review = compared({
    shown: [answer('Blue.', 2), answer('Red.', 1, 'model-1'), answer('None.', 3)],
    outcome: 'ranked',
    strength: 'strong',
  });
  const lines = pairLines(review).map((line) => JSON.parse(line));
  expect(lines.map(({ chosen, rejected, strength }) => [chosen, rejected, strength])).toEqual([
    ['Red.', 'Blue.', 'strong'],
    ['Red.', 'None.', null],
    ['Blue.', 'None.', null],
  ]);
  expect(lines[0]).toEqual({
    prompt: 'Which color?',
    chosen: 'Red.',
    rejected: 'Blue.',
    strength: 'strong',
    chosenModel: 'model-1',
    rejectedModel: null,
    chosenShown: 2,
    rejectedShown: 1,
    review: `${review.id}:${review.revision}`,
    createdAt: review.createdAt,
  });
});

it('given a tie, both bad, or no comparison, gives none; over many reviews, all of them', async () => {
  const shown = [answer('Blue.', 1), answer('Red.', 1)];
  const none = [
    compared({ shown, outcome: 'tie', strength: null }),
    compared({ shown, outcome: 'both-bad', strength: null }),
    aReview(),
  ];
  expect(none.flatMap(pairLines)).toEqual([]);
  const won = compared({ shown: [answer('Blue.', 1), answer('Red.', 2)], outcome: 'ranked', strength: 'slight' });
  const all = (async function* () {
    yield* [...none, won, won];
  })();
  const lines: string[] = [];
  for await (const line of preferencePairs(all)) lines.push(line);
  expect(lines).toHaveLength(2);
  expect(lines.every((line) => line.endsWith('}\n'))).toBe(true);
});
