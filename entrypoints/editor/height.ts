/** Tells the overlay how tall the editor would like to be. */

/** Least time between two requests, in ms. */
const PACE_MS = 60;

/**
 * Reports the height of `content`, in whole CSS px, now and whenever it changes, until `signal` aborts. One request at a
 * time, and only for a height that was not asked for last. `content` must not be as tall as the frame makes it, or the
 * two would chase each other.
 */
export function reportHeight(
  content: Element,
  ask: (height: number) => Promise<unknown>,
  signal: AbortSignal,
  Observer: typeof ResizeObserver = ResizeObserver,
): void {
  let wanted = 0;
  let asked = 0;
  let busy = false;
  const send = async () => {
    busy = true;
    while (wanted !== asked && !signal.aborted) {
      asked = wanted;
      await ask(asked);
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
    busy = false;
  };
  const observer = new Observer(() => {
    wanted = Math.ceil(content.getBoundingClientRect().height);
    if (!busy) void send();
  });
  observer.observe(content);
  signal.addEventListener('abort', () => observer.disconnect());
}
