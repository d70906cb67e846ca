/**
 * Time that somebody has really waited. By a plain timer, a computer that wakes from sleep or is held up has waited for
 * whatever it slept through, and what was ready all along would count as late before it gets its turn.
 */

/** ms. No step counts for more than this, however long it took; after each, what is ready gets its turn. */
const STEP_MS = 250;

/** Calls `then` after `ms` of waiting; answers how to call it off. */
export function afterWaiting(ms: number, then: () => void): () => void {
  let left = ms;
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const step = Math.min(STEP_MS, left);
    timer = setTimeout(() => {
      left -= step;
      if (left > 0) wait();
      else then();
    }, step);
  };
  wait();
  return () => clearTimeout(timer);
}
