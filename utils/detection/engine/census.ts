/** Takes stock of a part of the page: its messages in document order, known ones by a look, new ones read. */
import type { CompiledRule } from './compile.ts';
import { type Reading, readMessage } from './read.ts';
import type { Authors, Judgement } from './roles.ts';
import { firstAfter, type Root } from './roots.ts';
import { isShown } from './shown.ts';
import type { Entry, Thread } from './thread.ts';

/** So many new messages are read at once before the clock is asked, and even where the time was up before the first. */
const atOnce = 16;

/** Why a message is no response. */
export type Passed = 'blank' | 'hidden' | 'other';

interface Newcomer {
  readonly element: Element;
  readonly reading: Reading;
  /** The user message before it in this part, where the rule needs prompts. */
  readonly prompt: Element | null;
  /** No message of any role comes after it in its root. */
  readonly last: boolean;
}

export interface Census {
  readonly list: NodeListOf<Element>;
  /** Messages that came and that nobody can see. */
  readonly hidden: readonly Element[];
  /** An assistant message without text yet, the last one of them. */
  readonly blank: Element | null;
  /** The last response. */
  readonly newest: Entry | null;
  /** False where the time was up: what was not read yet will be found by the next census. */
  readonly complete: boolean;
  /** How long the browser took to find the messages, in ms. */
  readonly queryMs: number;
}

export interface CensusOptions {
  readonly rule: CompiledRule;
  readonly authors: Authors;
  /** Messages that were read and are no responses, and so are not read again: blank ones, and those of others. */
  readonly passed: WeakMap<Element, Passed>;
  readonly thread: Thread;
  /** The list of messages from a slice before; nothing came or went since. */
  readonly list: NodeListOf<Element> | undefined;
  readonly now: () => number;
  /** When to stop reading new messages. */
  readonly until: number;
  /** The last response of the root that is known. */
  readonly last: Element | undefined;
  /** How many new messages are wanted at most. */
  readonly room: number;
  readonly onOther: (element: Element, judgement: Judgement) => void;
  readonly onKnown: (entry: Entry) => void;
  /** Answers with the entry that it made. */
  readonly onNew: (newcomer: Newcomer) => Entry;
}

const follows = (element: Element, other: Element | undefined) =>
  other !== undefined &&
  !element.contains(other) &&
  (element.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

/** Whether a message of another role comes after the element; `newest` is the last response of its root. */
function isFollowed(element: Element, { users, people }: CompiledRule, newest: Element | undefined): boolean {
  if (follows(element, newest)) return true;
  const others = [users, people].filter((part) => part !== '').join(',');
  return others !== '' && firstAfter(element, others) !== null;
}

/** Goes through the messages on and under `top`. Of nested messages the outermost that is not blank counts. */
export function takeCensus(top: Root | Element, options: CensusOptions): Census {
  const { rule, authors, passed, thread, now, until, room, last, onOther, onKnown, onNew } = options;
  const selector = rule.printed ? rule.messages : rule.rows;
  const start = now();
  const list = options.list ?? top.querySelectorAll(selector);
  const queryMs = now() - start;
  const { length } = list;
  const hidden: Element[] = [];
  let blank: Element | null = null;
  let prompt: Element | null = null;
  let accepted: Element | null = null;
  let newest: Entry | null = null;
  let fresh = 0;
  let judged = 0;
  for (let index = top instanceof Element && top.matches(selector) ? -1 : 0; index < length; index += 1) {
    const element = (index < 0 ? top : list[index]) as Element;
    if (accepted?.contains(element) || prompt?.contains(element)) continue;
    const known = thread.at(element);
    if (known) {
      onKnown(known);
      if (known.response.role !== 'draft') newest = known;
    } else if (rule.printed && rule.users !== '' && element.matches(rule.users)) {
      if (!rule.rule.newestFirst) prompt = element;
      continue;
    } else {
      let was = index < 0 ? undefined : passed.get(element);
      if (was === undefined) {
        if (judged % atOnce === atOnce - 1 && now() > until)
          return { list, hidden, blank, newest, complete: false, queryMs };
        if (fresh >= room) break;
        judged += 1;
        const isRow = !rule.printed || element.matches(rule.rows);
        const reading = isRow && isShown(element) ? readMessage(element, rule, authors) : isRow ? 'hidden' : 'other';
        if (typeof reading === 'object' && reading && 'print' in reading) {
          fresh += 1;
          const end = index === length - 1 || element.contains(list[length - 1] as Element);
          const entry = onNew({ element, reading, prompt, last: end && !isFollowed(element, rule, last) });
          if (entry.response.role !== 'draft') newest = entry;
        } else {
          if (typeof reading === 'object' && reading) {
            onOther(element, reading);
            if (reading.role === 'user' && !rule.rule.newestFirst) prompt = element;
          }
          if (reading === 'hidden') hidden.push(element);
          was = typeof reading === 'string' ? reading : reading ? 'other' : 'blank';
          passed.set(element, was);
        }
      }
      if (was === 'blank') {
        blank = element;
        continue;
      }
    }
    accepted = element;
  }
  return { list, hidden, blank, newest, complete: true, queryMs };
}
