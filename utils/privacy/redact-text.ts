/** Redaction of one text: fold, detect, settle, number, replace. */
import { allowList } from './allow-list.ts';
import { type Budget, startBudget } from './budget.ts';
import { canonical } from './canonical.ts';
import { type CompiledRules, findByRules } from './customer-rules.ts';
import { builtInDetectors } from './detectors/index.ts';
import { type AcceptedSuggestion, addEchoes } from './echoes.ts';
import { type Folded, fold } from './fold.ts';
import { type Detector, type Match, type Recognized, RULESET_VERSION } from './kinds.ts';
import { Numbering } from './numbering.ts';
import { type OffsetMap, offsetMap } from './offsets.ts';
import { settle } from './settle.ts';
import { findPlaceholders, findShields } from './shields.ts';
import { joinSpans } from './spans.ts';

export interface RedactionOptions {
  /** Regions whose national phone numbers are expected, as ISO 3166 codes, most expected first. */
  readonly regions?: readonly string[];
  /** Values that stay, in any spelling: the team's own support address, a test card. `@example.com` keeps a mail domain. Secrets never stay. */
  readonly allow?: readonly string[];
  readonly accepted?: readonly AcceptedSuggestion[];
  readonly rules?: CompiledRules;
  /** Longest time for the record, in ms; past it `OverBudget` is thrown. No limit where absent. */
  readonly budgetMs?: number;
  /** Monotonic clock in ms. */
  readonly now?: () => number;
  readonly detectors?: readonly Detector[];
}

export interface RedactedText {
  readonly text: string;
  /** In order of appearance; offsets in UTF-16 code units of the original. */
  readonly recognized: readonly Recognized[];
  readonly rulesetVersion: string;
  readonly offsets: OffsetMap;
}

/** Redacts one text by itself. For the fields of a review use `redactReview`, which numbers them together. */
export function redactText(text: string, options: RedactionOptions = {}): RedactedText {
  return redactTogether([text], options)[0] as RedactedText;
}

/** Replacing one value can lay bare another that touched it; texts are read again until nothing more is found, so often at most. */
const MAX_PASSES = 4;

/** Redacts the texts of one record: the same value has the same placeholder in all of them, numbered in their order. */
export function redactTogether(texts: readonly string[], options: RedactionOptions = {}): RedactedText[] {
  const { now = () => performance.now() } = options;
  const allowance = startBudget(options.budgetMs ?? Number.POSITIVE_INFINITY, now);
  const numbering = new Numbering();
  for (const text of texts) numbering.reserve(text);
  const drafts = texts.map((original) => new Draft(original));
  let changed: readonly Draft[] = drafts;
  for (let pass = 0; pass < MAX_PASSES && changed.length > 0; pass += 1) {
    const readings = changed.map((draft) => read(draft, options, allowance));
    addEchoes(readings, pass === 0 ? (options.accepted ?? []) : [], allowance.spend);
    const isAllowed = allowList(options.allow ?? [], options.regions ?? []);
    changed = readings.filter((reading) => take(reading, isAllowed, numbering, options)).map(({ draft }) => draft);
  }
  allowance.check();
  return drafts.map(({ text, recognized, offsets }) => ({
    text,
    recognized,
    offsets,
    rulesetVersion: RULESET_VERSION,
  }));
}

/** A text on its way: what was found so far, and how it reads with that replaced. */
class Draft {
  readonly original: string;
  recognized: readonly Recognized[] = [];
  offsets: OffsetMap = offsetMap([]);
  text: string;

  constructor(original: string) {
    this.original = original;
    this.text = original;
  }

  /** Adds what was recognized; spans are in offsets of the original and overlap nothing found before. */
  add(more: readonly Recognized[]): void {
    this.recognized = [...this.recognized, ...more].sort((a, b) => a.start - b.start);
    this.offsets = offsetMap(
      this.recognized.map(({ start, end, placeholder }) => ({ start, end, length: placeholder.length })),
    );
    const parts: string[] = [];
    let done = 0;
    for (const { start, end, placeholder } of this.recognized) {
      parts.push(this.original.slice(done, start), placeholder);
      done = end;
    }
    this.text = parts.join('') + this.original.slice(done);
  }
}

interface Reading {
  readonly draft: Draft;
  readonly folded: Folded;
  readonly matches: Match[];
}

function read(draft: Draft, options: RedactionOptions, { spend, check }: Budget): Reading {
  const { regions = [], detectors = builtInDetectors, rules = [] } = options;
  const folded = fold(draft.text);
  const scan = { text: folded.text, regions, shields: findShields(folded.text), spend };
  const matches = findByRules(scan, rules);
  for (const { find } of detectors) {
    check();
    for (const match of find(scan)) matches.push(match);
  }
  return { draft, folded, matches };
}

/** Puts what was read into the draft; false where nothing was. */
function take(
  { draft, folded, matches }: Reading,
  isAllowed: ReturnType<typeof allowList>,
  numbering: Numbering,
  { regions = [] }: RedactionOptions,
): boolean {
  const allowed = matches.filter(({ kind, start, end }) => isAllowed(kind, folded.text.slice(start, end)));
  const recognized: Recognized[] = [];
  let done = 0;
  for (const match of settle(matches, joinSpans([...findPlaceholders(folded.text), ...allowed]))) {
    const span = folded.toOriginal(match.start, match.end);
    // One character can fold to several, which two matches may share.
    const start = Math.max(span.start, done);
    if (span.end <= start) continue;
    done = span.end;
    const value = canonical(match.kind, folded.text.slice(match.start, match.end), regions);
    const placeholder = numbering.placeholder(match.kind, value, match.label);
    recognized.push({ kind: match.kind, placeholder, ...draft.offsets.toOriginal({ start, end: span.end }) });
  }
  if (recognized.length > 0) draft.add(recognized);
  return recognized.length > 0;
}
