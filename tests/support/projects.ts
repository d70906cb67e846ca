/** Makes projects for tests: everything valid, everything changeable. */
import type { Policy } from '../../utils/review/policy.ts';
import type { Project } from '../../utils/review/project.ts';
import type { Dimension, Label, Rubric } from '../../utils/review/rubric.ts';

export const aLabel = (change: Partial<Label> = {}): Label => ({ id: 'wrong', name: 'Wrong', ...change });

export const aDimension = (change: Partial<Dimension> = {}): Dimension => ({
  id: 'quality',
  name: 'Quality',
  scale: { kind: 'points', max: 5, ends: ['bad', 'good'] },
  ...change,
});

export const aRubric = (change: Partial<Rubric> = {}): Rubric => ({
  id: 'team',
  version: '1',
  name: 'Team',
  dimensions: [aDimension()],
  labels: [aLabel()],
  ...change,
});

export const aProject = (change: Partial<Project> = {}): Project => ({
  countersign: 'project/1',
  id: 'team',
  name: 'Team',
  version: '1',
  topics: [],
  rubrics: [aRubric()],
  guidelines: null,
  ...change,
});

export const aPolicy = (change: Partial<Policy> = {}): Policy => ({
  id: 'money-back',
  name: 'Money back',
  demand: 'review',
  severity: 'major',
  ...change,
});
