/** Runs inside a page: an answer is written into a thread of lib/thread.ts, and what the page's frames do meanwhile. */

interface Written {
  /** The longest time between two chunks, in ms. */
  readonly longest: number;
  /** ms between two frames, each. */
  readonly gaps: readonly number[];
  /** When the answer was complete, as `performance.now()`. */
  readonly endedAt: number;
}

const words = 'the tent weighs two kilos and stands in wind as long as its pegs hold'.split(' ');

export interface Stream {
  readonly turn: string;
  readonly mode: 'append' | 'render';
  readonly chunks: number;
  /** ms between two chunks. */
  readonly every: number;
  /** A pause in the middle, in ms. */
  readonly pause?: number;
}

/**
 * Appends the turn, writes into its `[data-live]` and scrolls to the end with each chunk, then takes the mark of growth away.
 * `append` adds a word, and a paragraph every 60; `render` writes the whole answer anew.
 */
export async function write({ turn, mode, chunks, every, pause = 0 }: Stream): Promise<Written> {
  const main = document.querySelector('main') as HTMLElement;
  main.insertAdjacentHTML('beforeend', turn);
  const live = main.querySelector('[data-live]') as HTMLElement;
  live.removeAttribute('data-live');
  const gaps: number[] = [];
  let ended = false;
  let last = 0;
  const tick = (now: number) => {
    if (last > 0) gaps.push(now - last);
    last = now;
    if (!ended) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const paragraphs: string[][] = [];
  let [longest, wroteAt] = [0, performance.now()];
  const begun = performance.now();
  for (let at = 0; at < chunks; at += 1) {
    const rest = pause > 0 && at >= chunks / 2 ? pause : 0;
    const due = begun + at * every + rest - performance.now();
    if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
    if (at % 60 === 0) paragraphs.push([]);
    paragraphs.at(-1)?.push(words[at % words.length] as string);
    if (mode === 'render')
      live.innerHTML = paragraphs.map((list) => `<p>${list.join(' ')} <b>${list.length}</b></p>`).join('');
    else {
      if (at % 60 === 0) live.append(document.createElement('p'));
      live.lastElementChild?.append(`${words[at % words.length]} `);
    }
    main.scrollTop = main.scrollHeight;
    longest = Math.max(longest, performance.now() - wroteAt);
    wroteAt = performance.now();
  }
  const marks = live.closest('[data-is-streaming]');
  const endedAt = performance.now();
  marks?.setAttribute('data-is-streaming', 'false');
  ended = true;
  return { gaps, longest, endedAt };
}

/** How long after a change the page itself has painted it for sure: two of its frames, in ms. */
export const twoFrames = (since: number): Promise<number> =>
  new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - since))),
  );
