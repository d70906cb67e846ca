import { describe, expect, it } from 'vitest';
import { builtInProject } from '../../../utils/review/project.ts';
import type { Condition } from '../../../utils/review/rubric.ts';
import {
  applies,
  narrowed,
  problemsOf,
  rubricFor,
  settled,
  shownDimensions,
  subjectOf,
  topicsOf,
} from '../../../utils/review/rubric-use.ts';
import { aJudgement, aSnapshot } from '../../support/builders.ts';
import { aDimension, aLabel, aProject, aRubric } from '../../support/projects.ts';

const money = { id: 'money', name: 'Money', words: ['refund', 'Rückerstattung', '返金'] };
const topicsIn = (text: string, prompt: string | null = null) => [...topicsOf([money], { text, prompt })];
const of = (host: string, ...topics: string[]) => ({ host, topics: new Set(topics) });

describe('what an answer is about', () => {
  it.each([
    ['the word itself', 'Your refund is on its way.'],
    ['the word in capitals', 'REFUND?'],
    ['other accents and case', 'Die RUCKERSTATTUNG kommt.'],
    ['a script without spaces', '商品の返金をお願いします'],
  ])('is found by %s', (_, text) => expect(topicsIn(text)).toEqual(['money']));

  it('is found in the prompt too, and not in a part of another word', () => {
    expect(topicsIn('It takes 14 days.', 'When do I get my refund')).toEqual(['money']);
    expect(topicsIn('This is nonrefundable.')).toEqual([]);
  });
});

describe('a scope', () => {
  it.each([
    [{}, of('a.example'), true],
    [{ sites: [] }, of('a.example'), true],
    [{ sites: ['a.example'] }, of('a.example'), true],
    [{ sites: ['a.example'] }, of('b.a.example'), false],
    [{ sites: ['*.a.example'] }, of('b.a.example'), true],
    [{ sites: ['*.a.example'] }, of('a.example'), true],
    [{ sites: ['*.a.example'] }, of('bad-a.example'), false],
    [{ topics: ['money'] }, of('a.example'), false],
    [{ topics: ['money'] }, of('a.example', 'money'), true],
    [{ sites: ['b.example'], topics: ['money'] }, of('a.example', 'money'), false],
  ])('%o on %o: %s', (scope, subject, expected) => expect(applies(scope, subject)).toBe(expected));
});

describe('the rubric of a response', () => {
  const project = aProject({
    topics: [money],
    rubrics: [
      aRubric({ id: 'refunds', scope: { topics: ['money'] } }),
      aRubric({ id: 'desk', scope: { sites: ['desk.example'] } }),
    ],
  });
  const chosen = (origin: string, text: string) => {
    const snapshot = aSnapshot({ text, prompt: null });
    return rubricFor(project, subjectOf(project, origin, snapshot)).id;
  };

  it('is the first whose site and topic fit, else what comes with the program', () => {
    expect(chosen('https://desk.example', 'Your refund is due.')).toBe('refunds');
    expect(chosen('https://desk.example:8443', 'Hello.')).toBe('desk');
    expect(chosen('https://other.example', 'Hello.')).toBe(builtInProject.rubrics[0]?.id);
  });

  it('has those questions and labels only that apply there', () => {
    const rubric = aRubric({ labels: [aLabel(), aLabel({ id: 'amount', scope: { topics: ['money'] } })] });
    expect(narrowed(rubric, of('a.example')).labels.map(({ id }) => id)).toEqual(['wrong']);
    expect(narrowed(rubric, of('a.example', 'money')).labels).toHaveLength(2);
  });
});

describe('a conditional question', () => {
  const ask = (shownWhen: Condition) => aRubric({ dimensions: [aDimension(), aDimension({ id: 'more', shownWhen })] });
  const isAsked = (shownWhen: Condition, change: Parameters<typeof aJudgement>[0]) =>
    shownDimensions(ask(shownWhen), aJudgement({ labels: [], ratings: [], ...change })).length === 2;

  it('is asked while all of its conditions hold', () => {
    expect(isAsked({ verdicts: ['reject'] }, { verdict: 'reject' })).toBe(true);
    expect(isAsked({ verdicts: ['reject'] }, { verdict: 'approve' })).toBe(false);
    expect(isAsked({ labels: ['wrong'] }, { labels: ['wrong'] })).toBe(true);
    expect(isAsked({ labels: ['wrong'] }, {})).toBe(false);
    const low = { dimension: { id: 'quality', values: [1, 2] } };
    expect(isAsked(low, { ratings: [{ dimension: 'quality', value: 2 }] })).toBe(true);
    expect(isAsked(low, { ratings: [{ dimension: 'quality', value: 3 }] })).toBe(false);
    expect(
      isAsked({ ...low, verdicts: ['reject'] }, { verdict: 'approve', ratings: [{ dimension: 'quality', value: 1 }] }),
    ).toBe(false);
  });

  it('is asked for a label that only a finding has', () => {
    const findings = [{ label: 'wrong' }] as never;
    expect(isAsked({ labels: ['wrong'] }, { findings })).toBe(true);
  });

  it('is not asked by the answer to a question that is not asked itself, nor by questions in a circle', () => {
    const rubric = aRubric({
      dimensions: [
        aDimension({ id: 'a', shownWhen: { verdicts: ['reject'] } }),
        aDimension({ id: 'b', shownWhen: { dimension: { id: 'a', values: [1] } } }),
        aDimension({ id: 'c', shownWhen: { dimension: { id: 'd', values: [1] } } }),
        aDimension({ id: 'd', shownWhen: { dimension: { id: 'c', values: [1] } } }),
      ],
    });
    const ratings = ['a', 'b', 'c', 'd'].map((dimension) => ({ dimension, value: 1 }));
    expect(shownDimensions(rubric, aJudgement({ verdict: 'approve', ratings }))).toEqual([]);
  });
});

