/** A review as Opik's feedback scores, and the comment for all that is no score. */
import type { ReviewEvent } from '../../review/wire.ts';
import { findingsAsText } from '../findings.ts';
import { asYesOrNo, isChoice, type Statement, statementsOf } from '../statements.ts';

/** One of `scores` in `PUT …/feedback-scores`. */
export interface Score {
  /** Of the trace or span. */
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly category_name?: string;
  readonly reason?: string;
  readonly source: 'sdk';
  readonly project_name?: string;
  /** Opik keeps one score for each name and author. */
  readonly author: string;
}

/** Opik's numbers have nine decimals at most, and bounds. */
const LARGEST = 999_999_999;
const nineDecimals = (value: number) => Math.round(value * 1e9) / 1e9;

/** How a statement is a score; null where it is a text. */
function scored(statement: Statement): Pick<Score, 'name' | 'value' | 'category_name'> | null {
  const { name, value } = statement;
  if (typeof value === 'number') return { name, value: nineDecimals(value) };
  if (name === 'verdict') return { name, value: asYesOrNo(statement) ?? 0.5, category_name: value };
  const thumb = asYesOrNo(statement);
  if (thumb !== null) return { name, value: thumb, category_name: value };
  return isChoice(value) ? { name: `${name}.${value}`, value: 1, category_name: value } : null;
}

/** The scores of a review; why there are none, where a number is more than Opik takes. */
export function scoresOf(event: ReviewEvent, entity: string, project: string | undefined): readonly Score[] | string {
  const scores: Score[] = [];
  for (const statement of statementsOf(event.data)) {
    const score = scored(statement);
    if (!score) continue;
    if (Math.abs(score.value) > LARGEST)
      return `Opik takes numbers up to ${LARGEST}, and “${score.name}” is ${score.value}.`;
    scores.push({
      id: entity,
      ...score,
      ...(statement.reason ? { reason: statement.reason } : {}),
      source: 'sdk',
      ...(project ? { project_name: project } : {}),
      author: event.data.reviewer.id,
    });
  }
  return scores;
}

/** How the comment of a review begins, by which it is found again. */
export const commentHead = (reviewId: string) => `Countersign review ${reviewId},`;

/** The revision that a comment is of; 0 where it is none of this review. */
export const commentRevision = (reviewId: string, text: string): number =>
  text.startsWith(commentHead(reviewId)) ? Number(/^.* revision (\d{1,9}),/.exec(text)?.[1] ?? 0) : 0;

/**
 * What is no score, as text; null where there is nothing to say. A later revision always has one: by it an earlier one that
 * comes late is recognised.
 */
export function commentOf(event: ReviewEvent): string | null {
  const { id, revision, reviewer, judgement } = event.data;
  const answers = statementsOf(event.data).filter((each) => each.value !== '' && scored(each) === null);
  const findings = findingsAsText(judgement.findings ?? []);
  const parts = [
    ...answers.map(({ name, value }) => `${name}: ${value}`),
    ...(judgement.correction ? [`Correction:\n${judgement.correction}`] : []),
    ...(findings ? [`Findings:\n${findings}`] : []),
  ];
  if (parts.length === 0 && revision === 1) return null;
  return [`${commentHead(id)} revision ${revision}, by ${reviewer.name ?? reviewer.id}`, ...parts].join('\n\n');
}
