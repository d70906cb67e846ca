/** What the queue shows and can be asked for: data and callbacks. */
import type { Filter, Order, QueueItem, State } from '../../utils/queue/item.ts';
import type { Median, Nudge } from '../../utils/review/pace.ts';
import type { Label } from '../../utils/review/rubric.ts';
import type { Verdict } from '../../utils/review/schema.ts';

/** What the panel is about. */
export type PageState =
  | { readonly is: 'looking' }
  /** `name`: the host. */
  | { readonly is: 'here'; readonly name: string; readonly site: string }
  /** A web page whose site is off, or whose address the browser keeps to itself. */
  | { readonly is: 'off' }
  | { readonly is: 'paused' };

/** Keys of what can be done, as `KeyboardEvent.key`, lowercase; `skip` is null where its key was given to something else. */
export interface QueueKeys {
  readonly approve: string;
  readonly reject: string;
  readonly correct: string;
  readonly unsure: string;
  readonly aside: string;
  readonly undo: string;
  readonly next: string;
  readonly previous: string;
  readonly skip: string | null;
  readonly help: string;
}

export interface GoalView {
  readonly kind: 'reviews' | 'minutes';
  readonly amount: number;
  readonly done: number;
}

export interface QueueModel {
  readonly page: PageState;
  readonly items: readonly QueueItem[];
  /** How many there are in each state, whatever the filter says. */
  readonly counts: Readonly<Record<State | 'open' | 'all', number>>;
  readonly progress: { readonly done: number; readonly of: number };
  readonly selected: QueueItem | null;
  readonly asking: 'reasons' | 'skip' | null;
  readonly told: { readonly tone: 'quiet' | 'good' | 'bad'; readonly words: string } | null;
  readonly busy: boolean;
  readonly undoable: boolean;
  /** For the selected item, in the order of their digits. */
  readonly labels: readonly Label[];
  readonly allLabels: readonly Label[];
  readonly sites: readonly string[];
  readonly filter: Filter;
  readonly order: Order;
  /** Some item has a priority to go by. */
  readonly hasPriority: boolean;
  readonly autoAdvance: boolean;
  readonly paceNudges: boolean;
  readonly here: Median | null;
  readonly usual: Median | null;
  readonly goal: GoalView | null;
  readonly nudge: Nudge | null;
  readonly keys: QueueKeys;
  /** ms since 1970. */
  readonly now: number;
  /** Why nothing stored can be shown, in words. */
  readonly failure: string | null;
}

export interface QueueActions {
  readonly select: (id: string) => void;
  readonly jump: (edit: boolean) => void;
  readonly judge: (verdict: Exclude<Verdict, 'correct'>, labels: readonly string[], event: Event) => void;
  readonly ask: (what: 'reasons' | 'skip' | null) => void;
  readonly skip: (why: string, event: Event) => void;
  readonly aside: () => void;
  readonly undo: () => void;
  readonly filter: (change: Partial<Filter>) => void;
  readonly setOrder: (order: Order) => void;
  readonly setAutoAdvance: (on: boolean) => void;
  readonly setPaceNudges: (on: boolean) => void;
  readonly setGoal: (goal: Pick<GoalView, 'kind' | 'amount'> | null) => void;
  readonly dismiss: () => void;
}

/** Why one skips, most often; the reviewer's own words are as good. In the order of their digits. */
export const skipReasons: readonly string[] = [
  'Not my topic',
  'I lack context to judge it',
  'Not an AI answer',
  'The same as another one',
  'In a language I do not read',
];
