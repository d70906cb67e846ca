/** Values that the team lets through, in any spelling. */
import { canonical } from './canonical.ts';
import { fold } from './fold.ts';
import type { Kind } from './kinds.ts';

/** Whether a value of that kind may stay. Entries are values, or `@domain` for all addresses there. Secrets never stay. */
export function allowList(
  entries: readonly string[],
  regions: readonly string[],
): (kind: Kind, value: string) => boolean {
  if (entries.length === 0) return () => false;
  const folded = entries.map((entry) => fold(entry).text.trim());
  const domains = folded.filter((entry) => entry.startsWith('@')).map((entry) => entry.toLowerCase());
  const byKind = new Map<Kind, Set<string>>();
  return (kind, value) => {
    if (kind === 'secret') return false;
    let values = byKind.get(kind);
    if (!values) {
      values = new Set(folded.map((entry) => canonical(kind, entry, regions)));
      byKind.set(kind, values);
    }
    const form = canonical(kind, value, regions);
    return values.has(form) || (kind === 'email' && domains.some((domain) => form.endsWith(domain)));
  };
}
