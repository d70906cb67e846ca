/**
 * The least time between two requests to the same host, whichever destinations they are for: a backlog must not look like
 * an attack. Lives in memory: a sender that starts anew has taken longer than this to start.
 */

/** ms. Ten requests of 50 reviews a second are more than any reviewer makes. */
const HOST_GAP_MS = 100;

export interface HostFloorParts {
  readonly gapMs?: number;
  /** ms that only ever grow, whatever is done to the clock on the wall. */
  readonly elapsed?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}

/** Answers a function that resolves when the host of this address may be asked. */
export function createHostFloor({
  gapMs = HOST_GAP_MS,
  elapsed = () => performance.now(),
  sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}: HostFloorParts = {}): (url: string) => Promise<void> {
  const free = new Map<string, number>();
  return async (url) => {
    const host = URL.canParse(url) ? new URL(url).host : url;
    const now = elapsed();
    const turn = Math.max(now, free.get(host) ?? now);
    free.set(host, turn + gapMs);
    if (turn > now) await sleep(turn - now);
  };
}
