/**
 * The project file, checked where one enters: in the background, and in the workbench before it is offered for saving.
 * All of it is taken or nothing; what is refused is named by its path, with what is wrong in words. The JSON Schema in
 * docs/project.schema.json is made of the shapes here; what refers to what is checked by `checkProject` alone.
 */
import * as z from 'zod/mini';
import { err, ok, type Result } from '../result.ts';
import { issueWords, pathOf, quoted } from './issue-words.ts';
import type { Policy } from './policy.ts';
import { policiesSchema, policyFlaw, triageSchema } from './policy-schema.ts';
import type { Project } from './project.ts';
import { host, id, list, some, text } from './project-shapes.ts';
import type { Dimension, Rubric, Scope } from './rubric.ts';
import { complaintOf } from './scale.ts';

z.config({ jitless: true });

/** The most that a project file may have, in UTF-16 code units. */
export const PROJECT_LIMIT = 1_000_000;

const version = z.string().check(z.regex(/^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$/));

const scope = z.optional(z.strictObject({ sites: z.optional(list(host, 50)), topics: z.optional(list(id, 50)) }));
const meaning = { help: z.optional(text(2000)), good: z.optional(text(2000)), bad: z.optional(text(2000)) };
const flag = z.optional(z.literal(true));
const values = some(z.union([z.string().check(z.maxLength(64)), z.number()]), 64);

const label = z.strictObject({ id, name: text(100), critical: flag, needsReason: flag, scope, ...meaning });

const options = some(z.strictObject({ id, name: text(100) }), 30);
const scale = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('thumb') }),
  z.strictObject({ kind: z.literal('points'), max: z.literal([5, 7]), ends: z.tuple([text(60), text(60)]) }),
  z.strictObject({ kind: z.literal('choice'), options }),
  z.strictObject({ kind: z.literal('choices'), options }),
  z.strictObject({ kind: z.literal('text') }),
  z.strictObject({ kind: z.literal('number'), min: z.number(), max: z.number(), unit: z.optional(text(20)) }),
]);

const condition = z.strictObject({
  verdicts: z.optional(some(z.enum(['approve', 'correct', 'reject', 'unsure']), 4)),
  labels: z.optional(some(id, 32)),
  dimension: z.optional(z.strictObject({ id, values })),
});

const dimension = z.strictObject({
  id,
  name: text(200),
  scale,
  required: flag,
  reasonFor: z.optional(values),
  shownWhen: z.optional(condition),
  scope,
  ...meaning,
});

/** The shape of one rubric. */
export const rubricSchema = z.strictObject({
  id,
  version,
  name: text(100),
  // As many as a judgement can hold.
  dimensions: list(dimension, 32),
  labels: list(label, 32),
  scope,
});

const clause = z.strictObject({
  id,
  title: text(200),
  text: text(8000),
  labels: z.optional(list(id, 64)),
  dimensions: z.optional(list(id, 64)),
  ...meaning,
});

/** The shape of the guidelines. */
export const guidelinesSchema = z.strictObject({ version, clauses: list(clause, 300) });

/** When a model may be asked. */
export const assistanceSchema = z.optional(z.strictObject({ when: z.optional(z.enum(['after-verdict', 'at-once'])) }));

/** The shape of the file. */
export const projectSchema = z.strictObject({
  $schema: z.optional(z.string().check(z.maxLength(2048))),
  countersign: z.literal('project/1'),
  id,
  name: text(100),
  version,
  topics: list(z.strictObject({ id, name: text(100), words: some(text(100), 100) }), 50),
  rubrics: some(rubricSchema, 20),
  guidelines: z.nullable(guidelinesSchema),
  policies: policiesSchema,
  triage: triageSchema,
  assistance: assistanceSchema,
});

/** Why a project is refused. */
export interface ProjectComplaint {
  /** Path of the value at fault: `rubrics.0.labels.2.id`; `(the file)` where it is the whole. */
  readonly field: string;
  /** One sentence that begins with the path. */
  readonly message: string;
}

type Path = readonly (string | number)[];
type Wrong = { readonly path: Path; readonly words: string };
type Find = Generator<Wrong, void>;

function* twice(items: readonly { readonly id: string }[], path: Path, what: string): Find {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (seen.has(item.id)) yield { path: [...path, index, 'id'], words: `two ${what} have the id ${quoted(item.id)}` };
    seen.add(item.id);
  }
}

function* unknown(ids: readonly string[] | undefined, known: ReadonlySet<string>, path: Path, what: string): Find {
  for (const [index, one] of (ids ?? []).entries())
    if (!known.has(one)) yield { path: [...path, index], words: `there is no ${what} ${quoted(one)}` };
}

const idsOf = (items: readonly { readonly id: string }[]) => new Set(items.map((item) => item.id));

/** What a value of a list may be on a scale: of several choices, each alone. */
function* strange(values: readonly (string | number)[], { name, scale }: Dimension, path: Path): Find {
  for (const [index, value] of values.entries()) {
    const complaint = complaintOf(scale, scale.kind === 'choices' ? [String(value)] : value);
    if (scale.kind === 'text') yield { path, words: `${quoted(name)} is answered in words, which cannot be listed` };
    else if (complaint !== null)
      yield { path: [...path, index], words: `${quoted(value)} is no answer to ${quoted(name)}, which ${complaint}` };
  }
}

