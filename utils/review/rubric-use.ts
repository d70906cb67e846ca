/** A rubric in use: which one judges a response, what of it is asked now, and what a judgement still lacks. Pure. */
import type { Clause, Guidelines, Project, Topic } from './project.ts';
import { type Condition, type Dimension, defaultRubric, type Label, type Rubric, type Scope } from './rubric.ts';
import { complaintOf, isAmong } from './scale.ts';
import type { Judgement, Rating, Snapshot, UnfinishedJudgement } from './schema.ts';

/** What a scope looks at. */
export interface Subject {
  readonly host: string;
  /** Ids of topics. */
  readonly topics: ReadonlySet<string>;
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
/** A character that goes on a word; scripts that are written without spaces have no such thing. */
const goesOn = /[\p{L}\p{N}]/u;
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

function hasWord(text: string, word: string): boolean {
  const isEdge = (inside: string, outside: string) =>
    !goesOn.test(outside) || !goesOn.test(inside) || unspaced.test(inside);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + word.length)];
    if (isEdge(word.charAt(0), before) && isEdge(word.charAt(word.length - 1), after)) return true;
  }
  return false;
}

/** Ids of the topics that have a word in the prompt or the answer; case and accents do not count, parts of words neither. */
export function topicsOf(topics: readonly Topic[], { prompt, text }: Pick<Snapshot, 'prompt' | 'text'>): Set<string> {
  if (topics.length === 0) return new Set();
  const folded = fold(`${prompt ?? ''}\n${text}`);
  const stands = (word: string) => word.trim() !== '' && hasWord(folded, fold(word.trim()));
  return new Set(topics.filter(({ words }) => words.some(stands)).map(({ id }) => id));
}

/** The host that a site of a web origin has in scopes: without scheme and port. */
export const hostOf = (origin: string) => URL.parse(origin)?.hostname ?? '';

/** What this response is for scopes. `origin` as the browser vouches for it. */
export function subjectOf(
  project: Pick<Project, 'topics'>,
  origin: string,
  snapshot: Pick<Snapshot, 'prompt' | 'text'>,
): Subject {
  return { host: hostOf(origin), topics: topicsOf(project.topics, snapshot) };
}

/** `example.com` is that host; `*.example.com` it and all below it. */
function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  const base = pattern.slice(2);
  return host === base || host.endsWith(`.${base}`);
}

/** Whether something with this scope applies. */
export function applies(scope: Scope | undefined, { host, topics }: Subject): boolean {
  const fits = (list: readonly string[] | undefined, test: (one: string) => boolean) =>
    !list?.length || list.some(test);
  return fits(scope?.sites, (site) => matchesHost(site, host)) && fits(scope?.topics, (topic) => topics.has(topic));
}

/** The rubric to judge this by, whole: the first whose scope fits, else what comes with the program. */
export function rubricFor(project: Pick<Project, 'rubrics'>, subject: Subject): Rubric {
  return project.rubrics.find(({ scope }) => applies(scope, subject)) ?? defaultRubric;
}

/** The rubric with those dimensions and labels only that apply to this. */
export function narrowed(rubric: Rubric, subject: Subject): Rubric {
  const own = <T extends { readonly scope?: Scope | undefined }>(items: readonly T[]) =>
    items.filter(({ scope }) => applies(scope, subject));
  return { ...rubric, dimensions: own(rubric.dimensions), labels: own(rubric.labels) };
}

/** The clauses that are about something in this rubric, or about judging as a whole. */
export function clausesFor(rubric: Rubric, { clauses }: Guidelines): readonly Clause[] {
  const has = (list: readonly { readonly id: string }[], ids: readonly string[] = []) =>
    ids.some((id) => list.some((item) => item.id === id));
  return clauses.filter(
    ({ labels, dimensions }) =>
      (!labels?.length && !dimensions?.length) || has(rubric.labels, labels) || has(rubric.dimensions, dimensions),
  );
}

/** What conditions look at. */
export interface Asked {
  readonly verdict: UnfinishedJudgement['verdict'];
  readonly labels: readonly string[];
  readonly ratings: readonly Rating[];
  readonly findings?: readonly { readonly label: string | null }[] | undefined;
}

/** All labels of a judgement: on the answer, and on its findings. */
function labelsIn({ labels, findings = [] }: Asked): Set<string> {
  return new Set([...labels, ...findings.flatMap(({ label }) => label ?? [])]);
}

/** The dimensions that are asked now. One that is not asked itself opens no other. */
export function shownDimensions(rubric: Rubric, judgement: Asked): readonly Dimension[] {
  const labels = labelsIn(judgement);
  const found = new Map<string, boolean>();
  const isShown = ({ id, shownWhen }: Dimension): boolean => {
    const known = found.get(id);
    if (known !== undefined) return known;
    // Until it is known: conditions in a circle show nothing. A checked project has none.
    found.set(id, false);
    const shown = shownWhen === undefined || holds(shownWhen);
    found.set(id, shown);
    return shown;
  };
  const holds = ({ verdicts, labels: wanted, dimension }: Condition): boolean => {
    if (verdicts && (judgement.verdict === null || !verdicts.includes(judgement.verdict))) return false;
    if (wanted && !wanted.some((id) => labels.has(id))) return false;
    if (!dimension) return true;
    const other = rubric.dimensions.find(({ id }) => id === dimension.id);
    const value = judgement.ratings.find((rating) => rating.dimension === dimension.id)?.value;
    return other !== undefined && value !== undefined && isAmong(value, dimension.values) && isShown(other);
  };
  return rubric.dimensions.filter(isShown);
}

/** Whether this answer needs a reason. */
export function needsReason({ reasonFor = [] }: Dimension, value: Rating['value'] | undefined): boolean {
  return value !== undefined && isAmong(value, reasonFor);
}

