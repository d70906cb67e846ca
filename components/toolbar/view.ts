/** What the toolbar can show and what can be asked of it: data for the view, no behavior. */
import type { Mark } from '../../utils/review/mark.ts';
import type { Label } from '../../utils/review/rubric.ts';

/** What has a key on the toolbar. */
export type KeyedCommand = 'approve' | 'reject' | 'correct' | 'unsure' | 'more' | 'undo' | 'finding';

/** What has a key, and no control of its own. */
type SilentCommand = 'compare' | 'aside' | 'pin' | 'help';

/** What answers the question whether it is an AI answer. */
export type OfferCommand = 'yes' | 'no' | 'later';

/** What a control of the toolbar asks for. `plain` is a rejection without a reason, `why` asks what speaks for an AI. */
export type Command =
  | KeyedCommand
  | SilentCommand
  | OfferCommand
  | 'why'
  | 'plain'
  | 'back'
  | 'retry'
  | 'dismiss'
  | `label:${string}`;

/** One state of the toolbar. */
export type ToolbarView =
  /** The answer still grows: nothing to judge yet. */
  | { readonly kind: 'writing' }
  /**
   * `mark` is the judgement so far; `note` is what else there is to know of the answer, '' for nothing; `selected`: a part of
   * it is, and can be marked.
   */
  | { readonly kind: 'choose'; readonly mark: Mark | null; readonly note: string; readonly selected?: boolean }
  /** It may be an AI answer. Where the page names an author, the question is about all that they wrote. */
  | { readonly kind: 'offer'; readonly author: string | null }
  /** What speaks for an AI answer, and what against: a sentence, and the reasons, strongest first. */
  | { readonly kind: 'why'; readonly sure: string; readonly reasons: readonly string[]; readonly asserted: boolean }
  | { readonly kind: 'reasons' }
  /** `seconds` are left to take it back. */
  | { readonly kind: 'saved'; readonly mark: Mark; readonly seconds: number; readonly inMemory?: true | undefined }
  | { readonly kind: 'failed'; readonly failure: { readonly message: string; readonly next: string } };

/** Names and keys. */
export interface Legend {
  /** Key of each command as `KeyboardEvent.key`, lowercase. */
  readonly keys: Readonly<Record<KeyedCommand, string>>;
  /** A key works alone; otherwise only with the chord. */
  readonly singleKeys: boolean;
  readonly chord: string;
  /** In the order of their digit keys. */
  readonly labels: readonly Label[];
}

/** Reasons with a digit key; the editor has all of them. */
export const MOST_REASONS = 9;
