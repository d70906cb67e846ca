import { describe, expect, it } from 'vitest';
import { excerptOf, summaryOf } from '../../../entrypoints/workbench/store/summary.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { aJudgement, aReview, aSnapshot } from '../../support/builders.ts';

const answer = (text: string) => aReview({ snapshot: aSnapshot({ text, prompt: null }) });

describe('the excerpt of a review', () => {
  it('given an answer of many lines, is its beginning in one line', () => {
    expect(excerptOf(answer('First.\n\n  - second\tthird'), undefined)).toBe('First. - second third');
  });

  it('given a long answer, is short, and ends in a whole character', () => {
    const excerpt = excerptOf(answer('👍'.repeat(5000)), undefined);
    expect(excerpt.length).toBeLessThanOrEqual(200);
    expect(excerpt.isWellFormed()).toBe(true);
    expect(excerpt).not.toContain('\ufffd');
  });

  it('given a word that was searched for, shows the place where it stands, whatever its case', () => {
    const excerpt = excerptOf(answer(`${'So it goes on. '.repeat(50)}The Zürich office knows.`), 'zürich');
    expect(excerpt).toContain('The Zürich office knows.');
    expect(excerpt).toMatch(/^… /);
  });

  it('given a word that only the comment has, says that it is the comment', () => {
    const review = aReview({ judgement: aJudgement({ comment: 'See the handbook.', correction: null }) });
    expect(excerptOf(review, 'handbook')).toBe('Comment: See the handbook.');
  });
});

it('given labels of an older rubric, then they are shown by their id', () => {
  const review = aReview({ judgement: aJudgement({ labels: ['wrong', 'rude'] }) });
  expect(summaryOf({ review, delivery: 'none' }, defaultRubric.labels, undefined).labels).toEqual(['Wrong', 'rude']);
});
