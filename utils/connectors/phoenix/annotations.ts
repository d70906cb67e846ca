/** A review as Phoenix annotations: one for each statement, all under one identifier. */
import type { ReviewEvent, WireEvent } from '../../review/wire.ts';
import { assessmentsOf, verdictScore } from '../assessments.ts';
import { findingsAsText, worstSeverity } from '../findings.ts';
import { provenance } from '../record.ts';

/** What an annotation says; at least one of the three. */
interface Result {
  readonly label?: string;
  readonly score?: number;
  readonly explanation?: string;
}

export interface Annotation {
  /** Unique with what it hangs on and the identifier: the same one again takes its place. */
  readonly name: string;
  readonly annotator_kind: 'HUMAN';
  readonly result: Result;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly identifier: string;
}

/** One for all revisions of a review, so that two reviewers of one answer do not overwrite each other. */
export const identifierOf = (event: WireEvent): string =>
  `countersign:${event.source.replace(/^urn:countersign:/, '')}:${event.data.id}`;

/** Names that are ours, or Phoenix's: a dimension may be called so. */
const taken = new Set(['correction', 'findings', 'note']);

/** A choice is a label; what is longer is a text. */
const isLabel = (value: string) => value.length <= 64 && !/[\n\r]/.test(value);

function resultOf(value: number | string | readonly string[], reason: string | null): Result {
  const explanation = reason ? { explanation: reason } : {};
  if (typeof value === 'number') return { score: value, ...explanation };
  if (typeof value !== 'string') return { label: value.join(', '), ...explanation };
  if (isLabel(value)) return { label: value, ...explanation };
  return { explanation: reason ? `${value}\n\n${reason}` : value };
}

/** All annotations of a review, the verdict first. */
export function annotationsOf(event: ReviewEvent): readonly Annotation[] {
  const { judgement } = event.data;
  const { findings, correction, preference } = judgement;
  const identifier = identifierOf(event);
  const which = { countersign_review: event.data.id, countersign_revision: event.data.revision };
  const annotation = (name: string, result: Result, metadata: Annotation['metadata'] = {}): Annotation => ({
    name,
    annotator_kind: 'HUMAN',
    result,
    metadata: { ...which, ...metadata },
    identifier,
  });
  const score = verdictScore(event.data);
  return [
    ...assessmentsOf(event.data).map(({ name, value, reason }, index) => {
      const result = resultOf(value, reason);
      if (index > 0) {
        return annotation(
          taken.has(name) ? `rating.${name}` : name,
          result,
          Array.isArray(value) ? { values: value } : {},
        );
      }
      return annotation(name, score === null ? result : { ...result, score }, {
        ...provenance(event),
        ...(preference ? { countersign_preference: preference } : {}),
      });
    }),
    ...(findings
      ? [
          annotation(
            'findings',
            { label: worstSeverity(findings) ?? '', score: findings.length, explanation: findingsAsText(findings) },
            { findings },
          ),
        ]
      : []),
    ...(correction ? [annotation('correction', { explanation: correction })] : []),
  ];
}
