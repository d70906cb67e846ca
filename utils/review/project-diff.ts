/** What differs between two versions of a project, in words. Pure. */
import { canonicalJson } from './hash.ts';
import type { Policy } from './policy.ts';
import { demandWords, hoursWords, stageWords } from './policy-words.ts';
import type { Clause, Guidelines, Project, Topic, TriageTerms } from './project.ts';
import type { Condition, Dimension, Label, Meaning, Rubric, Scale, Scope } from './rubric.ts';

/** One thing that was added, removed or changed. */
export interface Change {
  readonly is: 'added' | 'removed' | 'changed';
  /** `Label “Tone”`. */
  readonly what: string;
  /** What about it, each a few words; empty where it is new or gone. */
  readonly how: readonly string[];
}

const q = (text: string) => `“${text}”`;
const list = (items: readonly (string | number)[] | undefined) => (items?.length ? items.join(', ') : 'none');

/** A scale in words. */
export function scaleWords(scale: Scale): string {
  switch (scale.kind) {
    case 'thumb':
      return 'thumb up or down';
    case 'points':
      return `1 to ${scale.max}, from ${q(scale.ends[0])} to ${q(scale.ends[1])}`;
    case 'choice':
      return `one of ${scale.options.map(({ name }) => q(name)).join(', ')}`;
    case 'choices':
      return `any of ${scale.options.map(({ name }) => q(name)).join(', ')}`;
    case 'text':
      return 'free text';
    case 'number':
      return `a number from ${scale.min} to ${scale.max}${scale.unit ? ` ${scale.unit}` : ''}`;
  }
}

/** When a question is asked, in words. */
export function conditionWords(
  condition: Condition | undefined,
  { dimensions, labels }: Pick<Rubric, 'dimensions' | 'labels'>,
): string {
  if (!condition) return 'always';
  const named = (items: readonly { id: string; name: string }[], id: string) =>
    q(items.find((one) => one.id === id)?.name ?? id);
  const parts: string[] = [];
  if (condition.verdicts) parts.push(`the verdict is ${condition.verdicts.join(' or ')}`);
  if (condition.labels) parts.push(`${condition.labels.map((id) => named(labels, id)).join(' or ')} is set`);
  if (condition.dimension) {
    const { id, values } = condition.dimension;
    const scale = dimensions.find((one) => one.id === id)?.scale;
    const words = values.map((value) =>
      scale && 'options' in scale ? named(scale.options as never, String(value)) : String(value),
    );
    parts.push(`${named(dimensions, id)} is ${words.join(' or ')}`);
  }
  return `when ${parts.join(' and ')}`;
}

function scopeWords(scope: Scope | undefined): string {
  const parts = [
    scope?.sites?.length ? `on ${scope.sites.join(', ')}` : '',
    scope?.topics?.length ? `about ${scope.topics.join(', ')}` : '',
  ];
  return parts.filter(Boolean).join(', ') || 'everywhere';
}

type Field<T> = readonly [name: string, words: (item: T) => string, short?: boolean];

const texts: readonly Field<Meaning>[] = [
  ['help', ({ help }) => help ?? ''],
  ['good example', ({ good }) => good ?? ''],
  ['bad example', ({ bad }) => bad ?? ''],
];

/** A short field tells both sides; a long text only that it is new, gone or other words. */
function fieldChange<T>([name, words, short]: Field<T>, before: T, after: T): string[] {
  const [a, b] = [words(before), words(after)];
  if (a === b) return [];
  if (short) return [`${name}: ${a} → ${b}`];
  return [a === '' ? `${name} added` : b === '' ? `${name} removed` : `${name} reworded`];
}

function compared<T extends { readonly id: string }>(
  what: (item: T) => string,
  before: readonly T[],
  after: readonly T[],
  fields: readonly Field<T>[],
): Change[] {
  const changes = after.flatMap((item): Change[] => {
    const old = before.find(({ id }) => id === item.id);
    if (!old) return [{ is: 'added', what: what(item), how: [] }];
    const how = fields.flatMap((field) => fieldChange(field, old, item));
    return how.length > 0 ? [{ is: 'changed', what: what(item), how }] : [];
  });
  const gone = before.filter(({ id }) => !after.some((item) => item.id === id));
  return [...changes, ...gone.map((item): Change => ({ is: 'removed', what: what(item), how: [] }))];
}

