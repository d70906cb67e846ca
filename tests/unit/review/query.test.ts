import { describe, expect, it } from 'vitest';
import { contains, searchWords } from '../../../utils/review/query.ts';
import { aFinding, aJudgement, aReview, aSnapshot } from '../../support/builders.ts';

const review = aReview({
  snapshot: aSnapshot({ text: 'Refunds take 14 days.', prompt: 'How long?' }),
  judgement: aJudgement({
    correction: 'Refunds take 30 days.',
    comment: 'See §4, ÄNDERUNG.',
    ratings: [{ dimension: 'quality', value: 2, reason: 'Outdated' }],
    findings: [
      aFinding('Refunds take 14 days.', '14', {
        note: 'It is thirty',
        replacement: 'XXX',
        source: 'https://a.example/b',
      }),
      aFinding('Gone for good', 'good', { orphan: true }),
    ],
  }),
});
const finds = (search: string) => contains(review, searchWords(search));

describe('a search', () => {
  it.each([
    'refunds',
    'HOW LONG',
    '30',
    '§4',
    'änderung',
    '  14   long ',
    'thirty',
    'xxx',
    'a.example',
    'outdated',
    'good',
    '',
  ])('%j finds the review', (search) => {
    expect(finds(search)).toBe(true);
  });

  it.each(['refund 31', 'pageTitle', 'chat.example'])('%j does not', (search) => {
    expect(finds(search)).toBe(false);
  });
});
