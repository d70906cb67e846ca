/** One run of the detector: wires rules, finder, observers and the thread together, from start until its signal aborts. */
import type { DetectionChange, Health, PageRules, Response, Survey, UnknownAuthor } from '../types.ts';
import { watchAddress } from './address.ts';
import { entryAround, sortBatch } from './batch.ts';
import { createChosen } from './chosen.ts';
import type { CompiledRule, CompiledVariant } from './compile.ts';
import { createFallback } from './fallback.ts';
import type { Finder } from './finder.ts';
import { readFlags } from './flags.ts';
import { createForce, type Force } from './force.ts';
import { createGrowth } from './growth.ts';
import { createHealthWatch } from './health-watch.ts';
import { createNaming } from './naming.ts';
import { promptBefore } from './read.ts';
import { createRootSearch } from './root-search.ts';
import { compareAcross, type Root } from './roots.ts';
import { createScanner } from './scan.ts';
import { createSlowRuleGuard } from './slow-rules.ts';
import { createStrangers } from './strangers.ts';
import { createStructure } from './structure.ts';
import { createThread, type Entry } from './thread.ts';
import { createVariants } from './variants.ts';

type Page = Window & typeof globalThis;

/** How long a response must stay on the page after the site named the conversation to belong to it, in ms. */
const namingPause = 1_000;
/** More shadow roots than any chat is made of. */
const rootLimit = 200;

export interface SessionOptions {
  readonly page: Page;
  readonly rules: PageRules;
  readonly now: () => number;
  readonly quietMs: number | undefined;
  readonly loadFinder: () => Promise<Finder | null>;
}

/** What the detector asks of its run. */
export interface Session {
  readonly force: Force;
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
  include(what: Element | Range): Response | null;
  use(rules: PageRules): void;
  authors(): readonly UnknownAuthor[];
  conversation(): string | null;
  /** All that are known, whether or not messages are looked for in them. */
  roots(): readonly Root[];
  health(): Health;
  rule(): Survey['rule'];
  /** How long detection has worked, in ms. */
  spent(): number;
}