function order(what: string, before: readonly { id: string }[], after: readonly { id: string }[]): Change[] {
  const both = (list: readonly { id: string }[], other: readonly { id: string }[]) =>
    list.filter(({ id }) => other.some((one) => one.id === id)).map(({ id }) => id);
  const moved = both(before, after).join('\n') !== both(after, before).join('\n');
  return moved ? [{ is: 'changed', what, how: ['order'] }] : [];
}

const flagWords = (flag: true | undefined) => (flag ? 'yes' : 'no');

/** From one version of a rubric to another. */
export function rubricChanges(before: Rubric, after: Rubric): Change[] {
  const dimensionFields: readonly Field<Dimension>[] = [
    ['question', ({ name }) => q(name), true],
    ['answer', ({ scale }) => scaleWords(scale), true],
    ['required', ({ required }) => flagWords(required), true],
    ['reason for', ({ reasonFor }) => list(reasonFor), true],
    ['asked', (item) => conditionWords(item.shownWhen, before.dimensions.includes(item) ? before : after), true],
    ['where', ({ scope }) => scopeWords(scope), true],
    ...texts,
  ];
  const labelFields: readonly Field<Label>[] = [
    ['name', ({ name }) => q(name), true],
    ['critical', ({ critical }) => flagWords(critical), true],
    ['reason', ({ needsReason }) => flagWords(needsReason), true],
    ['where', ({ scope }) => scopeWords(scope), true],
    ...texts,
  ];
  return [
    ...compared((item) => `Question ${q(item.name)}`, before.dimensions, after.dimensions, dimensionFields),
    ...order('The questions', before.dimensions, after.dimensions),
    ...compared((item) => `Label ${q(item.name)}`, before.labels, after.labels, labelFields),
    ...order('The labels', before.labels, after.labels),
    ...compared<Rubric>(
      (item) => `Rubric ${q(item.name)}`,
      [before],
      [{ ...after, id: before.id }],
      [
        ['name', ({ name }) => q(name), true],
        ['where', ({ scope }) => scopeWords(scope), true],
      ],
    ),
  ];
}

/** From one version of the guidelines to another. */
function clauseChanges(before: readonly Clause[], after: readonly Clause[]): Change[] {
  return compared<Clause>((item) => `Guideline ${q(item.title)}`, before, after, [
    ['title', ({ title }) => q(title), true],
    ['text', ({ text }) => text],
    ['labels', ({ labels }) => list(labels), true],
    ['questions', ({ dimensions }) => list(dimensions), true],
    ...texts,
  ]);
}

/** From one set of policies to another. */
function policyChanges(before: Project, after: Project): Change[] {
  const [old, now] = [before.policies ?? [], after.policies ?? []];
  const labels = [...before.rubrics, ...after.rubrics].flatMap((rubric) => rubric.labels);
  const names = (ids: readonly string[] | undefined) =>
    list(ids?.map((id) => labels.find((label) => label.id === id)?.name ?? id));
  const changes = compared<Policy>((item) => `Policy ${q(item.name)}`, old, now, [
    ['name', ({ name }) => q(name), true],
    ['asks for', ({ demand }) => demandWords[demand], true],
    ['severity', ({ severity }) => severity, true],
    ['looks at', ({ stage }) => stageWords(stage), true],
    ['phrases', ({ phrases }) => list(phrases), true],
    ['pattern', ({ pattern }) => pattern ?? 'none', true],
    ['within', ({ within }) => (within === 'prompt' ? 'the question' : 'the text'), true],
    ['labels', (item) => names(item.labels), true],
    ['authors', ({ authors }) => list(authors), true],
    ['where', ({ scope }) => scopeWords(scope), true],
    ['when', ({ hours }) => hoursWords(hours), true],
    ['help', ({ help }) => help ?? ''],
  ]);
  return [...changes, ...order('The policies', old, now)];
}

