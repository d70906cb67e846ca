/**
 * Which response the toolbar follows: the one that the reviewer last pointed at or stepped to, else the one that holds
 * the focus, else the newest in view.
 */
import type { Response } from '../../utils/detection/types.ts';
import { above, isShown } from '../../utils/page/surroundings.ts';
import type { Field } from './offers.ts';

/** How long the pointer rests on an answer before the toolbar goes there, in ms: crossing one on the way is no choice. */
const DWELL_MS = 120;
/** How long after a scroll a resting pointer points anew, in ms. */
const AFTER_SCROLL_MS = 300;
/** How many of the newest responses are watched for being in view. */
const WATCHED = 100;

export interface Follow {
  /** The response to follow now; null where none is in view. */
  active(): Response | null;
  /** The response that was pointed at or stepped to, if it is in view. */
  chosen(): Response | null;
  isInView(element: Element): boolean;
  /** Watches an element for coming into view, besides the newest responses; `now` where it is in view already. */
  watch(element: Element, now?: boolean): void;
  /** Makes a response the active one, as if it had been pointed at. */
  choose(key: string | null): void;
  /** The response `step` places after the active one, or before it. */
  neighbor(step: 1 | -1): Response | null;
  /** Detection reported a change; `arrived` where a new response came. */
  refresh(arrived: boolean): void;
  /** Whether scrolling is heard: each ear costs every frame of a page that scrolls along with what is written. */
  hear(scrolling: boolean): void;
}

interface FollowParts {
  readonly field: Field;
  /** The overlay's own host: pointing at the toolbar keeps it where it is. */
  readonly host: Element;
  readonly signal: AbortSignal;
  /** The active response may be another one. */
  readonly onChange: () => void;
  /** Something scrolled. */
  readonly onScroll: () => void;
}

/** Starts to follow; ends with the signal. */
export function createFollow({ field, host, signal, onChange, onScroll }: FollowParts): Follow {
  let chosen: string | null = null;
  let focused: string | null = null;
  let dwell: ReturnType<typeof setTimeout> | undefined;
  let pointerAt = '';
  let scrolledAt = Number.NEGATIVE_INFINITY;
  let keysLead = false;
  const inView = new Map<Element, 'no' | 'partly' | 'mainly'>();
  /** Documents and shadow roots around what is watched. */
  const roots = new Set<EventTarget & Node>();
  let hears = true;

  const observer = new IntersectionObserver(
    (entries) => {
      let changed = false;
      for (const { target, isIntersecting, intersectionRatio, intersectionRect } of entries) {
        const mainly = intersectionRatio >= 0.6 || intersectionRect.height >= 0.4 * innerHeight;
        const now = mainly ? 'mainly' : isIntersecting ? 'partly' : 'no';
        changed ||= inView.get(target) !== now;
        inView.set(target, now);
      }
      if (changed) onChange();
    },
    // Long answers fill the view with a small part of theirs.
    { threshold: [0, 0.05, 0.1, 0.2, 0.4, 0.6] },
  );
  signal.addEventListener('abort', () => {
    clearTimeout(dwell);
    observer.disconnect();
  });

  const isCandidate = ({ element }: Response) => inView.get(element) !== 'no' && isShown(element);
  const isMainly = (response: Response) => inView.get(response.element) === 'mainly' && isCandidate(response);
  const at = (event: Event) => {
    const [target] = event.composedPath();
    return target === host ? 'toolbar' : target instanceof Node ? field.responseAt(target) : null;
  };

  /**
   * Browsers also report a resting pointer when something moves beneath it. That is a choice after the reviewer scrolled,
   * and none after the toolbar moved or a key stepped on.
   */
  function isPointing({ type, screenX, screenY, timeStamp }: PointerEvent): boolean {
    const here = `${screenX} ${screenY}`;
    const hasMoved = here !== pointerAt;
    pointerAt = here;
    if (hasMoved) keysLead = false;
    return type === 'pointerover' && (hasMoved || (!keysLead && timeStamp - scrolledAt < AFTER_SCROLL_MS));
  }

  function onPointer(event: Event) {
    if (!event.isTrusted || !isPointing(event as PointerEvent)) return;
    const target = at(event);
    clearTimeout(dwell);
    if (target === 'toolbar' || !target || target.key === chosen) return;
    dwell = setTimeout(() => {
      chosen = target.key;
      onChange();
    }, DWELL_MS);
  }

  function onScrolled(event: Event) {
    scrolledAt = event.timeStamp;
    onScroll();
  }

  function onFocus(event: Event) {
    const target = at(event);
    if (target === 'toolbar') return;
    focused = target?.key ?? null;
    onChange();
  }

  /** Events that stay inside a shadow tree never reach the window: each root on the way needs ears of its own. */
  function listenAt(root: EventTarget & Node) {
    if (roots.has(root)) return;
    roots.add(root);
    const options = { capture: true, passive: true, signal };
    root.addEventListener('pointerover', onPointer, options);
    root.addEventListener('pointermove', onPointer, options);
    root.addEventListener('focusin', onFocus, options);
    if (hears) root.addEventListener('scroll', onScrolled, options);
  }

  function watch(element: Element, now = false) {
    if (inView.has(element)) return;
    inView.set(element, now ? 'partly' : 'no');
    observer.observe(element);
    for (let node: Node | null = element; node; node = above(node)) {
      if (node.nodeType === Node.DOCUMENT_NODE || node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) listenAt(node);
    }
  }

  function find(key: string | null): Response | null {
    const response = key && field.responses().find((each) => each.key === key);
    return response && isCandidate(response) ? response : null;
  }

  function active(): Response | null {
    const pointed = find(chosen) ?? find(focused);
    if (pointed) return pointed;
    const newest = field.responses().slice(-WATCHED);
    // A question waits until no answer that is one for sure wants the place.
    for (const list of [newest.filter(({ asserted }) => asserted), field.isQuiet() ? [] : newest]) {
      const found = list.findLast(isMainly) ?? list.findLast(isCandidate);
      if (found) return found;
    }
    return null;
  }

  return {
    active,
    chosen: () => find(chosen),
    watch,
    isInView: (element) => (inView.get(element) ?? 'no') !== 'no',
    choose(key) {
      keysLead = true;
      chosen = key;
      onChange();
    },
    neighbor(step) {
      const list = field.responses().filter(({ element, asserted }) => asserted && isShown(element));
      const now = list.findIndex(({ key }) => key === active()?.key);
      return list[now + step] ?? null;
    },
    refresh(arrived) {
      if (arrived) chosen = null;
      for (const element of inView.keys()) {
        if (element.isConnected) continue;
        inView.delete(element);
        observer.unobserve(element);
      }
      for (const root of roots) if (!root.isConnected) roots.delete(root);
      for (const { element } of field.responses().slice(-WATCHED)) watch(element);
      onChange();
    },
    hear(scrolling) {
      if (scrolling === hears) return;
      hears = scrolling;
      for (const root of roots) {
        if (hears) root.addEventListener('scroll', onScrolled, { capture: true, passive: true, signal });
        else root.removeEventListener('scroll', onScrolled, { capture: true });
      }
    },
  };
}
