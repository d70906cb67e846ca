/** What can be undone and done again: bounded, with typing in one place as one step. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';

/** As many steps back as are kept: each may hold a long text. */
const MOST_STEPS = 100;
/** Typing that goes on within so many ms belongs to the step before. */
const PAUSE_MS = 1_000;

export class EditHistory<State> {
  readonly #past = signal<readonly State[]>([]);
  readonly #future = signal<readonly State[]>([]);
  readonly #now: () => number;
  /** The place in which somebody is typing, and when they last did. */
  #typing: { readonly where: string; readonly at: number } | null = null;

  readonly canUndo: ReadonlySignal<boolean> = computed(() => this.#past.value.length > 0);
  readonly canRedo: ReadonlySignal<boolean> = computed(() => this.#future.value.length > 0);

  /** `now` in ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Something changes; `before` is how it was. `where` names the field that is typed in, null for what is no typing. */
  note(before: State, where: string | null): void {
    const at = this.#now();
    const goesOn = where !== null && this.#typing?.where === where && at - this.#typing.at < PAUSE_MS;
    this.#typing = where === null ? null : { where, at };
    this.#future.value = [];
    if (!goesOn) this.#past.value = [...this.#past.peek(), before].slice(-MOST_STEPS);
  }

  /** How it was a step before, or null. `now`: how it is. */
  back(now: State): State | null {
    return this.#step(this.#past, this.#future, now);
  }

  /** How it was before the last step back, or null. */
  again(now: State): State | null {
    return this.#step(this.#future, this.#past, now);
  }

  #step(from: Signal<readonly State[]>, to: Signal<readonly State[]>, now: State): State | null {
    const state = from.peek().at(-1);
    if (state === undefined) return null;
    this.#typing = null;
    from.value = from.peek().slice(0, -1);
    to.value = [...to.peek(), now];
    return state;
  }
}
