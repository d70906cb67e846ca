/** Tells which painted finding the pointer is on. */
import type { Painted } from './highlights.ts';

/** Room around a word that still counts, in CSS px. */
const SLACK = 1;

const isOn = ({ ranges }: Painted, x: number, y: number) =>
  ranges.some((range) =>
    [...range.getClientRects()].some(
      ({ left, right, top, bottom }) =>
        x >= left - SLACK && x <= right + SLACK && y >= top - SLACK && y <= bottom + SLACK,
    ),
  );

/** Watches the pointer until the signal aborts or the function that it gives is called; at most one look per frame. */
export function createPointing(
  painted: () => ReadonlyMap<string, Painted>,
  onPoint: (id: string | null) => void,
  signal: AbortSignal,
): () => void {
  const own = new AbortController();
  let frame = 0;
  let told: string | null = null;
  const tell = (id: string | null) => {
    if (id !== told) onPoint(id);
    told = id;
  };
  const stop = () => {
    cancelAnimationFrame(frame);
    own.abort();
  };
  signal.addEventListener('abort', stop, { signal: own.signal });
  addEventListener(
    'pointermove',
    (event) => {
      if (!event.isTrusted) return;
      const { clientX: x, clientY: y } = event;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        // Of findings in each other the innermost counts: it has the fewest ranges, and was made for that part.
        const hits = [...painted()].filter(([, one]) => isOn(one, x, y));
        const size = (one: Painted) => one.ranges.reduce((sum, range) => sum + range.toString().length, 0);
        tell(hits.sort(([, a], [, b]) => size(a) - size(b))[0]?.[0] ?? null);
      });
    },
    { capture: true, passive: true, signal: own.signal },
  );
  return stop;
}