function* wrongInScale({ scale }: Dimension, path: Path): Find {
  if ('options' in scale) yield* twice(scale.options, [...path, 'options'], 'answers');
  if (scale.kind === 'number' && scale.min >= scale.max)
    yield { path: [...path, 'max'], words: `is not larger than the least, ${scale.min}` };
}

/** Whether asking for this dimension ends at itself. */
function isCircle(start: Dimension, dimensions: readonly Dimension[]): boolean {
  const seen = new Set<string>();
  let at: Dimension | undefined = start;
  while (at && !seen.has(at.id)) {
    seen.add(at.id);
    const next: string | undefined = at.shownWhen?.dimension?.id;
    at = dimensions.find((one) => one.id === next);
  }
  return at?.id === start.id;
}

function* wrongInCondition(one: Dimension, { dimensions, labels }: Rubric, path: Path): Find {
  const { shownWhen } = one;
  if (!shownWhen) return;
  if (!shownWhen.verdicts && !shownWhen.labels && !shownWhen.dimension)
    yield { path, words: 'names no verdict, label or question' };
  yield* unknown(shownWhen.labels, idsOf(labels), [...path, 'labels'], 'label');
  if (!shownWhen.dimension) return;
  const other = dimensions.find((dimension) => dimension.id === shownWhen.dimension?.id);
  const where = [...path, 'dimension'];
  if (!other) yield { path: [...where, 'id'], words: `there is no question ${quoted(shownWhen.dimension.id)}` };
  else if (isCircle(one, dimensions))
    yield { path: [...where, 'id'], words: 'goes in a circle: the question would wait for itself' };
  else yield* strange(shownWhen.dimension.values, other, [...where, 'values']);
}

function* wrongInRubric(one: Rubric, topics: ReadonlySet<string>, path: Path): Find {
  const inScope = (scope: Scope | undefined, at: Path) =>
    unknown(scope?.topics, topics, [...at, 'scope', 'topics'], 'topic');
  yield* inScope(one.scope, path);
  yield* twice(one.dimensions, [...path, 'dimensions'], 'questions');
  yield* twice(one.labels, [...path, 'labels'], 'labels');
  for (const [index, item] of one.labels.entries()) yield* inScope(item.scope, [...path, 'labels', index]);
  for (const [index, item] of one.dimensions.entries()) {
    const at = [...path, 'dimensions', index];
    yield* inScope(item.scope, at);
    yield* wrongInScale(item, [...at, 'scale']);
    yield* strange(item.reasonFor ?? [], item, [...at, 'reasonFor']);
    yield* wrongInCondition(item, one, [...at, 'shownWhen']);
  }
}

function* wrongInPolicy(one: Policy, topics: ReadonlySet<string>, labels: ReadonlySet<string>, path: Path): Find {
  yield* unknown(one.scope?.topics, topics, [...path, 'scope', 'topics'], 'topic');
  yield* unknown(one.labels, labels, [...path, 'labels'], 'label');
  const flaw = policyFlaw(one);
  if (flaw) yield { path: [...path, flaw.field], words: flaw.words };
}

/** Everything that no shape can say. */
function* wrongIn(project: Project): Find {
  const topics = idsOf(project.topics);
  yield* twice(project.topics, ['topics'], 'topics');
  yield* twice(project.rubrics, ['rubrics'], 'rubrics');
  for (const [index, one] of project.rubrics.entries()) yield* wrongInRubric(one, topics, ['rubrics', index]);
  const clauses = project.guidelines?.clauses ?? [];
  yield* twice(clauses, ['guidelines', 'clauses'], 'clauses');
  const labels = idsOf(project.rubrics.flatMap((one) => one.labels));
  const dimensions = idsOf(project.rubrics.flatMap((one) => one.dimensions));
  for (const [index, one] of clauses.entries()) {
    const at = ['guidelines', 'clauses', index];
    yield* unknown(one.labels, labels, [...at, 'labels'], 'label');
    yield* unknown(one.dimensions, dimensions, [...at, 'dimensions'], 'question');
  }
  const policies = project.policies ?? [];
  yield* twice(policies, ['policies'], 'policies');
  for (const [index, one] of policies.entries()) yield* wrongInPolicy(one, topics, labels, ['policies', index]);
}

const complaint = (path: readonly PropertyKey[], words: string): ProjectComplaint => {
  const field = pathOf(path) || '(the file)';
  return { field, message: `${field}: ${words}.` };
};

/** Checks a project that was read as JSON. */
export function checkProject(value: unknown): Result<Project, ProjectComplaint> {
  const parsed = projectSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const issue = parsed.error.issues[0] as z.core.$ZodIssue;
    return err(complaint(issue.path, issueWords(issue)));
  }
  const { $schema: _, ...project } = parsed.data;
  for (const { path, words } of wrongIn(project)) return err(complaint(path, words));
  return ok(project);
}

/** Reads a project from the text of its file. */
export function readProject(json: string): Result<Project, ProjectComplaint> {
  if (json.length > PROJECT_LIMIT) return err(complaint([], 'is larger than 1 MB'));
  let value: unknown;
  try {
    // A byte order mark is what some editors put in front.
    value = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return err(complaint([], 'is not JSON'));
  }
  return checkProject(value);
}
