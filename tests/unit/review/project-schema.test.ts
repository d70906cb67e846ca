import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectJsonSchema } from '../../../scripts/lib/project-schema.ts';
import { checkProject, PROJECT_LIMIT, readProject } from '../../../utils/review/project-schema.ts';
import { readyMade } from '../../../utils/review/ready-made/index.ts';
import { aDimension, aLabel, aPolicy, aProject, aRubric } from '../../support/projects.ts';
import { publishedSchema } from '../../support/published.ts';

const { text: published, fits: fitsPublished } = publishedSchema('project.schema.json');

const complaintOf = (value: unknown) => {
  const read = checkProject(JSON.parse(JSON.stringify(value)));
  return read.ok ? 'taken' : read.error.message;
};
const withRubric = (change: Parameters<typeof aRubric>[0]) => aProject({ rubrics: [aRubric(change)] });
const withDimension = (...changes: Parameters<typeof aDimension>[0][]) =>
  withRubric({ dimensions: changes.map((change) => aDimension(change)) });
const withPolicy = (change: Parameters<typeof aPolicy>[0]) =>
  aProject({ policies: [aPolicy(), aPolicy({ id: 'other', ...change })] });
const choice = { kind: 'choice', options: [{ id: 'yes', name: 'Yes' }] } as const;

it('the published JSON Schema is the one that the program checks by: node scripts/project-schema.ts writes it anew', () => {
  expect(published).toBe(projectJsonSchema());
});

it('the example in docs/rubric.md is a project', () => {
  const page = readFileSync(new URL('../../../docs/rubric.md', import.meta.url), 'utf8');
  const example = /```json\n(.*?)```/s.exec(page)?.[1] ?? '';
  expect(readProject(example)).toMatchObject({ ok: true });
  expect(fitsPublished(JSON.parse(example))).toBe(true);
});