/** Starts a run. `onReady` gets its handle before the first change is told. */
export function startSession(
  { page, now, quietMs, rules, loadFinder }: SessionOptions,
  signal: AbortSignal,
  onChange: (change: DetectionChange) => void,
  onHealth: (state: Health['state']) => void,
  onReady: (session: Session) => void,
): void {
  const { document } = page;
  const thread = createThread();
  const strangers = createStrangers();
  const variants = createVariants(thread);
  const guard = createSlowRuleGuard(now);
  const rootSearch = createRootSearch(page, now, onRoot);
  const force = createForce({ page, quietMs, given: rules, searchRoots: () => rootSearch.search(document), onForce });
  const { active, threshold } = force;
  const authors = (rule: CompiledRule) => force.authors(rule);
  const naming = createNaming(thread, () => conversation, threshold);
  const growth = createGrowth({
    page,
    now,
    readFlags: (entry) => readFlags(entry, scanner.isNewest(entry), structure.roots),
    onSettled(entry) {
      scanner.onSettled(entry);
      chosen.onSettled(entry);
    },
    onStir(entry) {
      scanner.reread(entry);
      tell();
    },
  });
  const structure = createStructure(page, (records) => timed(() => onBatch(records)));
  const scanner = createScanner({
    ...{ page, now, thread, naming, growth, structure, active, authors, threshold, tell },
    conversation: () => conversation,
    mayScan(rule, root) {
      const ms = guard.foresee(rule, root);
      if (ms > 0) force.drop(rule, ms);
      return ms === 0;
    },
    onQuery(rule, ms) {
      if (guard.isTooSlow(rule, ms)) force.drop(rule, ms);
    },
    onOther(element, { role, author }, rule) {
      strangers.note(element, role === 'unknown' ? author : null, force.sitesOf(rule)[0]);
    },
    onChosenLeft: (entry) => chosen.onLeft(entry),
    timed,
  });
  const chosen = createChosen({
    ...{ page, now, thread, threshold },
    conversation: () => conversation,
    host: force.host,
    rules: active,
    roots: allRoots,
    around: (node) => entryAround(node, thread),
    onThere(entry) {
      structure.add(document);
      const root = entry.response.element.getRootNode();
      if (root !== document) structure.add(root as Root);
      if (entry.range === null) growth.rest(entry);
      tell();
    },
  });
  const health = createHealthWatch({
    ...{ page, now, thread, force, onHealth, allRoots },
    roots: () => structure.roots,
    conversation: () => conversation,
  });
  const fallback = createFallback({
    ...{ page, now, load: loadFinder, roots: allRoots, force, found: health.found },
    onLook(another, ms) {
      spent += ms;
      if (another) timed(() => scanner.rejudgeAll());
      tell();
      health.check();
    },
  });

  const knownRoots = new Set<ShadowRoot>();
  let conversation: string | null = null;
  let told: string | null = null;
  let spoken = false;
  let spent = 0;
  let nextNaming = 0;
  /** Answers came whose place among others has not been looked for. */
  let unplaced = false;
  let nextSearch = 0;

  function timed<T>(work: () => T): T {
    const start = now();
    const result = work();
    spent += now() - start;
    return result;
  }

  function allRoots(): readonly Root[] {
    for (const root of knownRoots) if (!root.isConnected) knownRoots.delete(root);
    return [document, ...knownRoots];
  }

  function tell(): void {
    if (scanner.isReading()) return;
    structure.leaveOut(growth.active().map(({ response }) => response.element));
    const asked = strangers.takeChange();
    if (!thread.isChanged() && !asked && !unplaced && conversation === told) return;
    // Which answers belong together is asked once all have been read.
    unplaced = scanner.isUnfinished();
    if (!unplaced) variants.look(active(), structure.roots);
    const change = thread.takeChange();
    // A page without responses hears nothing, whatever its conversation is called.
    if (!change && !asked && !spoken) return;
    const { rule, generic } = health.found();
    if (rule > 0 && force.induced()) letGoOfInduced();
    else if (rule + generic === 0) fallback.soon();
    told = conversation;
    spoken = true;
    onChange({ ...(change ?? { rekeyed: [], added: [], changed: [], removed: [] }), conversationKey: conversation });
    health.check();
  }

  /** The page shows something else from now on. */
  function begin(): void {
    health.begin();
    fallback.begin();
  }

  function onRoot(root: ShadowRoot): void {
    if (knownRoots.size < rootLimit) knownRoots.add(root);
    if (structure.roots.has(root)) return;
    const watched = force.onRoot(root);
    if (watched) structure.add(root);
    rootSearch.search(root);
    if (watched) scanner.nextTask();
  }

  function onBatch(records: readonly MutationRecord[]): void {
    look();
    const rows = active().map((rule) => rule.rows);
    const batch = sortBatch(records, rows.join(',') || ':not(*)', thread);
    // Where the messages are in the document itself, shadow roots are somebody else's.
    if (structure.roots.size > 1 || thread.size() === 0) for (const node of batch.fresh) rootSearch.search(node);
    scanner.together(() => {
      if (batch.left) {
        scanner.removeDisconnected();
        strangers.prune();
      }
      for (const entry of batch.stirred) {
        if (!growth.isGrowing(entry) && thread.at(entry.response.element) === entry) scanner.reread(entry);
      }
      growth.poll();
    });
    fallback.onFresh(batch.fresh);
    if (batch.suspects === null) scanner.forget();
    if (batch.suspects === null) scanner.scanAll();
    else if (batch.suspects.size > 0) scanner.scanAll(batch.suspects);
    else tell();
  }

  /** Lets go of responses whose rule is not in force. */
  function letGo(): void {
    scanner.letGo(({ variant, chosen: byHand }) => !byHand && !active().includes(variant.rule));
    scanner.forget();
    strangers.forget();
  }

  function letGoOfInduced(): void {
    force.forgetInduced();
    letGo();
    scanner.nextTask();
  }

  function onForce(): void {
    letGo();
    conversation = force.conversation();
    structure.add(document);
    if (force.induced()) for (const root of knownRoots) structure.add(root);
    timed(() => scanner.scanAll());
    // Not needed for the first answers, so it may wait for its own task.
    page.clearTimeout(nextSearch);
    nextSearch = page.setTimeout(() => thread.size() === 0 && rootSearch.search(document));
  }

  function deactivate(): void {
    page.clearTimeout(nextSearch);
    force.stop();
    fallback.stop();
    rootSearch.stop();
    growth.stop();
    structure.stop();
    scanner.stop();
  }

  /** Begins anew where other rules apply than before; answers whether it did. */
  function chooseAgain(): boolean {
    if (!force.isOutdated()) return false;
    deactivate();
    letGo();
    conversation = null;
    choose();
    return true;
  }

  function choose(): void {
    timed(force.choose);
    // What a person chose stays.
    if (thread.size() > 0) structure.add(document);
    begin();
    health.check();
  }

  /** The responses that stayed when the site gave the conversation a name get it as well. */
  function nameConversation(): void {
    scanner.removeDisconnected();
    for (const entry of [...thread.entries()]) {
      if (entry.response.conversationKey === null) thread.rekey(entry, entry.identity, conversation);
    }
    variants.rename();
    tell();
  }

  function onMove(): void {
    if (!chooseAgain()) {
      const before = conversation;
      conversation = force.conversation();
      page.clearTimeout(nextNaming);
      if (before === null && conversation !== null) nextNaming = page.setTimeout(nameConversation, namingPause);
      if (before !== conversation) begin();
    }
    tell();
  }

  const look = watchAddress(page, signal, onMove);
  document.addEventListener('visibilitychange', () => document.hidden || growth.poll(), { signal });
  rootSearch.start(signal);
  fallback.listen(signal);
  scanner.hidden.listen(signal);
  signal.addEventListener('abort', () => {
    deactivate();
    chosen.stop();
    page.clearTimeout(nextNaming);
    health.stop();
  });

  onReady({
    force,
    inOrder: () => thread.inOrder(compareAcross),
    entryAround: (node) => entryAround(node, thread),
    at: thread.at,
    find: thread.find,
    variantOf({ foundBy }) {
      const rule = active().find((one) => one.rule.id === foundBy.site);
      return rule?.variants.find(({ id }) => id === foundBy.variant) ?? null;
    },
    promptBefore: (message, rule) => promptBefore(message, rule, allRoots()),
    doubt(node) {
      const element = node instanceof Element ? node : node.parentElement;
      if (active().some((rule) => element?.closest(rule.rows))) scanner.nextTask();
    },
    include: chosen.include,
    use(next) {
      const before = force.generic();
      force.use(next);
      if (chooseAgain()) return tell();
      scanner.forget();
      strangers.forget();
      scanner.together(() => scanner.rejudgeAll());
      if (active().length > 0) scanner.scanAll();
      if (before !== next.generic) {
        fallback.stop();
        if (next.generic) begin();
        else if (force.induced()) letGoOfInduced();
      }
      return tell();
    },
    authors: strangers.list,
    conversation: () => conversation,
    roots: allRoots,
    health: health.report,
    rule: force.survey,
    spent: () => spent,
  });
  choose();
}
