/** What the workbench shows and asks for: data and callbacks, no storage. */
import type { ConnectorId } from '../../utils/connectors/types.ts';
import type { DeliveryState } from '../../utils/review/query.ts';
import type { Verdict } from '../../utils/review/schema.ts';
import type { RedactionNote } from '../../utils/review/wire.ts';
import type { DeliveryFacts, DestinationFacts } from './delivery-words.ts';

/** A failure in words with one next step. */
interface Problem {
  readonly message: string;
  readonly next: string;
  /** The field that is to blame, where one is. */
  readonly field?: string;
}

/** One line of the list. */
export interface ReviewSummary {
  readonly id: string;
  readonly site: string;
  readonly verdict: Verdict;
  /** Names, not ids. */
  readonly labels: readonly string[];
  readonly excerpt: string;
  /** Of the page, cut. */
  readonly title: string;
  readonly createdAt: string;
  readonly revision: number;
  readonly delivery: DeliveryState;
}

/** One delivery of the selected review. */
export interface DeliveryView extends DeliveryFacts {
  readonly entryId: number;
  readonly destinationId: string;
  readonly revision: number;
}

/** How much of a review leaves. */
export type PrivacyLevel = RedactionNote['level'];

/** A destination without its secrets. */
export interface DestinationView extends DestinationFacts {
  readonly id: string;
  readonly connector: ConnectorId;
  readonly url: string;
  readonly sends: PrivacyLevel;
  /** true where absent. */
  readonly sendPrompt?: boolean | undefined;
  readonly sendContext?: boolean | undefined;
  readonly gzip?: boolean | undefined;
  /** What the connector's own fields hold. */
  readonly options?: Readonly<Record<string, string>> | undefined;
  /** A former address, which gets nothing new. */
  readonly former?: true | undefined;
  readonly hasToken: boolean;
  readonly hasSecret: boolean;
  readonly delivered: number;
}

/** What the form sends. A token or secret left out stays as it is; null removes it. */
export interface DestinationFields {
  readonly id: string | null;
  readonly name: string;
  readonly connector: ConnectorId;
  readonly url: string;
  readonly sends: PrivacyLevel;
  readonly sendPrompt: boolean;
  readonly sendContext: boolean;
  /** Left out: as it is. null: as a collector says itself, and not for a webhook. */
  readonly gzip?: boolean | null | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
  readonly token?: string | null | undefined;
  readonly secret?: string | null | undefined;
  /** What becomes of deliveries that wait for the old address. */
  readonly owed?: 'move' | 'discard' | 'keep';
}

/** null: stored. */
export type SaveOutcome = Problem | null;

export interface TestOutcome {
  readonly ok: boolean;
  readonly message: string;
  readonly next: string | null;
}

/** A delivery that was given up on. */
export interface DeadLetterView {
  readonly entryId: number;
  readonly reviewId: string;
  /** null for the tombstone of a review, which is not stored any more. */
  readonly revision: number | null;
  readonly reason: string | null;
  readonly attempts: number;
}

/** Whether the log of revisions was altered. */
export type ChainState =
  | { readonly is: 'checking' }
  | { readonly is: 'intact' }
  | { readonly is: 'broken'; readonly revision: number; readonly why: 'order' | 'link' | 'hash' | 'content' };
