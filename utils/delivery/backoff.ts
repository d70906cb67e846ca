/** How long to wait after failures: full jitter over an exponential window, so that many clients do not come back at once. */

const FIRST_MS = 5000;
const LONGEST_MS = 3_600_000;
const SHORTEST_MS = 1000;

/** ms to wait after the `failures`th failure in a row (1 or more): between 1 s and min(1 h, 5 s * 2^(failures - 1)). */
export function backoffMs(failures: number, random: () => number): number {
  const window = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.max(SHORTEST_MS, Math.round(random() * window));
}
