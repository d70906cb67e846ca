import './virtual-list.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly children: (item: T) => ComponentChildren;
  /** Every row is that high, in CSS px; more where the browser shows text larger than it was asked to. */
  readonly rowHeight: number;
  /** Key of the selected item, or null. */
  readonly selected: string | null;
  /** `open`: it was clicked or confirmed; else it was only reached by arrow keys. */
  readonly onSelect: (item: T, open: boolean) => void;
  /** The end comes near: read more. */
  readonly onNearEnd: () => void;
  /** More is there than `items`, so the size of the set is not known. */
  readonly more: boolean;
}

/** Rows drawn beyond either edge of what is seen. */
const BEYOND = 6;
/** How high a line of text is asked to be (`--line`), in CSS px. */
const LINE = 20;
/** So many rows before the end more is asked for. */
const NEAR = 20;

const moves: Readonly<Record<string, (at: number, page: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, last) => last,
};

/** A list of any length: only what is seen is in the document. One tab stop; arrows, Page, Home and End move, Enter opens. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, selected, onSelect, onNearEnd, more } = props;
  const list = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const [height, setHeight] = useState(600);
  const [rowHeight, setRowHeight] = useState(props.rowHeight);
  const at = items.findIndex((item) => keyOf(item) === selected);
  const perPage = Math.ceil(height / rowHeight);
  const start = Math.max(0, first - BEYOND);
  const drawn = items.slice(start, first + perPage + BEYOND);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a list asks for one height of its rows, for good
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const probe = element.firstChild as HTMLElement;
    const resized = new ResizeObserver(() => {
      setHeight(element.clientHeight);
      setRowHeight((props.rowHeight * (probe.offsetHeight || LINE)) / LINE);
    });
    resized.observe(element);
    resized.observe(probe);
    return () => resized.disconnect();
  }, []);
  useEffect(() => {
    if (more && first + perPage + NEAR > items.length) onNearEnd();
  });
  const listed = at >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the selection moves or appears; scrolling away from it is allowed, and rows that come in above must not pull the list along
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !listed) return;
    const top = at * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
  }, [selected, listed]);

  // What was seen of the selection stays seen when the list gets smaller.
  const before = useRef(height);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the height changes, as above
  useLayoutEffect(() => {
    const element = list.current;
    const bottom = (at + 1) * rowHeight;
    const seen = listed && element && bottom <= element.scrollTop + before.current;
    before.current = height;
    if (seen && bottom > element.scrollTop + height) element.scrollTop = bottom - height;
  }, [height]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || items.length === 0) return;
    const last = items.length - 1;
    const current = items[at];
    if (event.key === 'Enter' && current !== undefined) {
      onSelect(current, true);
    } else if (event.key in moves) {
      const to = at < 0 ? 0 : (moves[event.key]?.(at, perPage - 1, last) ?? at);
      const item = items[Math.min(last, Math.max(0, to))];
      if (item !== undefined && item !== current) onSelect(item, false);
    } else return;
    event.preventDefault();
  };

  const idOf = (item: T) => `item-${keyOf(item)}`;
  return (
    <div
      ref={list}
      class="wb-list"
      role="listbox"
      aria-label={props.label}
      tabIndex={0}
      aria-activedescendant={at < 0 || !drawn.includes(items[at] as T) ? undefined : `item-${selected}`}
      onScroll={(event) => setFirst(Math.floor(event.currentTarget.scrollTop / rowHeight))}
      onKeyDown={onKeyDown}
    >
      {/* Tells how high a line of text really is. */}
      <span style={{ position: 'absolute', visibility: 'hidden' }}>x</span>
      <div class="wb-list-whole" role="presentation" style={{ height: `${items.length * rowHeight}px` }}>
        {drawn.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself listens to the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active row
          <div
            key={keyOf(item)}
            id={idOf(item)}
            class="wb-row"
            role="option"
            aria-selected={keyOf(item) === selected}
            aria-posinset={start + index + 1}
            aria-setsize={more ? -1 : items.length}
            style={{ top: `${(start + index) * rowHeight}px`, height: `${rowHeight}px` }}
            onClick={() => onSelect(item, true)}
          >
            {props.children(item)}
          </div>
        ))}
      </div>
    </div>
  );
}
