/** What redaction recognises, and the words that every detector shares. */

/** Changes with every change of what is recognised or how it is replaced; travels with each redacted record. */
export const RULESET_VERSION = '2026.11.1';

/** Kinds that are replaced without asking, in the order that decides between matches of one length. */
export const appliedKinds = ['secret', 'customer-id', 'email', 'iban', 'card', 'ssn', 'ip', 'phone'] as const;

export type AppliedKind = (typeof appliedKinds)[number];
/** Kinds that are only pointed out to the reviewer: too often wrong to be applied by themselves. */
export type SuggestedKind = 'name' | 'address';
export type Kind = AppliedKind | SuggestedKind;

/** A half-open range of UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What one detector found, in the folded copy of a text. */
export interface Match extends Span {
  readonly kind: Kind;
  /** The word in the placeholder, where a customer rule brings its own. */
  readonly label?: string;
  /** Found by the words around it: the same value may stand elsewhere without them. */
  readonly byContext?: boolean;
}

/** One thing recognised in a text. Holds no copy of the value: the map from placeholder to value is never kept. */
export interface Recognized extends Span {
  readonly kind: Kind;
  /** `[EMAIL_1]`; the same value has the same number throughout one record. */
  readonly placeholder: string;
}

/** What a detector reads. */
export interface Scan {
  /** The folded copy; see `fold.ts`. */
  readonly text: string;
  /** Regions whose national phone numbers are known, as upper case ISO 3166 codes. */
  readonly regions: readonly string[];
  /** Ranges that are certainly no number of a person: UUIDs, dates, embedded files. Sorted, disjoint. */
  readonly shields: readonly Span[];
  /** Called once per candidate; throws once the time budget is spent. */
  readonly spend: () => void;
}

/**
 * Finds one kind in time linear in the text: candidates by cheap scanning, bounded checks on each candidate, no
 * expression with nested or unbounded overlapping repeats. Matches may overlap each other.
 */
export interface Detector {
  readonly kind: AppliedKind;
  readonly find: (scan: Scan) => Match[];
}
