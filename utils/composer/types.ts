/** What the gate and its frame say to each other and to the background. JSON-safe. */
import type { PolicyHit } from '../review/policy.ts';
import type { Delta } from '../review/schema.ts';

/** Where replies are written on a page. */
export interface ComposerPlace {
  /** Selector of the field. */
  readonly field: string;
  /** Selector of the button that sends; null where buttons are told by their name. */
  readonly send: string | null;
  /** What Enter does there as far as anybody said so. */
  readonly enter: 'send' | 'line';
  /** It is looked for only where this matches; null for everywhere. */
  readonly where: string | null;
}

/** What the gate does on a document. A host page may learn all of it. */
export interface ComposerState {
  /** Whether drafts wait: none; those of an AI; all, whoever wrote them. */
  readonly holds: 'none' | 'ai' | 'all';
  /** Whether is kept what the agent changes in a draft of an AI. */
  readonly delta: boolean;
  readonly composers: readonly ComposerPlace[];
  readonly theme: 'system' | 'light' | 'dark';
  /** How much of the customer's message may be captured, in characters; 0 for none. */
  readonly promptLimit: number;
  /** Public names of the rubric's labels, in the order of their digit keys. */
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  readonly singleKeys: boolean;
  readonly chord: string;
}

/** What the frame beside the composer shows: which policies ask for a look, and what may be said. */
export interface GateSession {
  /** What would be sent. */
  readonly text: string;
  /** The AI's draft where the text began as one; null where a person wrote it. */
  readonly draft: string | null;
  readonly hits: readonly PolicyHit[];
  /** The user asked for it, for every draft on this site. */
  readonly own: boolean;
  readonly needs: { readonly reason: boolean; readonly approver: boolean };
  /** False where a policy forbids what it says. */
  readonly mayApprove: boolean;
  /** Names of policies that are broken, and off. */
  readonly broken: readonly string[];
  /** Who reviews, by the name that they gave: nobody approves for themselves where somebody else is to. */
  readonly reviewer: string | null;
  readonly theme: ComposerState['theme'];
}

/** What the agent decided in the frame. */
export type Decision = 'approve' | 'edit' | 'reject' | 'override' | 'line';

/** A stored difference between draft and what was sent. */
export interface KeptDelta extends Delta {
  readonly reviewId: string;
  readonly revision: number;
}
