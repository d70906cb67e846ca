import { describe, expect, it } from 'vitest';
import { typedText } from '../../../utils/editing/copied.ts';
import { aFinding, aJudgement } from '../../support/builders.ts';

describe('the text that can be copied', () => {
  it('holds everything that was typed', () => {
    const text = 'Refunds take 14 days.';
    const judgement = aJudgement({
      correction: 'Refunds take 30 days.',
      comment: 'See the terms.',
      ratings: [{ dimension: 'quality', value: 2, reason: 'Outdated' }],
      findings: [
        aFinding(text, '14', { note: 'Since May', replacement: '30', source: 'https://a.example' }),
        aFinding(text, 'days'),
      ],
    });
    expect(typedText(judgement)).toBe(
      [
        'Correction:\nRefunds take 30 days.',
        'Comment:\nSee the terms.',
        'Finding (major, wrong): “14”\nSince May\nBetter: “30”\nhttps://a.example',
        'Finding (major, wrong): “days”',
        'quality: 2\nOutdated',
      ].join('\n\n'),
    );
  });

  it('is empty where nothing was', () => {
    expect(typedText(aJudgement({ correction: null }))).toBe('');
  });
});