/**
 * The judgement as it is stored: without answers to questions that are not asked, and reasons that are not wanted. What a
 * form holds of those comes back with the question. Answers that the rubric does not know stay as they are.
 */
export function settled<T extends Asked>(judgement: T, rubric: Rubric): T {
  const shown = shownDimensions(rubric, judgement);
  const ratings = judgement.ratings.flatMap((rating) => {
    const dimension = rubric.dimensions.find(({ id }) => id === rating.dimension);
    if (!dimension) return [rating];
    if (!shown.includes(dimension)) return [];
    const { reason, ...bare } = rating;
    const kept = reason?.trim() && needsReason(dimension, rating.value) ? { reason } : {};
    return [{ ...bare, ...kept }];
  });
  return { ...judgement, ratings };
}

/** One thing that keeps a judgement from being stored. */
export interface Problem {
  /** Where in the form: a dimension, its reason, a label; or, by its place, another answer and a dimension of it. */
  readonly where: `${'dimension' | 'reason' | 'label'}:${string}` | `compared:${number}:${string}`;
  /** One sentence. */
  readonly words: string;
  /** `missing` yet; `against` the rubric, which is said at once; `unfit`: nothing that the rubric knows. */
  readonly is: 'missing' | 'against' | 'unfit';
}

/** What a judgement may keep although its rubric lacks it: what the revision before it had. */
type Earlier = Pick<Judgement, 'labels' | 'ratings' | 'findings'> | null;

const quoted = (name: string) => `“${name}”`;

function labelProblems(judgement: Judgement | UnfinishedJudgement, rubric: Rubric, earlier: Earlier): Problem[] {
  const before = earlier ? labelsIn({ verdict: null, ...earlier }) : new Set<string>();
  const said = (id: string) =>
    judgement.findings?.some(({ label, note }) => label === id && note?.trim()) || Boolean(judgement.comment?.trim());
  return [...labelsIn(judgement)].flatMap((id): Problem[] => {
    const label = rubric.labels.find((one) => one.id === id);
    const where = `label:${id}` as const;
    if (!label)
      return before.has(id) ? [] : [{ where, words: `The label ${quoted(id)} is not in the rubric.`, is: 'unfit' }];
    const problems: Problem[] = [];
    if (label.critical && judgement.verdict === 'approve')
      problems.push({
        where,
        words: `${quoted(label.name)} is critical: an answer with it cannot be approved.`,
        is: 'against',
      });
    if (label.needsReason && !said(id))
      problems.push({ where, words: `${quoted(label.name)} needs a reason: say why in the comment.`, is: 'missing' });
    return problems;
  });
}

function ratingProblems(judgement: UnfinishedJudgement, rubric: Rubric, earlier: Earlier): Problem[] {
  const shown = shownDimensions(rubric, judgement);
  const unknown = judgement.ratings.flatMap(({ dimension: id }): Problem[] => {
    const isKnown = rubric.dimensions.some((one) => one.id === id);
    const kept = isKnown || earlier?.ratings.some(({ dimension }) => dimension === id);
    return kept
      ? []
      : [{ where: `dimension:${id}`, words: `The question ${quoted(id)} is not in the rubric.`, is: 'unfit' }];
  });
  const asked = shown.flatMap((dimension): Problem[] => {
    const { id, name, scale, required } = dimension;
    const where = `dimension:${id}` as const;
    const rating = judgement.ratings.find((one) => one.dimension === id);
    if (!rating) return required ? [{ where, words: `${quoted(name)} has to be answered.`, is: 'missing' }] : [];
    const complaint = complaintOf(scale, rating.value);
    const isEarlier = earlier?.ratings.some(
      (one) => one.dimension === id && String(one.value) === String(rating.value),
    );
    if (complaint !== null && !isEarlier) return [{ where, words: `${quoted(name)} ${complaint}.`, is: 'unfit' }];
    if (!needsReason(dimension, rating.value) || rating.reason?.trim()) return [];
    return [{ where: `reason:${id}`, words: `${quoted(name)} needs a reason for this answer.`, is: 'missing' }];
  });
  return [...unknown, ...asked];
}

/** Ratings of other answers that the rubric does not allow. Of those nothing is required. */
function comparedProblems({ preference }: UnfinishedJudgement, rubric: Rubric): Problem[] {
  return (preference?.shown ?? []).flatMap(({ ratings }, place) =>
    ratings.flatMap(({ dimension: id, value }): Problem[] => {
      const dimension = rubric.dimensions.find((one) => one.id === id);
      const complaint = dimension && complaintOf(dimension.scale, value);
      const words = `${quoted(dimension?.name ?? id)} ${complaint}.`;
      return complaint ? [{ where: `compared:${place}:${id}`, words, is: 'unfit' }] : [];
    }),
  );
}

/** What a judgement lacks by its rubric, in the order of the form; empty where it can be stored. `earlier`: the revision before. */
export function problemsOf(
  judgement: UnfinishedJudgement,
  rubric: Rubric,
  earlier: Earlier = null,
): readonly Problem[] {
  return [
    ...ratingProblems(judgement, rubric, earlier),
    ...labelProblems(judgement, rubric, earlier),
    ...comparedProblems(judgement, rubric),
  ];
}

/** Names by id, of this rubric and, for what it lacks, of earlier ones. */
export function withEarlier<T extends Label | Dimension>(
  pick: (rubric: Rubric) => readonly T[],
  current: Rubric,
  earlier: readonly Rubric[],
): T[] {
  const found = new Map<string, T>();
  for (const rubric of [current, ...earlier])
    for (const item of pick(rubric)) if (!found.has(item.id)) found.set(item.id, item);
  return [...found.values()];
}
