/** The diff between the answer and the correction, recomputed while somebody types. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { TextDiff } from '../review/diff.ts';
import { diffInSlices } from '../review/diff-slices.ts';

/** ms between the last key and the new diff: short texts at once, long ones once the typing rests. */
const waitFor = (length: number) => (length < 20_000 ? 0 : length < 60_000 ? 120 : 300);

export class LiveDiff {
  readonly #diff = signal<TextDiff | null>(null);
  #stop = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The newest diff; the one before stays until the next is there. Null where nothing was compared. */
  get diff(): ReadonlySignal<TextDiff | null> {
    return this.#diff;
  }

  /** Compares these two next; what was under way stops. */
  compare(before: string, after: string): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#stop = new AbortController();
    const { signal: stopped } = this.#stop;
    const run = async () => {
      const diff = await diffInSlices(before, after, { signal: stopped });
      if (diff && !stopped.aborted) this.#diff.value = diff;
    };
    const wait = waitFor(before.length + after.length);
    if (wait === 0) void run();
    else this.#timer = setTimeout(() => void run(), wait);
  }

  /** Nothing to compare any more. */
  clear(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#diff.value = null;
  }
}
