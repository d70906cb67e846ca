/**
 * What was changed in a text since it began, place by place: so that a replacement goes where its words are now, and never
 * over what somebody changed there. All offsets are UTF-16 code units. Pure.
 */
import type { DiffRun } from './diff.ts';

/** A half-open range. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A range of the text as it began, and how much stands there now. */
export interface Edit extends Span {
  readonly length: number;
}

/** Sorted and disjoint; several insertions may stand in one place, in their order. Empty: nothing was changed. */
export type Trace = readonly Edit[];

/** The one stretch in which two texts differ: [start, end) of `from`, and its length in `to`; null where they are equal. */
function difference(from: string, to: string): Edit | null {
  if (from === to) return null;
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from.charCodeAt(start) === to.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < most - start && from.charCodeAt(from.length - 1 - tail) === to.charCodeAt(to.length - 1 - tail)) tail++;
  return { start, end: from.length - tail, length: to.length - tail - start };
}

/** The trace after the text went from `from` to `to` by one change, such as a key press or a paste. */
export function retraced(trace: Trace, from: string, to: string): Trace {
  const change = difference(from, to);
  if (!change) return trace;
  const before: Edit[] = [];
  const merged: Edit[] = [];
  const after: Edit[] = [];
  /** Where things are now, compared with where they were, before and after what is merged. */
  let shift = 0;
  let shiftAtEnd = 0;
  let nowStart = change.start;
  let nowEnd = change.end;
  for (const edit of trace) {
    const start = edit.start + shiftAtEnd;
    const end = start + edit.length;
    const typedAtItsEnd = end === change.start && change.start === change.end && edit.length > 0;
    const touches = (start < change.end && end > change.start) || typedAtItsEnd;
    const isGap = start === end && start > change.start && start < change.end;
    const isInside = start < change.start && end > change.start;
    if (touches || isGap || isInside) {
      if (merged.length === 0) nowStart = Math.min(start, change.start);
      merged.push(edit);
      nowEnd = Math.max(nowEnd, end);
    } else if (end <= change.start && merged.length === 0) before.push(edit);
    else {
      after.push(edit);
      continue;
    }
    shiftAtEnd += edit.length - (edit.end - edit.start);
    if (merged.length === 0) shift = shiftAtEnd;
  }
  const first = merged[0];
  const last = merged.at(-1);
  const start = first && nowStart === first.start + shift ? first.start : change.start - shift;
  const endOfLast = last ? last.end + shiftAtEnd : -1;
  const end = last && nowEnd === endOfLast ? last.end : change.end - shiftAtEnd;
  const length = nowEnd - nowStart + change.length - (change.end - change.start);
  return start === end && length === 0 ? [...before, ...after] : [...before, { start, end, length }, ...after];
}

/** Where a stretch of the original text is now; `null` where a change cuts into it. */
export function placeOf(trace: Trace, { start, end }: Span): Span | null {
  let shift = 0;
  let inner = 0;
  for (const edit of trace) {
    const by = edit.length - (edit.end - edit.start);
    if (edit.end <= start) shift += by;
    else if (edit.start >= end) break;
    else if (edit.start >= start && edit.end <= end) inner += by;
    else return null;
  }
  return { start: start + shift, end: end + shift + inner };
}

/** What was inserted at one place of the original text, each where it is now. */
function insertionsAt(trace: Trace, at: number): Span[] {
  const found: Span[] = [];
  let shift = 0;
  for (const edit of trace) {
    if (edit.start > at) break;
    if (edit.start === at && edit.end === at) found.push({ start: at + shift, end: at + shift + edit.length });
    shift += edit.length - (edit.end - edit.start);
  }
  return found;
}

/** A text that was traced from its beginning. */
export interface Traced {
  readonly original: string;
  readonly text: string;
  readonly trace: Trace;
}

/** A replacement, and where it goes: a stretch of the original text. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** `open`: the original words stand there; `made`: the replacement does; `other`: something else does, which is kept. */
export type Standing = 'open' | 'made' | 'other';

/** How a replacement stands, and the place in the text now that it is about; null where there is none any more. */
export function standingOf(
  { original, text, trace }: Traced,
  { span, text: wanted }: Replacement,
): {
  readonly is: Standing;
  readonly place: Span | null;
} {
  const place = placeOf(trace, span);
  if (!place) return { is: 'other', place: null };
  if (span.start === span.end) {
    const made = insertionsAt(trace, span.start).find(({ start, end }) => text.slice(start, end) === wanted);
    return made ? { is: 'made', place: made } : { is: 'open', place };
  }
  const now = text.slice(place.start, place.end);
  if (now === wanted) return { is: 'made', place };
  return { is: now === original.slice(span.start, span.end) ? 'open' : 'other', place };
}

