/** Keeps the thread what the page shows: takes stock of its parts, looks again at what changed, and lets go of what left. */
import { type Passed, takeCensus } from './census.ts';
import { readChosen } from './chosen.ts';
import type { CompiledRule, CompiledVariant } from './compile.ts';
import { streamingMark } from './flags.ts';
import type { createGrowth } from './growth.ts';
import { type createNaming, judged, sameLook } from './naming.ts';
import { idOf, promptBefore, type Reading, readMessage } from './read.ts';
import { type Authors, isAnswer, type Judgement, judge } from './roles.ts';
import { compareAcross, type Root } from './roots.ts';
import { createHidden, isShown } from './shown.ts';
import type { createStructure } from './structure.ts';
import type { Entry, Thread } from './thread.ts';

type Page = Window & typeof globalThis;

/** The longest that one task may read messages, in ms; a frame has 16. */
const sliceMs = 6;
/** More responses than any thread has; beyond, the page is not believed. */
const responseLimit = 2_000;

interface ScannerParts {
  readonly page: Page;
  readonly now: () => number;
  readonly thread: Thread;
  readonly naming: ReturnType<typeof createNaming>;
  readonly growth: ReturnType<typeof createGrowth>;
  readonly structure: ReturnType<typeof createStructure>;
  /** The rules that are at work. */
  readonly active: () => readonly CompiledRule[];
  readonly authors: (rule: CompiledRule) => Authors;
  readonly threshold: () => number;
  readonly conversation: () => string | null;
  /** Whether the rule may look through a root; where it may not, it is out of force from now on. */
  readonly mayScan: (rule: CompiledRule, root: Root) => boolean;
  /** Counts the time that the work takes. */
  readonly timed: (work: () => void) => void;
  /** How long the browser took to find a rule's messages under one element or root, in ms. */
  readonly onQuery: (rule: CompiledRule, ms: number) => void;
  /** Who wrote a message that is no response. */
  readonly onOther: (element: Element, judgement: Judgement, rule: CompiledRule) => void;
  /** A message that a person chose has left the page. */
  readonly onChosenLeft: (entry: Entry) => void;
  /** Something may have changed. */
  readonly tell: () => void;
}

