/** A review as LangSmith's feedback. */
import { sha256 } from '../../review/hash.ts';
import type { ReviewEvent } from '../../review/wire.ts';
import { provenance } from '../record.ts';
import { asYesOrNo, statementsOf } from '../statements.ts';

/** What can be changed of a feedback that is there. */
export interface FeedbackChange {
  readonly score: number | null;
  readonly value: string | null;
  readonly comment: string | null;
  readonly correction: { readonly output: string } | null;
}

/** The body of `POST /feedback`. */
export interface Feedback extends FeedbackChange {
  readonly id: string;
  readonly run_id: string;
  readonly trace_id: string;
  readonly session_id: string;
  readonly key: string;
  readonly feedback_source: { readonly type: 'api'; readonly metadata: Readonly<Record<string, unknown>> };
}

/** A UUID of version 8 (RFC 9562, section 5.8) that is always the same for the same text. */
async function uuidOf(text: string): Promise<string> {
  const hash = await sha256(text);
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, variant + hash.slice(17, 20)];
  return [...parts, hash.slice(20, 32)].join('-');
}

/** The id of one feedback: the same for all revisions of a review. */
export const feedbackId = (reviewId: string, key: string) => uuidOf(`countersign feedback ${reviewId} ${key}`);

/** LangSmith's own clients cut scores so. */
const fourDecimals = (value: number) => Math.round(value * 10_000) / 10_000;

/** All feedback of a review, the verdict first: by its id the others are found again. */
export async function feedbackOf(event: ReviewEvent, project: string): Promise<readonly Feedback[]> {
  const { id, snapshot, judgement } = event.data;
  const trace = snapshot.trace;
  if (!trace) return [];
  const { countersign_review, countersign_revision, countersign_reviewer, ...rest } = provenance(event);
  const which = { countersign_review, countersign_revision, countersign_reviewer };
  const { findings, preference, correction } = judgement;
  const whole = {
    ...which,
    ...rest,
    ...(findings ? { countersign_findings: findings } : {}),
    ...(preference ? { countersign_preference: preference } : {}),
  };
  return Promise.all(
    statementsOf(event.data)
      .filter(({ value }) => value !== '')
      .map(async (statement) => {
        const { key, name, value, reason } = statement;
        const number = typeof value === 'number' ? fourDecimals(value) : asYesOrNo(statement);
        return {
          id: await feedbackId(id, key),
          run_id: trace.span ?? trace.id,
          trace_id: trace.id,
          session_id: project,
          key: name,
          score: number,
          value: typeof value === 'string' ? value : null,
          comment: reason,
          correction: key === 'verdict' && correction ? { output: correction } : null,
          feedback_source: { type: 'api', metadata: key === 'verdict' ? whole : which } as const,
        };
      }),
  );
}
