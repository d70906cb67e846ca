/** What connectors share whose targets ask questions of their own: which one asks for which part of a review, and what it is told. */
import type { Finding, Preference, Review } from '../review/schema.ts';
import { type Assessment, assessmentsOf } from './assessments.ts';

/** The parts of a review by the names that a target's questions have, besides a rubric's dimensions. */
const namedParts = ['verdict', 'labels', 'correction', 'comment', 'findings', 'preference'] as const;

/** Lines of “part = question”, all of a field. */
export const mappingPattern = /\s*(?:[^\s=]{1,64}[ \t]*=[ \t]*[\w.-]{1,200}[ \t]*(?:\n\s*|$))*/;

/** The names of questions by the part that they ask for, as lines of “part = question” say. */
export function readMapping(lines = ''): ReadonlyMap<string, string> {
  const pairs = lines.split('\n').flatMap((line) => {
    const [part = '', question = ''] = line.split('=').map((side) => side.trim());
    return part && question ? [[part, question] as const] : [];
  });
  return new Map(pairs);
}

/** Whether one of these questions asks for anything that a review can have; `dimensions` are those of this one. */
export const asksForAny = (
  questions: readonly string[],
  mapping: ReadonlyMap<string, string>,
  dimensions: readonly string[],
): boolean =>
  [...namedParts, ...dimensions].some((part) => questions.includes(mapping.get(part) ?? part)) ||
  questions.some((name) => [...mapping.values()].includes(name));

/** “a”, “b” and so on, at most ten of them; “none” of none. */
export const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'none'
    : `“${names.slice(0, 10).join('”, “')}”${names.length > 10 ? ` and ${names.length - 10} more` : ''}`;

/** What a question is told, and whether that is all of the part. */
interface Taken<Said> {
  readonly said: Said;
  readonly whole: boolean;
}

/** How questions take the parts of a review; null where one cannot take what it is given. */
export interface Takes<Question, Said> {
  readonly statement: (question: Question, value: Assessment['value']) => Taken<Said> | null;
  readonly text: (question: Question, text: string) => Taken<Said> | null;
  readonly findings: (question: Question, findings: readonly Finding[]) => Taken<Said> | null;
  readonly preference: (question: Question, preference: Preference) => Taken<Said> | null;
}

interface Told<Said> {
  /** By the name of the question. */
  readonly told: ReadonlyMap<string, Said>;
  /** What no question took, or took in part only, by its part: to be kept beside the answers. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** Tells each question what it asks for, once. A part without one stays in `rest`. */
export function tell<Question, Said>(
  judged: Pick<Review, 'judgement'>,
  find: (name: string) => Question | undefined,
  mapping: ReadonlyMap<string, string>,
  takes: Takes<Question, Said>,
): Told<Said> {
  const { correction, comment, findings, preference, ratings } = judged.judgement;
  const told = new Map<string, Said>();
  const place = (part: string, take: (question: Question) => Taken<Said> | null): boolean => {
    const name = mapping.get(part) ?? part;
    const question = told.has(name) ? undefined : find(name);
    const taken = question === undefined ? null : take(question);
    if (taken) told.set(name, taken.said);
    return taken?.whole ?? false;
  };

  const rest = new Map<string, unknown>();
  for (const [part, text] of Object.entries({ correction, comment })) {
    if (text && !place(part, (question) => takes.text(question, text))) rest.set(part, text);
  }
  if (findings && !place('findings', (question) => takes.findings(question, findings))) rest.set('findings', findings);
  if (preference && !place('preference', (question) => takes.preference(question, preference))) {
    rest.set('preference', preference);
  }
  const unasked = assessmentsOf(judged).filter(
    ({ name, value }) => !place(name, (question) => takes.statement(question, value)),
  );
  if (unasked.length > 0) rest.set('statements', Object.fromEntries(unasked.map(({ name, value }) => [name, value])));
  const reasons = ratings.flatMap(({ dimension, reason }) => (reason ? [[dimension, reason]] : []));
  if (reasons.length > 0) rest.set('reasons', Object.fromEntries(reasons));
  return { told, rest: Object.fromEntries(rest) };
}
