/** The word diff for views: in slices, so that typing and scrolling go on meanwhile. */
import { diffSteps, type TextDiff } from './diff.ts';

export interface SliceOptions {
  /** Stops the work: the promise then resolves to null. */
  readonly signal?: AbortSignal;
  /** How long one slice may take, in ms. One step inside it takes 5 ms at most. */
  readonly sliceMs?: number;
  /** Monotonic time in ms. */
  readonly now?: () => number;
  /** Lets others work before the next slice. */
  readonly pause?: () => Promise<void>;
}

/** Compares two texts without blocking for longer than a slice. Small texts are done before the first pause. */
export async function diffInSlices(
  before: string,
  after: string,
  options: SliceOptions = {},
): Promise<TextDiff | null> {
  const {
    signal,
    sliceMs = 6,
    now = () => performance.now(),
    pause = () => new Promise((resolve) => setTimeout(resolve)),
  } = options;
  const steps = diffSteps(before, after);
  let end = now() + sliceMs;
  for (;;) {
    if (signal?.aborted) return null;
    const step = steps.next();
    if (step.done) return step.value;
    if (now() < end) continue;
    await pause();
    end = now() + sliceMs;
  }
}
