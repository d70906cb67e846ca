/**
 * Level two of observing: the few messages that may grow. A message that the site marks is watched by that mark alone; any
 * other by its own nodes, looking up ten times a second at most. Decides with `settling.ts` when it has settled, and again
 * when it grows after all.
 */
import { vote } from '../settling.ts';
import type { Entry } from './thread.ts';

type Page = Window & typeof globalThis;

/** After a sign of growth nothing is looked at for this long, in ms; the quiet window ends at most this much early. */
const blink = 100;
/** While the site says that a message grows, its length is looked at this often, in ms: the mark may be stuck. */
const heartbeat = 2_500;
/** More messages at once than any product lets grow; the rest counts as settled. */
const watchLimit = 32;

/** The site's own signs about one message. `marks` are the elements that say that it grows. */
export interface Flags {
  readonly streaming: boolean;
  readonly busy: boolean;
  readonly done: boolean;
  readonly marks: readonly { readonly element: Element; readonly selector: string }[];
}

interface Watch {
  readonly entry: Entry;
  readonly growth: MutationObserver;
  readonly marks: MutationObserver;
  size: number;
  grewAt: number;
  streamed: boolean;
  /** It grew after the site's signs said that it was complete: from then on only the quiet window counts. */
  revoked: boolean;
  growing: boolean;
  timer: number;
}

export interface GrowthOptions {
  readonly page: Page;
  readonly now: () => number;
  readonly readFlags: (entry: Entry) => Flags;
  /** The message stopped growing, or grows again. Called at most once per turn of events. */
  readonly onVerdict: (entry: Entry, settled: boolean) => void;
}

/** Attributes that can make `selector` stop matching. */
function attributesOf(selector: string): string[] {
  const names = [...selector.matchAll(/\[\s*([\w-]+)/g)].map((match) => match[1] ?? '');
  if (selector.includes('.')) names.push('class');
  if (selector.includes('#')) names.push('id');
  return names;
}

const lengthOf = (entry: Entry) => entry.response.body.reduce((sum, body) => sum + (body.textContent ?? '').length, 0);

export function createGrowth({ page, now, readFlags, onVerdict }: GrowthOptions) {
  const watches = new Map<Entry, Watch>();

  const rest = (watch: Watch) => {
    page.clearTimeout(watch.timer);
    watch.timer = 0;
    watch.growth.disconnect();
    watch.marks.disconnect();
  };

  const observeNodes = (watch: Watch) => {
    const what = { childList: true, characterData: true, subtree: true };
    watch.growth.observe(watch.entry.response.element, what);
    for (const body of watch.entry.response.body) {
      const root = body.shadowRoot ?? body.getRootNode();
      if (root !== watch.entry.response.element.getRootNode()) watch.growth.observe(root, what);
    }
  };

  const measure = (watch: Watch, at: number) => {
    const size = lengthOf(watch.entry);
    if (size === watch.size) return false;
    watch.size = size;
    watch.grewAt = at;
    return true;
  };

  /** Asks for the votes and arranges to be woken by whatever can change them. */
  const judge = (watch: Watch) => {
    rest(watch);
    const { entry } = watch;
    const flags = readFlags(entry);
    measure(watch, now());
    const native = flags.streaming || flags.busy;
    watch.streamed ||= flags.streaming;
    const verdict = vote({
      ...flags,
      streamed: watch.streamed && !watch.revoked,
      done: flags.done && !watch.revoked,
      flagged: entry.variant.flagged,
      stillMs: now() - watch.grewAt,
      quietMs: entry.variant.quietMs,
    });
    if (verdict.settled) {
      observeNodes(watch);
      if (watch.growing) {
        watch.growing = false;
        onVerdict(entry, true);
      }
      return;
    }
    for (const { element, selector } of flags.marks) {
      const names = attributesOf(selector);
      if (names.length > 0) watch.marks.observe(element, { attributes: true, attributeFilter: names });
      if (element.parentNode) watch.marks.observe(element.parentNode, { childList: true });
    }
    if (!native) observeNodes(watch);
    watch.timer = page.setTimeout(() => judge(watch), native ? Math.min(verdict.again, heartbeat) : verdict.again);
  };

  const onGrowth = (watch: Watch) => {
    if (!measure(watch, now())) return;
    watch.growth.disconnect();
    page.clearTimeout(watch.timer);
    watch.timer = page.setTimeout(() => {
      measure(watch, now() - blink);
      if (!watch.growing) {
        watch.growing = true;
        watch.revoked = true;
        onVerdict(watch.entry, false);
      }
      judge(watch);
    }, blink);
  };

  return {
    /** Watches a message from now on; `growing` until the vote says otherwise. Answers whether it is watched. */
    watch(entry: Entry, growing: boolean): boolean {
      const known = watches.get(entry);
      if (known) return true;
      if (watches.size >= watchLimit) return false;
      const watch: Watch = {
        entry,
        growth: new page.MutationObserver(() => onGrowth(watch)),
        marks: new page.MutationObserver(() => judge(watch)),
        size: lengthOf(entry),
        grewAt: now(),
        streamed: false,
        revoked: false,
        growing,
        timer: 0,
      };
      watches.set(entry, watch);
      if (growing) judge(watch);
      else observeNodes(watch);
      return true;
    },
    /** Something about the message changed that its own nodes do not show: grown (`true`), or worth a new vote. */
    nudge(entry: Entry, grew: boolean): void {
      const watch = watches.get(entry);
      if (!watch) return;
      if (grew) {
        watch.grewAt = now();
        watch.growing = true;
      }
      if (watch.growing) judge(watch);
    },
    isWatched: (entry: Entry) => watches.has(entry),
    isGrowing: (entry: Entry) => watches.get(entry)?.growing === true,
    get growing(): Entry[] {
      return [...watches.values()].filter(({ growing }) => growing).map(({ entry }) => entry);
    },
    /** Stops watching what the test does not keep. */
    keep(test: (entry: Entry) => boolean): void {
      for (const watch of watches.values()) {
        if (watch.growing ? watch.entry.response.element.isConnected : test(watch.entry)) continue;
        rest(watch);
        watches.delete(watch.entry);
      }
    },
    drop(entry: Entry): void {
      const watch = watches.get(entry);
      if (!watch) return;
      rest(watch);
      watches.delete(entry);
    },
    stop(): void {
      for (const watch of watches.values()) rest(watch);
      watches.clear();
    },
  };
}

export type Growth = ReturnType<typeof createGrowth>;
