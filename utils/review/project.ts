/** The project: what a team shares, as one file. Its schema is in `project-schema.ts`, which extension pages and the background load. */
import type { Policy } from './policy.ts';
import { defaultRubric, type Meaning, type Rubric } from './rubric.ts';

/** What an answer is about: it is, where one of the words stands in the prompt or the answer. */
export interface Topic {
  readonly id: string;
  readonly name: string;
  readonly words: readonly string[];
}

/** One thing that the team agreed about judging; shown where one of its labels or dimensions is used. */
export interface Clause extends Meaning {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly labels?: readonly string[] | undefined;
  readonly dimensions?: readonly string[] | undefined;
}

/** The guidelines; a change is a new version, and every review stores the version it was made under. */
export interface Guidelines {
  readonly version: string;
  readonly clauses: readonly Clause[];
}

/** The guidelines as an editor shows them. */
export interface GuidelinesView extends Guidelines {
  /** What moved since the version under which this reviewer last saved; null where it is the same, or the first. */
  readonly news: {
    readonly since: string;
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  } | null;
}

/** How answers are chosen for a look. */
export interface TriageTerms {
  /** Asked for from this priority on, 0 to 1. */
  readonly askFrom?: number | undefined;
  /** Share of all other answers that is asked for by lot, 0 to 1. */
  readonly auditShare?: number | undefined;
  /** Weight of each signal by its name; those not named keep theirs. */
  readonly weights?: Readonly<Record<string, number>> | undefined;
}

/** The project file. */
export interface Project {
  readonly countersign: 'project/1';
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly topics: readonly Topic[];
  /** The first whose scope fits a response is the one to judge it by; the last should have none. */
  readonly rubrics: readonly Rubric[];
  readonly guidelines: Guidelines | null;
  /** Rules set up front; none where absent. */
  readonly policies?: readonly Policy[] | undefined;
  /** What makes an answer worth a look; what comes with the program where absent. */
  readonly triage?: TriageTerms | undefined;
  /** When a model may be asked for a second opinion: after the reviewer's own verdict where absent, or at once. */
  readonly assistance?: { readonly when?: 'after-verdict' | 'at-once' | undefined } | undefined;
}

/** What there is before a team sets its own. */
export const builtInProject: Project = {
  countersign: 'project/1',
  id: 'general',
  name: 'General',
  version: '1',
  topics: [],
  rubrics: [defaultRubric],
  guidelines: null,
};
