/**
 * The responses that are on the page, by key and by element, and what changed about them since the last report.
 * Knows nothing of rules, observers or time.
 */
import type { TextPrint } from '../fingerprint.ts';
import { keyOf } from '../identity.ts';
import type { DetectionChange, Rekeyed, Response } from '../types.ts';
import type { CompiledVariant } from './compile.ts';

/** One response with what detection remembers about it. */
export interface Entry {
  response: Response;
  readonly variant: CompiledVariant;
  /** Last part of the key, without what tells twins apart. */
  identity: string;
  /** The identity is final: not the one of a growing response without an id. */
  final: boolean;
  print: TextPrint;
  /** Print of the prompt; null where there is none, undefined where nobody asked yet. */
  promptHash: string | null | undefined;
}

type Change = Omit<DetectionChange, 'conversationKey'>;

export function createThread() {
  const byKey = new Map<string, Entry>();
  const byElement = new WeakMap<Element, Entry>();
  const added = new Set<Entry>();
  const changed = new Set<Entry>();
  const gone = new Map<string, Entry>();
  let moved: { readonly from: string; readonly entry: Entry }[] = [];
  let ordered: readonly Entry[] | null = null;

  /** The key, or the first twin of it that is free: equal messages without an id differ in nothing else. */
  const freeKey = (site: string, conversation: string | null, identity: string) => {
    const key = keyOf(site, conversation, identity);
    let free = key;
    for (let twin = 2; byKey.has(free); twin += 1) free = `${key}~${twin}`;
    return free;
  };

  const place = (entry: Entry) => {
    byKey.set(entry.response.key, entry);
    byElement.set(entry.response.element, entry);
    ordered = null;
  };

  return {
    get entries(): Iterable<Entry> {
      return byKey.values();
    },
    get size() {
      return byKey.size;
    },
    at: (element: Element) => byElement.get(element) ?? null,
    find: (key: string) => byKey.get(key) ?? null,

    /** Puts a response on the page. */
    add(entry: Omit<Entry, 'response'>, response: Omit<Response, 'key'>): Entry {
      const { site } = entry.variant.rule;
      const made: Entry = {
        ...entry,
        response: { ...response, key: freeKey(site, response.conversationKey, entry.identity) },
      };
      place(made);
      added.add(made);
      return made;
    },

    /** Changes what is known of a response; a new element takes the old one's place. */
    update(entry: Entry, change: Partial<Omit<Response, 'key'>>): void {
      if (change.element && change.element !== entry.response.element) {
        byElement.delete(entry.response.element);
        byElement.set(change.element, entry);
        ordered = null;
      }
      entry.response = { ...entry.response, ...change };
      changed.add(entry);
    },

    /** Gives a response another identity or conversation. */
    rekey(entry: Entry, identity: string, conversationKey: string | null = entry.response.conversationKey): void {
      const from = entry.response.key;
      entry.identity = identity;
      byKey.delete(from);
      const key = freeKey(entry.variant.rule.site, conversationKey, identity);
      entry.response = { ...entry.response, key, conversationKey };
      byKey.set(key, entry);
      if (key === from) return;
      if (!added.has(entry)) moved.push({ from, entry });
      changed.add(entry);
    },

    /** Says that what was kept under another identity is this response's. */
    inherit(entry: Entry, identity: string): void {
      const from = keyOf(entry.variant.rule.site, entry.response.conversationKey, identity);
      if (!byKey.has(from)) moved.push({ from, entry });
    },

    /** Takes a response off the page; until the next report it can come back with `revive`. */
    remove(entry: Entry): void {
      byKey.delete(entry.response.key);
      byElement.delete(entry.response.element);
      ordered = null;
      if (!added.delete(entry)) gone.set(entry.response.key, entry);
    },

    /** The response that left since the last report and passes the test. */
    gone(test: (entry: Entry) => boolean): Entry | null {
      for (const entry of gone.values()) if (test(entry)) return entry;
      return null;
    },

    /** Brings a response back that left since the last report, in a new element. */
    revive(entry: Entry, change: Partial<Omit<Response, 'key'>>): void {
      gone.delete(entry.response.key);
      entry.response = { ...entry.response, ...change };
      place(entry);
      changed.add(entry);
    },

    /** In document order. `compare` orders two elements. */
    inOrder(compare: (a: Element, b: Element) => number): readonly Entry[] {
      ordered ??= [...byKey.values()].sort((a, b) => compare(a.response.element, b.response.element));
      return ordered;
    },

    /** Everything since the last report, or null where nothing changed. */
    takeChange(): Change | null {
      if (added.size + changed.size + gone.size + moved.length === 0) return null;
      const alive = (entry: Entry) => byKey.get(entry.response.key) === entry;
      const rekeyed: Rekeyed[] = moved
        .filter(({ entry }) => alive(entry))
        .map(({ from, entry }) => ({ from, response: entry.response }));
      const change: Change = {
        rekeyed,
        added: [...added].map(({ response }) => response),
        changed: [...changed].filter((entry) => alive(entry) && !added.has(entry)).map(({ response }) => response),
        removed: [...gone.values()].map(({ response }) => response),
      };
      added.clear();
      changed.clear();
      gone.clear();
      moved = [];
      return change;
    },
  };
}

export type Thread = ReturnType<typeof createThread>;
