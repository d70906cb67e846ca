/** Draws: the toolbar beside the active response, a line that ties the two, and the marks. Once per frame at most. */
import { render } from 'preact';
import { Toolbar, type ToolbarProps } from '../../components/toolbar/toolbar.tsx';
import type { Response } from '../../utils/detection/types.ts';
import type { PageState } from '../../utils/messaging/contract.ts';
import { type Box, overlap } from '../../utils/page/box.ts';
import { answerBox, modalAround, viewSize } from '../../utils/page/surroundings.ts';
import { createBerth } from './berth.ts';
import { type Book, type Entry, isBusy, viewOf } from './book.ts';
import type { EditorPanel } from './editor-panel.ts';
import type { Follow } from './follow.ts';
import { createGeometry } from './geometry.ts';
import { createMarks } from './marks.tsx';
import { MARGIN } from './placing.ts';
import { schemeAround } from './scheme.ts';
import type { Sight } from './sight.ts';
import { seenTextOf } from './snapshot.ts';
import type { Surface } from './surface.ts';

/** Silence after the last scroll before the toolbar looks for a better place, in ms. */
const SCROLL_END_MS = 180;
const HINT_MS = 4_000;
/** How far an answer may be from where the toolbar was put beside it, in CSS px. */
const SLACK = 4;

/** What has to be done in the next frame: keep up with the page, show what changed, look for the best place again. */
type Work = 'follow' | 'draw' | 'place';

export interface Stage {
  /** The entry that the toolbar stands at; null while it is hidden. */
  active(): Entry | null;
  /** Something scrolled or grew: keep up with it. */
  follow(): void;
  /** Something that is shown changed. */
  draw(): void;
  /** The surroundings changed: look for the best place again. */
  place(): void;
  /** Says one sentence in the toolbar for a moment; null takes it back. */
  say(hint: string | null): void;
  /** Stays away while something else has the page, or comes back. */
  rest(resting: boolean): void;
  /** A judgement of the active answer is under way. */
  isBusy(): boolean;
  /** The active answer is where it was when the toolbar was put beside it. */
  isInPlace(): boolean;
  /** The place of an entry's answer now. */
  boxOf(entry: Entry): Box | null;
}

interface StageParts {
  readonly surface: Surface;
  /** The element that the toolbar is drawn in. */
  readonly slot: HTMLElement;
  readonly sight: Sight;
  readonly book: Book;
  readonly follow: Follow;
  readonly panel: EditorPanel;
  readonly page: () => PageState;
  /** What else there is to say of an answer, besides its review; '' for nothing. */
  readonly noteOn: (response: Response) => string;
  /** Key of the response of which a part is selected. */
  readonly selectedIn: () => string | null;
  readonly signal: AbortSignal;
  readonly isAlive: () => boolean;
  /** The extension is gone, and nothing is left to say about it. */
  readonly onGone: () => void;
  readonly onTouch: ToolbarProps['onTouch'];
  readonly onPress: ToolbarProps['onPress'];
  readonly onMark: (entry: Entry, event: MouseEvent) => void;
}

const show = (element: HTMLElement, display: boolean) => {
  element.style.display = display ? '' : 'none';
};