export function createScanner(parts: ScannerParts) {
  const { document } = parts.page;
  const { page, now, thread, naming, growth, structure, active, authors, threshold, conversation, tell } = parts;
  /** The last response of each root. */
  const newest = new Map<Root, Entry>();
  let passed = new WeakMap<Element, Passed>();
  /** The page was read to its end once; what comes now comes before our eyes. */
  let begun = false;
  /** In the middle of reading: what changes is told at its end. */
  let reading = false;
  let nextScan = 0;
  /** What the browser found for a scan that ran out of time. */
  let lists = new Map<CompiledRule, NodeListOf<Element>>();
  let listed = -1;
  let blankWatch: MutationObserver | null = null;
  const hidden = createHidden(page, now, (shown) => {
    for (const element of shown) passed.delete(element);
    // What a pager shows now takes the place of what it showed before.
    for (const entry of [...thread.entries()]) if (!isShown(entry.response.element)) remove(entry);
    nextTask();
    tell();
  });

  const isNewest = (entry: Entry) => newest.get(entry.response.element.getRootNode() as Root) === entry;
  const promptOf = (entry: Entry) => promptBefore(entry.response.element, entry.variant.rule, structure.roots);

  function remove(entry: Entry): void {
    growth.drop(entry);
    thread.remove(entry);
  }

  function removeDisconnected(): void {
    for (const entry of thread.entries()) {
      if (entry.response.element.isConnected) continue;
      remove(entry);
      if (entry.chosen) parts.onChosenLeft(entry);
    }
    structure.prune();
    for (const root of newest.keys()) if (!root.isConnected) newest.delete(root);
  }

  /** What the message says now; null where it is none any more, or blank. */
  function readAgain(entry: Entry): Reading | null {
    if (entry.chosen) return readChosen(entry);
    const { rule } = entry.variant;
    const current = readMessage(entry.response.element, rule, authors(rule));
    return current && 'print' in current ? current : null;
  }

  /** Whether a text goes on as it began; what does not is another message in the same nodes, as behind a pager. */
  const goesOn = ({ head, response }: Entry, now: Reading) =>
    response.role === 'draft' ||
    head === '' ||
    now.head === '' ||
    now.head.startsWith(head) ||
    head.startsWith(now.head);

  /** Looks again at a known message whose nodes changed. */
  function reread(entry: Entry): void {
    const { response } = entry;
    const current = readAgain(entry);
    const otherText = current?.print.hash !== entry.print.hash;
    const otherId = current !== null && current.given !== null && current.given !== entry.identity;
    const otherPlace =
      otherId || response.conversationKey !== conversation() || (current !== null && !goesOn(entry, current));
    if (!current || (response.settled && otherText && otherPlace)) {
      // Empty now, another author's, or the framework put another message into these nodes.
      remove(entry);
      if (entry.chosen) parts.onChosenLeft(entry);
      passed.delete(response.element);
      nextTask();
      return;
    }
    if (otherId) naming.rename(entry, current, () => null);
    const look = judged(current.judgement, threshold(), entry.claim);
    if (!sameLook(entry.response, look)) thread.update(entry, look);
    if (current.bodies.some((body, at) => body !== response.body[at])) thread.update(entry, { body: current.bodies });
    if (!otherText || growth.isGrowing(entry)) return;
    entry.print = current.print;
    thread.update(entry, { settled: false });
    if (!growth.regrow(entry)) onSettled(entry);
  }

  function onSettled(entry: Entry): void {
    const current = entry.response.element.isConnected ? readAgain(entry) : null;
    if (current) {
      naming.rename(entry, current, () => (entry.chosen ? null : promptOf(entry)));
      const look = judged(current.judgement, threshold(), entry.claim);
      thread.update(entry, { settled: true, body: current.bodies, ...look });
      if (!isNewest(entry) && !entry.chosen) growth.drop(entry);
    } else remove(entry);
    tell();
  }

  /** Asks again who wrote a known message: its name may have come, or been spoken of. */
  function rejudge(entry: Entry): void {
    if (entry.chosen) return;
    const judgement = judge(entry.response.element, entry.variant, authors(entry.variant.rule));
    if (!judgement || !isAnswer(judgement.role)) {
      reread(entry);
      return;
    }
    const look = judged(judgement, threshold(), entry.claim);
    if (!sameLook(entry.response, look)) thread.update(entry, look);
  }

  /** Finds what is new on and under `top`; of a root also what is not there any more. Answers false where time was up. */
  function scan(top: Root | Element, until: number): boolean {
    const seen = new Set<Entry>();
    const growing: Entry[] = [];
    const root = top.getRootNode() as Root;
    let fresh = 0;
    let complete = true;
    let blank: Element | null = null;
    for (const rule of active()) {
      if (!parts.mayScan(rule, root)) continue;
      const before = newest.get(root);
      // One look at a whole root spares two at each message.
      const marked = new Set<CompiledVariant>(
        rule.variants.filter(({ streaming }) => streaming && (top !== root || root.querySelector(streaming))),
      );
      if (listed !== structure.version()) lists = new Map();
      listed = structure.version();
      const census = takeCensus(top, {
        list: top === document ? lists.get(rule) : undefined,
        ...{ rule, authors: authors(rule), passed, thread, now, until },
        ...{ room: responseLimit - thread.size(), last: before?.response.element },
        onOther: (element, judgement) => parts.onOther(element, judgement, rule),
        onKnown(entry) {
          seen.add(entry);
          // An id or a name can change without any node coming or going. Not asked again for each slice of a long thread.
          if (!begun) return;
          const { given } = idOf(entry.response.element, entry.variant);
          if (given !== null && given !== entry.identity) reread(entry);
          else if (rule.named) rejudge(entry);
        },
        onNew({ element, reading: found, prompt, last }) {
          fresh += 1;
          const { variant, judgement } = found;
          const streams = marked.has(variant) && streamingMark(element, variant.streaming) !== null;
          const promptOf = () =>
            prompt ?? (top === root && rule.printed ? null : promptBefore(element, rule, structure.roots));
          const grows = last || streams || judgement.role === 'draft';
          const entry = naming.adopt(element, found, promptOf, grows, (begun && fresh === 1) || streams);
          seen.add(entry);
          if (grows) growing.push(entry);
          return entry;
        },
      });
      complete &&= census.complete;
      if (top !== document || census.complete) lists.delete(rule);
      else lists.set(rule, census.list);
      blank ??= census.blank;
      hidden.add(census.hidden);
      const { newest: last } = census;
      if (last && (top === root || !before || compareAcross(before.response.element, last.response.element) < 0)) {
        newest.set(root, last);
      }
      parts.onQuery(rule, census.queryMs);
    }
    for (const entry of growing) if (!growth.grow(entry)) onSettled(entry);
    if (complete && top === root) {
      for (const entry of thread.entries()) {
        if (!seen.has(entry) && !entry.chosen && entry.response.element.getRootNode() === root) remove(entry);
      }
    }
    if (complete) watchBlank(blank);
    return complete;
  }

  /** An answer that has no text yet may get it without any node coming or going. */
  function watchBlank(element: Element | null): void {
    blankWatch?.disconnect();
    blankWatch =
      element &&
      new page.MutationObserver(() => {
        passed.delete(element);
        nextTask();
      });
    if (element) blankWatch?.observe(element, { characterData: true, subtree: true });
  }

  function scanAll(tops: Iterable<Root | Element> = structure.roots): void {
    const until = now() + sliceMs;
    let complete = true;
    reading = true;
    for (const top of tops) complete = scan(top, until) && complete;
    if (complete) {
      begun = true;
      growth.keep((entry) => isNewest(entry) || entry.chosen);
      for (const entry of newest.values()) growth.rest(entry);
    } else nextTask();
    reading = false;
    tell();
  }

  function nextTask(): void {
    if (nextScan !== 0) return;
    nextScan = page.setTimeout(() => {
      nextScan = 0;
      parts.timed(() => {
        removeDisconnected();
        scanAll();
      });
    });
  }

  return {
    isNewest,
    onSettled,
    reread,
    removeDisconnected,
    scanAll,
    nextTask,
    /** There is more to read in a task to come. */
    isUnfinished: () => nextScan !== 0,
    /** In the middle of reading, where nothing is told. */
    isReading: () => reading,
    /** Looks again at known messages, told as one change. */
    together(work: () => void): void {
      reading = true;
      work();
      reading = false;
    },
    /** Nothing that was read before counts any more: who is whose was said anew. */
    forget(): void {
      passed = new WeakMap();
    },
    /** Lets go of what passes the test. */
    letGo(test: (entry: Entry) => boolean): void {
      for (const entry of [...thread.entries()]) if (test(entry)) remove(entry);
    },
    rejudgeAll(): void {
      for (const entry of [...thread.entries()]) rejudge(entry);
    },
    hidden,
    stop(): void {
      hidden.stop();
      page.clearTimeout(nextScan);
      nextScan = 0;
      watchBlank(null);
      newest.clear();
      passed = new WeakMap();
      lists = new Map();
      begun = false;
    },
  };
}
