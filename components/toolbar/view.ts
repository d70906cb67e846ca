/** What the toolbar can show and what can be asked of it: data for the view, no behavior. */
import type { Mark } from '../../utils/review/mark.ts';
import type { Label } from '../../utils/review/rubric.ts';

/** What has a key on the toolbar. */
export type KeyedCommand = 'approve' | 'reject' | 'correct' | 'unsure' | 'more' | 'undo';

/** What a control of the toolbar asks for. `plain` is a rejection without a reason. */
export type Command = KeyedCommand | 'plain' | 'back' | 'retry' | 'dismiss' | `label:${string}`;

/** One state of the toolbar. */
export type ToolbarView =
  /** The answer still grows: nothing to judge yet. */
  | { readonly kind: 'writing' }
  /** `mark` is the judgement so far. */
  | { readonly kind: 'choose'; readonly mark: Mark | null }
  | { readonly kind: 'reasons' }
  /** `seconds` are left to take it back. */
  | { readonly kind: 'saved'; readonly mark: Mark; readonly seconds: number }
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
