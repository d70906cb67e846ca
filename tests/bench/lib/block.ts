/** The longest time in ms by the clock for which `work`, which pauses by timers, kept the thread to itself; runs in a page. */
export async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const real = globalThis.setTimeout;
  let [since, longest] = [performance.now(), 0];
  const note = () => {
    longest = Math.max(longest, performance.now() - since);
  };
  globalThis.setTimeout = ((heard: () => void, ms?: number) => {
    note();
    return real(() => {
      since = performance.now();
      heard();
    }, ms);
  }) as typeof setTimeout;
  try {
    await work();
    note();
  } finally {
    globalThis.setTimeout = real;
  }
  return longest;
}
