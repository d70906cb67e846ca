/** One run of the detector: wires rules, observers and the thread together, from start until its signal aborts. */
import { conversationOf } from '../identity.ts';
import type { DetectionChange, Health, PageRules, Response, Survey } from '../types.ts';
import { watchAddress } from './address.ts';
import { entryAround, sortBatch } from './batch.ts';
import { type CompiledRule, type CompiledVariant, compileRule } from './compile.ts';
import { readFlags } from './flags.ts';
import { createGrowth } from './growth.ts';
import { createNaming } from './naming.ts';
import { presentRules, waitForRules } from './presence.ts';
import { promptBefore } from './read.ts';
import { type Authors, authorsOf } from './roles.ts';
import { createRootSearch } from './root-search.ts';
import { compareAcross, type Root } from './roots.ts';
import { addressOf, rulesAt } from './rules.ts';
import { createScanner } from './scan.ts';
import { createSlowRuleGuard } from './slow-rules.ts';
import { createStructure } from './structure.ts';
import { createThread, type Entry } from './thread.ts';

type Page = Window & typeof globalThis;

/** How long a response must stay on the page after the site named the conversation to belong to it, in ms. */
const namingPause = 1_000;

export interface SessionOptions {
  readonly page: Page;
  readonly rules: PageRules;
  readonly now: () => number;
  readonly quietMs: number | undefined;
}

/** What the detector asks of its run. */
export interface Session {
  /** In document order. */
  inOrder(): readonly Entry[];
  /** The response around a node, across open shadow roots. */
  entryAround(node: Node): Entry | null;
  at(element: Element): Entry | null;
  /** The response with this key. */
  find(key: string): Entry | null;
  /** The variant that found a response, also where it has left the page. */
  variantOf(response: Response): CompiledVariant | null;
  promptBefore(message: Element, rule: CompiledRule): Element | null;
  /** A node inside what may be a message that nobody has seen: looks again where it is one. */
  doubt(node: Node): void;
  use(rules: PageRules): void;
  active(): readonly CompiledRule[];
  authors(rule: CompiledRule): Authors;
  conversation(): string | null;
  rule(): Survey['rule'];
  composer(): string | null;
  health(): Health;
  /** How long detection has worked, in ms. */
  spent(): number;
  roots(): Iterable<Root>;
}

