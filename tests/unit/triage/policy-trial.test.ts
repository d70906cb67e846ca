import { expect, it } from 'vitest';
import { beginTrial } from '../../../utils/triage/policy-trial.ts';
import { aJudgement, aReview, aSnapshot } from '../../support/builders.ts';
import { aPolicy } from '../../support/projects.ts';

const judged = (verdict: 'approve' | 'reject', text: string) =>
  aReview({ snapshot: aSnapshot({ text }), judgement: aJudgement({ verdict, labels: [] }) });

it('given stored reviews, says to how many a policy would have applied, how those were judged, and where', () => {
  const next = beginTrial(aPolicy({ phrases: ['guarantee'] }), []);
  const long = `${'We do it. '.repeat(30)}We GUARANTEE it. ${'Surely so. '.repeat(30)}`;
  next(judged('reject', long));
  next(judged('approve', 'I guarantee.'));
  const trial = next(judged('approve', 'Hello.'));
  expect(trial).toMatchObject({ of: 3, hits: 2, verdicts: { approve: 1, reject: 1, correct: 0, unsure: 0 } });
  const [first, second] = trial.shown;
  expect(first).toMatchObject({ found: 'GUARANTEE', verdict: 'reject' });
  expect(first?.before).toMatch(/^….{50,61}We $/);
  expect(first?.after).toMatch(/^ it\. .*…$/);
  expect(second).toMatchObject({ before: 'I ', found: 'guarantee', after: '.' });
});

it('looks at a review as it was then: its labels, its time, and what was sent of a draft', () => {
  const review = { ...judged('reject', 'AI draft.'), createdAt: new Date(2026, 10, 20, 23).toISOString() };
  const hits = (policy: Parameters<typeof aPolicy>[0], change: object = {}) =>
    beginTrial(aPolicy(policy), [])({ ...review, ...change }).hits;
  expect(hits({ hours: { from: '22:00', until: '06:00' } })).toBe(1);
  expect(hits({ hours: { from: '06:00', until: '22:00' } })).toBe(0);
  expect(hits({ labels: ['tone'] })).toBe(0);
  const sent = { surface: 'composer', judgement: aJudgement({ correction: 'As it was sent.', labels: ['tone'] }) };
  expect(hits({ labels: ['tone'], stage: 'draft', phrases: ['as it was sent'] }, sent)).toBe(1);
  expect(hits({ phrases: ['ai draft'] }, sent)).toBe(0);
});

it('given a pattern that is too dear, stops, and says so', () => {
  const next = beginTrial(aPolicy({ pattern: '(?:[abc]{0,30}x){8}y' }), []);
  expect(next(judged('reject', 'abcx'.repeat(45_000))).broken).toMatchObject({
    name: 'Money back',
    why: expect.stringContaining('cut off'),
  });
});
