/** From matches that overlap to findings that do not. */
import { appliedKinds, type Kind, type Match, type Span } from './kinds.ts';
import { firstEndingAfter } from './spans.ts';

const rank = (kind: Kind) => {
  const at = (appliedKinds as readonly Kind[]).indexOf(kind);
  return at < 0 ? appliedKinds.length : at;
};

const wins = (a: Match, b: Match) => {
  const longer = a.end - a.start - (b.end - b.start);
  return longer === 0 ? rank(a.kind) < rank(b.kind) : longer > 0;
};

/**
 * One match per stretch of text: the longest, at equal length the kind that comes first. It takes the whole stretch that
 * its rivals cover, so that no part of a value stays. `taken` ranges are never touched; both must be sorted or sortable.
 */
export function settle(matches: readonly Match[], taken: readonly Span[]): Match[] {
  const sorted = [...matches].sort((a, b) => a.start - b.start || b.end - a.end);
  const settled: Match[] = [];
  for (const match of sorted) {
    const last = settled.at(-1);
    if (last && match.start < last.end) {
      const winner = wins(match, last) ? match : last;
      settled[settled.length - 1] = { ...winner, start: last.start, end: Math.max(last.end, match.end) };
    } else settled.push(match);
  }
  return taken.length === 0 ? settled : settled.flatMap((match) => without(match, taken));
}

/** The parts of a match outside the taken ranges. */
function without(match: Match, taken: readonly Span[]): Match[] {
  const parts: Match[] = [];
  let start = match.start;
  for (let index = firstEndingAfter(taken, start); index < taken.length; index += 1) {
    const range = taken[index] as Span;
    if (range.start >= match.end) break;
    if (range.start > start) parts.push({ ...match, start, end: range.start });
    start = range.end;
  }
  if (start < match.end) parts.push({ ...match, start });
  return parts;
}
