/** One run of the detector: wires rules, observers and the thread together, from start until its signal aborts. */

import { conversationOf } from '../identity.ts';
import type { DetectionChange, Response, SiteRule } from '../types.ts';
import { watchAddress } from './address.ts';
import { takeCensus } from './census.ts';
import { type CompiledRule, type CompiledVariant, compileRule } from './compile.ts';
import { readFlags, streamingMark } from './flags.ts';
import { createGrowth } from './growth.ts';
import { createLateRoots } from './late-roots.ts';
import { createNaming, givenIdentity } from './naming.ts';
import { presentRules, waitForRules } from './presence.ts';
import { promptBefore } from './prompt.ts';
import { readMessage } from './read.ts';
import { compareAcross, eachRoot, parentOf, type Root } from './roots.ts';
import { candidateRules } from './rules.ts';
import { createStructure } from './structure.ts';
import { createThread, type Entry } from './thread.ts';

type Page = Window & typeof globalThis;

/** The longest that one task may read messages, in ms; a frame has 16. */
const sliceMs = 8;
/** How long a response must stay on the page after the site named the conversation to belong to it, in ms. */
const namingPause = 1_000;
/** More responses than any thread has; beyond, the page is not believed. */
const responseLimit = 5_000;
/** From so many records a frame on, the roots are searched instead of the records. */
const recordLimit = 2_000;

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
    readFlags: (entry) => readFlags(entry, isNewest(entry), allRoots()),
    onVerdict,
  });
  const structure = createStructure(page, onBatch);
  const lateRoots = createLateRoots(page, addRoot);
  /** The last response of each root. */
  const newest = new Map<Root, Entry>();

  let wanted: readonly SiteRule[] = [];
  let active: readonly CompiledRule[] = [];
  let conversation: string | null = null;
  let told: string | null = null;
  let begun = false;
  let stopWaiting = () => {};
  let nextScan = 0;
  let nextNaming = 0;
  let blankWatch: MutationObserver | null = null;

  const allRoots = (): Iterable<Root> => structure.roots;
  const path = () => page.location.pathname + page.location.search;

  function isNewest(entry: Entry): boolean {
    for (const one of newest.values()) if (one === entry) return true;
    return false;
  }

  function tell(): void {
    structure.leaveOut(growth.growing.map(({ response }) => response.element));
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
    for (const entry of thread.entries) if (!entry.response.element.isConnected) remove(entry);
    structure.prune();
    for (const root of newest.keys()) if (!root.isConnected) newest.delete(root);
  }

  /** Looks again at a known message whose nodes changed. */
  function reread(entry: Entry): void {
    const { response } = entry;
    const { element } = response;
    const reading = readMessage(element, entry.variant.rule);
    if (!reading) {
      remove(entry);
      return;
    }
    const given = givenIdentity(element, reading.variant);
    const otherText = reading.print.hash !== entry.print.hash;
    const otherId = given !== null && given !== entry.identity;
    if (response.settled && otherText && (otherId || response.conversationKey !== conversation)) {
      // The framework put another message into these nodes.
      remove(entry);
      nextTask();
      return;
    }
    if (otherId) naming.rename(entry, reading, () => null);
    const sameBody =
      reading.bodies.length === response.body.length && reading.bodies.every((body, at) => body === response.body[at]);
    if (!sameBody) thread.update(entry, { body: reading.bodies });
    if (!otherText) return;
    entry.print = reading.print;
    if (growth.watch(entry, true)) {
      if (response.settled) thread.update(entry, { settled: false });
      growth.nudge(entry, true);
    } else if (given === null)
      naming.rename(entry, reading, () => promptBefore(element, entry.variant.rule, allRoots()));
  }

  function onVerdict(entry: Entry, settled: boolean): void {
    if (settled) {
      const reading = readMessage(entry.response.element, entry.variant.rule);
      if (!reading || !entry.response.element.isConnected) remove(entry);
      else {
        naming.rename(entry, reading, () => promptBefore(entry.response.element, entry.variant.rule, allRoots()));
        thread.update(entry, { settled: true, body: reading.bodies });
        if (!isNewest(entry)) growth.drop(entry);
      }
    } else thread.update(entry, { settled: false });
    tell();
  }

  /** Finds what is new in a root and what is not there any more; answers false where time was up. */
  function scan(root: Root, until: number): boolean {
    let complete = true;
    const seen = new Set<Entry>();
    let blank: Element | null = null;
    for (const rule of active) {
      const census = takeCensus(root, rule, thread, () => now() > until);
      complete &&= census.complete;
      blank ??= census.blank;
      for (const entry of census.known) {
        seen.add(entry);
        const given = givenIdentity(entry.response.element, entry.variant);
        if (given !== null && given !== entry.identity) reread(entry);
      }
      const alone = begun && census.fresh.length === 1;
      // What left makes room first, so that a new element of a known response is known again.
      if (census.fresh.length > 0) removeDisconnected();
      const growing: Entry[] = [];
      for (const { element, reading, prompt, last } of census.fresh) {
        if (thread.size >= responseLimit) break;
        const { streaming } = reading.variant;
        const marked = streaming !== undefined && streamingMark(element, streaming) !== null;
        const entry = naming.adopt(element, reading, prompt, last || marked, alone || marked);
        seen.add(entry);
        if (last || marked) growing.push(entry);
      }
      const last = census.fresh.length > 0 ? thread.at(census.fresh.at(-1)?.element as Element) : null;
      const lastKnown = census.known.at(-1);
      const end = last && lastKnown ? later(last, lastKnown) : (last ?? lastKnown);
      if (census.complete && end) newest.set(root, end);
      for (const entry of growing) if (!growth.watch(entry, true)) thread.update(entry, { settled: true });
    }
    if (complete) {
      for (const entry of thread.entries) {
        if (!seen.has(entry) && entry.response.element.getRootNode() === root) remove(entry);
      }
      watchBlank(blank);
    }
    return complete;
  }

  const later = (a: Entry, b: Entry) => (compareAcross(a.response.element, b.response.element) > 0 ? a : b);

  /** An answer that has no text yet may get it without any node coming or going. */
  function watchBlank(element: Element | null): void {
    blankWatch?.disconnect();
    blankWatch = null;
    if (!element) return;
    blankWatch = new page.MutationObserver(nextTask);
    blankWatch.observe(element, { characterData: true, subtree: true });
  }

  function scanAll(which: Iterable<Root> = structure.roots): void {
    const until = now() + sliceMs;
    removeDisconnected();
    let complete = true;
    for (const root of which) complete = scan(root, until) && complete;
    if (complete) {
      begun = true;
      for (const entry of newest.values()) growth.watch(entry, false);
      growth.keep(isNewest);
    } else nextTask();
    tell();
  }

  function nextTask(): void {
    if (nextScan !== 0 || signal.aborted) return;
    nextScan = page.setTimeout(() => {
      nextScan = 0;
      scanAll();
    });
  }

  function addRoot(root: Root): void {
    if (structure.roots.has(root) || active.length === 0) return;
    structure.add(root);
    nextTask();
  }

  /** The response around a node. */
  function entryAround(node: Node): Entry | null {
    for (let at: Node | null = node; at; at = parentOf(at)) {
      const entry = at instanceof Element ? thread.at(at) : null;
      if (entry) return entry;
    }
    return null;
  }

  function onBatch(records: readonly MutationRecord[]): void {
    look();
    if (active.length === 0) return;
    const messages = active.map((rule) => rule.messages).join(',');
    const touched = new Set<Entry>();
    const roots = new Set<Root>();
    const targets = new Map<Node, Entry | null>();
    const many = records.length > recordLimit;
    for (const { target, addedNodes } of many ? [] : records) {
      let entry = targets.get(target);
      if (entry === undefined) {
        entry = entryAround(target);
        targets.set(target, entry);
        // A blank message that got its text.
        if (!entry && target instanceof Element && target.closest(messages)) roots.add(target.getRootNode() as Root);
      }
      if (entry) touched.add(entry);
      for (const node of addedNodes) {
        if (!(node instanceof Element) || !node.isConnected) continue;
        eachRoot(node, addRoot, lateRoots.expect);
        if (!entry && (node.matches(messages) || node.querySelector(messages))) roots.add(node.getRootNode() as Root);
      }
    }
    removeDisconnected();
    for (const entry of touched)
      if (!growth.isGrowing(entry) && thread.at(entry.response.element) === entry) reread(entry);
    for (const entry of growth.growing) growth.nudge(entry, false);
    if (many) scanAll();
    else if (roots.size > 0) scanAll([...roots].filter((root) => structure.roots.has(root)));
    else tell();
  }

  function activate(found: readonly CompiledRule[]): void {
    active = found;
    conversation = active[0] ? conversationOf(active[0].conversation, path()) : null;
    structure.add(document);
    scanAll();
    // Not needed for the first answers, so it may wait for its own task.
    page.setTimeout(() => {
      if (!signal.aborted && active === found) eachRoot(document, addRoot, lateRoots.expect);
    });
  }

  function deactivate(): void {
    stopWaiting();
    growth.stop();
    structure.stop();
    blankWatch?.disconnect();
    newest.clear();
    for (const entry of thread.entries) thread.remove(entry);
    active = [];
    begun = false;
  }

  /** Chooses the rules for the address that the page has now. */
  function choose(): void {
    wanted = candidateRules(rules, page.location.href);
    const candidates = wanted
      .map((rule) => compileRule(rule, document, page.location.host, quietMs))
      .filter((rule) => rule !== null);
    const present = presentRules(candidates, [document]);
    if (present.length > 0) activate(present);
    else if (candidates.length > 0) stopWaiting = waitForRules(page, candidates, activate);
  }

  /** The responses that stayed when the site gave the conversation a name get it as well. */
  function nameConversation(): void {
    nextNaming = 0;
    removeDisconnected();
    for (const entry of [...thread.entries]) {
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
      tell();
      return;
    }
    const before = conversation;
    conversation = active[0] ? conversationOf(active[0].conversation, path()) : null;
    if (conversation === before) return;
    page.clearTimeout(nextNaming);
    nextNaming = before === null ? page.setTimeout(nameConversation, namingPause) : 0;
    tell();
  }

  const look = watchAddress(page, signal, onMove);
  document.addEventListener(
    'visibilitychange',
    () => {
      if (!document.hidden) for (const entry of growth.growing) growth.nudge(entry, false);
    },
    { signal },
  );
  lateRoots.start(signal);
  signal.addEventListener('abort', () => {
    deactivate();
    page.clearTimeout(nextScan);
    page.clearTimeout(nextNaming);
  });
  onReady({
    inOrder: () => thread.inOrder(compareAcross),
    entryAround,
    variantOf(response) {
      const { site, variant } = response.foundBy;
      const rule = active.find((one) => one.rule.id === site);
      return thread.find(response.key)?.variant ?? rule?.variants.find(({ id }) => id === variant) ?? null;
    },
    promptBefore: (message, rule) => promptBefore(message, rule, allRoots()),
    doubt(node) {
      const element = node instanceof Element ? node : node.parentElement;
      if (active.some((rule) => element?.closest(rule.assistants))) nextTask();
    },
  });
  choose();
}
