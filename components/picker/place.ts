/** Where the panel of the picker opens. */
import type { Place } from './view.ts';

const WIDTH = 344;
/** As much room as it takes at most; its height follows what it says. */
const HEIGHT = 236;
const GAP = 12;

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

/**
 * Beside the message where there is room, else below or above it, else in the lower right corner; always in `view`. As
 * inline style, in CSS px.
 */
export function placePanel(
  anchor: Place | null,
  view: { readonly width: number; readonly height: number } = { width: innerWidth, height: innerHeight },
): { readonly left: string; readonly top: string; readonly width: string } {
  const width = Math.min(WIDTH, view.width - 2 * GAP);
  const px = (left: number, top: number) => ({
    left: `${Math.round(clamp(left, GAP, Math.max(GAP, view.width - GAP - width)))}px`,
    top: `${Math.round(clamp(top, GAP, Math.max(GAP, view.height - GAP - HEIGHT)))}px`,
    width: `${width}px`,
  });
  const corner = px(view.width, view.height);
  if (!anchor) return corner;
  const right = anchor.left + anchor.width + GAP;
  const below = anchor.top + anchor.height + GAP;
  if (right + width + GAP <= view.width) return px(right, anchor.top);
  if (anchor.left - GAP - width >= GAP) return px(anchor.left - GAP - width, anchor.top);
  if (below + HEIGHT + GAP <= view.height) return px(anchor.left, below);
  if (anchor.top - GAP - HEIGHT >= GAP) return px(anchor.left, anchor.top - GAP - HEIGHT);
  return corner;
}
