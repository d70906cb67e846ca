/**
 * The responses that are on the page, by key and by element, and what changed about them since the last report.
 * Knows nothing of rules, observers or time.
 */
import type { TextPrint } from '../fingerprint.ts';
import { keyOf } from '../identity.ts';
import type { DetectionChange, Evidence, Response } from '../types.ts';
import type { CompiledVariant } from './compile.ts';

/** One response with what detection remembers about it. */
export interface Entry {
  response: Response;
  variant: CompiledVariant;
  /** Last part of the key, without what tells twins apart. */
  identity: string;
  print: TextPrint;
  /** How its text begins; empty where the site names it. */
  head: string;
  /** The place among the answers to one prompt; empty where none is known, null where nobody has looked. */
  place: string | null;
  /** The key under which it is remembered there. */
  placed: string | null;
  /** A person pointed at it; no rule found it. */
  readonly chosen: boolean;
  /** The part of its element that a person selected; null for all of it. */
  range: Range | null;
  /** What a person said about this very message. */
  claim: readonly Evidence[];
  /** Hash of the prompt; null where there is none, undefined where the identity does not need it. */
  promptHash: number | null | undefined;
}

type Change = Omit<DetectionChange, 'conversationKey'>;
/** What can change about a response besides its key. */
export type Look = Partial<Omit<Response, 'key' | 'conversationKey'>>;

export function createThread() {
  const byKey = new Map<string, Entry>();
  const byElement = new Map<Element, Entry>();
  const added = new Set<Entry>();
  const changed = new Set<Entry>();
  const gone = new Set<Entry>();
  let moved: { readonly from: string; readonly entry: Entry }[] = [];
  let ordered: readonly Entry[] | null = null;

  const place = (entry: Entry) => {
    byKey.set(entry.response.key, entry);
    // A selection inside a response lies on the same element at most; the response keeps it.
    if (entry.range === null || !byElement.has(entry.response.element)) byElement.set(entry.response.element, entry);
    ordered = null;
  };

  return {
    /** All, in no order. */
    entries: (): Iterable<Entry> => byKey.values(),
    size: () => byKey.size,
    at: (element: Element) => byElement.get(element) ?? null,
    find: (key: string) => byKey.get(key) ?? null,

    /** The key, or the first twin of it that is free: equal messages without an id differ in nothing else. */
    freeKey(site: string, conversation: string | null, identity: string): string {
      const key = keyOf(site, conversation, identity);
      let free = key;
      for (let twin = 2; byKey.has(free); twin += 1) free = `${key}~${twin}`;
      return free;
    },

    /** Puts a response on the page. */
    add(entry: Entry): void {
      place(entry);
      added.add(entry);
    },

    /** Changes what is known of a response. */
    update(entry: Entry, look: Look): void {
      entry.response = { ...entry.response, ...look };
      changed.add(entry);
    },

    /** Gives a response another identity or conversation. */
    rekey(entry: Entry, identity: string, conversationKey: string | null = entry.response.conversationKey): void {
      const from = entry.response.key;
      byKey.delete(from);
      const key = this.freeKey(entry.variant.rule.site, conversationKey, identity);
      entry.identity = identity;
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

    /** Takes a response off the page; until the next report it can come back. */
    remove(entry: Entry): void {
      byKey.delete(entry.response.key);
      if (byElement.get(entry.response.element) === entry) byElement.delete(entry.response.element);
      ordered = null;
      if (!added.delete(entry)) gone.add(entry);
    },

    /** The response that left since the last report and passes the test. */
    gone(test: (entry: Entry) => boolean): Entry | null {
      for (const entry of gone) if (test(entry)) return entry;
      return null;
    },

    /** Brings a response back in new nodes. */
    revive(entry: Entry, look: Look): void {
      gone.delete(entry);
      entry.response = { ...entry.response, ...look };
      place(entry);
      changed.add(entry);
    },

    /** In document order. `compare` orders two elements. */
    inOrder(compare: (a: Element, b: Element) => number): readonly Entry[] {
      ordered ??= [...byKey.values()].sort((a, b) => compare(a.response.element, b.response.element));
      return ordered;
    },

    isChanged: () => added.size + changed.size + gone.size + moved.length > 0,

    /** Everything since the last report, or null where nothing changed. */
    takeChange(): Change | null {
      if (!this.isChanged()) return null;
      const responses = (entries: Iterable<Entry>) => Array.from(entries, ({ response }) => response);
      const here = ({ response }: Entry) => byKey.has(response.key);
      const change: Change = {
        rekeyed: moved
          .filter(({ entry }) => here(entry))
          .map(({ from, entry }) => ({ from, response: entry.response })),
        added: responses(added),
        changed: responses([...changed].filter((entry) => here(entry) && !added.has(entry))),
        removed: responses([...gone].filter((entry) => !here(entry))),
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
