/** What the reviewer has filled in so far, and what it amounts to as a judgement. Pure. */
import { addressOf, ordered, sameFindings, storedFindings } from '../review/findings.ts';
import { samePreference, suggestedVerdict } from '../review/ranking.ts';
import type { Label } from '../review/rubric.ts';
import type { Finding, Judgement, Preference, Rating, UnfinishedJudgement, Verdict } from '../review/schema.ts';
import { retraced, roughTrace, type Trace } from '../review/trace.ts';

export interface Form {
  readonly verdict: Verdict | null;
  /** The reviewer picked the verdict; else it follows the correction. */
  readonly byHand: boolean;
  /** Label ids, in the order of the rubric. */
  readonly labels: readonly string[];
  readonly ratings: readonly Rating[];
  /** The whole text of the correction field; the answer's own text means that there is no correction. */
  readonly correction: string;
  /** How the correction came out of the answer: where replacements go, and what they must not go over. */
  readonly trace: Trace;
  readonly comment: string;
  /** By place. A source is as it was typed. */
  readonly findings: readonly Finding[];
  /** Null where nothing was compared, or not to the end. */
  readonly preference: Preference | null;
  /** The verdict that the comparison suggests; null for none. */
  readonly suggested: Verdict | null;
  /** What is typed or pasted as the answer's trace; null where nobody touched it. */
  readonly answerTrace: string | null;
}

/** Nothing judged yet. */
export const noJudgement: UnfinishedJudgement = {
  verdict: null,
  labels: [],
  ratings: [],
  correction: null,
  comment: null,
};

/** Line ends as a text field keeps them, so that an untouched field equals the answer. */
export function plainLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The form that shows this judgement of `answer`. */
export function formOf(judgement: UnfinishedJudgement, answer: string): Form {
  const { verdict, labels, ratings, correction, comment, findings = [], preference = null, trace = null } = judgement;
  const text = plainLines(correction ?? answer);
  return {
    verdict,
    byHand: verdict !== null && verdict !== 'correct',
    labels,
    ratings,
    correction: text,
    trace: roughTrace(answer, text),
    comment: plainLines(comment ?? ''),
    findings: ordered(findings),
    preference,
    suggested: null,
    answerTrace: trace,
  };
}

/** The correction as it would be stored: null where the text is the answer's, or empty. */
function correctionOf(form: Form, answer: string): string | null {
  return form.correction === plainLines(answer) || form.correction.trim() === '' ? null : form.correction;
}

/** What the form says. */
export function judgementOf(form: Form, answer: string): UnfinishedJudgement {
  return {
    verdict: form.verdict,
    labels: [...form.labels],
    ratings: [...form.ratings],
    correction: correctionOf(form, answer),
    comment: form.comment.trim() === '' ? null : form.comment,
    ...(form.findings.length > 0 && { findings: storedFindings(form.findings) }),
    ...(form.preference && { preference: form.preference }),
    ...(form.answerTrace !== null && { trace: form.answerTrace }),
  };
}

/** Whether two judgements say the same, whatever the order of labels and ratings. */
export function sameJudgement(a: UnfinishedJudgement, b: UnfinishedJudgement): boolean {
  const ratings = ({ ratings: list }: UnfinishedJudgement) =>
    list.map(({ dimension, value, reason = '' }) => JSON.stringify([dimension, value, reason])).sort();
  return (
    a.verdict === b.verdict &&
    a.correction === b.correction &&
    a.comment === b.comment &&
    a.labels.toSorted().join('\n') === b.labels.toSorted().join('\n') &&
    ratings(a).join('\n') === ratings(b).join('\n') &&
    sameFindings(a.findings, b.findings) &&
    samePreference(a.preference, b.preference)
  );
}

/** What keeps a judgement from being stored, or null. */
export type Missing = 'verdict' | 'correction' | null;

/** Finds what is missing. */
export function missingIn(judgement: UnfinishedJudgement): Missing {
  if (judgement.verdict === null) return 'verdict';
  return judgement.verdict === 'correct' && judgement.correction === null ? 'correction' : null;
}

/** Narrows a judgement that misses nothing. */
export function isComplete(judgement: UnfinishedJudgement): judgement is Judgement {
  return missingIn(judgement) === null;
}

/** The reviewer picked a verdict. */
export function withVerdict(form: Form, verdict: Verdict): Form {
  return { ...form, verdict, byHand: true };
}

/** The first finding whose source is no address, which cannot be stored; its place in the list, or null. */
export function badSourceIn({ findings }: Form): number | null {
  const at = findings.findIndex(({ source }) => addressOf(source) === false);
  return at < 0 ? null : at;
}

/** The reviewer typed in the correction. */
export function withCorrection(form: Form, correction: string, answer: string): Form {
  const trace = retraced(form.trace, form.correction, correction);
  return withCorrectedVerdict({ ...form, correction, trace }, answer);
}

/** Without a verdict of the reviewer's own, a changed text means `correct`, else the comparison says. */
export function withCorrectedVerdict(form: Form, answer: string): Form {
  return form.byHand ? form : { ...form, verdict: correctionOf(form, answer) === null ? form.suggested : 'correct' };
}

/** The reviewer compared the answer with others; null takes that back. */
export function withPreference(form: Form, preference: Preference | null, responseKey: string, answer: string): Form {
  const suggested = preference && suggestedVerdict(preference, responseKey);
  return withCorrectedVerdict({ ...form, preference, suggested }, answer);
}

/** Puts a label on, or takes it off. */
export function withLabel(form: Form, id: string, labels: readonly Label[]): Form {
  const on = new Set(form.labels);
  if (!on.delete(id)) on.add(id);
  const known = labels.filter((label) => on.delete(label.id)).map((label) => label.id);
  return { ...form, labels: [...known, ...on] };
}

/** Answers one dimension, whose reason stays; null takes both back. */
export function rated(ratings: readonly Rating[], dimension: string, value: Rating['value'] | null): Rating[] {
  const others = ratings.filter((rating) => rating.dimension !== dimension);
  const before = ratings.find((rating) => rating.dimension === dimension);
  return value === null ? others : [...others, { ...before, dimension, value }];
}

/** Says why a dimension was answered like that. */
export function reasoned(ratings: readonly Rating[], dimension: string, reason: string): Rating[] {
  return ratings.map((rating) => {
    const { reason: _, ...bare } = rating;
    return rating.dimension !== dimension ? rating : reason === '' ? bare : { ...bare, reason };
  });
}
