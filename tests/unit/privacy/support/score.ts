/** Scores redactors on the labelled set by what they leave in the text, so that ours and others are measured alike. */
import { calcSlices } from 'fast-myers-diff';
import { type AppliedKind, appliedKinds, type Span } from '../../../../utils/privacy/kinds.ts';
import type { Snippet } from './labelled-set.ts';

export type Redactor = (snippet: Snippet) => Promise<string> | string;

/** The ranges of `before` that are not in `after` any more. */
function changedRanges(before: string, after: string): Span[] {
  const ranges: Span[] = [];
  let at = 0;
  for (const [side, slice] of calcSlices(before, after)) {
    if (side < 0) ranges.push({ start: at, end: at + slice.length });
    if (side <= 0) at += slice.length;
  }
  return ranges;
}

interface KindScore {
  labels: number;
  found: number;
  /** Changed places in snippets of this kind, and how many of them touch a label. */
  touched: number;
  right: number;
}

export interface Score {
  readonly kinds: Map<AppliedKind, KindScore>;
  readonly traps: Map<string, { snippets: number; green: number }>;
  readonly missed: string[];
  readonly wrong: string[];
}

const letters = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

/** Whether nothing of the value that could identify it stands in the output: at most a quarter of its characters in a row. */
function isGone(snippet: Snippet, label: Span, output: string): boolean {
  const value = letters(snippet.text.slice(label.start, label.end));
  // Words of placeholders are not what is left of a value.
  const rest = letters(output.replace(/\[[A-Z0-9_]+\]/g, ' '));
  const size = Math.max(3, Math.ceil(value.length / 4));
  for (let at = 0; at + size <= value.length; at += 1) {
    const part = value.slice(at, at + size);
    // What stands elsewhere in the snippet too does not count against the redactor.
    const elsewhere =
      letters(snippet.text.slice(0, label.start)).includes(part) ||
      letters(snippet.text.slice(label.end)).includes(part);
    if (!elsewhere && rest.includes(part)) return false;
  }
  return true;
}

export async function score(snippets: readonly Snippet[], redact: Redactor): Promise<Score> {
  const kinds = new Map(appliedKinds.map((kind) => [kind, { labels: 0, found: 0, touched: 0, right: 0 }]));
  const traps = new Map<string, { snippets: number; green: number }>();
  const missed: string[] = [];
  const wrong: string[] = [];
  for (const snippet of snippets) {
    const output = await redact(snippet);
    if (snippet.trap !== null) {
      const trap = traps.get(snippet.trap) ?? { snippets: 0, green: 0 };
      trap.snippets += 1;
      if (output === snippet.text) trap.green += 1;
      else wrong.push(`${snippet.id}: ${snippet.text} -> ${output}`);
      traps.set(snippet.trap, trap);
      continue;
    }
    for (const label of snippet.labels) {
      const kind = kinds.get(label.kind) as KindScore;
      kind.labels += 1;
      if (isGone(snippet, label, output)) kind.found += 1;
      else missed.push(`${snippet.id}: ${snippet.text} -> ${output}`);
    }
    const kind = kinds.get(snippet.labels[0]?.kind as AppliedKind) as KindScore;
    for (const range of groups(changedRanges(snippet.text, output))) {
      kind.touched += 1;
      if (snippet.labels.some((label) => label.start < range.end && label.end > range.start)) kind.right += 1;
      else wrong.push(`${snippet.id}: ${snippet.text} -> ${output}`);
    }
  }
  return { kinds, traps, missed, wrong };
}

/** A replaced value may share letters with its placeholder: changes close to each other are one. */
function groups(ranges: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && range.start - last.end <= 3) joined[joined.length - 1] = { start: last.start, end: range.end };
    else joined.push(range);
  }
  return joined;
}

/** Over all kinds: found of what is there; right of what was touched, with every red trap counted as one wrong touch. */
export function totals({ kinds, traps }: Score): { recall: number; precision: number } {
  let labels = 0;
  let found = 0;
  let touched = 0;
  let right = 0;
  for (const kind of kinds.values()) {
    labels += kind.labels;
    found += kind.found;
    touched += kind.touched;
    right += kind.right;
  }
  for (const trap of traps.values()) touched += trap.snippets - trap.green;
  return { recall: found / labels, precision: touched === 0 ? 1 : right / touched };
}
