/** Takes stock of one root: its messages in document order, known ones by a look, new ones read. */
import type { CompiledRule } from './compile.ts';
import { type Reading, readMessage } from './read.ts';
import type { Root } from './roots.ts';
import type { Entry, Thread } from './thread.ts';

/** So many new messages are read even where the time was up before the first. */
const leastAtOnce = 32;

export interface Newcomer {
  readonly element: Element;
  readonly reading: Reading;
  /** The user message before it in this root, where the rule needs prompts. */
  readonly prompt: Element | null;
  /** No message of any role comes after it. */
  readonly last: boolean;
}

export interface Census {
  /** An assistant message without text yet, the last one of them. */
  readonly blank: Element | null;
  /** The last response. */
  readonly newest: Entry | null;
  /** False where the time was up: what was not read yet will be found by the next census. */
  readonly complete: boolean;
  /** How long the browser took to find the messages, in ms. */
  readonly queryMs: number;
}

/** Whether a user message comes after the element. */
function isAnswered(root: Root, element: Element, { users, printed }: CompiledRule): boolean {
  if (printed || users === '') return false;
  const last = [...root.querySelectorAll(users)].at(-1);
  const after =
    last && !element.contains(last) && element.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING;
  return Boolean(after);
}

/**
 * Goes through the messages of `root`, new ones `until` that time at most. Of nested messages the outermost that is not
 * blank counts. `onKnown` and `onNew` are called as they come; `onNew` answers with the entry that it made, null for none.
 */
export function takeCensus(
  root: Root,
  rule: CompiledRule,
  thread: Thread,
  now: () => number,
  until: number,
  onKnown: (entry: Entry) => void,
  onNew: (newcomer: Newcomer) => Entry | null,
): Census {
  const start = now();
  const list = root.querySelectorAll(rule.printed ? rule.messages : rule.assistants);
  const queryMs = now() - start;
  const { length } = list;
  let blank: Element | null = null;
  let prompt: Element | null = null;
  let accepted: Element | null = null;
  let newest: Entry | null = null;
  let fresh = 0;
  for (let index = 0; index < length; index += 1) {
    const element = list[index] as Element;
    if (accepted?.contains(element) || prompt?.contains(element)) continue;
    const known = thread.at(element);
    if (known) {
      onKnown(known);
      newest = known;
    } else if (rule.printed && !element.matches(rule.assistants)) {
      prompt = element;
      continue;
    } else if (fresh > leastAtOnce && now() > until) return { blank, newest, complete: false, queryMs };
    else {
      fresh += 1;
      const reading = readMessage(element, rule);
      if (!reading) {
        blank = element;
        continue;
      }
      let next = index + 1;
      while (next < length && element.contains(list[next] as Element)) next += 1;
      newest = onNew({ element, reading, prompt, last: next >= length && !isAnswered(root, element, rule) });
    }
    accepted = element;
  }
  return { blank, newest, complete: true, queryMs };
}
