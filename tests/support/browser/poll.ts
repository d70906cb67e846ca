/** Waiting for a condition, the only kind of waiting that tests do. */

/** A busy machine may take this long for anything, in ms; who waits in vain is wrong on every machine. */
export const PATIENCE_MS = 60_000;

/** Asking takes at most this part of the time: else the question holds up what is waited for. */
const MOST_ASKING = 1 / 3;

/** What came late is noticed late, by this part of the wait and at most so many ms: asking costs the page that is asked. */
const LATER = 1 / 8;
const LATEST_MS = 250;

/**
 * Asks until the answer is neither null, undefined nor false, and gives it; an `ask` that throws counts as "not yet".
 * Throws after `timeoutMs`, with `what` and the last error, if there was one.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  { timeoutMs = PATIENCE_MS, everyMs = 50 } = {},
): Promise<Exclude<T, null | undefined | false>> {
  const begun = Date.now();
  let last: unknown;
  for (;;) {
    const asked = Date.now();
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false)
        return answer as Exclude<T, null | undefined | false>;
      last = undefined;
    } catch (error) {
      last = error;
    }
    const now = Date.now();
    if (now > begun + timeoutMs) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`, { cause: last });
    const later = Math.min(LATEST_MS, (now - begun) * LATER);
    const pause = Math.max(everyMs, (now - asked) / MOST_ASKING - (now - asked), later);
    await new Promise((resolve) => setTimeout(resolve, Math.min(pause, 1000)));
  }
}
