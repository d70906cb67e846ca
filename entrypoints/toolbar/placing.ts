/** Where the toolbar goes beside an answer: arithmetic only. All values in CSS px of the viewport. */
import type { Box, Size } from '../../utils/page/box.ts';

/**
 * One way to sit at the lower right of an answer. `side`: in the margin to its right, with its right edge, or with the
 * right edge of what can be seen. `lift` is how far above the answer's lower edge the toolbar ends, negative for below;
 * `dock` is how far it stays above the lower edge of what can be seen, where a composer may float. `compact` is the
 * toolbar without icons and keys.
 */
export interface Spot {
  readonly side: 'beside' | 'answer' | 'view';
  readonly lift: number;
  readonly dock: number;
  readonly compact: boolean;
}

/** Room kept to every edge. */
export const MARGIN = 8;

/** The toolbar's sizes. */
export interface Sizes {
  readonly full: Size;
  readonly compact: Size;
}

/** Spots in order of preference. */
export function spotsFor({ full, compact }: Sizes, view: Size): readonly Spot[] {
  const isNarrow = full.width >= view.width - 2 * MARGIN;
  const below = -((isNarrow ? compact : full).height + 6);
  const at = (side: Spot['side'], lift: number, dock: number, compact = isNarrow): Spot => ({
    ...{ side, lift, dock, compact },
  });
  return [
    at('beside', 0, MARGIN),
    at('beside', 0, MARGIN, true),
    at('answer', below, MARGIN),
    at('answer', 4, MARGIN),
    at('view', 4, MARGIN, true),
    at('beside', 0, 112),
    at('beside', 0, 112, true),
    at('answer', 4, 112),
    at('view', 4, 112, true),
    at('answer', 4, 192),
  ];
}

export const sameSpot = (a: Spot, b: Spot | null): boolean =>
  a.side === b?.side && a.compact === b.compact && a.dock === b.dock && a.lift === b.lift;

/** Where the toolbar waits while an answer grows: nowhere that moves with it. */
export const waitingSpots: readonly Spot[] = [MARGIN, 112, 192].map((dock) => ({
  ...{ side: 'view', lift: 0, dock, compact: true },
}));

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

/** The toolbar fits there without touching the answer, or is meant to touch it. */
export const hasRoom = ({ side }: Spot, answer: Box, bar: Size, view: Size): boolean =>
  side !== 'beside' || answer.right + bar.width + 2 * MARGIN <= view.width;

/**
 * The toolbar's box at a spot, always inside `view`. `answer` is the whole answer, `seen` what of the page's area can
 * show it.
 */
export function boxAt(spot: Spot, answer: Box, seen: Box, bar: Size, view: Size): Box {
  const most = view.width - MARGIN;
  const ends = {
    beside: answer.right + MARGIN + bar.width,
    answer: Math.max(answer.right, answer.left + bar.width),
    view: seen.right - MARGIN,
  };
  const right = ends[spot.side];
  const bottom = Math.min(answer.bottom - spot.lift, Math.min(seen.bottom, view.height) - spot.dock);
  const x = clamp(Math.round(right), bar.width + MARGIN, Math.max(most, bar.width + MARGIN));
  const y = clamp(Math.round(bottom), bar.height + MARGIN, view.height - MARGIN);
  return { left: x - bar.width, top: y - bar.height, right: x, bottom: y };
}

/**
 * Where the editor's panel opens: right of the answer where there is room, else at the right edge; narrow views give it
 * their whole width. `height` is what the editor asks for; `wide` has room for texts side by side.
 */
export function panelBox(answer: Box | null, view: Size, height: number, wide = false): Box {
  const narrow = view.width < 480;
  const width = narrow ? view.width : Math.min(wide ? 960 : 440, view.width - 2 * MARGIN);
  const free = answer !== null && answer.right + 2 * MARGIN + width <= view.width;
  const left = narrow ? 0 : free ? answer.right + MARGIN : view.width - MARGIN - width;
  const tall = Math.min(height, view.height - 2 * MARGIN);
  const top = clamp(answer?.top ?? MARGIN, MARGIN, view.height - MARGIN - tall);
  return { left, top, right: left + width, bottom: top + tall };
}
