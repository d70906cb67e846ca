/** Sorts what came and went in one frame, looking at the nodes of the records only, never at the whole document. */
import { parentOf } from './roots.ts';
import type { Entry, Thread } from './thread.ts';

/** From so many records a frame on, the roots are searched instead of the records. */
const recordLimit = 2_000;
/** From so many new parts a frame on, the roots are searched as a whole. */
const suspectLimit = 20;

export interface Batch {
  /** Known messages whose inside changed. */
  readonly stirred: ReadonlySet<Entry>;
  /** New nodes with messages in them, and blank messages that may have got their text; null for: search everywhere. */
  readonly suspects: ReadonlySet<Element> | null;
  /** New nodes outside known messages. */
  readonly fresh: readonly Element[];
  /** Something was taken away. */
  readonly left: boolean;
}

/** The response around a node, across open shadow roots. */
export function entryAround(node: Node, thread: Thread): Entry | null {
  for (let at: Node | null = node; at; at = parentOf(at)) {
    const entry = thread.at(at as Element);
    if (entry) return entry;
  }
  return null;
}

/** `rows` selects messages. */
export function sortBatch(records: readonly MutationRecord[], rows: string, thread: Thread): Batch {
  const stirred = new Set<Entry>();
  const suspects = new Set<Element>();
  const fresh: Element[] = [];
  const targets = new Map<Node, Entry | null>();
  const many = records.length > recordLimit;
  let left = many;
  for (const { target, addedNodes, removedNodes } of many ? [] : records) {
    left ||= removedNodes.length > 0;
    let entry = targets.get(target);
    if (entry === undefined) {
      entry = entryAround(target, thread);
      targets.set(target, entry);
      const blank = entry ? null : (target as Partial<Element>).closest?.(rows);
      if (blank) suspects.add(blank);
      if (entry) stirred.add(entry);
    }
    for (const node of entry ? [] : addedNodes) {
      if (!(node instanceof Element) || !node.isConnected) continue;
      fresh.push(node);
      if (node.matches(rows) || node.querySelector(rows)) suspects.add(node);
    }
  }
  return { stirred, suspects: many || suspects.size > suspectLimit ? null : suspects, fresh, left };
}
