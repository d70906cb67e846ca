/**
 * Runs the finder where no rule finds anything, at a bounded cost: a look after the page has changed, with pauses that grow, so
 * many and no more until the reader touches the page, and none any more where a look takes too long. In the moments
 * between a change and the look it takes note of which elements grow, because what grows by itself is hardly a person's.
 */
import { report } from '../../errors.ts';
import type { Induced } from '../generic/index.ts';
import type { SiteRule } from '../types.ts';
import type { Root } from './roots.ts';

type Page = Window & typeof globalThis;

/** The longest that one look may take, in ms, and how many may be longer before there are no more. */
const budgetMs = 50;
const patience = 3;
/** What takes so much longer than the budget counts twice. */
const farBeyond = 4;
/** On a page of no more elements it is the computer that is busy. */
const smallPage = 2_000;
/** Pauses between a change and the look at it, in ms; growth is noted for the first part of it. */
const firstPause = 300;
const lastPause = 20_000;
const growthWindow = 450;
/** So many records tell enough, in one window and of one element. */
const recordLimit = 400;
const growsAfter = 3;
const grownLimit = 24;
/** Looks per address, and what a touch grants besides. */
const looks = 40;
const granted = 4;

/** What derives rules from a page: a script of its own, because most pages never need it. */
export type Finder = typeof import('../generic/index.ts');

interface FinderParts {
  readonly load: () => Promise<Finder | null>;
  readonly page: Page;
  readonly now: () => number;
  readonly roots: () => Iterable<Root>;
  /** Whether there is anything to look for now. */
  readonly wanted: () => boolean;
  /** The rule that names this address and finds nothing. */
  readonly rule: () => SiteRule | undefined;
  /** Names of which it was said that they are an AI's on this site. */
  readonly authors: () => readonly string[];
  /** What a look found; null for nothing. */
  readonly onLook: (induced: Induced | null, ms: number) => void;
  /** It takes too long on this page and is off. */
  readonly onSlow: () => void;
}

export function createFinder({ page, now, load, roots, wanted, rule, authors, onLook, onSlow }: FinderParts) {
  const { document } = page;
  let grown: Element[] = [];
  let counts = new Map<Element, number>();
  let records = 0;
  let finder: Finder | null = null;
  let loading = false;
  let timer = 0;
  let closing = 0;
  let pause = firstPause;
  let left = 0;
  let strikes = 0;
  let off = false;

  const observer = new page.MutationObserver((batch) => {
    if (records === 0) {
      closing = page.setTimeout(close, growthWindow);
      timer ||= page.setTimeout(look, Math.max(pause, growthWindow));
    }
    records += batch.length;
    for (const { target, type, addedNodes } of batch.slice(0, recordLimit)) {
      const writes = type === 'characterData' || Array.from(addedNodes).some((node) => node instanceof page.Text);
      const element = target instanceof page.Element ? target : target.parentElement;
      if (writes && element) counts.set(element, (counts.get(element) ?? 0) + 1);
    }
    if (records > recordLimit) close();
  });

  /** Ends the window in which growth is noted. */
  function close(): void {
    page.clearTimeout(closing);
    observer.disconnect();
    const news = [...counts].filter(([, count]) => count >= growsAfter).map(([element]) => element);
    grown = [...grown.filter((element) => element.isConnected && !news.includes(element)), ...news].slice(-grownLimit);
    counts = new Map();
  }

  function open(): void {
    records = 0;
    let open = 0;
    for (const root of roots()) {
      if (open === 0 || open < grownLimit)
        observer.observe(root, { childList: true, characterData: true, subtree: true });
      open += 1;
    }
  }

  function look(): void {
    timer = 0;
    close();
    if (off || !wanted()) return;
    if (!finder) {
      void fetchFinder();
      return;
    }
    left -= 1;
    const start = now();
    let induced: Induced | null = null;
    try {
      const known = rule();
      const { location } = page;
      const more = { authors: authors(), ...(known && { rule: known }) };
      induced = finder.induceRule({ document, roots: roots(), location, growth: grown, ...more });
    } catch (thrown) {
      off = true;
      report(thrown, 'looking for answers without a rule; the finder is off on this page');
    }
    const ms = now() - start;
    const isLarge = document.getElementsByTagName('*').length > smallPage;
    strikes = isLarge && ms > budgetMs ? strikes + (ms > budgetMs * farBeyond ? 2 : 1) : 0;
    if (strikes >= patience) {
      off = true;
      onSlow();
    }
    pause = Math.min(pause * 1.5, lastPause);
    const end = () => {
      timer = 0;
      onLook(induced, ms);
      if (!off && left > 0 && wanted()) open();
    };
    // To read what the rule finds takes as long again on a page of long answers: a task of its own.
    if (induced) timer = page.setTimeout(end);
    else end();
  }

  async function fetchFinder(): Promise<void> {
    if (loading) return;
    loading = true;
    finder = await load();
    loading = false;
    left -= finder ? 0 : 1;
    if (timer !== 0 || left <= 0) return;
    if (finder) look();
    else open();
  }

  const touched = () => {
    if (off || left >= granted || timer !== 0 || !wanted()) return;
    left = granted;
    pause = Math.min(pause, 4 * firstPause);
    open();
  };

  return {
    /** Looks in so many ms for the first time, then whenever the page has changed. */
    start(ms: number): void {
      left = looks;
      pause = firstPause;
      this.soon(ms);
      if (!off) open();
    },
    /** Looks again in so many ms at the soonest: what was found before does not fit any more. */
    soon(ms: number): void {
      if (off || left <= 0 || timer !== 0) return;
      timer = page.setTimeout(look, Math.max(ms, Math.min(pause, lastPause)));
    },
    listen(signal: AbortSignal): void {
      for (const type of ['pointerdown', 'keydown']) {
        document.addEventListener(type, touched, { capture: true, passive: true, signal });
      }
    },
    stop(): void {
      close();
      page.clearTimeout(timer);
      timer = left = strikes = 0;
      grown = [];
      off = false;
    },
  };
}
