/**
 * Waits for a sign of a conversation at next to no cost: a look when the page has loaded, then one after the page has
 * changed, with pauses that double. Between two looks at most one mutation record is read. When the looks are used up,
 * the person's next touch grants another few: a widget that comes after an hour was called by somebody.
 */
import { hasSign } from './signs.ts';

/** Pauses between a change and the look at it, in ms: doubling from the first to the last. */
const firstPause = 500;
const lastPause = 30_000;
/** Looks without a touch: at a page that never stands still, about ten minutes. */
const unasked = 24;
/** Looks that a touch grants, and when the first of them is taken, in ms. */
const granted = 4;
const afterTouch = 1_500;
const touches = ['pointerdown', 'keydown'];
const options = { capture: true, passive: true };

/** What ends it; looked at whenever it wakes, because to be told takes every page more than the wait itself. */
export type Ending = Pick<AbortSignal, 'aborted'>;

/** Calls `onSign` once, unless the signal aborts before there is one. */
export function waitForSign(page: Window & typeof globalThis, signal: Ending, onSign: () => void): void {
  const { document } = page;
  let pause = firstPause;
  let left = unasked;
  let timer = 0;
  /** The first look is one that every page pays; a page that changes, or is used, is looked at whole. */
  let quick = true;

  const observer = new page.MutationObserver(() => {
    // One record is enough: stop listening until the next look.
    observer.disconnect();
    if (signal.aborted) stop();
    else later(pause);
  });
  const observe = (root: Node) => observer.observe(root, { childList: true, subtree: true });

  function later(ms: number) {
    page.clearTimeout(timer);
    timer = page.setTimeout(look, ms);
  }
  function look() {
    if (!quick) stop();
    if (signal.aborted) return;
    pause = Math.min(pause * 2, lastPause);
    left -= 1;
    // Roots are watched as well: what is written in them changes nothing outside.
    if (hasSign(document, left > 0 ? observe : undefined, quick)) {
      stop();
      onSign();
      return;
    }
    quick = false;
    if (left > 0) observe(document);
    for (const type of touches) page.addEventListener(type, touched, options);
  }
  function touched() {
    stop();
    if (signal.aborted) return;
    left = Math.max(left, granted);
    pause = Math.min(pause, firstPause * 2);
    later(afterTouch);
  }
  function stop() {
    observer.disconnect();
    page.clearTimeout(timer);
    for (const type of touches) page.removeEventListener(type, touched, true);
  }

  look();
}
