/** Findings as a judgement holds them: their order, what is stored of them, whether two lists say the same. Pure. */
import type { Finding } from './schema.ts';

/** By place: what begins first, then what reaches further; those whose text is gone stand at the end. */
function byPlace(a: Finding, b: Finding): number {
  return (
    Number(a.orphan ?? false) - Number(b.orphan ?? false) ||
    a.utf16.start - b.utf16.start ||
    b.utf16.end - a.utf16.end ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** These findings in the order of their places. */
export const ordered = (findings: readonly Finding[]): readonly Finding[] => [...findings].sort(byPlace);

const ADDRESS = /^https?:\/\/[^\s]+$/;

/** The address that somebody typed, with a scheme where it has none; null for nothing, false for what is no address. */
export function addressOf(typed: string | null): string | null | false {
  const text = typed?.trim() ?? '';
  if (text === '') return null;
  const full = /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/]*:\d/.test(text) ? text : `https://${text}`;
  const host = ADDRESS.test(full) ? URL.parse(full)?.hostname : undefined;
  return host && (host.includes('.') || host === 'localhost') && full.length <= 2048 ? full : false;
}

/** The findings as they are stored. A source that is no address is left out: `isComplete` of the form says so before. */
export function storedFindings(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({
    ...finding,
    note: finding.note?.trim() ? finding.note : null,
    source: addressOf(finding.source) || null,
  }));
}

/** Whether these say the same, in whatever order. */
export function sameFindings(a: readonly Finding[] = [], b: readonly Finding[] = []): boolean {
  const said = (list: readonly Finding[]) =>
    list
      .map(({ id, position, label, severity, note, replacement, source, orphan = false }) =>
        JSON.stringify([id, position.start, position.end, label, severity, note, replacement, source, orphan]),
      )
      .sort();
  return a === b || (a.length === b.length && said(a).join() === said(b).join());
}
