/** Draws: the toolbar beside the active response, a line that ties the two, and the marks. Once per frame at most. */
import { render } from 'preact';
import { MarkButton } from '../../components/toolbar/mark-button.tsx';
import { Toolbar, type ToolbarProps } from '../../components/toolbar/toolbar.tsx';
import type { PageState } from '../../utils/messaging/contract.ts';
import { type Book, type Entry, isBusy, viewOf } from './book.ts';
import type { EditorPanel } from './editor-panel.ts';
import type { Follow } from './follow.ts';
import {
  type Box,
  boxAt,
  hasRoom,
  isEmpty,
  MARGIN,
  overlap,
  type Size,
  type Sizes,
  type Spot,
  sameSpot,
  spotsFor,
  waitingSpots,
} from './placing.ts';
import { schemeAround } from './scheme.ts';
import type { Sight } from './sight.ts';
import { seenTextOf } from './snapshot.ts';
import type { Surface } from './surface.ts';
import { answerBox, clipBox, clippersOf, costOf, modalAround, viewSize } from './surroundings.ts';

/** Silence after the last scroll before the toolbar looks for a better place, in ms. */
const SCROLL_END_MS = 180;
const HINT_MS = 4_000;
/** Most marks that are drawn at once. */
const MOST_MARKS = 60;
const MARK_SIZE = 20;
/** The least of an answer that must show for the toolbar to stay with it, in px. */
const LEAST_SEEN = 24;
/** A better place must be this much better to be worth a move; see `costOf`. */
const WORTH_MOVING = 4;

/** What has to be done in the next frame, in rising order. */
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
  readonly signal: AbortSignal;
  readonly onTouch: ToolbarProps['onTouch'];
  readonly onPress: ToolbarProps['onPress'];
  readonly onMark: (entry: Entry, event: MouseEvent) => void;
}

