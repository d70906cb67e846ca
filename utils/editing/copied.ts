/** What the reviewer typed, as plain text: for when it cannot be stored, or a place that knows no reviews. */
import type { UnfinishedJudgement } from '../review/schema.ts';

/** All texts of a judgement, one paragraph each. */
export function typedText({ correction, comment, findings = [], ratings }: UnfinishedJudgement): string {
  const parts = [
    correction && `Correction:\n${correction}`,
    comment && `Comment:\n${comment}`,
    ...findings.map(({ quote, label, severity, note, replacement, source }) =>
      [
        `Finding (${[severity, label].filter(Boolean).join(', ')}): “${quote.exact}”`,
        note,
        replacement === null ? null : `Better: “${replacement}”`,
        source,
      ]
        .filter(Boolean)
        .join('\n'),
    ),
    ...ratings.map(({ dimension, value, reason }) =>
      reason || typeof value === 'string' ? `${dimension}: ${value}${reason ? `\n${reason}` : ''}` : null,
    ),
  ];
  return parts.filter(Boolean).join('\n\n');
}
