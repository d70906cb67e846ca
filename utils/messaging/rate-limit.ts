/** A token bucket per tab: one page that floods the background leaves the others their answers. */

interface Bucket {
  tokens: number;
  /** ms since 1970. */
  at: number;
}

export interface RateLimit {
  /** Most calls at once. */
  readonly burst: number;
  /** Calls per second in the long run. */
  readonly perSecond: number;
}

/** Tabs remembered at most; beyond it the longest idle one starts anew with a full bucket. */
const TABS = 500;

/** A function that takes one call of a tab and says whether it is within the limit. `now` in ms. */
export function createRateLimiter({ burst, perSecond }: RateLimit, now: () => number = Date.now) {
  const buckets = new Map<number, Bucket>();
  return (tabId: number): boolean => {
    const time = now();
    const last = buckets.get(tabId) ?? { tokens: burst, at: time };
    // A clock that was set back must not punish anybody.
    const earned = (Math.max(0, time - last.at) / 1000) * perSecond;
    const tokens = Math.min(burst, last.tokens + earned);
    const allowed = tokens >= 1;
    // Deleted first, so that the map stays in the order of last use.
    buckets.delete(tabId);
    buckets.set(tabId, { tokens: allowed ? tokens - 1 : tokens, at: time });
    const oldest = buckets.keys().next();
    if (buckets.size > TABS && !oldest.done) buckets.delete(oldest.value);
    return allowed;
  };
}