describe('a project file', () => {
  it.each(readyMade.map(({ project }) => [project.name, project] as const))('“%s” is taken as it is', (_, project) => {
    expect(readProject(`\ufeff${JSON.stringify(project)}`)).toEqual({ ok: true, value: project });
    expect(fitsPublished(project)).toBe(true);
  });

  it('may name the schema that it follows, and needs no scope, topic or guideline', () => {
    const file = { $schema: './project.schema.json', ...aProject() };
    expect(checkProject(file)).toEqual({ ok: true, value: aProject() });
    expect(fitsPublished(file)).toBe(true);
  });

  const misshapen: readonly [name: string, value: unknown, words: string][] = [
    ['a list', [], '(the file): is not of the type object.'],
    ['null', null, '(the file): is not of the type object.'],
    ['of another format', { ...aProject(), countersign: 'project/9' }, 'countersign: is not "project/1".'],
    ['without rubrics', aProject({ rubrics: [] }), 'rubrics: is empty.'],
    [
      'with a key of its own',
      { ...aProject(), script: 1 },
      '(the file): has the key "script", which this version does not know.',
    ],
    [
      'with a bad id',
      withRubric({ labels: [aLabel({ id: 'Not An Id' })] }),
      'rubrics.0.labels.0.id: is not of the form that is asked for.',
    ],
    ['with a nameless label', withRubric({ labels: [aLabel({ name: '' })] }), 'rubrics.0.labels.0.name: is empty.'],
    [
      'with a scale that nobody knows',
      withDimension({ scale: { kind: 'stars' } as never }),
      'rubrics.0.dimensions.0.scale.kind: is none that this version knows.',
    ],
    [
      'with six points',
      withDimension({ scale: { kind: 'points', max: 6 as never, ends: ['a', 'b'] } }),
      'rubrics.0.dimensions.0.scale.max: is not "5" or "7".',
    ],
    [
      'with nothing to choose',
      withDimension({ scale: { kind: 'choice', options: [] } }),
      'rubrics.0.dimensions.0.scale.options: is empty.',
    ],
    [
      'with one end of a scale',
      withDimension({ scale: { kind: 'points', max: 5, ends: ['bad'] as never } }),
      'rubrics.0.dimensions.0.scale.ends: is empty.',
    ],
    [
      'with a site that is an address',
      withRubric({ scope: { sites: ['https://a.example/x'] } }),
      'rubrics.0.scope.sites.0: is not of the form that is asked for.',
    ],
    [
      'with more labels than a review holds',
      withRubric({ labels: Array.from({ length: 33 }, (_, at) => aLabel({ id: `l${at}` })) }),
      'rubrics.0.labels: has more than 32 entries.',
    ],
    [
      'with text for a flag',
      withRubric({ labels: [aLabel({ critical: 'yes' as never })] }),
      'rubrics.0.labels.0.critical: is not "true".',
    ],
    [
      'with a policy that asks for what nobody knows',
      withPolicy({ demand: 'vote' as never }),
      'policies.1.demand: is not "review" or "forbid" or "reason" or "approver".',
    ],
    ['with a policy without phrases', withPolicy({ phrases: [] }), 'policies.1.phrases: is empty.'],
    [
      'with an hour that is none',
      withPolicy({ hours: { from: '9:00', until: '24:00' } }),
      'policies.1.hours.from: is not of the form that is asked for.',
    ],
    [
      'with an eighth day',
      withPolicy({ hours: { from: '09:00', until: '17:00', days: [7] } }),
      'policies.1.hours.days.0: is larger than 6.',
    ],
    [
      'with more policies than a review can name',
      aProject({ policies: Array.from({ length: 65 }, (_, at) => aPolicy({ id: `p${at}` })) }),
      'policies: has more than 64 entries.',
    ],
    ['with a share that is none', aProject({ triage: { auditShare: 2 } }), 'triage.auditShare: is larger than 1.'],
    [
      'with a weight without bounds',
      aProject({ triage: { weights: { hedging: 1e9 } } }),
      'triage.weights.hedging: is larger than 20.',
    ],
    [
      'with an endless help',
      withRubric({ labels: [aLabel({ help: 'x'.repeat(2001) })] }),
      'rubrics.0.labels.0.help: is larger than 2000.',
    ],
  ];
  it.each(misshapen)('%s is refused with the path, by the published schema too', (_, value, words) => {
    expect(complaintOf(value)).toBe(words);
    expect(fitsPublished(JSON.parse(JSON.stringify(value)))).toBe(false);
  });

  const asked = (shownWhen: object, id = 'more') => ({ id, shownWhen });
  const senseless: readonly [name: string, value: unknown, words: string][] = [
    [
      'two labels of one id',
      withRubric({ labels: [aLabel(), aLabel({ name: 'Other' })] }),
      'rubrics.0.labels.1.id: two labels have the id "wrong".',
    ],
    [
      'two rubrics of one id',
      aProject({ rubrics: [aRubric(), aRubric()] }),
      'rubrics.1.id: two rubrics have the id "team".',
    ],
    [
      'two answers of one id',
      withDimension({ scale: { ...choice, options: [...choice.options, ...choice.options] } }),
      'rubrics.0.dimensions.0.scale.options.1.id: two answers have the id "yes".',
    ],
    [
      'a topic that is not there',
      withRubric({ scope: { topics: ['money'] } }),
      'rubrics.0.scope.topics.0: there is no topic "money".',
    ],
    [
      'a condition on no question',
      withDimension({}, asked({ dimension: { id: 'gone', values: [1] } })),
      'rubrics.0.dimensions.1.shownWhen.dimension.id: there is no question "gone".',
    ],
    [
      'a condition on no label',
      withDimension(asked({ labels: ['gone'] })),
      'rubrics.0.dimensions.0.shownWhen.labels.0: there is no label "gone".',
    ],
    [
      'a condition on nothing',
      withDimension(asked({})),
      'rubrics.0.dimensions.0.shownWhen: names no verdict, label or question.',
    ],
    [
      'a condition on an answer that there is not',
      withDimension({}, asked({ dimension: { id: 'quality', values: [9] } })),
      'rubrics.0.dimensions.1.shownWhen.dimension.values.0: "9" is no answer to "Quality", which is a whole number from 1 to 5.',
    ],
    [
      'a reason for an answer that there is not',
      withDimension({ scale: choice, reasonFor: ['no'] }),
      'rubrics.0.dimensions.0.reasonFor.0: "no" is no answer to "Quality", which is one of its answers.',
    ],
    [
      'questions that wait for each other',
      withDimension(
        { id: 'a', shownWhen: { dimension: { id: 'b', values: [1] } } },
        { id: 'b', shownWhen: { dimension: { id: 'a', values: [1] } } },
      ),
      'rubrics.0.dimensions.0.shownWhen.dimension.id: goes in a circle: the question would wait for itself.',
    ],
    [
      'a number between nothing',
      withDimension({ scale: { kind: 'number', min: 5, max: 5 } }),
      'rubrics.0.dimensions.0.scale.max: is not larger than the least, 5.',
    ],
    [
      'a clause about no label',
      aProject({ guidelines: { version: '1', clauses: [{ id: 'c', title: 'C', text: 'C', labels: ['gone'] }] } }),
      'guidelines.clauses.0.labels.0: there is no label "gone".',
    ],
  ];
  const senselessPolicies: typeof senseless = [
    [
      'two policies of one id',
      withPolicy({ id: 'money-back' }),
      'policies.1.id: two policies have the id "money-back".',
    ],
    [
      'a policy on no topic',
      withPolicy({ scope: { topics: ['x'] } }),
      'policies.1.scope.topics.0: there is no topic "x".',
    ],
    ['a policy on no label', withPolicy({ labels: ['gone'] }), 'policies.1.labels.0: there is no label "gone".'],
    [
      'a pattern that no linear-time engine takes',
      withPolicy({ pattern: '(a)\\1' }),
      'policies.1.pattern: cannot be used. Back-references cannot be used: they have no linear-time engine.',
    ],
    [
      'a pattern that does not end',
      withPolicy({ pattern: '[a' }),
      'policies.1.pattern: cannot be used. A [ is not closed.',
    ],
    [
      'a pattern that matches nothing at all',
      withPolicy({ pattern: 'a*' }),
      'policies.1.pattern: cannot be used. The pattern matches empty text.',
    ],
    [
      'a place to look, and nothing to look for',
      withPolicy({ within: 'prompt' }),
      'policies.1.within: says where to look, and no phrase or pattern says for what.',
    ],
  ];
  it.each([...senseless, ...senselessPolicies])(
    'with %s is refused with the path, which no shape can tell',
    (_, value, words) => {
      expect(complaintOf(value)).toBe(words);
      expect(fitsPublished(JSON.parse(JSON.stringify(value)))).toBe(true);
    },
  );

  it('that is not JSON, or too large, is refused as a whole', () => {
    expect(readProject('{"countersign": ')).toMatchObject({ error: { message: '(the file): is not JSON.' } });
    expect(readProject(' '.repeat(PROJECT_LIMIT + 1))).toMatchObject({
      error: { message: '(the file): is larger than 1 MB.' },
    });
  });

  it('of hostile depth or keys is refused without harm', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(readProject(deep).ok).toBe(false);
    expect(readProject(`{"__proto__": {"countersign": "project/1"}}`).ok).toBe(false);
  });
});
