/** Policies: what the team decides up front, as data. Their schema is in `project-schema.ts`; `utils/triage/policies.ts` applies them. */
import type { Scope } from './rubric.ts';
import type { Severity } from './schema.ts';

/** What a policy looks at: an answer that stands on a page, or a draft reply that is about to be sent. */
export type Stage = 'answer' | 'draft';

/**
 * What it asks for: `review`: a person looks at it, and a draft waits for a verdict; `forbid`: this may not be said, so it
 * cannot be approved, and a draft with it cannot be sent; `reason`: whoever judges says why; `approver`: somebody else
 * agrees, and is named.
 */
export type Demand = 'review' | 'forbid' | 'reason' | 'approver';

/** A rule that was set up front. It applies where everything that it names is so; one that names nothing applies everywhere. */
export interface Policy {
  readonly id: string;
  readonly name: string;
  /** Why the team wants it; shown to whoever it stops. */
  readonly help?: string | undefined;
  readonly demand: Demand;
  readonly severity: Severity;
  /** Absent: both. */
  readonly stage?: Stage | undefined;
  /** One of these stands in the text, in any case, as whole words. */
  readonly phrases?: readonly string[] | undefined;
  /** A pattern for the linear-time engine (the syntax of RE2 as far as `utils/privacy/pattern` takes it). */
  readonly pattern?: string | undefined;
  /** Which text phrases and pattern look at; the answer or draft where absent. */
  readonly within?: 'text' | 'prompt' | undefined;
  /** One of these labels is on the judgement: such a policy has its say when it is saved. */
  readonly labels?: readonly string[] | undefined;
  /** Names of authors as the page shows them. */
  readonly authors?: readonly string[] | undefined;
  /** Sites and topics, as in a rubric. */
  readonly scope?: Scope | undefined;
  /** By the local clock. `from` after `until` runs through midnight; days count from 0, Sunday, and name the day on which it began. */
  readonly hours?:
    | { readonly from: string; readonly until: string; readonly days?: readonly number[] | undefined }
    | undefined;
}

/** That a policy applies, with its words. */
export interface PolicyHit {
  readonly id: string;
  readonly name: string;
  readonly demand: Demand;
  readonly severity: Severity;
  /** What in the text made it apply, [start, end) in UTF-16 code units; null where that was no text. */
  readonly span: { readonly start: number; readonly end: number } | null;
  /** One sentence for the reviewer. */
  readonly words: string;
}

/** What policies are applied to. */
export interface PolicySubject {
  readonly stage: Stage;
  readonly text: string;
  readonly prompt: string | null;
  /** Host of the page. */
  readonly host: string;
  readonly author: string | null;
  /** Of the judgement; empty before there is one. */
  readonly labels: readonly string[];
  /** ms since 1970. */
  readonly now: number;
}

/** A policy that could not be applied: it is off, and said so. */
export interface BrokenPolicy {
  readonly id: string;
  readonly name: string;
  readonly why: string;
}
