/** What a second opinion looks like, as plain data. All of a model's words are shown as text and nothing else. */
import type { Card } from '../../utils/assistance/outcome.ts';
import type { AssistanceOffer, Question } from '../../utils/assistance/types.ts';
import type { Label } from '../../utils/review/rubric.ts';

export type { Card };

/** Where asking stands. */
type AskingView =
  | { readonly is: 'idle' | 'cancelled' }
  | { readonly is: 'asking'; readonly words: string }
  | { readonly is: 'done'; readonly note: string | null }
  | { readonly is: 'failed'; readonly message: string; readonly next: string };

export interface AssistanceModel {
  readonly offer: AssistanceOffer;
  /** The reviewer may ask now, and see what was proposed. */
  readonly allowed: boolean;
  readonly state: AskingView;
  readonly cards: readonly Card[];
  /** What the model said that is no proposal. */
  readonly plain: string | null;
  /** What was, or would be, sent; null while nobody has looked. */
  readonly sent: { readonly question: Question; readonly replaced: number } | null;
  readonly labels: readonly Label[];
  /** The answer under review, for the comparison with a correction. */
  readonly answer: string;
  /** The correction field says something of the reviewer's own. */
  readonly corrected: boolean;
  /** Key that asks; null where single keys are off or it means something else. */
  readonly key: string | null;
}

/** Events come along where something is asked or taken: `isTrusted` decides. */
export interface AssistanceActions {
  readonly ask: (event: Event) => void;
  readonly cancel: (event: Event) => void;
  /** Shows what would be sent. */
  readonly look: () => void;
  readonly take: (id: string, event: Event) => void;
  readonly edit: (id: string, event: Event) => void;
  readonly dismiss: (id: string, event: Event) => void;
}
