/**
 * Level one of observing: which nodes come and go. One observer over all roots, its records handed on once per frame.
 * While messages grow, everything but their inside is observed, so that streaming wakes nobody here.
 */
import type { Root } from './roots.ts';

type Page = Window & typeof globalThis;

/** Frames do not come in a hidden tab; then this long after the first change, in ms. */
const hiddenPause = 250;

export function createStructure(page: Page, onBatch: (records: readonly MutationRecord[]) => void) {
  const roots = new Set<Root>();
  let growing: readonly Element[] = [];
  let paths = new Set<Node>();
  let batch: MutationRecord[] = [];
  let frame = 0;
  let timer = 0;
  let version = 0;

  const run = () => {
    page.cancelAnimationFrame(frame);
    page.clearTimeout(timer);
    frame = timer = 0;
    const records = batch;
    batch = [];
    onBatch(records);
  };

  const observer = new page.MutationObserver((records) => {
    batch.push(...records);
    version += 1;
    // What comes beside a growing message must be observed like its neighbors.
    if (paths.size > 0) {
      for (const { target, addedNodes } of records) {
        if (!paths.has(target)) continue;
        for (const node of addedNodes) if (!paths.has(node)) observeAll(node);
      }
    }
    if (frame !== 0) return;
    frame = page.requestAnimationFrame(run);
    timer = page.setTimeout(run, hiddenPause);
  });

  const observeAll = (node: Node) => observer.observe(node, { childList: true, subtree: true });

  /** Observes the complement: every node on the way to a growing message by itself, all others with what is under them. */
  const observeAround = (node: Node) => {
    observer.observe(node, { childList: true });
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (growing.includes(child as Element)) continue;
      if (paths.has(child)) observeAround(child);
      else if (child.nodeType === Node.ELEMENT_NODE) observeAll(child);
    }
  };

  const arm = () => {
    const records = observer.takeRecords();
    observer.disconnect();
    paths = new Set();
    for (const element of growing) {
      paths.add(element);
      for (let at = element.parentNode; at && !paths.has(at); at = at.parentNode) paths.add(at);
    }
    for (const root of roots) paths.has(root) ? observeAround(root) : observeAll(root);
    if (records.length > 0) batch.push(...records);
  };

  return {
    /** Observes one more root. */
    add(root: Root): void {
      if (roots.has(root)) return;
      roots.add(root);
      observeAll(root);
    },
    /** Says which messages grow now. */
    leaveOut(elements: readonly Element[]): void {
      const same = elements.length === growing.length && elements.every((element) => growing.includes(element));
      if (same) return;
      growing = elements;
      arm();
    },
    /** Forgets roots whose host has left the page. */
    prune(): void {
      let left = false;
      for (const root of roots) {
        if (root.isConnected) continue;
        roots.delete(root);
        left = true;
      }
      if (left) arm();
    },
    /** Another number whenever nodes came or went. */
    version: () => version,
    get roots(): ReadonlySet<Root> {
      return roots;
    },
    stop(): void {
      observer.disconnect();
      page.cancelAnimationFrame(frame);
      page.clearTimeout(timer);
      frame = timer = 0;
      batch = [];
      roots.clear();
      growing = [];
      paths = new Set();
    },
  };
}
