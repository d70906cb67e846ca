/**
 * What goes between the side panel and the script that lists the answers of a document, over a port that the panel opens:
 * no page can open one, nor can a script in another page.
 */
import type { Snapshot } from '../review/schema.ts';

/** Name of the port. */
export const PORT = 'countersign-queue';

/** What the listing script calls out once it listens; the panel learns the frame and its origin from the browser. */
export const HELLO = { countersignQueue: 'here' } as const;

/** Why an answer deserves a human, and how much; set by triage. */
export interface Priority {
  /** 0 to 1. */
  readonly value: number;
  /** A person is asked to look. */
  readonly asks: boolean;
  /** Why, in words, strongest first; none where it does not ask. */
  readonly reasons: readonly string[];
}

/** One answer on the page. */
export interface ListedResponse {
  readonly key: string;
  /** The beginning of its text, in one line; '' until it was read. */
  readonly excerpt: string;
  /** In UTF-16 code units; 0 until it was read. */
  readonly length: number;
  /** About how long reading it takes, in ms; see `reading.ts`. */
  readonly readingMs: number;
  readonly settled: boolean;
  /** False where the reviewer is still to say whether it is an AI answer. */
  readonly asserted: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  readonly draft: boolean;
  readonly author: string | null;
  readonly model: string | null;
  /** How many answers to the same prompt are known, itself among them. */
  readonly variants: number;
  readonly priority?: Priority;
}

export type ToPanel =
  /** The answers in page order, and what is known of those that are new or changed since. */
  | { readonly say: 'list'; readonly order: readonly string[]; readonly changed: readonly ListedResponse[] }
  | { readonly say: 'captured'; readonly number: number; readonly snapshot: Snapshot | null };

export type FromPanel =
  /** Capture this answer as the toolbar would; answered with the same number. */
  | { readonly ask: 'capture'; readonly number: number; readonly key: string }
  /** Bring it into view and, with `edit`, open the editor on it. */
  | { readonly ask: 'show'; readonly key: string; readonly edit: boolean };
