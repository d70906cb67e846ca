/** What targets that keep a record for each review say in it, beside what they have a place of their own for. */
import type { ReviewEvent } from '../review/wire.ts';

/** Everything of a review that is none of its judgement: which, by whom, under which rules, about what, and what was redacted. */
export function provenance({ data }: ReviewEvent): Readonly<Record<string, unknown>> {
  const { snapshot, reviewer, rubric, oversight, redaction } = data;
  return {
    countersign_review: data.id,
    countersign_revision: data.revision,
    countersign_reviewer: reviewer.id,
    ...(reviewer.name ? { countersign_reviewer_name: reviewer.name } : {}),
    countersign_judged_at: data.createdAt,
    countersign_spent_ms: data.spentMs,
    countersign_rubric: `${rubric.id} ${rubric.version}`,
    ...(data.guidelines ? { countersign_guidelines: data.guidelines } : {}),
    countersign_response: data.responseKey,
    countersign_content_hash: data.contentHash,
    countersign_page: snapshot.pageUrl,
    ...(snapshot.model ? { countersign_model: snapshot.model } : {}),
    ...(snapshot.trace ? { countersign_trace: snapshot.trace.id } : {}),
    ...(oversight ? { countersign_oversight: oversight } : {}),
    ...(redaction ? { countersign_redaction: redaction.level } : {}),
  };
}

/** The answer, or that it stays with the reviewer: a record wants one. */
export const answerOf = ({ data }: ReviewEvent): string =>
  data.snapshot.text === '' ? `(not sent; SHA-256 ${data.contentHash})` : data.snapshot.text;

/** The revision that a record says it holds; 0 where it says none. */
export function revisionOf(metadata: unknown): number {
  const revision =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'countersign_revision') : undefined;
  return Number.isSafeInteger(revision) ? (revision as number) : 0;
}
