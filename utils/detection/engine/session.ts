/** One run of the detector: wires rules, observers and the thread together, from start until its signal aborts. */
import { conversationOf } from '../identity.ts';
import type { DetectionChange, Response, SiteRule } from '../types.ts';
import { watchAddress } from './address.ts';
import { entryAround, sortBatch } from './batch.ts';
import { takeCensus } from './census.ts';
import { type CompiledRule, type CompiledVariant, compileRule } from './compile.ts';
import { readFlags, streamingMark } from './flags.ts';
import { createGrowth } from './growth.ts';
import { createNaming } from './naming.ts';
import { presentRules, waitForRules } from './presence.ts';
import { idOf, promptBefore, readMessage } from './read.ts';
import { createRootSearch } from './root-search.ts';
import { compareAcross, type Root } from './roots.ts';
import { candidateRules } from './rules.ts';
import { createSlowRuleGuard } from './slow-rules.ts';
import { createStructure } from './structure.ts';
import { createThread, type Entry } from './thread.ts';

type Page = Window & typeof globalThis;

/** The longest that one task may read messages, in ms; a frame has 16. */
const sliceMs = 6;
/** How long a response must stay on the page after the site named the conversation to belong to it, in ms. */
const namingPause = 1_000;
/** More responses than any thread has; beyond, the page is not believed. */
const responseLimit = 2_000;

export interface SessionOptions {
  readonly page: Page;
  readonly rules: readonly SiteRule[];
  readonly now: () => number;
  readonly quietMs: number | undefined;
}

/** What the detector asks of its run. */
export interface Session {
  /** In document order. */
  inOrder(): readonly Entry[];
  /** The response around a node, across open shadow roots. */
  entryAround(node: Node): Entry | null;
  /** The response with this key. */
  find(key: string): Entry | null;
  /** The variant that found a response, also where it has left the page. */
  variantOf(response: Response): CompiledVariant | null;
  promptBefore(message: Element, rule: CompiledRule): Element | null;
  /** A node inside what may be a message that nobody has seen: looks again where it is one. */
  doubt(node: Node): void;
}

