/** The frames of a page in which the reviewer can point as well, each by a picker of its own. */
import type { Place } from '../../components/picker/view.ts';

/** Most frames that are looked at. */
const MOST = 50;

function originOf(frame: HTMLIFrameElement): string | null {
  try {
    // Reachable: a document of the same origin, also where it has no address of its own.
    if (frame.contentDocument) return window.origin;
  } catch {
    // Not reachable.
  }
  return URL.canParse(frame.src) ? new URL(frame.src).origin : null;
}

/** Where those frames are that have one of these origins; the overlay's own are left out. */
export function framesAmong(origins: readonly string[], overlay: Element): readonly Place[] {
  if (origins.length === 0) return [];
  return [...document.querySelectorAll('iframe')]
    .slice(0, MOST)
    .filter((frame) => !overlay.contains(frame) && origins.includes(originOf(frame) ?? ''))
    .map((frame) => frame.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ left, top, width, height }) => ({ left, top, width, height }));
}