/** Starts a run. `onReady` gets its handle before the first change is told. */
export function startSession(
  { page, now, quietMs, ...options }: SessionOptions,
  signal: AbortSignal,
  onChange: (change: DetectionChange) => void,
  _onHealth: (state: Health['state']) => void,
  onReady: (session: Session) => void,
): void {
  const { document } = page;
  const thread = createThread();
  const threshold = () => given.threshold;
  const naming = createNaming(thread, () => conversation, threshold);
  const growth = createGrowth({
    page,
    now,
    readFlags: (entry) => readFlags(entry, scanner.isNewest(entry), structure.roots),
    onSettled: (entry) => scanner.onSettled(entry),
    onStir(entry) {
      scanner.reread(entry);
      tell();
    },
  });
  const structure = createStructure(page, onBatch);
  const rootSearch = createRootSearch(page, now, onRoot);
  const isTooSlow = createSlowRuleGuard();
  const scanner = createScanner({
    ...{ page, now, thread, naming, growth, structure, authors, threshold, tell },
    active: () => active,
    conversation: () => conversation,
    onQuery(rule, ms) {
      if (isTooSlow(rule, ms)) active = active.filter((one) => one !== rule);
    },
  });

  let given = options.rules;
  let wanted: PageRules['rules'] = [];
  let candidates: readonly CompiledRule[] = [];
  let active: readonly CompiledRule[] = [];
  let named = new Map<CompiledRule, Authors>();
  let conversation: string | null = null;
  let told: string | null = null;
  let spoken = false;
  let stopWaiting = () => {};
  let nextNaming = 0;
  let nextSearch = 0;

  /** What was said about the authors of the rule's site. */
  function authors(rule: CompiledRule): Authors {
    const known = named.get(rule) ?? authorsOf(given.authors, [rule.rule.id, page.origin]);
    named.set(rule, known);
    return known;
  }

  function tell(): void {
    if (scanner.isReading()) return;
    structure.leaveOut(growth.active().map(({ response }) => response.element));
    const change = thread.takeChange();
    // A page without responses hears nothing, whatever its conversation is called.
    if (!change && (conversation === told || !spoken)) return;
    told = conversation;
    spoken = true;
    onChange({ ...(change ?? { rekeyed: [], added: [], changed: [], removed: [] }), conversationKey: conversation });
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
    scanner.nextTask();
  }

  function onBatch(records: readonly MutationRecord[]): void {
    look();
    if (active.length === 0) return;
    const batch = sortBatch(records, active.map((rule) => rule.rows).join(','), thread);
    // Where the messages are in the document itself, shadow roots are somebody else's.
    if (structure.roots.size > 1 || thread.size() === 0) for (const node of batch.fresh) rootSearch.search(node);
    scanner.together(() => {
      if (batch.left) scanner.removeDisconnected();
      for (const entry of batch.stirred) {
        if (!growth.isGrowing(entry) && thread.at(entry.response.element) === entry) scanner.reread(entry);
      }
      growth.poll();
    });
    if (batch.suspects === null) scanner.forget();
    if (batch.suspects === null) scanner.scanAll();
    else if (batch.suspects.size > 0) scanner.scanAll(batch.suspects);
    else tell();
  }

  function activate(found: readonly CompiledRule[]): void {
    stopWaiting();
    active = found;
    conversation = conversationNow();
    structure.add(document);
    scanner.scanAll();
    // Not needed for the first answers, so it may wait for its own task.
    nextSearch = page.setTimeout(() => thread.size() === 0 && rootSearch.search(document));
  }

  function deactivate(): void {
    stopWaiting();
    page.clearTimeout(nextSearch);
    rootSearch.stop();
    growth.stop();
    structure.stop();
    scanner.stop();
    for (const entry of thread.entries()) thread.remove(entry);
    active = [];
  }

  /** Chooses the rules for the address that the page has now. */
  function choose(): void {
    wanted = rulesAt(given.rules, addressOf(page));
    named = new Map();
    candidates = wanted
      .map((rule) => compileRule(rule, document, page.location.host, quietMs))
      .filter((rule) => rule !== null);
    const present = presentRules(candidates, document);
    if (present.length > 0) activate(present);
    else if (candidates.length > 0) {
      stopWaiting = waitForRules(page, candidates, () => rootSearch.search(document), activate);
    }
  }

  function conversationNow(): string | null {
    const { pathname, search, hash } = page.location;
    return conversationOf(active[0]?.conversation ?? [], pathname + search + hash);
  }

  /** The responses that stayed when the site gave the conversation a name get it as well. */
  function nameConversation(): void {
    scanner.removeDisconnected();
    for (const entry of [...thread.entries()]) {
      if (entry.response.conversationKey === null) thread.rekey(entry, entry.identity, conversation);
    }
    tell();
  }

  /** Begins anew where other rules apply than before; answers whether it did. */
  function chooseAgain(): boolean {
    const next = rulesAt(given.rules, addressOf(page));
    const same = next.length === wanted.length && next.every((rule, at) => isSameRule(rule, wanted[at]));
    if (same) return false;
    deactivate();
    conversation = null;
    choose();
    return true;
  }

  function onMove(): void {
    if (!chooseAgain()) {
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
    page.clearTimeout(nextNaming);
  });

  onReady({
    inOrder: () => thread.inOrder(compareAcross),
    entryAround: (node) => entryAround(node, thread),
    at: thread.at,
    find: thread.find,
    variantOf({ foundBy }) {
      const rule = active.find((one) => one.rule.id === foundBy.site);
      return rule?.variants.find(({ id }) => id === foundBy.variant) ?? null;
    },
    promptBefore: (message, rule) => promptBefore(message, rule, structure.roots),
    doubt(node) {
      const element = node instanceof Element ? node : node.parentElement;
      if (active.some((rule) => element?.closest(rule.rows))) scanner.nextTask();
    },
    use(rules) {
      given = rules;
      named = new Map();
      if (!chooseAgain()) {
        scanner.forget();
        scanner.together(() => scanner.rejudgeAll());
        if (active.length > 0) scanner.scanAll();
      }
      tell();
    },
    active: () => active,
    authors,
    conversation: () => conversation,
    rule() {
      const [first] = active;
      const owner = wanted.find(({ id }) => id === first?.rule.id);
      if (!first || !owner) return null;
      const { id: site, name, version, origin } = owner;
      return { site, name, version, origin };
    },
    composer: () => composerIn(active, structure.roots),
    health: () => ({
      state: thread.size() > 0 ? 'working' : 'idle',
      message: null,
      selectors: [],
      found: { rule: thread.size(), generic: 0, manual: 0, growing: growth.active().length },
    }),
    spent: () => 0,
    roots: () => structure.roots,
  });
  choose();
}

/** A selector of the rules that finds the composer now. */
function composerIn(rules: readonly CompiledRule[], roots: Iterable<Root>): string | null {
  for (const { rule } of rules) {
    if (rule.composer === undefined) continue;
    for (const root of roots) if (root.querySelector(rule.composer)) return rule.composer;
  }
  return null;
}

const isSameRule = (one: PageRules['rules'][number], other: PageRules['rules'][number] | undefined) =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
