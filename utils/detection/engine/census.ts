/** Takes stock of one root: its messages in document order, known ones by a look, new ones read. */
import type { CompiledRule } from './compile.ts';
import { type Reading, readMessage } from './read.ts';
import type { Root } from './roots.ts';
import type { Entry, Thread } from './thread.ts';

export interface Newcomer {
  readonly element: Element;
  readonly reading: Reading;
  /** The user message before it in this root. */
  readonly prompt: Element | null;
  /** No message of any role comes after it. */
  readonly last: boolean;
}

export interface Census {
  readonly fresh: readonly Newcomer[];
  readonly known: readonly Entry[];
  /** An assistant message without text yet, the last one of them. */
  readonly blank: Element | null;
  /** How many elements matched. */
  readonly matched: number;
  /** False where the time was up: what was not read yet will be found by the next census. */
  readonly complete: boolean;
}

/** Reads what is new in `root` until `timeIsUp`. Of nested messages the outermost that is not blank counts. */
export function takeCensus(root: Root, rule: CompiledRule, thread: Thread, timeIsUp: () => boolean): Census {
  const list = root.querySelectorAll(rule.messages);
  const fresh: Newcomer[] = [];
  const known: Entry[] = [];
  let blank: Element | null = null;
  let prompt: Element | null = null;
  let accepted: Element | null = null;
  let complete = true;
  for (let index = 0; index < list.length; index += 1) {
    const element = list[index];
    if (!element || accepted?.contains(element) || prompt?.contains(element)) continue;
    const entry = thread.at(element);
    if (entry) {
      accepted = element;
      known.push(entry);
      continue;
    }
    if (!element.matches(rule.assistants)) {
      prompt = element;
      continue;
    }
    if (fresh.length % 16 === 15 && timeIsUp()) {
      complete = false;
      break;
    }
    const reading = readMessage(element, rule);
    if (!reading) {
      blank = element;
      continue;
    }
    accepted = element;
    let next = index + 1;
    while (next < list.length && element.contains(list[next] as Element)) next += 1;
    fresh.push({ element, reading, prompt, last: next >= list.length });
  }
  return { fresh, known, blank, matched: list.length, complete };
}
