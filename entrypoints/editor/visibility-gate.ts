/**
 * Whether the reviewer could see a control when they pressed it. A page can cover the frame or make it transparent and
 * lead a real click to it. IntersectionObserver v2 reports that in Chromium, also from inside a frame
 * (w3.org/TR/intersection-observer, section 2.2, `isVisible`); Firefox cannot tell.
 */

/** How long a control must have been visible before a pointer may use it, in ms. */
export const VISIBLE_FOR_MS = 500;

export type Sight =
  /** Seen without interruption for long enough. */
  | 'verified'
  /** Covered, transparent or only just shown. */
  | 'hidden'
  /** This browser cannot tell. */
  | 'unverified';

interface SightOptions {
  /** Monotonic time in ms, as in the entries of the observer. */
  readonly now?: () => number;
  readonly Observer?: typeof IntersectionObserver;
  readonly Entry?: { readonly prototype: object };
}

export class VisibilityGate {
  readonly #supported: boolean;
  readonly #now: () => number;
  readonly #Observer: typeof IntersectionObserver;
  #visibleSince: number | null = null;

  constructor(options: SightOptions = {}) {
    this.#now = options.now ?? (() => performance.now());
    this.#Observer = options.Observer ?? IntersectionObserver;
    this.#supported = 'isVisible' in (options.Entry ?? IntersectionObserverEntry).prototype;
  }

  get sight(): Sight {
    if (!this.#supported) return 'unverified';
    return this.#visibleSince !== null && this.#now() - this.#visibleSince >= VISIBLE_FOR_MS ? 'verified' : 'hidden';
  }

  /** Watches `control` until `signal` aborts. */
  watch(control: Element, signal: AbortSignal): void {
    if (!this.#supported) return;
    const options: IntersectionObserverInit & { trackVisibility: boolean; delay: number } = {
      trackVisibility: true,
      // The least that browsers allow.
      delay: 100,
      threshold: [0, 0.5, 1],
    };
    const observer = new this.#Observer((entries) => {
      const last = entries.at(-1) as (IntersectionObserverEntry & { readonly isVisible?: boolean }) | undefined;
      if (!last?.isVisible) this.#visibleSince = null;
      else this.#visibleSince ??= last.time;
    }, options);
    observer.observe(control);
    signal.addEventListener('abort', () => observer.disconnect());
  }
}
