/** What the settings pages show and change: data and callbacks, no storage. */

/** A failure in words with one next step. */
export interface Problem {
  readonly message: string;
  readonly next: string;
}

export type KeyAction =
  | 'approve'
  | 'reject'
  | 'correct'
  | 'unsure'
  | 'more'
  | 'undo'
  | 'next'
  | 'previous'
  | 'finding'
  | 'compare'
  | 'aside'
  | 'pin'
  | 'help';
export type Keys = Readonly<Record<KeyAction, string>>;

/** Where the trace of an answer is read on one site. */
export interface TraceEntry {
  readonly origin: string;
  readonly from: 'answer' | 'page' | 'address' | 'message-id';
  readonly selector: string | null;
  readonly attribute: string | null;
  readonly pattern: string | null;
}

/** The reviewer's choices. */
export interface Choices {
  readonly reviewerName: string | null;
  readonly theme: 'system' | 'light' | 'dark';
  readonly singleKeys: boolean;
  readonly chord: 'Alt+Shift' | 'Ctrl+Shift' | 'Ctrl+Alt';
  readonly keys: Keys;
  /** Labels come in the order of their use, decided once a day. */
  readonly reasonsByUse: boolean;
  readonly keepPrompt: boolean;
  /** Messages before the prompt. */
  readonly contextTurns: number;
  /** The confidence, 0 to 1, from which a message counts as AI-written without asking. */
  readonly assertFrom: number;
  readonly findWithoutRule: boolean;
  readonly traces: readonly TraceEntry[];
  /** `22:00-07:00` by the local clock; null for none. */
  readonly quietHours: string | null;
  readonly holdOnMetered: boolean;
  /** 0 for ever. */
  readonly keepDays: number;
  readonly forgetEverywhere: boolean;
  readonly customerRules: readonly TeamPattern[];
  readonly allow: readonly string[];
  readonly alsoRedact: readonly KnownName[];
  readonly snippets: readonly TextBlock[];
}

/** The team's own pattern for what identifies its customers. */
export interface TeamPattern {
  readonly id: string;
  readonly pattern: string;
  /** Capitals and underscores: the word that stands in its place. */
  readonly placeholder: string;
}

/** A text that is put into fields by its name. */
export interface TextBlock {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** A name or an address that is replaced wherever it stands. */
interface KnownName {
  readonly kind: 'name' | 'address';
  readonly value: string;
}

/** Saves a change at once; answers null, or why it was not saved. */
export type SaveChoices = (change: Partial<Choices>) => Promise<Problem | null>;

/** A site on which Countersign is, or could be. */
export interface SiteEntry {
  /** As people call it: `ChatGPT`, or its host. */
  readonly name: string;
  /** Match patterns for which the browser's permission is asked. */
  readonly patterns: readonly string[];
  /** The hosts in words. */
  readonly hosts: string;
  readonly on: boolean;
}

/** What is stored here. Bytes; null where the browser does not tell. */
export interface Space {
  readonly used: number | null;
  readonly available: number | null;
  /** The browser promised not to clear it when the disk is low. */
  readonly persisted: boolean;
}
