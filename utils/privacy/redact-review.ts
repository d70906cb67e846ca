/** Redaction of a whole review: all its texts together, so that a value has one placeholder throughout. */
import type { Review } from '../review/schema.ts';
import { FIRST, type Leaf, LIMITS, leavesOf, treatmentOf } from './fields.ts';
import type { Kind, Recognized } from './kinds.ts';
import { RULESET_VERSION } from './kinds.ts';
import type { OffsetMap } from './offsets.ts';
import { plainAddress, splitAddress } from './page-address.ts';
import { onRedacted, withoutQuotes } from './redact-findings.ts';
import { type RedactedText, type RedactionOptions, redactTogether } from './redact-text.ts';
import { PLACEHOLDER } from './shields.ts';

/** What happened to one field; for the preview of what would leave. */
export interface RedactedField {
  /** As `snapshot.text`. */
  readonly path: string;
  readonly original: string;
  readonly redacted: string;
  /** Offsets in `original`. */
  readonly recognized: readonly Recognized[];
  readonly offsets: OffsetMap;
}

export interface RedactedReview {
  /** Valid by the schema. Hashes are still those of the unredacted review: see `prepareForDestination`. */
  readonly review: Review;
  /** Every field that holds text, changed or not. */
  readonly fields: readonly RedactedField[];
  /** Paths of identities with something personal in them, still as they were: they need a keyed hash, which is asynchronous. */
  readonly personalIdentities: readonly string[];
  /** How many places of each kind were replaced. */
  readonly counts: Readonly<Partial<Record<Kind, number>>>;
  readonly rulesetVersion: string;
}

const QUOTES = 'judgement.findings.*.quote.';

/** Cuts a text to its limit, never inside a placeholder or a pair of surrogates. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit;
  for (const found of text.slice(0, limit + 40).matchAll(PLACEHOLDER)) {
    if (found.index < end && found.index + found[0].length > end) end = found.index;
  }
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What detectors read of a leaf, and what stays in front of it. */
function partsOf({ shape, value }: Leaf): { kept: string; text: string } {
  const treatment = treatmentOf(shape);
  if (treatment === 'identity') return { kept: '', text: decoded(value) };
  if (treatment !== 'address') return { kept: '', text: value };
  const [kept, text] = splitAddress(plainAddress(value));
  return { kept, text };
}

/**
 * Redacts every text of a review: answer, Markdown, prompt, title, model, correction, comment, the path of the page, and
 * whatever text field the schema may gain. Throws `OverBudget` where `options.budgetMs` is spent.
 */
export function redactReview(review: Review, options: RedactionOptions = {}): RedactedReview {
  const copy = structuredClone(review);
  const { findings } = copy.judgement;
  if (findings) copy.judgement.findings = withoutQuotes(findings);
  const order = (leaf: Leaf) => (FIRST.includes(leaf.path) ? FIRST.indexOf(leaf.path) : FIRST.length);
  const leaves = leavesOf(copy)
    .filter((leaf) => treatmentOf(leaf.shape) !== 'keep' && !(leaf.value === '' && leaf.shape.startsWith(QUOTES)))
    .sort((a, b) => order(a) - order(b));
  const parts = leaves.map(partsOf);
  // Identities are read apart: their numbers must not depend on them, nor they on what is said elsewhere.
  const isIdentity = leaves.map((leaf) => treatmentOf(leaf.shape) === 'identity');
  const texts = parts.map(({ text }, index) => (isIdentity[index] ? '' : text));
  const identities = parts.map(({ text }, index) => (isIdentity[index] ? text : ''));
  const started = (options.now ?? (() => performance.now()))();
  const redacted = redactTogether(texts, options);
  const spent = (options.now ?? (() => performance.now()))() - started;
  const checked = redactTogether(identities, {
    ...options,
    ...(options.budgetMs === undefined ? {} : { budgetMs: options.budgetMs - spent }),
  });

  const fields: RedactedField[] = [];
  const personalIdentities: string[] = [];
  const counts: Partial<Record<Kind, number>> = {};
  let answer: { offsets: OffsetMap; whole: string; sentLength: number } | null = null;
  for (const [index, leaf] of leaves.entries()) {
    if (isIdentity[index]) {
      if ((checked[index] as RedactedText).recognized.length > 0) personalIdentities.push(leaf.path);
      continue;
    }
    const { text, recognized, offsets } = redacted[index] as RedactedText;
    const { kept, text: original } = parts[index] as { kept: string; text: string };
    const whole = kept + text;
    const result = cut(whole, LIMITS[leaf.shape] ?? Number.POSITIVE_INFINITY);
    if (result.length < kept.length + text.length && leaf.path === 'snapshot.text') copy.snapshot.truncated = true;
    leaf.set(result);
    if (leaf.path === 'snapshot.text') answer = { offsets, whole, sentLength: result.length };
    for (const { kind } of recognized) counts[kind] = (counts[kind] ?? 0) + 1;
    fields.push({ path: leaf.path, original, redacted: result.slice(kept.length), recognized, offsets });
  }
  if (copy.judgement.findings && answer) {
    const { offsets, whole, sentLength } = answer;
    copy.judgement.findings = onRedacted(copy.judgement.findings, offsets, whole, sentLength);
  }
  return { review: copy, fields, personalIdentities, counts, rulesetVersion: RULESET_VERSION };
}
