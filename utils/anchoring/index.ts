/**
 * Where the spans of a stored text are in today's text. One word diff of the two carries all of them over; a span is found
 * again where half of its characters are kept and its surroundings agree, and is an orphan where it is not, or where nothing
 * tells it from a double. Quotes are looked for only where the diff does not know, and only with their neighbors. The score
 * of this is in docs/anchoring.md.
 */
import { createPlacer } from './place.ts';
import { findQuote } from './quote.ts';
import { compareTexts } from './texts.ts';
import type { Anchored, Place, Spot, Why } from './types.ts';

export { selectorsOf as describe } from '../review/selectors.ts';
export type { Anchored, Spot } from './types.ts';

/** How many spans are placed between two pauses. */
const STRIDE = 4;

const isPlace = (found: Place | Why): found is Place => typeof found === 'object';

/**
 * Finds spans of `before` in `now`; yields now and then so that the caller can pause between slices of a few milliseconds. A
 * spot that does not fit `before` is looked for by its quote alone.
 */
function* anchorSteps(before: string, spots: readonly Spot[], now: string): Generator<void, Anchored> {
  const fits = ({ utf16, quote, orphan }: Spot) =>
    orphan !== true && utf16.end <= before.length && before.slice(utf16.start, utf16.end) === quote.exact;
  const isSame = before === now;
  const pair = isSame || spots.length === 0 ? null : yield* compareTexts(before, now);
  const placer = pair && (yield* createPlacer(pair));

  function find(spot: Spot): Place | Why {
    const { start, end } = spot.utf16;
    if (!fits(spot)) return findQuote(now, spot, true);
    if (isSame) return { start, end };
    if (!placer) return 'unrelated';
    const found = placer.place(start, end);
    if (found !== 'gone') return found;
    const quoted = findQuote(now, spot, false);
    return isPlace(quoted) && !placer.isTaken(quoted, start, end) ? quoted : found;
  }

  const placed: (Place & { id: string })[] = [];
  const orphans: { id: string; why: Why }[] = [];
  for (const [index, spot] of spots.entries()) {
    const found = find(spot);
    if (isPlace(found)) placed.push({ id: spot.id, ...found });
    else orphans.push({ id: spot.id, why: found });
    if (index % STRIDE === STRIDE - 1) yield;
  }
  return { placed, orphans };
}

/** `anchorSteps` in one go: for texts of a few thousand words, or where nobody waits. */
export function anchor(before: string, spots: readonly Spot[], now: string): Anchored {
  const steps = anchorSteps(before, spots, now);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** ms that one slice may take; one step inside it takes 5 at most. */
const SLICE_MS = 6;

/** `anchorSteps` without blocking for longer than a slice; null where the signal aborts. */
export async function anchorInSlices(
  before: string,
  spots: readonly Spot[],
  now: string,
  signal?: AbortSignal,
): Promise<Anchored | null> {
  const steps = anchorSteps(before, spots, now);
  let end = performance.now() + SLICE_MS;
  for (;;) {
    if (signal?.aborted) return null;
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < end) continue;
    await new Promise((resolve) => setTimeout(resolve));
    end = performance.now() + SLICE_MS;
  }
}
