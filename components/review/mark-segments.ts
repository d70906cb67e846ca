/** Cuts a text with marked stretches into what is drawn: blocks of lines, and in each block stretches that look the same. Pure. */
import type { Severity } from '../../utils/review/schema.ts';

/** A marked stretch: [start, end) in UTF-16 code units; of no length where something is missing. */
export interface Mark {
  readonly id: string;
  /** Shown at its end. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
}

/** A stretch in which everything looks the same. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** Ids of the marks on it, the shortest last. */
  readonly ids: readonly string[];
  /** Of the worst of them. */
  readonly severity: Severity | null;
  /** Numbers of the marks that end here. */
  readonly numbers: readonly number[];
  readonly isPicked: boolean;
}

/** Lines are gathered into blocks of so many characters; a longer line is cut at a blank. */
const BLOCK = 1_500;
const LONGEST_LINE = 4_000;

/** Where the blocks of a text begin; the browser lays out only those that are in view. */
export function blockStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; text.length - at > BLOCK; ) {
    const line = text.indexOf('\n', at + BLOCK) + 1;
    if (line > 0 && line - at <= LONGEST_LINE) at = line;
    else if (line === 0 && text.length - at <= LONGEST_LINE) break;
    else {
      const blank = text.lastIndexOf(' ', at + LONGEST_LINE) + 1;
      at = blank > at ? blank : at + LONGEST_LINE - (isLow(text, at + LONGEST_LINE) ? 1 : 0);
    }
    if (at < text.length) starts.push(at);
  }
  return starts;
}

const isLow = (text: string, at: number) => text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;

const order: readonly Severity[] = ['minor', 'major', 'critical'];

/** The segments of the block [from, until). `picked` is what is selected. */
export function segmentsOf(
  from: number,
  until: number,
  marks: readonly Mark[],
  picked: { readonly start: number; readonly end: number } | null,
  isLast: boolean,
): Segment[] {
  const gap = ({ start, end }: { start: number; end: number }) => start === end;
  // A place between two blocks belongs to the one that begins there.
  const isHere = (one: { start: number; end: number }) =>
    gap(one)
      ? one.start >= from && (one.start < until || (isLast && one.start === until))
      : one.start < until && one.end > from;
  const here = marks.filter(isHere).sort((a, b) => b.end - b.start - (a.end - a.start));
  const pick = picked && isHere(picked) ? picked : null;
  const cuts = new Set([from, until]);
  for (const { start, end } of pick ? [...here, pick] : here) {
    cuts.add(Math.max(from, start));
    cuts.add(Math.min(until, end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (const [index, start] of places.entries()) {
    const gaps = here.filter((one) => gap(one) && one.start === start);
    const isGapPicked = pick !== null && gap(pick) && pick.start === start;
    if (gaps.length > 0 || isGapPicked) segments.push(segment(start, start, gaps, isGapPicked));
    const end = places[index + 1];
    if (end === undefined) continue;
    const on = here.filter((one) => !gap(one) && one.start <= start && one.end >= end);
    segments.push(segment(start, end, on, pick !== null && pick.start <= start && pick.end >= end));
  }
  return segments;
}

function segment(start: number, end: number, on: readonly Mark[], isPicked: boolean): Segment {
  const worst = Math.max(-1, ...on.map(({ severity }) => order.indexOf(severity)));
  return {
    start,
    end,
    ids: on.map(({ id }) => id),
    severity: order[worst] ?? null,
    numbers: on.filter((mark) => mark.end === end).map(({ number }) => number),
    isPicked,
  };
}