export function createStage(parts: StageParts): Stage {
  const { surface, slot, sight, book, follow, panel, page, noteOn, selectedIn, signal, isAlive, onGone } = parts;
  const { onTouch, onPress, onMark } = parts;
  const { layer, root, host } = surface;
  const marks = document.createElement('div');
  const edge = document.createElement('div');
  const geometry = createGeometry();
  const berth = createBerth(slot, host, geometry);
  const marksFor = createMarks({ book, follow, geometry, page, onMark });
  edge.className = 'edge';
  slot.className = 'at';
  layer.append(marks, edge, slot);

  let active: Entry | null = null;
  let activeSince = 0;
  let placedFor: Box | null = null;
  let shape = '';
  let words = '';
  let hint: string | null = null;
  let hintTimer: ReturnType<typeof setTimeout> | undefined;
  let scrollTimer: ReturnType<typeof setTimeout> | undefined;
  let secondTimer: ReturnType<typeof setTimeout> | undefined;
  let isScrolling = false;
  let resting = false;
  /** Nothing that is drawn moves with the page. */
  let isStill = false;
  let frame = 0;
  const work = new Set<Work>();
  const growth = new ResizeObserver(() => plan('follow'));

  function plan(what: Work) {
    work.add(what);
    if (!frame && !signal.aborted) frame = requestAnimationFrame(run);
  }

  /** Time counts while an answer is the active one and the page is before the reviewer's eyes. */
  function countTime() {
    const now = performance.now();
    if (active && activeSince) active.spentMs += now - activeSince;
    activeSince = document.hidden ? 0 : now;
  }

  function switchTo(entry: Entry | null) {
    countTime();
    active = entry;
    growth.disconnect();
    berth.leave();
    if (!isStill) observeGrowth();
    const element = entry?.response?.element;
    if (element) follow.watch(element, true);
  }

  function observeGrowth() {
    const element = active?.response?.element;
    if (element) growth.observe(element);
    if (element?.parentElement) growth.observe(element.parentElement);
  }

  /** Neither growth nor scrolling is of interest while nothing moves with them: a page that streams does both each frame. */
  function keepStill(still: boolean) {
    if (still === isStill) return;
    isStill = still;
    follow.hear(!still);
    if (still) growth.disconnect();
    else observeGrowth();
  }

  /** Takes note of what the reviewer has before them from now on. */
  function look(entry: Entry, response: Response) {
    const text = seenTextOf(response);
    if (text !== entry.seenText) sight.moved();
    entry.seenText = text;
    layer.dataset.theme = page().theme === 'system' ? schemeAround(response.element) : page().theme;
  }

  function drawToolbar(entry: Entry) {
    const view = viewOf(entry, Date.now(), entry.response ? noteOn(entry.response) : '', selectedIn() === entry.key);
    const hadFocus = slot.contains(root.activeElement);
    render(<Toolbar view={view} legend={page()} hint={hint} onTouch={onTouch} onPress={onPress} />, slot);
    if (hadFocus && !slot.contains(root.activeElement)) slot.querySelector<HTMLElement>('[role=toolbar]')?.focus();
    const nextWords = `${view.kind} ${slot.textContent}`;
    if (nextWords !== words) berth.measure();
    words = nextWords;
    const nextShape = `${view.kind} ${entry.key}`;
    if (nextShape !== shape) sight.moved();
    shape = nextShape;
    clearTimeout(secondTimer);
    if (view.kind === 'saved' && entry.saved) {
      secondTimer = setTimeout(() => plan('draw'), ((entry.saved.undoUntil - Date.now()) % 1000) + 20);
    }
  }

  function drawEdge(response: Response) {
    const { left } = geometry.answer(response);
    const { top, bottom } = overlap(geometry.answer(response), geometry.clip(response));
    edge.style.cssText = `left:${Math.max(1, left - 10)}px;top:${top}px;height:${bottom - top}px`;
  }

  function run() {
    frame = 0;
    const room = viewSize();
    // A collapsed frame, or a page that is just being photographed: nothing to draw, and nothing to take away.
    if (signal.aborted || room.width < MARGIN * 8 || room.height < MARGIN * 8) return;
    if (!isAlive() && !active?.setback) return onGone();
    const anew = work.has('place');
    const redraw = anew || work.has('draw');
    work.clear();
    geometry.begin(anew);

    // Observers report late: what still shows is not given up on their word alone.
    const kept = active?.response && geometry.isInSight(active.response) ? active.response : null;
    // While the reviewer scrolls, the toolbar stays with its answer or stays away; it does not hop along.
    const followed = (isScrolling && !anew ? follow.chosen() : follow.active()) ?? kept;
    const entry = followed && book.get(followed.key);
    const response = entry?.response ?? null;
    const changed = entry !== active;
    if (changed) switchTo(entry);
    const inSight = response !== null && geometry.isInSight(response);
    const visible = inSight && !resting && panel.key !== entry?.key;
    const marksNow = resting ? [] : marksFor(visible ? entry : null);
    // While an answer grows, the toolbar waits at the edge of the view.
    const grows = response !== null && !response.settled;
    keepStill(grows && marksNow.length === 0);
    if (entry && response && (changed || anew)) look(entry, response);

    // All that is read of the page was read by now; from here on it is written.
    // A move empties the editor's frame, so it waits until there is none.
    if (!panel.key && !resting) surface.moveTo(response && modalAround(response.element));
    render(marksNow, marks);
    if (visible && slot.style.display === 'none') {
      berth.leave();
      sight.appeared();
    }
    show(slot, visible);
    const hasEdge = inSight && !resting && !grows;
    show(edge, hasEdge);
    if (hasEdge) drawEdge(response);
    if (!visible || !entry) return;
    if (changed || redraw) drawToolbar(entry);
    if (berth.place(response, changed || anew)) sight.moved();
    placedFor = geometry.answer(response);
  }

  show(slot, false);
  show(edge, false);
  addEventListener('resize', () => plan('place'), { signal });
  document.addEventListener('visibilitychange', countTime, { signal });
  for (const happened of ['transitionend', 'animationend', 'toggle', 'close']) {
    addEventListener(happened, () => plan('follow'), { capture: true, passive: true, signal });
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plan('place'), { signal });
  signal.addEventListener('abort', () => {
    growth.disconnect();
    cancelAnimationFrame(frame);
    for (const timer of [hintTimer, scrollTimer, secondTimer]) clearTimeout(timer);
    render(null, slot);
    render(null, marks);
  });

  return {
    active: () => (slot.style.display === 'none' ? null : active),
    follow() {
      plan('follow');
      clearTimeout(scrollTimer);
      isScrolling = true;
      scrollTimer = setTimeout(() => {
        isScrolling = false;
        plan('place');
      }, SCROLL_END_MS);
    },
    draw: () => plan('draw'),
    place: () => plan('place'),
    say(text) {
      hint = text;
      clearTimeout(hintTimer);
      if (text) hintTimer = setTimeout(() => this.say(null), HINT_MS);
      plan('draw');
    },
    rest(now) {
      resting = now;
      plan('place');
    },
    isBusy: () => active !== null && isBusy(active),
    isInPlace() {
      if (!active?.response || !placedFor) return false;
      const { top, left } = answerBox(active.response);
      return Math.abs(top - placedFor.top) < SLACK && Math.abs(left - placedFor.left) < SLACK;
    },
    boxOf: ({ response }) => (response ? answerBox(response) : null),
  };
}
