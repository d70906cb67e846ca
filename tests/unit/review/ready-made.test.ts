import { describe, expect, it } from 'vitest';
import { readyMade } from '../../../utils/review/ready-made/index.ts';
import { problemsOf, shownDimensions } from '../../../utils/review/rubric-use.ts';
import { aJudgement } from '../../support/builders.ts';

const own = readyMade
  .filter(({ project }) => project.id !== 'general')
  .map(({ project }) => [project.name, project] as const);

describe.each(own)('the ready-made rubric “%s”', (_, project) => {
  const rubric = project.rubrics[0];
  if (!rubric) throw new Error('It has no rubric');

  it('explains every label with an answer that deserves it and one that does not', () => {
    for (const { id, help, good, bad } of rubric.labels) expect([id, help, good, bad]).not.toContain(undefined);
  });

  it('has questions that only another answer opens, required reasons, and categories that forbid approval', () => {
    expect(rubric.dimensions.some(({ shownWhen }) => shownWhen !== undefined)).toBe(true);
    expect(rubric.dimensions.some(({ reasonFor }) => reasonFor !== undefined)).toBe(true);
    expect(rubric.labels.some(({ critical }) => critical)).toBe(true);
    expect(project.guidelines?.clauses.length).toBeGreaterThan(3);
  });

  it.each(['approve', 'reject', 'unsure'] as const)(
    'lets one key %s: what is required follows from an answer only',
    (verdict) => {
      const judgement = aJudgement({ verdict, labels: [], ratings: [], correction: null });
      expect(problemsOf(judgement, rubric)).toEqual([]);
    },
  );

  it('asks each of its questions in some case', () => {
    const asked = new Set<string>();
    for (const verdict of ['approve', 'reject'] as const) {
      const labels = rubric.labels.map(({ id }) => id);
      for (const dimension of rubric.dimensions) {
        const values = 'options' in dimension.scale ? dimension.scale.options.map(({ id }) => id) : [1];
        for (const value of values) {
          const judgement = { verdict, labels, ratings: [{ dimension: dimension.id, value }] };
          for (const { id } of shownDimensions(rubric, judgement)) asked.add(id);
        }
      }
    }
    expect([...asked].sort()).toEqual(rubric.dimensions.map(({ id }) => id).sort());
  });
});
