/** Where the panel of the picker opens. */
import type { Place } from './view.ts';

const WIDTH = 392;
/** As much room as it takes at most; its height follows what it says. */
const HEIGHT = 252;
const GAP = 12;

/** Its upper left corner and width, in CSS px. */
export interface PanelPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

const covers = ({ left, top, width }: PanelPlace, anchor: Place) =>
  left < anchor.left + anchor.width &&
  anchor.left < left + width &&
  top < anchor.top + anchor.height &&
  anchor.top < top + HEIGHT;

/**
 * Beside the message where there is room, else below or above it, else in the lower right corner; always in `view`. Stays
 * where it was `before` as long as it does not cover the message there.
 */
export function placePanel(
  anchor: Place | null,
  before: PanelPlace | null = null,
  view: { readonly width: number; readonly height: number } = { width: innerWidth, height: innerHeight },
): PanelPlace {
  const width = Math.min(WIDTH, view.width - 2 * GAP);
  const at = (left: number, top: number): PanelPlace => ({
    left: Math.round(clamp(left, GAP, Math.max(GAP, view.width - GAP - width))),
    top: Math.round(clamp(top, GAP, Math.max(GAP, view.height - GAP - HEIGHT))),
    width,
  });
  const kept = before && at(before.left, before.top);
  if (kept && (!anchor || !covers(kept, anchor))) return kept;
  const corner = at(view.width, view.height);
  if (!anchor) return corner;
  const right = anchor.left + anchor.width + GAP;
  const below = anchor.top + anchor.height + GAP;
  if (right + width + GAP <= view.width) return at(right, anchor.top);
  if (anchor.left - GAP - width >= GAP) return at(anchor.left - GAP - width, anchor.top);
  if (below + HEIGHT + GAP <= view.height) return at(anchor.left, below);
  if (anchor.top - GAP - HEIGHT >= GAP) return at(anchor.left, anchor.top - GAP - HEIGHT);
  return corner;
}

export const panelStyle = ({ left, top, width }: PanelPlace) => ({
  left: `${left}px`,
  top: `${top}px`,
  width: `${width}px`,
});