/** Puts `words` into `place`, where the stretch `span` of the original is now. */
function put({ original, text, trace }: Traced, span: Span, place: Span, words: string): Traced {
  const isGap = span.start === span.end;
  const gone = isGap && place.end > place.start ? { start: span.start, length: place.end - place.start } : null;
  let found = false;
  const isInside = ({ start, end, length }: Edit) => {
    if (!isGap)
      return start >= span.start && end <= span.end && !(start === end && (start === span.start || end === span.end));
    if (!gone || found || start !== end || start !== gone.start || length !== gone.length) return false;
    found = true;
    return true;
  };
  const others = trace.filter((edit) => !isInside(edit));
  const before = others.filter(({ start, end }) =>
    isGap ? start <= span.start && end <= span.start : end <= span.start && start < span.end,
  );
  const stays = words === (isGap ? '' : original.slice(span.start, span.end));
  return {
    original,
    text: text.slice(0, place.start) + words + text.slice(place.end),
    trace: [
      ...before,
      ...(stays ? [] : [{ ...span, length: words.length }]),
      ...others.filter((edit) => !before.includes(edit)),
    ],
  };
}

/** The text with the replacement; null where that would go over a change that somebody made, or it is there already. */
export function made(traced: Traced, replacement: Replacement): Traced | null {
  const { is, place } = standingOf(traced, replacement);
  return is === 'open' && place ? put(traced, replacement.span, place, replacement.text) : null;
}

/** The text with the original words instead of the replacement; null where the replacement does not stand there. */
export function takenBack(traced: Traced, replacement: Replacement): Traced | null {
  const { original, text, trace } = traced;
  const { span, text: wanted } = replacement;
  const { is, place } = standingOf(traced, replacement);
  if (is !== 'made' || !place || wanted === (span.start === span.end ? '' : original.slice(span.start, span.end)))
    return null;
  return put({ original, text, trace }, span, place, original.slice(span.start, span.end));
}

/** At most so many replacements in one changed stretch are tried out in all combinations. */
const MOST_TRIED = 8;

/**
 * The trace of a text of which only the end is known, from its word diff. A stretch in which one or several of the
 * `replacements` explain all that changed is traced as those; any other as one edit.
 */
export function traceOf(runs: readonly DiffRun[], original: string, replacements: readonly Replacement[]): Trace {
  const trace: Edit[] = [];
  let at = 0;
  for (let index = 0; index < runs.length; ) {
    const run = runs[index] as DiffRun;
    if (run.op === 'same') {
      at += run.text.length;
      index++;
      continue;
    }
    let removed = '';
    let added = '';
    for (; index < runs.length && runs[index]?.op !== 'same'; index++) {
      const { op, text } = runs[index] as DiffRun;
      if (op === 'removed') removed += text;
      else added += text;
    }
    trace.push(...explained({ start: at, end: at + removed.length }, added, original, replacements));
    at += removed.length;
  }
  return trace;
}

/** The edits of one changed stretch. */
function explained(span: Span, now: string, original: string, replacements: readonly Replacement[]): Edit[] {
  const whole = { ...span, length: now.length };
  const within = replacements.filter((one) => one.span.start >= span.start && one.span.end <= span.end);
  if (within.length === 0 || within.length > MOST_TRIED) return [whole];
  const before = original.slice(span.start, span.end);
  // Those with more replacements first: what can be told apart is.
  const sets = Array.from({ length: 2 ** within.length - 1 }, (_, set) => set + 1).sort((a, b) => bits(b) - bits(a));
  for (const set of sets) {
    let tried: Traced | null = { original: before, text: before, trace: [] };
    for (const [order, one] of within.entries()) {
      if (!tried || (set & (1 << order)) === 0) continue;
      const moved = { start: one.span.start - span.start, end: one.span.end - span.start };
      tried = made(tried, { span: moved, text: one.text });
    }
    if (tried?.text === now)
      return tried.trace.map(({ start, end, length }) => ({
        start: start + span.start,
        end: end + span.start,
        length,
      }));
  }
  return [whole];
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

/** The trace as one edit: what is known at once. */
export function roughTrace(original: string, text: string): Trace {
  const change = difference(original, text);
  return change ? [change] : [];
}
