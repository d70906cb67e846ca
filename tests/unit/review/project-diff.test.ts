import { describe, expect, it } from 'vitest';
import { newsSince } from '../../../utils/review/guidelines-news.ts';
import { nextVersion, projectChanges, withNewVersions } from '../../../utils/review/project-diff.ts';
import { readyMade } from '../../../utils/review/ready-made/index.ts';
import { aDimension, aLabel, aPolicy, aProject, aRubric } from '../../support/projects.ts';

const clause = (change: object = {}) => ({ id: 'c', title: 'Refunds', text: 'As the order says.', ...change });
const before = aProject({ guidelines: { version: '3', clauses: [clause()] } });
const said = (after: typeof before) =>
  projectChanges(before, after).map(({ is, what, how }) => [is, what, ...how].join(' | '));

describe('the difference between two versions', () => {
  it('is nothing for the same, and for a version alone', () => {
    expect(said(before)).toEqual([]);
    for (const { project } of readyMade) expect(projectChanges(project, structuredClone(project))).toEqual([]);
  });

  it('names in words what was added, removed and changed', () => {
    const rubric = aRubric({
      dimensions: [
        aDimension({ name: 'Overall quality', required: true, help: 'As a whole.' }),
        aDimension({ id: 'why', name: 'Why?', scale: { kind: 'text' }, shownWhen: { labels: ['tone'] } }),
      ],
      labels: [aLabel({ id: 'tone', name: 'Tone' })],
    });
    const guidelines = {
      version: '4',
      clauses: [clause({ text: 'Other words.' }), clause({ id: 'd', title: 'Dates' })],
    };
    expect(said({ ...before, rubrics: [rubric], guidelines })).toEqual([
      'changed | Question “Overall quality” | question: “Quality” → “Overall quality” | required: no → yes | help added',
      'added | Question “Why?”',
      'added | Label “Tone”',
      'removed | Label “Wrong”',
      'changed | Guideline “Refunds” | text reworded',
      'added | Guideline “Dates”',
    ]);
  });

  it('tells of policies, and of how answers are chosen', () => {
    const old = aProject({ policies: [aPolicy({ phrases: ['refund'] }), aPolicy({ id: 'gone', name: 'Gone' })] });
    const policies = [
      aPolicy({
        demand: 'forbid',
        severity: 'critical',
        stage: 'draft',
        phrases: ['refund', 'credit'],
        labels: ['wrong'],
        scope: { sites: ['desk.example'] },
        hours: { from: '22:00', until: '06:00', days: [5, 6] },
        help: 'It binds us.',
      }),
      aPolicy({ id: 'new', name: 'New' }),
    ];
    const triage = { auditShare: 0.05, weights: { hedging: 2 } };
    const words = projectChanges(old, { ...old, policies, triage, assistance: { when: 'at-once' } }).map(
      ({ is, what, how }) => [is, what, ...how],
    );
    expect(words).toEqual([
      [
        'changed',
        'Policy “Money back”',
        'asks for: a review → never to be said',
        'severity: major → critical',
        'looks at: answers and drafts → drafts',
        'phrases: refund → refund, credit',
        'labels: none → Wrong',
        'where: everywhere → on desk.example',
        'when: always → 22:00 to 06:00, Fri, Sat',
        'help added',
      ],
      ['added', 'Policy “New”'],
      ['removed', 'Policy “Gone”'],
      ['changed', 'What is asked for', 'asked by lot: as built in → 5 %', 'weight of hedging: as built in → 2'],
      ['changed', 'Proposals of a model', 'shown: after the own verdict → at once'],
    ]);
    expect(projectChanges(old, { ...old, policies: old.policies?.toReversed() })).toEqual([
      { is: 'changed', what: 'The policies', how: ['order'] },
    ]);
  });

  it('tells an order that changed: digit keys follow it', () => {
    const two = [aLabel(), aLabel({ id: 'tone', name: 'Tone' })];
    const project = (labels: typeof two) => aProject({ rubrics: [aRubric({ labels })] });
    expect(projectChanges(project(two), project(two.toReversed()))).toEqual([
      { is: 'changed', what: 'The labels', how: ['order'] },
    ]);
  });
});

describe('a new version', () => {
  it.each([
    ['1', '2'],
    ['9', '10'],
    ['2026-09', '2026-10'],
    ['v1.4', 'v1.5'],
    ['spring', 'spring-2'],
  ])('after %s is %s', (version, next) => expect(nextVersion(version)).toBe(next));

  it('is given to what changed, and to the project, and to nothing else', () => {
    const after = { ...before, guidelines: { version: '3', clauses: [clause({ title: 'Money back' })] } };
    const saved = withNewVersions(before, after);
    expect([saved.version, saved.rubrics[0]?.version, saved.guidelines?.version]).toEqual(['2', '1', '4']);
    expect(withNewVersions(before, before)).toEqual(before);
  });

  it('is given where reviews were made under the same version of something else', () => {
    const ready = aProject({
      id: 'ready',
      rubrics: [aRubric({ id: 'ready' })],
      guidelines: { version: '1', clauses: [] },
    });
    const changed = aRubric({ id: 'ready', name: 'As we had it' });
    const inUse = {
      rubrics: [changed, { ...changed, version: '2' }],
      guidelines: { version: '1', clauses: [clause()] },
    };
    const saved = withNewVersions(before, ready, inUse);
    expect([saved.version, saved.rubrics[0]?.version, saved.guidelines?.version]).toEqual(['1', '3', '2']);
  });

  it('that was set by hand stays', () => {
    const after = { ...before, rubrics: [aRubric({ version: '7', name: 'Other' })] };
    expect(withNewVersions(before, after).rubrics[0]?.version).toBe('7');
  });
});

describe('the news of the guidelines', () => {
  it('is what moved since the version that the reviewer knows', () => {
    const now = { version: '4', clauses: [clause({ text: 'New.' }), clause({ id: 'd', title: 'Dates' })] };
    const known = { version: '3', clauses: [clause(), clause({ id: 'e', title: 'Old' })] };
    expect(newsSince(known, now)).toEqual({ since: '3', added: ['Dates'], changed: ['Refunds'], removed: ['Old'] });
    expect(newsSince(null, now)).toBeNull();
    expect(newsSince(now, now)).toBeNull();
  });
});
