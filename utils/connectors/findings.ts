/** Findings as text, for targets that know no spans. */
import type { Finding } from '../review/schema.ts';

function line({ quote, label, severity, note, replacement, source }: Finding): string {
  const what = [label, severity].filter(Boolean).join(', ');
  const where = quote.exact === '' ? '' : `“${quote.exact}”`;
  const instead = replacement === null ? '' : replacement === '' ? ' → (nothing)' : ` → “${replacement}”`;
  return `${where}${instead} (${what})${note ? `: ${note}` : ''}${source ? ` ${source}` : ''}`.trim();
}

/** A line for each: what it points at, what should stand there, what is wrong with it, why. */
export const findingsAsText = (findings: readonly Finding[]): string => findings.map(line).join('\n');

/** The worst of them; null where there are none. */
export const worstSeverity = (findings: readonly Finding[]): Finding['severity'] | null =>
  (['critical', 'major', 'minor'] as const).find((severity) => findings.some((each) => each.severity === severity)) ??
  null;
