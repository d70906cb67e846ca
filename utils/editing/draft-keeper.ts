/** Keeps unsaved work in the background's database, soon after each change, one call at a time. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Failure } from '../errors.ts';
import type { Answer } from '../messaging/contract.ts';
import type { UnfinishedJudgement } from '../review/schema.ts';

export type DraftState =
  /** There is no unsaved work, or it was saved. */
  | { readonly is: 'none' }
  /** Changed a moment ago. */
  | { readonly is: 'waiting' }
  | { readonly is: 'kept' }
  | { readonly is: 'failed'; readonly failure: Failure };

/** ms after a change: a killed browser loses no more. */
export const KEEP_AFTER_MS = 300;

export class DraftKeeper {
  readonly #keep: (judgement: UnfinishedJudgement | null) => Promise<Answer<null>>;
  readonly #state = signal<DraftState>({ is: 'none' });
  /** What has yet to be kept; null for "no draft". */
  #due: { readonly judgement: UnfinishedJudgement | null } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();

  /** `keep` stores a draft, or removes it for null. `kept`: the session came with a draft. */
  constructor(keep: (judgement: UnfinishedJudgement | null) => Promise<Answer<null>>, kept = false) {
    this.#keep = keep;
    if (kept) this.#state.value = { is: 'kept' };
  }

  get state(): ReadonlySignal<DraftState> {
    return this.#state;
  }

  /** The work changed; null: there is nothing left that is not saved. */
  touch(judgement: UnfinishedJudgement | null): void {
    this.#due = { judgement };
    this.#state.value = { is: 'waiting' };
    // Not restarted by the next change: while somebody types on and on, the draft is kept all the same.
    this.#timer ??= setTimeout(() => void this.flush(), KEEP_AFTER_MS);
  }

  /** Keeps what is due now; resolves when nothing is under way. A draft that could not be kept is due again. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#running.then(() => this.#keepDue());
    return this.#running;
  }

  /** Forgets what is due and waits for what is under way: nothing may arrive after a save, which removes the draft. */
  async drop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = null;
    await this.#running;
    this.#state.value = { is: 'none' };
  }

  async #keepDue(): Promise<void> {
    const due = this.#due;
    if (due === null) return;
    this.#due = null;
    const answer = await this.#keep(due.judgement);
    if (!answer.ok) {
      this.#due ??= due;
      this.#state.value = { is: 'failed', failure: answer.error };
    } else if (this.#due === null) {
      this.#state.value = due.judgement === null ? { is: 'none' } : { is: 'kept' };
    }
  }
}
