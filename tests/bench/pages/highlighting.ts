/** Runs inside a page: spans of the answers of lib/thread.ts are drawn, by us or by a peer, and cleared. */
import { highlightText } from '@apache-annotator/dom';
import { createTextAnnotator } from '@recogito/text-annotator';
// @ts-expect-error: it comes without types.
import Mark from 'mark.js';
import WebHighlighter from 'web-highlighter';
import { createPainter } from '../../../entrypoints/findings/painter.ts';
import { createDetector } from '../../../utils/detection/detector.ts';
import { chatGpt } from '../../../utils/detection/sites/web-apps/chatgpt.ts';
import type { PainterParts } from '../../../utils/parts.ts';

export type Method = 'ours' | 'marks' | 'mark.js' | 'recogito' | 'apache' | 'web-highlighter';

/** Where the spans of an answer begin, and how long each is, in UTF-16 code units of its text. */
const [STARTS, LENGTH] = [[100, 300], 45];

const main = () => document.querySelector('main') as HTMLElement;
const answers = () => [...main().querySelectorAll('.markdown')];

interface Spot {
  readonly range: Range;
  /** In the text of the whole thread. */
  readonly start: number;
}

/** The first `count` spans of the thread, as live ranges. */
function spotsIn(count: number): Spot[] {
  const wanted = new Set(answers().slice(0, Math.ceil(count / STARTS.length)));
  const spots: Spot[] = [];
  let own = { answer: null as Element | null, at: 0 };
  let open: { range: Range; end: number }[] = [];
  let at = 0;
  const walker = document.createTreeWalker(main(), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const answer = node.parentElement?.closest('.markdown') ?? null;
    if (answer !== own.answer) [own, open] = [{ answer, at }, []];
    const from = at - own.at;
    const to = from + node.length;
    for (const start of answer && wanted.has(answer) ? STARTS : []) {
      if (start < from || start >= to) continue;
      const range = document.createRange();
      range.setStart(node, start - from);
      open.push({ range, end: start + LENGTH });
      spots.push({ range, start: own.at + start });
    }
    for (const one of open) if (one.end > from && one.end <= to) one.range.setEnd(node, one.end - from);
    at += node.length;
  }
  return spots;
}

/** Wraps each part of a range in an element. */
function wrap(range: Range): HTMLElement[] {
  const parts: [Text, number, number][] = [];
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  if (walker.currentNode instanceof Text) parts.push([walker.currentNode, range.startOffset, range.endOffset]);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (!range.intersectsNode(node)) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    parts.push([node, start, node === range.endContainer ? range.endOffset : node.length]);
  }
  return parts.map(([node, start, end]) => {
    const middle = start > 0 ? node.splitText(start) : node;
    if (end - start < middle.length) middle.splitText(end - start);
    const mark = document.createElement('mark');
    middle.replaceWith(mark);
    mark.append(middle);
    return mark;
  });
}

/** Our own: detection finds the answers first, which is no part of drawing. */
async function prepareOurs(count: number) {
  const end = new AbortController();
  const detector = createDetector({ document, rules: [chatGpt], generic: false });
  await new Promise<void>((resolve) => detector.start(end.signal, () => resolve()));
  while (detector.responses().length < answers().length) await new Promise((resolve) => setTimeout(resolve, 50));
  const findings = STARTS.map((start, at) => ({ id: `f${at}`, start, end: start + LENGTH, severity: 'major' }));
  const call = async () => ({ ok: true, value: { findings } });
  const painter = createPainter({ detector, call: call as unknown as PainterParts['call'], signal: end.signal });
  const marked = detector
    .responses()
    .slice(0, count / STARTS.length)
    .map((response) => ({ response, reviewedAs: response.key, revision: 'r:1' }));
  return {
    draw() {
      painter.mark(marked);
      return () => painter.mark([]);
    },
  };
}

type Draw = (spots: readonly Spot[]) => () => void;
const peers: Readonly<Record<Exclude<Method, 'ours'>, Draw>> = {
  marks(spots) {
    const marks = spots.flatMap(({ range }) => wrap(range));
    return () => {
      for (const mark of marks) {
        const parent = mark.parentNode;
        mark.replaceWith(...mark.childNodes);
        parent?.normalize();
      }
    };
  },
  'mark.js'(spots) {
    const marker = new Mark(main());
    marker.markRanges(spots.map(({ start }) => ({ start, length: LENGTH })));
    return () => marker.unmark();
  },
  recogito(spots) {
    const annotator = createTextAnnotator(main(), { renderer: 'CSS_HIGHLIGHTS', annotatingEnabled: false });
    annotator.state.store.bulkAddAnnotations(
      spots.map(({ range, start }, at) => ({
        id: `a${at}`,
        bodies: [],
        target: {
          annotation: `a${at}`,
          selector: [{ quote: range.toString(), range, start, end: start + LENGTH }],
        },
      })),
      true,
    );
    return () => annotator.destroy();
  },
  apache(spots) {
    const undo = spots.map(({ range }) => highlightText(range));
    return () => {
      for (const each of undo) each();
    };
  },
  'web-highlighter'(spots) {
    const highlighter = new WebHighlighter({ $root: main() });
    for (const { range } of spots) highlighter.fromRange(range);
    return () => highlighter.removeAll();
  },
};

let drawing: (() => () => void) | null = null;
let clearing: (() => void) | null = null;

/** Makes ready to draw so many spans. */
export async function prepare(method: Method, count: number): Promise<void> {
  if (method === 'ours') drawing = (await prepareOurs(count)).draw;
  else {
    const spots = spotsIn(count);
    drawing = () => peers[method](spots);
  }
}

/** Draws them; what comes in tasks of its own may still be under way. */
export function draw(): void {
  clearing = drawing?.() ?? null;
}

export const clear = (): void => clearing?.();

/** Ranges that are registered now. */
export const registered = (): number =>
  [...(CSS.highlights as unknown as Map<string, { readonly size: number }>).values()].reduce(
    (sum, { size }) => sum + size,
    0,
  );

/** All nodes of the document. */
export function nodes(): number {
  const walker = document.createTreeWalker(document);
  let count = 1;
  while (walker.nextNode()) count += 1;
  return count;
}
