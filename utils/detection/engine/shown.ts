/**
 * Messages that the reader cannot see are no responses: templates, closed widgets, the other pages of a pager, and what a page
 * hides to be found. Asks for style, never for layout; and looks again when something may have come to light.
 */
import { screenReaderOnly } from './hidden.ts';

type Page = Window & typeof globalThis;

/** Looks after the last hidden message came, in ms; what fades in is there by then. */
const looks = [300, 700, 1_500, 4_000];
/** After the reader's touch, in ms. */
const afterTouch = 300;
/** The longest that one look may take, in ms. */
const sliceMs = 4;
/** So many of the last hidden ones are watched for coming into view. */
const watched = 16;

/** Whether the reader can see the element, as far as style says. */
export function isShown(element: Element): boolean {
  if (element.closest(screenReaderOnly)) return false;
  return element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true;
}

/** Keeps hidden messages. `onShown` hears of those that are hidden no more. */
export function createHidden(page: Page, now: () => number, onShown: (elements: readonly Element[]) => void) {
  const hidden = new Set<Element>();
  let timer = 0;
  let step = 0;
  const views = page.IntersectionObserver
    ? new page.IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && soon(0))
    : null;

  function look(): void {
    timer = 0;
    const until = now() + sliceMs;
    const shown: Element[] = [];
    let tried = 0;
    for (const element of hidden) {
      tried += 1;
      if (tried % 64 === 0 && now() > until) break;
      // Those that were not looked at come first the next time.
      hidden.delete(element);
      if (!element.isConnected) continue;
      if (isShown(element)) shown.push(element);
      else hidden.add(element);
    }
    if (shown.length > 0) onShown(shown);
    const pause = looks[step];
    step += 1;
    if (hidden.size > 0 && pause !== undefined) soon(pause);
  }

  function soon(ms: number): void {
    if (hidden.size === 0 || timer !== 0) return;
    timer = page.setTimeout(look, ms);
  }

  return {
    add(elements: readonly Element[]): void {
      if (elements.length === 0) return;
      for (const element of elements) hidden.add(element);
      views?.disconnect();
      for (const element of [...hidden].slice(-watched)) views?.observe(element);
      step = 0;
      soon(looks[0] ?? 0);
    },
    size: () => hidden.size,
    listen(signal: AbortSignal): void {
      for (const type of ['pointerup', 'keyup', 'focusin']) {
        page.document.addEventListener(type, () => soon(afterTouch), { capture: true, passive: true, signal });
      }
    },
    stop(): void {
      page.clearTimeout(timer);
      timer = step = 0;
      views?.disconnect();
      hidden.clear();
    },
  };
}
