/** Whether findings say of a text what stands there: what is stored and sent must agree with itself. */
import { codePoints } from './code-points.ts';
import type { Finding } from './schema.ts';
import { selectorsOf } from './selectors.ts';

/** What makes a list of findings contradict itself or its text, as the path of a field; null where nothing does. */
export function findingsFlaw(findings: readonly Finding[], text: string): string | null {
  const points = codePoints(text);
  const ids = new Set<string>();
  for (const [index, finding] of findings.entries()) {
    const { id, position, utf16, quote, orphan } = finding;
    if (ids.has(id)) return `${index}.id`;
    ids.add(id);
    if (orphan) continue;
    if (utf16.end > text.length) return `${index}.utf16`;
    const found = selectorsOf(text, utf16.start, utf16.end, points);
    if (found.utf16.start !== utf16.start || found.utf16.end !== utf16.end) return `${index}.utf16`;
    if (found.position.start !== position.start || found.position.end !== position.end) return `${index}.position`;
    for (const part of ['exact', 'prefix', 'suffix'] as const)
      if (found.quote[part] !== quote[part]) return `${index}.quote.${part}`;
  }
  return null;
}
