/**
 * Messages that a person pointed at, or selected text in: responses without any rule. Their keys are made of their text alone,
 * and by their text they are found again when the page renders them anew.
 */
import { printText } from '../fingerprint.ts';
import { printIdentity } from '../identity.ts';
import type { Evidence, Response } from '../types.ts';
import { type CompiledRule, compileRule } from './compile.ts';
import { judged } from './naming.ts';
import { nodesIn, rangeAt, startOf } from './ranges.ts';
import type { Reading } from './read.ts';
import type { Root } from './roots.ts';
import type { Entry, Thread } from './thread.ts';

/** When a message that has left the page is looked for, in ms after that. */
const searches = [60, 300, 1_000, 4_000, 15_000];
/** So many elements are compared in one search, and so long, in ms. */
const elementLimit = 4_000;
const sliceMs = 8;
/** Longer selections are no answers. */
const textLimit = 400_000;

const claim: Evidence = { kind: 'manual', detail: 'A reviewer pointed at it', weight: 1 };

/** How to find a message again that has left the page. */
interface Trace {
  readonly entry: Entry;
  readonly selector: string;
  /** Of the whole element. */
  readonly hash: number;
  readonly length: number;
  /** Of the selected part. */
  readonly start: number;
  readonly size: number;
}

interface ChosenParts {
  readonly page: Window & typeof globalThis;
  readonly now: () => number;
  readonly thread: Thread;
  readonly threshold: () => number;
  readonly conversation: () => string | null;
  readonly host: () => string;
  /** The rules at work, which know the prompts. */
  readonly rules: () => readonly CompiledRule[];
  readonly roots: () => Iterable<Root>;
  readonly around: (node: Node) => Entry | null;
  /** A message is there, or there again. */
  readonly onThere: (entry: Entry) => void;
}

const textOf = (element: Element) => nodesIn(element).reduce((text, { data }) => text + data, '');
const chosenText = ({ response, range }: Entry) => (range ? range.toString() : textOf(response.element));

/** What a chosen message says now; null where it is gone, or is another one. */
export function readChosen(entry: Entry): Reading | null {
  const { response, variant, range, print: before } = entry;
  const print = printText(chosenText(entry));
  if (print.size === 0 || (range && print.hash !== before.hash)) return null;
  const { role, author, evidence, messageId } = response;
  return {
    ...{ variant, bodies: response.body, print, messageId, given: null, head: '' },
    judgement: { role, author, evidence },
  };
}

/** Tag and first classes, which a new rendering keeps more often than not. */
const selectorOf = (element: Element) =>
  [element.localName, ...[...element.classList].slice(0, 2)].map((name) => CSS.escape(name)).join('.');

export function createChosen({ page, now, thread, threshold, conversation, ...parts }: ChosenParts) {
  const traces = new Map<Entry, Trace>();
  let timer = 0;
  let step = 0;

  /** The prompts are those that the rules of the page know. */
  function variantFor() {
    const assistant = 'no-such-element';
    const users = parts.rules().flatMap(({ rule }) => rule.variants);
    const variants = users.flatMap(({ id, user, userBody }) =>
      user === undefined ? [] : [{ id, assistant, user, ...(userBody !== undefined && { userBody }) }],
    );
    const rule = compileRule(
      {
        ...{ id: 'manual', name: 'A reviewer', version: '1', matches: [], signature: assistant },
        variants: [{ id: 'chosen', assistant }, ...variants],
        provenance: { source: 'a reviewer', date: '2026-11-21', confidence: 'high' },
      },
      page.document,
      { host: parts.host() },
    );
    return rule?.variants[0] ?? null;
  }

  /** Says of a known response that it is one. */
  function confirm(entry: Entry): Response {
    if (entry.claim.length === 0) {
      const { role, author, evidence } = entry.response;
      entry.claim = [claim];
      thread.update(entry, judged({ role, author, evidence }, threshold(), entry.claim));
    }
    return entry.response;
  }

  function trace(entry: Entry): void {
    const { element } = entry.response;
    const text = textOf(element);
    const { hash } = printText(text);
    const start = entry.range ? startOf(entry.range, element) : 0;
    const size = entry.range ? entry.range.toString().length : text.length;
    traces.set(entry, { entry, selector: selectorOf(element), hash, length: text.length, start, size });
  }

  function include(what: Element | Range): Response | null {
    const range = what instanceof page.Range ? what.cloneRange() : null;
    const node = what instanceof page.Range ? what.commonAncestorContainer : what;
    const element = node instanceof page.Element ? node : (node.parentElement ?? (node as Partial<ShadowRoot>).host);
    if (!element?.isConnected) return null;
    const known = parts.around(element);
    const text = range ? range.toString() : textOf(element);
    const print = text.length > textLimit ? { hash: 0, size: 0 } : printText(text);
    if (print.size === 0) return null;
    if (known && (!range || known.print.hash === print.hash || isSame(known, print.hash))) return confirm(known);
    const variant = variantFor();
    if (!variant) return null;

    const identity = printIdentity(null, print.hash);
    const entry: Entry = {
      response: {
        key: thread.freeKey(variant.rule.site, conversation(), identity),
        ...{ element, body: [element], settled: true, messageId: null, variantOf: null },
        ...judged({ role: 'assistant', author: null, evidence: [claim] }, threshold()),
        foundBy: { site: 'manual', version: variant.rule.rule.version, variant: null },
        conversationKey: conversation(),
      },
      ...{ variant, identity, print, range, head: '', promptHash: null },
      ...{ place: '', placed: null, chosen: true, claim: [] },
    };
    thread.add(entry);
    trace(entry);
    parts.onThere(entry);
    return entry.response;
  }

  const isSame = (entry: Entry, hash: number) =>
    printText(entry.response.body.reduce((text, body) => text + textOf(body), '')).hash === hash;

  /** Looks for the messages that have left the page. */
  function search(): void {
    timer = 0;
    const until = now() + sliceMs;
    for (const one of traces.values()) {
      const { entry } = one;
      if (thread.find(entry.response.key) === entry || entry.response.conversationKey !== conversation()) continue;
      const element = find(one, until);
      if (!element) continue;
      entry.range = entry.range && rangeAt(element, one.start, one.size);
      const look = { element, body: [element], settled: true };
      if (thread.gone((other) => other === entry)) thread.revive(entry, look);
      else {
        entry.response = { ...entry.response, ...look };
        thread.add(entry);
      }
      parts.onThere(entry);
    }
    const missing = [...traces.keys()].some((entry) => thread.find(entry.response.key) !== entry);
    if (missing) soon();
  }

  function find({ selector, hash, length }: Trace, until: number): Element | null {
    for (const root of parts.roots()) {
      let tried = 0;
      for (const element of root.querySelectorAll(selector)) {
        tried += 1;
        if (tried > elementLimit || (tried % 32 === 0 && now() > until)) break;
        const text = textOf(element);
        if (text.length === length && printText(text).hash === hash && !thread.at(element)) return element;
      }
    }
    return null;
  }

  function soon(): void {
    const pause = searches[step];
    if (timer !== 0 || pause === undefined) return;
    step += 1;
    timer = page.setTimeout(search, pause);
  }

  return {
    include,
    /** A chosen message has left the page, or its selected words have. */
    onLeft(entry: Entry): void {
      if (!traces.has(entry)) return;
      step = 0;
      soon();
    },
    /** Its text is another one now. */
    onSettled: (entry: Entry) => entry.chosen && trace(entry),
    stop(): void {
      page.clearTimeout(timer);
      timer = step = 0;
      traces.clear();
    },
  };
}