describe('what is stored of a form', () => {
  const rubric = aRubric({
    dimensions: [
      aDimension({ reasonFor: [1] }),
      aDimension({ id: 'more', scale: { kind: 'text' }, shownWhen: { verdicts: ['reject'] } }),
    ],
  });

  it('has no answer to a question that is not asked, and no reason that is not wanted', () => {
    const ratings = [
      { dimension: 'quality', value: 3, reason: 'typed for the 1' },
      { dimension: 'more', value: 'typed before' },
    ];
    expect(settled(aJudgement({ verdict: 'approve', ratings }), rubric).ratings).toEqual([
      { dimension: 'quality', value: 3 },
    ]);
    expect(settled(aJudgement({ verdict: 'reject', ratings }), rubric).ratings).toHaveLength(2);
  });

  it('keeps what an earlier version of the rubric asked for', () => {
    const ratings = [{ dimension: 'retired', value: 4 }];
    expect(settled(aJudgement({ ratings }), rubric).ratings).toEqual(ratings);
  });
});

describe('what a judgement lacks', () => {
  const rubric = aRubric({
    dimensions: [aDimension({ required: true, reasonFor: [1] }), aDimension({ id: 'free', scale: { kind: 'text' } })],
    labels: [
      aLabel(),
      aLabel({ id: 'unsafe', name: 'Unsafe', critical: true }),
      aLabel({ id: 'promise', name: 'Promise', needsReason: true }),
    ],
  });
  const rated = (value: number, reason?: string) => [{ dimension: 'quality', value, ...(reason && { reason }) }];
  const lacks = (change: Parameters<typeof aJudgement>[0], earlier?: Parameters<typeof aJudgement>[0]) =>
    problemsOf(
      aJudgement({ labels: [], ratings: rated(3), ...change }),
      rubric,
      earlier ? aJudgement({ labels: [], ratings: [], ...earlier }) : null,
    ).map(({ where, is }) => `${is} ${where}`);

  it.each<[string, Parameters<typeof aJudgement>[0], string[]]>([
    ['everything', {}, []],
    ['a required answer', { ratings: [] }, ['missing dimension:quality']],
    ['a required reason', { ratings: rated(1) }, ['missing reason:quality']],
    ['a reason of spaces', { ratings: rated(1, '  ') }, ['missing reason:quality']],
    ['nothing, with the reason', { ratings: rated(1, 'because') }, []],
    [
      'sense: approved with a critical label',
      { verdict: 'approve', labels: ['unsafe'], correction: null },
      ['against label:unsafe'],
    ],
    ['a comment for a label that needs one', { labels: ['promise'] }, ['missing label:promise']],
    ['nothing, with that comment', { labels: ['promise'], comment: 'A date.' }, []],
    ['a value of the scale', { ratings: rated(6) }, ['unfit dimension:quality']],
    ['a known label', { labels: ['gone'] }, ['unfit label:gone']],
    ['a known question', { ratings: [...rated(3), { dimension: 'gone', value: 1 }] }, ['unfit dimension:gone']],
  ])('given %s', (_, change, expected) => expect(lacks(change)).toEqual(expected));

  it('is satisfied by the note of a finding with the label', () => {
    const findings = [{ label: 'promise', note: 'It names a date.' }] as never;
    expect(lacks({ findings })).toEqual([]);
  });

  it('does not count what the revision before had, and the rubric has no more', () => {
    const old = { labels: ['gone'], ratings: [{ dimension: 'retired', value: 2 }] };
    expect(lacks({ labels: ['gone'], ratings: [...rated(3), ...old.ratings] }, old)).toEqual([]);
    expect(lacks({ labels: ['gone', 'other'], ratings: rated(3) }, old)).toEqual(['unfit label:other']);
  });
});
