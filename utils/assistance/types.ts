/** Words that all of assistance shares. A model proposes; what becomes of that is the reviewer's, and is kept apart. */
import type { CustomerRule } from '../privacy/customer-rules.ts';
import type { AcceptedSuggestion } from '../privacy/echoes.ts';

/** Who answers: an endpoint that speaks OpenAI's protocol for chats, or the model that comes with the browser. */
export type AssistedBy = 'endpoint' | 'built-in';

/** When a proposal may be asked for: once the reviewer has a verdict of their own, or from the start. */
export type AssistanceTime = 'after-verdict' | 'at-once';

/** How the model that comes with the browser is called where a model has a name. */
export const BUILT_IN = 'built-in';

/** What surfaces show of the settings: no key. */
export interface AssistanceView {
  readonly by: AssistedBy;
  /** Address of the endpoint up to `/v1`; '' for the browser's own. */
  readonly url: string;
  readonly model: string;
}

/** What an editor knows before anybody asks. */
export interface AssistanceOffer extends AssistanceView {
  readonly when: AssistanceTime;
}

/** What one question needs; it goes to the reviewer's own frame when they press, and stays there no longer than the answer takes. */
export interface AssistanceTerms extends AssistanceView {
  readonly key: string | null;
  /** By what is redacted, as for a destination. */
  readonly redaction: {
    readonly customerRules: readonly CustomerRule[];
    readonly allow: readonly string[];
    readonly alsoRedact: readonly AcceptedSuggestion[];
  };
}

/** One message of the question, as it is sent. */
export interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** What is asked, in the shape of the protocol. */
export interface Question {
  readonly messages: readonly Message[];
  /** JSON Schema of the answer that is wanted. */
  readonly schema: object;
}

/** How asking ended. `text` is all that the model said. */
export type Ended =
  | { readonly is: 'whole'; readonly text: string }
  /** Cut off, by us or by the model's own limit; `why` in one sentence. */
  | { readonly is: 'cut'; readonly text: string; readonly why: string }
  | { readonly is: 'cancelled' }
  | { readonly is: 'failed'; readonly message: string; readonly next: string };

/** What is heard while a model answers. */
export interface Hearing {
  /** It works, and has said nothing yet that is part of the answer. */
  readonly onThinking: (words: string) => void;
  /** All that it has said so far. */
  readonly onText: (text: string) => void;
  /** Stops it. */
  readonly signal: AbortSignal;
}
