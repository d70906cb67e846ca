/** A review as MLflow assessments: feedback for each statement, an expectation for the correction. */
import type { ReviewEvent } from '../../review/wire.ts';
import { assessmentsOf } from '../assessments.ts';
import { findingsAsText, worstSeverity } from '../findings.ts';
import { provenance } from '../record.ts';

/** As MLflow's API takes it (assessments.proto). */
export interface Assessment {
  /** Without full stops. */
  readonly assessment_name: string;
  readonly source: { readonly source_type: 'HUMAN'; readonly source_id: string };
  readonly span_id?: string;
  readonly feedback?: { readonly value: number | string | readonly string[] };
  readonly expectation?: { readonly value: string };
  readonly rationale?: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Absent it would be 1970. */
  readonly create_time: string;
  readonly last_update_time: string;
  /** Of feedback: absent it would be taken for overruled. */
  readonly valid?: true;
}

/** By which an assessment is found again: whose, and which of that review's. */
export const REVIEW = 'countersign_review';
export const PART = 'countersign_part';
export const EVENT = 'countersign_event';

/** MLflow's metadata are texts. */
const asTexts = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

/** The name under which MLflow's own scorers look for what should have been said. */
const EXPECTED = 'expected_response';

/** All assessments of a review, the verdict first. */
export function assessmentsFor(event: ReviewEvent): readonly Assessment[] {
  const { judgement, reviewer, snapshot, createdAt } = event.data;
  const { findings, correction, preference } = judgement;
  const assessment = (
    part: string,
    value: Pick<Assessment, 'feedback' | 'expectation'>,
    rationale: string | null,
    metadata: Readonly<Record<string, unknown>> = {},
  ): Assessment => ({
    assessment_name: part.replaceAll('.', '_'),
    source: { source_type: 'HUMAN', source_id: reviewer.name || reviewer.id },
    ...(snapshot.trace?.span === undefined ? {} : { span_id: snapshot.trace.span }),
    ...value,
    ...(rationale ? { rationale } : {}),
    metadata: asTexts({
      ...metadata,
      [REVIEW]: event.data.id,
      [PART]: part,
      [EVENT]: event.id,
      countersign_revision: event.data.revision,
    }),
    create_time: createdAt,
    last_update_time: createdAt,
    ...(value.feedback ? { valid: true as const } : {}),
  });
  const taken = new Set(['findings', EXPECTED]);
  return [
    ...assessmentsOf(event.data).map(({ name, value, reason }, index) =>
      assessment(
        index > 0 && taken.has(name) ? `rating.${name}` : name,
        { feedback: { value } },
        reason,
        index > 0 ? {} : { ...provenance(event), ...(preference ? { countersign_preference: preference } : {}) },
      ),
    ),
    ...(findings
      ? [
          assessment('findings', { feedback: { value: worstSeverity(findings) ?? '' } }, findingsAsText(findings), {
            countersign_findings: findings,
          }),
        ]
      : []),
    ...(correction ? [assessment(EXPECTED, { expectation: { value: correction } }, null)] : []),
  ];
}
