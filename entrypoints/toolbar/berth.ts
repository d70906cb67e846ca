/** Puts the toolbar at its place beside the active answer, and keeps it there. */
import type { Response } from '../../utils/detection/types.ts';
import { type Box, isEmpty, overlap, type Size } from '../../utils/page/box.ts';
import { costOf, viewSize } from '../../utils/page/surroundings.ts';
import { type Geometry, LEAST_SEEN } from './geometry.ts';
import { boxAt, hasRoom, MARGIN, type Spot, sameSpot, spotsFor, waitingSpots } from './placing.ts';

/** A better place must be this much better to be worth a move; see `costOf`. */
const WORTH_MOVING = 4;
/** What covering the first line of the answer costs. */
const START_COST = 8;

export interface Berth {
  /** The toolbar stands at another answer from now on. */
  leave(): void;
  /** The toolbar may have another size. */
  measure(): void;
  /** Places the toolbar; looks for the best place `anew`, or keeps to the one it has. Answers whether it moved. */
  place(response: Response, anew: boolean): boolean;
}

export function createBerth(slot: HTMLElement, host: Element, geometry: Geometry): Berth {
  let spot: Spot | null = null;
  let full: Size = { width: 0, height: 0 };
  let compact = full;
  let position = '';

  function sizeWhen(isCompact: boolean): Size {
    slot.classList.toggle('compact', isCompact);
    const { width, height } = slot.getBoundingClientRect();
    return { width: Math.ceil(width), height: Math.ceil(height) };
  }

  const sizeAt = (at: Spot) => (at.compact ? compact : full);

  function choose(spots: readonly Spot[], answer: Box, { element }: Response, seen: Box, view: Size): Spot {
    let best: Spot = { side: 'answer', compact: true, lift: 4, dock: MARGIN };
    let least = Number.POSITIVE_INFINITY;
    // Out of the way of the question what is below: to list all that is at a point takes far longer than to ask for the first.
    slot.style.pointerEvents = 'none';
    for (const [rank, candidate] of spots.entries()) {
      const size = sizeAt(candidate);
      if (!hasRoom(candidate, answer, size, view)) continue;
      const box = boxAt(candidate, answer, seen, size, view);
      const coversStart = box.top < answer.top + LEAST_SEEN && !isEmpty(overlap(box, answer));
      const kept = sameSpot(candidate, spot) ? WORTH_MOVING : 0;
      const before = (coversStart ? START_COST : 0) + rank / 2 - kept;
      // A smaller toolbar covers less of what it covers.
      const share = size.width / full.width;
      const covered = costOf(box, element, host, (least - before) / share) * share;
      if (before + covered < least) [best, least] = [candidate, before + covered];
      // What comes later is less preferred, and nothing covers less than nothing.
      if (covered === 0 && !coversStart) break;
    }
    slot.style.pointerEvents = '';
    return best;
  }

  return {
    leave() {
      spot = null;
      position = '';
    },
    measure() {
      full = sizeWhen(false);
      compact = sizeWhen(true);
    },
    place(response, anew) {
      const view = viewSize();
      const seen = geometry.clip(response);
      // While an answer grows, its lower edge is nothing to hold on to.
      const answer = response.settled
        ? geometry.answer(response)
        : { ...geometry.answer(response), bottom: view.height };
      if (!spot || (anew && response.settled)) {
        const spots = response.settled ? spotsFor({ full, compact }, view) : waitingSpots;
        spot = choose(spots, answer, response, seen, view);
      }
      slot.classList.toggle('compact', spot.compact);
      const { left, top } = boxAt(spot, answer, seen, sizeAt(spot), view);
      const next = `left:${left}px;top:${top}px`;
      if (next === position) return false;
      position = next;
      slot.style.cssText = next;
      return true;
    },
  };
}
