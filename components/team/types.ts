/** What the page about a team shows: data and callbacks, no storage. */

/** One thing that will be different, or pointedly is not. */
export interface PlanLine {
  readonly is: 'added' | 'removed' | 'changed' | 'kept';
  readonly what: string;
  /** More of it, each a few words. */
  readonly how: readonly string[];
  /** Something to look at twice; a sentence. */
  readonly warning?: string | null;
}

/** The changes of one kind. */
export interface PlanPart {
  readonly title: string;
  readonly about: string | null;
  readonly lines: readonly PlanLine[];
  /** All of it to the last word, for whoever wants to know. */
  readonly more?: readonly PlanLine[];
}

/** What a team file would change. */
export interface TeamPlan {
  readonly name: string;
  readonly version: string;
  /** The version that the reviewer has; null for somebody who joins. */
  readonly was: string | null;
  readonly about: string | null;
  /** Where it came from, without what is secret about it. */
  readonly from: string;
  readonly parts: readonly PlanPart[];
  /** Why it cannot be joined now; null where it can. */
  readonly blocked: string | null;
}

/** The team that the reviewer is in. */
export interface TeamCardView {
  readonly name: string;
  readonly version: string;
  readonly about: string | null;
  /** In words. */
  readonly since: string;
  readonly updated: string | null;
  /** Where a new version is asked for; null for a file. */
  readonly url: string | null;
  /** What it has set here, each in words. */
  readonly sets: readonly string[];
  /** Deliveries that wait for its destinations. */
  readonly waiting: number;
}