export function createStage(parts: StageParts): Stage {
  const { surface, slot, sight, book, follow, panel, page, signal, onTouch, onPress, onMark } = parts;
  const { layer, root } = surface;
  const marks = document.createElement('div');
  const edge = document.createElement('div');
  edge.className = 'edge';
  slot.className = 'at';
  layer.append(marks, edge, slot);

  let active: Entry | null = null;
  let activeSince = 0;
  let clippers = new WeakMap<Element, readonly Element[]>();
  let spot: Spot | null = null;
  let sizes: Sizes = { full: { width: 0, height: 0 }, compact: { width: 0, height: 0 } };
  let placedFor: Box | null = null;
  let position = '';
  let shape = '';
  let hint: string | null = null;
  let hintTimer: ReturnType<typeof setTimeout> | undefined;
  let scrollTimer: ReturnType<typeof setTimeout> | undefined;
  let secondTimer: ReturnType<typeof setTimeout> | undefined;
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

  function clippersAt(element: Element) {
    const known = clippers.get(element) ?? clippersOf(element);
    clippers.set(element, known);
    return known;
  }

  function show(element: HTMLElement, display: boolean) {
    element.style.display = display ? '' : 'none';
  }

  function switchTo(entry: Entry | null) {
    countTime();
    active = entry;
    spot = null;
    shape = '';
    growth.disconnect();
    const response = entry?.response;
    if (!entry || !response) return;
    for (const element of [response.element, response.element.parentElement]) if (element) growth.observe(element);
    follow.watch(response.element, true);
  }

  function choose(spots: readonly Spot[], answer: Box, seen: Box, view: Size, element: Element): Spot {
    let best: Spot | null = null;
    let least = Number.POSITIVE_INFINITY;
    layer.classList.add('probing');
    for (const [rank, candidate] of spots.entries()) {
      const size = sizeAt(candidate);
      if (!hasRoom(candidate, answer, size, view)) continue;
      const box = boxAt(candidate, answer, seen, size, view);
      const coversStart = box.top < answer.top + LEAST_SEEN && !isEmpty(overlap(box, answer));
      const kept = sameSpot(candidate, spot) ? WORTH_MOVING : 0;
      const covered = costOf(box, element) * (size.width / sizes.full.width);
      const cost = covered + rank / 2 + (coversStart ? 8 : 0) - kept;
      if (cost < least) [best, least] = [candidate, cost];
      if (least < rank / 2 + 0.5) break;
    }
    layer.classList.remove('probing');
    return best ?? { side: 'answer', compact: true, lift: 4, dock: MARGIN };
  }

  function measure(compact: boolean): Size {
    slot.classList.toggle('compact', compact);
    const { width, height } = slot.getBoundingClientRect();
    return { width: Math.ceil(width), height: Math.ceil(height) };
  }

  const sizeAt = ({ compact }: Spot) => (compact ? sizes.compact : sizes.full);

  function drawToolbar(entry: Entry) {
    const view = viewOf(entry, Date.now());
    const hadFocus = slot.contains(root.activeElement);
    render(<Toolbar view={view} legend={page()} hint={hint} onTouch={onTouch} onPress={onPress} />, slot);
    if (hadFocus && !slot.contains(root.activeElement)) slot.querySelector<HTMLElement>('[role=toolbar]')?.focus();
    sizes = { full: measure(false), compact: measure(true) };
    const next = `${entry.key} ${view.kind}`;
    if (next !== shape) sight.moved();
    shape = next;
    clearTimeout(secondTimer);
    if (view.kind === 'saved' && entry.saved) {
      secondTimer = setTimeout(() => plan('draw'), ((entry.saved.undoUntil - Date.now()) % 1000) + 20);
    }
  }

  function placeToolbar(entry: Entry, anew: boolean) {
    const response = entry.response;
    if (!response) return;
    const whole = answerBox(response);
    const clip = clipBox(clippersAt(response.element));
    const seen = overlap(whole, clip);
    const view = viewSize();
    // While it grows, its lower edge is nothing to hold on to.
    const answer = response.settled ? whole : { ...whole, bottom: view.height };
    const spots = response.settled ? spotsFor(sizes, view) : waitingSpots;
    if (!spot || (anew && response.settled)) spot = choose(spots, answer, clip, view, response.element);
    const size = sizeAt(spot);
    slot.classList.toggle('compact', spot.compact);
    const box = boxAt(spot, answer, clip, size, view);
    const next = `left:${box.left}px;top:${box.top}px`;
    if (next !== position) {
      position = next;
      slot.style.cssText = next;
      sight.moved();
    }
    placedFor = whole;
    edge.style.cssText = `left:${Math.max(1, whole.left - 10)}px;top:${seen.top}px;height:${seen.bottom - seen.top}px`;
  }

  function drawMarks() {
    const clips = new Map<readonly Element[], Box>();
    const shown = book
      .present()
      .filter(({ mark, response, key }) => mark && response && key !== active?.key && follow.isInView(response.element))
      .slice(0, MOST_MARKS)
      .flatMap((entry) => {
        const { response, mark } = entry;
        if (!response || !mark) return [];
        const around = clippersAt(response.element);
        const clip = clips.get(around) ?? clipBox(around);
        clips.set(around, clip);
        const box = answerBox(response);
        const left = Math.round(Math.min(box.right + 6, clip.right - MARK_SIZE - 4));
        const top = Math.round(box.top + 2);
        if (top < clip.top || top + MARK_SIZE > clip.bottom) return [];
        return (
          <MarkButton
            key={entry.key}
            mark={mark}
            labels={page().labels}
            left={left}
            top={top}
            onPress={(event) => onMark(entry, event)}
          />
        );
      });
    render(shown, marks);
  }

  function run() {
    frame = 0;
    const room = viewSize();
    // A collapsed frame, or a page that is just being photographed: nothing to draw, and nothing to take away.
    if (signal.aborted || room.width < MARGIN * 8 || room.height < MARGIN * 8) return;
    const anew = work.has('place');
    const redraw = anew || work.has('draw');
    work.clear();
    if (anew) clippers = new WeakMap();
    // Observers report late: what still shows is not given up on their word alone.
    const response = follow.active() ?? (active && isInSight(active) ? active.response : null);
    const entry = response && book.get(response.key);
    const changed = entry !== active;
    if (changed) switchTo(entry);
    // A move empties the editor's frame.
    if (!panel.key) surface.moveTo(response && modalAround(response.element));
    const visible = entry?.response != null && panel.key !== entry.key && isInSight(entry);
    if (visible && slot.style.display === 'none') {
      position = '';
      sight.appeared();
    }
    show(slot, visible);
    show(edge, entry?.response != null && isInSight(entry));
    if (entry?.response && (changed || anew)) {
      const text = seenTextOf(entry.response);
      if (text !== entry.seenText) sight.moved();
      entry.seenText = text;
      layer.dataset.theme = page().theme === 'system' ? schemeAround(entry.response.element) : page().theme;
    }
    if (visible && entry) {
      if (changed || redraw) drawToolbar(entry);
      placeToolbar(entry, changed || anew);
    }
    drawMarks();
  }

  function isInSight({ response }: Entry): boolean {
    if (!response) return false;
    const answer = answerBox(response);
    const seen = overlap(answer, clipBox(clippersAt(response.element)));
    return !isEmpty(seen) && seen.bottom - seen.top >= Math.min(LEAST_SEEN, (answer.bottom - answer.top) / 2);
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
      scrollTimer = setTimeout(() => plan('place'), SCROLL_END_MS);
    },
    draw: () => plan('draw'),
    place: () => plan('place'),
    say(text) {
      hint = text;
      clearTimeout(hintTimer);
      hintTimer = setTimeout(() => {
        hint = null;
        plan('draw');
      }, HINT_MS);
      plan('draw');
    },
    isBusy: () => active !== null && isBusy(active),
    isInPlace() {
      if (!active?.response || !placedFor) return false;
      const now = answerBox(active.response);
      return Math.abs(now.top - placedFor.top) < 4 && Math.abs(now.left - placedFor.left) < 4;
    },
    boxOf: ({ response }) => (response ? answerBox(response) : null),
  };
}
