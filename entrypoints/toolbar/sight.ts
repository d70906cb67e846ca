/**
 * Whether the reviewer can have seen what they pressed. Chromium's IntersectionObserver v2 tells when anything of the
 * page covers, fades or distorts the target; Firefox has nothing of the kind, so nothing is known there.
 */

/** How long a control must stand still in plain sight before a pointer may press it, in ms. */
export const SETTLE_MS = 500;

export interface Sight {
  /** In plain sight at the last report; always false where the browser cannot tell. */
  isSeen(): boolean;
  /** The last report says that something hides it. */
  isHidden(): boolean;
  /** Standing still, and in sight where the browser can tell, for `SETTLE_MS`. */
  isSteady(): boolean;
  /** The target moved, or shows something else. */
  moved(): void;
  /** The target was not drawn before and is now: earlier reports do not count. */
  appeared(): void;
}

/** Watches `target` until the signal aborts. */
export function watchSight(target: Element, signal: AbortSignal, now = () => performance.now()): Sight {
  const known = 'isVisible' in IntersectionObserverEntry.prototype;
  let seen: boolean | null = null;
  let since = now();
  const observer = new IntersectionObserver(
    (entries) => {
      const { isVisible } = entries.at(-1) as IntersectionObserverEntry & { isVisible: boolean };
      if (isVisible !== seen) since = now();
      seen = isVisible;
    },
    { trackVisibility: true, delay: 100, threshold: [0, 0.5, 1] } as IntersectionObserverInit,
  );
  signal.addEventListener('abort', () => observer.disconnect());
  const moved = () => {
    since = now();
  };
  return {
    isSeen: () => seen === true,
    isHidden: () => seen === false,
    isSteady: () => (seen === true || !known) && now() - since >= SETTLE_MS,
    moved,
    appeared() {
      moved();
      seen = null;
      observer.unobserve(target);
      if (known) observer.observe(target);
    },
  };
}