/** From one way of choosing what is looked at to another. */
function triageChanges(before: TriageTerms = {}, after: TriageTerms = {}): Change[] {
  const percent = (share: number | undefined) =>
    share === undefined ? 'as built in' : `${Math.round(share * 1000) / 10} %`;
  const weights = [...new Set([...Object.keys(before.weights ?? {}), ...Object.keys(after.weights ?? {})])].sort();
  const weight = (terms: TriageTerms, name: string) => String(terms.weights?.[name] ?? 'as built in');
  const how = [
    fieldChange<TriageTerms>(['asked from', ({ askFrom }) => percent(askFrom), true], before, after),
    fieldChange<TriageTerms>(['asked by lot', ({ auditShare }) => percent(auditShare), true], before, after),
    ...weights.map((name) =>
      fieldChange<TriageTerms>([`weight of ${name}`, (terms) => weight(terms, name), true], before, after),
    ),
  ].flat();
  return how.length > 0 ? [{ is: 'changed', what: 'What is asked for', how }] : [];
}

/** From one time for a model's proposals to another. */
function assistanceChanges(before: Project, after: Project): Change[] {
  const when = ({ assistance }: Project) => (assistance?.when === 'at-once' ? 'at once' : 'after the own verdict');
  const how = fieldChange<Project>(['shown', when, true], before, after);
  return how.length > 0 ? [{ is: 'changed', what: 'Proposals of a model', how }] : [];
}

/** From one project to another. */
export function projectChanges(before: Project, after: Project): Change[] {
  const rubrics = after.rubrics.flatMap((rubric): Change[] => {
    const old = before.rubrics.find(({ id }) => id === rubric.id);
    return old ? rubricChanges(old, rubric) : [{ is: 'added', what: `Rubric ${q(rubric.name)}`, how: [] }];
  });
  const gone = before.rubrics
    .filter(({ id }) => !after.rubrics.some((rubric) => rubric.id === id))
    .map(({ name }): Change => ({ is: 'removed', what: `Rubric ${q(name)}`, how: [] }));
  return [
    ...(before.name === after.name
      ? []
      : [{ is: 'changed' as const, what: 'The project', how: [`name: ${q(before.name)} → ${q(after.name)}`] }]),
    ...compared<Topic>((item) => `Topic ${q(item.name)}`, before.topics, after.topics, [
      ['name', ({ name }) => q(name), true],
      ['words', ({ words }) => list(words), true],
    ]),
    ...rubrics,
    ...gone,
    ...order('The rubrics', before.rubrics, after.rubrics),
    ...clauseChanges(before.guidelines?.clauses ?? [], after.guidelines?.clauses ?? []),
    ...order('The guidelines', before.guidelines?.clauses ?? [], after.guidelines?.clauses ?? []),
    ...policyChanges(before, after),
    ...triageChanges(before.triage, after.triage),
    ...assistanceChanges(before, after),
  ];
}

/** `1` → `2`, `2026-11` → `2026-12`, `v3` → `v4`: the last number plus one; without one, `-2` behind it. */
export function nextVersion(version: string): string {
  const raised = version.replace(/\d+(?=\D*$)/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0'));
  return (raised === version ? `${version}-2` : raised).slice(0, 32);
}

/** What reviews were made under: a version must never come to say something else. */
export interface InUse {
  readonly rubrics: readonly Rubric[];
  readonly guidelines: Guidelines | null;
}

const isSame = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);

/** The item under a version by which nothing else is known. */
function unclaimed<T extends { readonly version: string }>(item: T, known: readonly (T | null | undefined)[]): T {
  const isClaimed = known.some((one) => one?.version === item.version && !isSame(one, item));
  return isClaimed ? unclaimed({ ...item, version: nextVersion(item.version) }, known) : item;
}

/**
 * The project with a new version of everything that differs from `before`, or from what is in use. A version that was
 * raised by hand stays as it is.
 */
export function withNewVersions(
  before: Project,
  after: Project,
  inUse: InUse = { rubrics: [], guidelines: null },
): Project {
  const known = [...before.rubrics, ...inUse.rubrics];
  const rubrics = after.rubrics.map((rubric) =>
    unclaimed(
      rubric,
      known.filter(({ id }) => id === rubric.id),
    ),
  );
  const own = before.id === after.id;
  const guidelines =
    after.guidelines && unclaimed(after.guidelines, [own ? before.guidelines : null, inUse.guidelines]);
  return unclaimed({ ...after, rubrics, guidelines }, [own ? before : null]);
}
