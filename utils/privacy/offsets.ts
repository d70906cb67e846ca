/** Carries positions from a text to its redacted form and back, so that findings keep pointing at what they pointed at. */
import { codePoints } from '../review/code-points.ts';
import type { Span } from './kinds.ts';

/** A replaced range of the original, and the length of what stands there now. UTF-16 code units. */
export interface Edit extends Span {
  readonly length: number;
}

export interface OffsetMap {
  /** A range of the original in the redacted text. One that cuts into a replaced value takes in the whole placeholder. */
  readonly toRedacted: (span: Span) => Span;
  /** A range of the redacted text in the original. One that cuts into a placeholder takes in the whole value. */
  readonly toOriginal: (span: Span) => Span;
}

/** The map for these edits, which are sorted and disjoint. */
export function offsetMap(edits: readonly Edit[]): OffsetMap {
  const back: Edit[] = [];
  let shift = 0;
  for (const { start, end, length } of edits) {
    back.push({ start: start + shift, end: start + shift + length, length: end - start });
    shift += length - (end - start);
  }
  const through = (from: readonly Edit[], to: readonly Edit[]) => (span: Span) => ({
    start: carry(span.start, 'start', from, to),
    end: carry(span.end, span.end > span.start ? 'end' : 'start', from, to),
  });
  return { toRedacted: through(edits, back), toOriginal: through(back, edits) };
}

/** Moves one offset; one strictly inside an edit goes to that side of what replaced it. */
function carry(offset: number, side: 'start' | 'end', from: readonly Edit[], to: readonly Edit[]): number {
  let low = 0;
  let high = from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((from[middle] as Edit).start <= offset) low = middle + 1;
    else high = middle;
  }
  const source = from[low - 1];
  const target = to[low - 1];
  if (!source || !target) return offset;
  if (offset === source.start) return target.start;
  return offset >= source.end ? target.end + offset - source.end : target[side];
}

/** Ranges in code points of the original as ranges in code points of the redacted text. */
export function mapCodePoints(map: OffsetMap, original: string, redacted: string, spans: readonly Span[]): Span[] {
  const before = codePoints(original);
  const after = codePoints(redacted);
  return spans.map((span) => {
    const { start, end } = map.toRedacted({ start: before.toUtf16(span.start), end: before.toUtf16(span.end) });
    return { start: after.toCodePoint(start), end: after.toCodePoint(end) };
  });
}