/** Starts a run. `onReady` gets its handle before the first change is told. */
export function startSession(
  { page, rules, now, quietMs }: SessionOptions,
  signal: AbortSignal,
  onChange: (change: DetectionChange) => void,
  onReady: (session: Session) => void,
): void {
  const { document } = page;
  const thread = createThread();
  const naming = createNaming(thread, () => conversation);
  const growth = createGrowth({
    page,
    now,
    readFlags: (entry) => readFlags(entry, isNewest(entry), structure.roots),
    onSettled,
    onStir(entry) {
      reread(entry);
      tell();
    },
  });
  const structure = createStructure(page, onBatch);
  const rootSearch = createRootSearch(page, now, onRoot);
  /** The last response of each root. */
  const newest = new Map<Root, Entry>();
  const isTooSlow = createSlowRuleGuard();

  let wanted: readonly SiteRule[] = [];
  let candidates: readonly CompiledRule[] = [];
  let active: readonly CompiledRule[] = [];
  let conversation: string | null = null;
  let told: string | null = null;
  /** The page was read to its end once; what comes now comes before our eyes. */
  let begun = false;
  /** In the middle of reading: what changes is told at its end. */
  let reading = false;
  let stopWaiting = () => {};
  let nextScan = 0;
  let nextNaming = 0;
  let nextSearch = 0;
  let blankWatch: MutationObserver | null = null;

  const isNewest = (entry: Entry) => newest.get(entry.response.element.getRootNode() as Root) === entry;
  const promptOf = (entry: Entry) => promptBefore(entry.response.element, entry.variant.rule, structure.roots);

  function tell(): void {
    if (reading) return;
    structure.leaveOut(growth.active().map(({ response }) => response.element));
    const change = thread.takeChange();
    if (!change && conversation === told) return;
    told = conversation;
    onChange({ ...(change ?? { rekeyed: [], added: [], changed: [], removed: [] }), conversationKey: conversation });
  }

  function remove(entry: Entry): void {
    growth.drop(entry);
    thread.remove(entry);
  }

  function removeDisconnected(): void {
    for (const entry of thread.entries()) if (!entry.response.element.isConnected) remove(entry);
    structure.prune();
    for (const root of newest.keys()) if (!root.isConnected) newest.delete(root);
  }

  /** Looks again at a known message whose nodes changed. */
  function reread(entry: Entry): void {
    const { response } = entry;
    const current = readMessage(response.element, entry.variant.rule);
    const otherText = current?.print.hash !== entry.print.hash;
    const otherId = current !== null && current.given !== null && current.given !== entry.identity;
    const otherPlace = otherId || response.conversationKey !== conversation;
    if (!current || (response.settled && otherText && otherPlace)) {
      // Empty now, or the framework put another message into these nodes.
      remove(entry);
      nextTask();
      return;
    }
    if (otherId) naming.rename(entry, current, () => null);
    if (current.bodies.some((body, at) => body !== response.body[at])) thread.update(entry, { body: current.bodies });
    if (!otherText || growth.isGrowing(entry)) return;
    entry.print = current.print;
    thread.update(entry, { settled: false });
    if (!growth.regrow(entry)) onSettled(entry);
  }

  function onSettled(entry: Entry): void {
    const { element } = entry.response;
    const current = element.isConnected ? readMessage(element, entry.variant.rule) : null;
    if (current) {
      naming.rename(entry, current, () => promptOf(entry));
      thread.update(entry, { settled: true, body: current.bodies });
      if (!isNewest(entry)) growth.drop(entry);
    } else remove(entry);
    tell();
  }

  /**
   * Finds what is new on and under `top`; of a root also what is not there any more. Answers false where time was up.
   */
  function scan(top: Root | Element, until: number): boolean {
    const seen = new Set<Entry>();
    const growing: Entry[] = [];
    const root = top.getRootNode() as Root;
    let fresh = 0;
    let complete = true;
    let blank: Element | null = null;
    for (const rule of active) {
      const before = newest.get(root);
      // One look at a whole root spares two at each message.
      const marked = new Set<CompiledVariant>(
        rule.variants.filter(({ streaming }) => streaming && (top !== root || root.querySelector(streaming))),
      );
      const census = takeCensus(top, {
        ...{ rule, thread, now, until, room: responseLimit - thread.size(), last: before?.response.element },
        onKnown(entry) {
          seen.add(entry);
          // An id can change without any node coming or going. Not asked again for each slice of a long thread.
          if (!begun) return;
          const { given } = idOf(entry.response.element, entry.variant);
          if (given !== null && given !== entry.identity) reread(entry);
        },
        onNew({ element, reading: found, prompt, last }) {
          fresh += 1;
          const { variant } = found;
          const streams = marked.has(variant) && streamingMark(element, variant.streaming) !== null;
          const promptOf = () =>
            prompt ?? (top === root && rule.printed ? null : promptBefore(element, rule, structure.roots));
          const entry = naming.adopt(element, found, promptOf, last || streams, (begun && fresh === 1) || streams);
          seen.add(entry);
          if (last || streams) growing.push(entry);
          return entry;
        },
      });
      complete &&= census.complete;
      blank ??= census.blank;
      const { newest: last } = census;
      if (last && (top === root || !before || compareAcross(before.response.element, last.response.element) < 0)) {
        newest.set(root, last);
      }
      if (isTooSlow(rule, census.queryMs)) active = active.filter((one) => one !== rule);
    }
    for (const entry of growing) if (!growth.grow(entry)) onSettled(entry);
    if (complete && top === root) {
      for (const entry of thread.entries()) {
        if (!seen.has(entry) && entry.response.element.getRootNode() === root) remove(entry);
      }
    }
    if (complete) watchBlank(blank);
    return complete;
  }

  /** An answer that has no text yet may get it without any node coming or going. */
  function watchBlank(element: Element | null): void {
    blankWatch?.disconnect();
    blankWatch = element && new page.MutationObserver(nextTask);
    if (element) blankWatch?.observe(element, { characterData: true, subtree: true });
  }

  function scanAll(tops: Iterable<Root | Element> = structure.roots): void {
    const until = now() + sliceMs;
    let complete = true;
    reading = true;
    for (const top of tops) complete = scan(top, until) && complete;
    if (complete) {
      begun = true;
      growth.keep(isNewest);
      for (const entry of newest.values()) growth.rest(entry);
    } else nextTask();
    reading = false;
    tell();
  }

  function nextTask(): void {
    if (nextScan !== 0 || signal.aborted) return;
    nextScan = page.setTimeout(() => {
      nextScan = 0;
      removeDisconnected();
      scanAll();
    });
  }

  function onRoot(root: ShadowRoot): void {
    if (structure.roots.has(root)) return;
    if (active.length === 0) {
      const found = presentRules(candidates, root);
      if (found.length > 0) activate(found);
      else rootSearch.search(root);
    }
    if (active.length === 0) return;
    structure.add(root);
    rootSearch.search(root);
    nextTask();
  }

  function onBatch(records: readonly MutationRecord[]): void {
    look();
    if (active.length === 0) return;
    const batch = sortBatch(records, active.map((rule) => rule.assistants).join(','), thread);
    // Where the messages are in the document itself, shadow roots are somebody else's.
    if (structure.roots.size > 1 || thread.size() === 0) for (const node of batch.fresh) rootSearch.search(node);
    reading = true;
    if (batch.left) removeDisconnected();
    for (const entry of batch.stirred) {
      if (!growth.isGrowing(entry) && thread.at(entry.response.element) === entry) reread(entry);
    }
    growth.poll();
    reading = false;
    if (batch.suspects === null) scanAll();
    else if (batch.suspects.size > 0) scanAll(batch.suspects);
    else tell();
  }

  function activate(found: readonly CompiledRule[]): void {
    stopWaiting();
    active = found;
    conversation = conversationNow();
    structure.add(document);
    scanAll();
    // Not needed for the first answers, so it may wait for its own task.
    nextSearch = page.setTimeout(() => thread.size() === 0 && rootSearch.search(document));
  }

  function deactivate(): void {
    stopWaiting();
    page.clearTimeout(nextSearch);
    rootSearch.stop();
    growth.stop();
    structure.stop();
    watchBlank(null);
    newest.clear();
    for (const entry of thread.entries()) thread.remove(entry);
    active = [];
    begun = false;
  }

  /** Chooses the rules for the address that the page has now. */
  function choose(): void {
    wanted = candidateRules(rules, page.location.href);
    candidates = wanted
      .map((rule) => compileRule(rule, document, page.location.host, quietMs))
      .filter((rule) => rule !== null);
    const present = presentRules(candidates, document);
    if (present.length > 0) activate(present);
    else if (candidates.length > 0) {
      stopWaiting = waitForRules(page, candidates, () => rootSearch.search(document), activate);
    }
  }

  const conversationNow = () =>
    conversationOf(active[0]?.conversation ?? [], page.location.pathname + page.location.search);

  /** The responses that stayed when the site gave the conversation a name get it as well. */
  function nameConversation(): void {
    removeDisconnected();
    for (const entry of [...thread.entries()]) {
      if (entry.response.conversationKey === null) thread.rekey(entry, entry.identity, conversation);
    }
    tell();
  }

  function onMove(address: string): void {
    const next = candidateRules(rules, address);
    if (next.length !== wanted.length || next.some((rule, at) => rule !== wanted[at])) {
      deactivate();
      conversation = null;
      choose();
    } else {
      const before = conversation;
      conversation = conversationNow();
      page.clearTimeout(nextNaming);
      if (before === null && conversation !== null) nextNaming = page.setTimeout(nameConversation, namingPause);
    }
    tell();
  }

  const look = watchAddress(page, signal, onMove);
  document.addEventListener('visibilitychange', () => document.hidden || growth.poll(), { signal });
  rootSearch.start(signal);
  signal.addEventListener('abort', () => {
    deactivate();
    page.clearTimeout(nextScan);
    page.clearTimeout(nextNaming);
  });

  onReady({
    inOrder: () => thread.inOrder(compareAcross),
    entryAround: (node) => entryAround(node, thread),
    find: thread.find,
    variantOf({ foundBy }) {
      const rule = active.find((one) => one.rule.id === foundBy.site);
      return rule?.variants.find(({ id }) => id === foundBy.variant) ?? null;
    },
    promptBefore: (message, rule) => promptBefore(message, rule, structure.roots),
    doubt(node) {
      const element = node instanceof Element ? node : node.parentElement;
      if (active.some((rule) => element?.closest(rule.assistants))) nextTask();
    },
  });
  choose();
}
