/** How long a person really worked on a judgement: reading and typing count, a forgotten tab does not. */

/** So long after the last sign of life somebody may still be reading, in ms. */
const READING_MS = 30_000;

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll', 'focus'] as const;

export class ActiveTime {
  readonly #now: () => number;
  #spent = 0;
  #last: number;
  #visible: boolean;

  /** Counts from now on. `now` in ms, monotonic. */
  constructor(now: () => number = () => performance.now(), visible = true) {
    this.#now = now;
    this.#last = now();
    this.#visible = visible;
  }

  /** Active time so far, in whole ms; a day at most. */
  get ms(): number {
    this.sign();
    return Math.min(Math.round(this.#spent), 86_400_000);
  }

  /** A sign of life: the time since the last one counts, up to half a minute. */
  sign(): void {
    const now = this.#now();
    if (this.#visible) this.#spent += Math.min(now - this.#last, READING_MS);
    this.#last = now;
  }

  /** Nothing counts while the document is hidden. */
  show(visible: boolean): void {
    this.sign();
    this.#visible = visible;
  }

  /** Begins anew: for the next revision. */
  reset(): void {
    this.#spent = 0;
    this.#last = this.#now();
  }

  /** Watches a document until `signal` aborts. */
  watch(page: Document, signal: AbortSignal): void {
    for (const type of SIGNS) {
      page.addEventListener(type, () => this.sign(), { capture: true, passive: true, signal });
    }
    page.addEventListener('visibilitychange', () => this.show(page.visibilityState === 'visible'), { signal });
  }
}
