/**
 * Level two of observing: the few messages that may grow. A message that the site marks is watched by that mark alone; any
 * other by its own nodes, looking up five times a second at most. Decides with `settling.ts` when it has settled.
 */
import { vote } from '../settling.ts';
import type { Flags } from './flags.ts';
import { bodiesOf } from './read.ts';
import type { Entry } from './thread.ts';

type Page = Window & typeof globalThis;

/** After a sign of growth nothing is looked at for this long, in ms; the quiet window ends at most this much early. */
const blink = 200;
/** While the site says that a message grows, its length is looked at this often, in ms: the mark may be stuck. */
const heartbeat = 2_500;
/** More messages at once than any product lets grow; the rest counts as settled. */
const watchLimit = 32;

interface Watch {
  readonly nodes: MutationObserver;
  readonly marks: MutationObserver;
  size: number;
  grewAt: number;
  growing: boolean;
  /** It has grown before our eyes, or the site says that it grows. */
  active: boolean;
  /** The site's own mark on the message was seen. */
  streamed: boolean;
  /** It grew after the site's signs said that it was complete: from then on only the quiet window counts. */
  revoked: boolean;
  timer: number;
}

export interface GrowthOptions {
  readonly page: Page;
  readonly now: () => number;
  readonly readFlags: (entry: Entry) => Flags;
  /** The message stopped growing. */
  readonly onSettled: (entry: Entry) => void;
  /** Something moved inside a message that had settled. */
  readonly onStir: (entry: Entry) => void;
}

/** Attributes that can make `selector` stop matching. */
function attributesOf(selector: string): string[] {
  const names = Array.from(selector.matchAll(/\[\s*([\w-]+)/g), (match) => match[1] ?? '');
  if (selector.includes('.')) names.push('class');
  return names;
}

/** Bodies may be replaced and added while a message grows, so they are looked for each time. */
const lengthOf = ({ response, variant }: Entry) =>
  bodiesOf(response.element, variant).reduce((sum, body) => sum + (body.textContent ?? '').length, 0);

export function createGrowth({ page, now, readFlags, onSettled, onStir }: GrowthOptions) {
  const watches = new Map<Entry, Watch>();

  const pause = (watch: Watch) => {
    page.clearTimeout(watch.timer);
    watch.nodes.disconnect();
    watch.marks.disconnect();
  };

  const observe = (entry: Entry, watch: Watch) => {
    const { element, body } = entry.response;
    const id = entry.variant.messageId?.attribute;
    const what = { childList: true, characterData: true, subtree: true, ...(id && { attributeFilter: [id] }) };
    watch.nodes.observe(element, what);
    // The text may be in shadow roots of the message.
    for (const part of body) {
      const root = part.shadowRoot ?? part.getRootNode();
      if (root !== element.getRootNode()) watch.nodes.observe(root, what);
    }
  };

  const measure = (entry: Entry, watch: Watch, at: number) => {
    const size = lengthOf(entry);
    if (size === watch.size) return;
    Object.assign(watch, { size, grewAt: at, active: true });
  };

  /** Asks for the votes and arranges to be woken by whatever can change them. */
  const judge = (entry: Entry, watch: Watch) => {
    pause(watch);
    const flags = readFlags(entry);
    measure(entry, watch, now());
    const native = flags.streaming || flags.busy;
    watch.active ||= native;
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
      watch.growing = false;
      observe(entry, watch);
      onSettled(entry);
      return;
    }
    for (const { element, selector } of flags.marks) {
      const attributeFilter = attributesOf(selector);
      if (attributeFilter.length > 0) watch.marks.observe(element, { attributeFilter });
      if (element.parentNode) watch.marks.observe(element.parentNode, { childList: true });
    }
    if (!native) observe(entry, watch);
    const wait = native ? Math.min(verdict.again, heartbeat) : verdict.again;
    watch.timer = page.setTimeout(() => judge(entry, watch), wait);
  };

  const onMutation = (entry: Entry, watch: Watch) => {
    pause(watch);
    watch.timer = page.setTimeout(() => {
      observe(entry, watch);
      if (!watch.growing) return onStir(entry);
      measure(entry, watch, now() - blink);
      const wait = watch.grewAt + entry.variant.quietMs - now();
      watch.timer = page.setTimeout(() => judge(entry, watch), Math.max(0, wait));
    }, blink);
  };

  const start = (entry: Entry, growing: boolean): Watch | null => {
    if (watches.size >= watchLimit) return null;
    const watch: Watch = {
      nodes: new page.MutationObserver(() => onMutation(entry, watch)),
      marks: new page.MutationObserver(() => judge(entry, watch)),
      ...{ size: lengthOf(entry), grewAt: now(), timer: 0 },
      ...{ growing, active: false, streamed: false, revoked: false },
    };
    watches.set(entry, watch);
    return watch;
  };

  const drop = (entry: Entry) => {
    const watch = watches.get(entry);
    if (watch) pause(watch);
    watches.delete(entry);
  };

  return {
    /** Watches a message that may grow, until the votes say that it has settled. False where it is not watched. */
    grow(entry: Entry): boolean {
      const watch = watches.get(entry) ?? start(entry, true);
      if (watch) judge(entry, watch);
      return watch !== null;
    },
    /** As `grow`, for a message that had settled and has grown since. */
    regrow(entry: Entry): boolean {
      const watch = watches.get(entry) ?? start(entry, true);
      if (!watch) return false;
      Object.assign(watch, { growing: true, revoked: true, active: true, grewAt: now() });
      judge(entry, watch);
      return true;
    },
    /** Watches a settled message, in case it grows after all. */
    rest(entry: Entry): void {
      if (watches.has(entry)) return;
      const watch = start(entry, false);
      if (watch) observe(entry, watch);
    },
    /** Asks for the votes of all that grow: something on the page changed. */
    poll(): void {
      for (const [entry, watch] of watches) if (watch.growing) judge(entry, watch);
    },
    isGrowing: (entry: Entry) => watches.get(entry)?.growing === true,
    /** Messages that have been seen growing. */
    active: (): Entry[] => [...watches].filter(([, watch]) => watch.growing && watch.active).map(([entry]) => entry),
    drop,
    /** Stops watching settled messages that the test does not keep. */
    keep(test: (entry: Entry) => boolean): void {
      for (const [entry, watch] of watches) if (!watch.growing && !test(entry)) drop(entry);
    },
    stop(): void {
      for (const entry of [...watches.keys()]) drop(entry);
    },
  };
}
