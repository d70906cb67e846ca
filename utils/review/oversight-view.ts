/** What views show of policies and cases, apart from the code that finds it out. */
import type { BrokenPolicy, PolicyHit } from './policy.ts';
import type { Verdict } from './schema.ts';

/** What an answer like one that was ruled about has to know. */
export interface CaseHint {
  readonly id: string;
  readonly question: string;
  readonly verdict: Verdict;
  readonly text: string;
  /** It was ruled about this very answer. */
  readonly own: boolean;
}

/** What the team has to say of an answer before it is judged. */
export interface EditorOversight {
  /** Those that apply already; others may, once there is a judgement. */
  readonly policies: readonly (PolicyHit & { readonly help: string | null })[];
  /** What was ruled about this answer or one like it. */
  readonly hint: CaseHint | null;
  /** The case about this very answer. */
  readonly case: {
    readonly id: string;
    readonly state: 'open' | 'ruled' | 'closed';
    readonly question: string;
  } | null;
}

/** One answer to which a policy that is tried applies. */
export interface TrialHit {
  readonly reviewId: string;
  readonly site: string;
  readonly verdict: Verdict;
  /** ISO time. */
  readonly at: string;
  /** The text around what was found, in three parts; nothing is found where the policy names no words. */
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** What a policy would have said of stored reviews. */
export interface Trial {
  /** Reviews that were looked at. */
  readonly of: number;
  readonly hits: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** The first of them. */
  readonly shown: readonly TrialHit[];
  readonly broken: BrokenPolicy | null;
}
