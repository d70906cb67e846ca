import './marked-text.css';
import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { blockStarts, type Mark, type Segment, segmentsOf } from './mark-segments.ts';

interface MarkedTextProps {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly picked?: { readonly start: number; readonly end: number } | null;
  /** The mark that is looked at. */
  readonly lit?: string | null;
}

function Stretch({
  text,
  segment,
  isLit,
}: {
  readonly text: string;
  readonly segment: Segment;
  readonly isLit: boolean;
}) {
  const { start, end, ids, severity, numbers, isPicked } = segment;
  const picked = isPicked ? ' mk-picked' : '';
  if (severity === null && !(isPicked && start === end)) {
    return (
      <span data-at={start} class={picked || undefined}>
        {text.slice(start, end)}
      </span>
    );
  }
  const kind = `${start === end ? ' mk-gap' : ''}${isLit ? ' mk-lit' : ''}`;
  return (
    <mark
      data-at={start}
      data-finding={ids.at(-1)}
      data-number={numbers.length > 0 ? numbers.join(' ') : undefined}
      class={`mk mk-${severity ?? 'none'}${kind}${picked}`}
    >
      {text.slice(start, end)}
    </mark>
  );
}

/** A text from a page with marked stretches. Long texts are drawn in blocks, of which those out of view cost next to nothing. */
export function MarkedText({ text, marks, picked = null, lit = null }: MarkedTextProps) {
  const starts = useMemo(() => blockStarts(text), [text]);
  const drawn = useRef(new Map<string, VNode>());
  const next = new Map<string, VNode>();
  const blocks = starts.map((from, index) => {
    const until = starts[index + 1] ?? text.length;
    const segments = segmentsOf(from, until, marks, picked, index === starts.length - 1);
    const isLit = (segment: Segment) => lit !== null && segment.ids.includes(lit);
    // The same element for what looks the same: the blocks that nothing happens to are not drawn again.
    const look = segments.map((one) => [one.start, one.ids, one.severity, one.numbers, one.isPicked, isLit(one)]);
    const key = `${from} ${text.length} ${JSON.stringify(look)}`;
    const block = drawn.current.get(key) ?? (
      <div key={from} class="mk-block" dir="auto">
        {segments.map((segment) => (
          <Stretch key={`${segment.start} ${segment.end}`} text={text} segment={segment} isLit={isLit(segment)} />
        ))}
      </div>
    );
    next.set(key, block);
    return block;
  });
  drawn.current = next;
  return <>{blocks}</>;
}

/** The place in the text that a place in what `MarkedText` drew stands for; null where it is none of it. */
export function placeInText(node: Node, offset: number): number | null {
  if (node.nodeType === Node.TEXT_NODE) {
    const at = node.parentElement?.dataset.at;
    return at === undefined ? null : Number(at) + offset;
  }
  const element = node as HTMLElement;
  if (element.dataset?.at !== undefined)
    return Number(element.dataset.at) + (offset > 0 ? (element.textContent?.length ?? 0) : 0);
  const before = offset > 0 ? stretchIn(element.childNodes[offset - 1], -1) : null;
  if (before) return Number(before.dataset.at) + (before.textContent?.length ?? 0);
  const after = stretchIn(element.childNodes[offset], 0);
  return after ? Number(after.dataset.at) : null;
}

/** The first (0) or last (-1) stretch in a node, which may be one itself. */
function stretchIn(node: Node | undefined, which: 0 | -1): HTMLElement | null {
  if (!(node instanceof HTMLElement)) return null;
  if (node.dataset.at !== undefined) return node;
  return Array.from(node.querySelectorAll<HTMLElement>('[data-at]')).at(which) ?? null;
}
