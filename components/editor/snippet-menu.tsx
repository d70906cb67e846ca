import './snippet-menu.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Snippet } from '../../utils/review/snippet.ts';

interface SnippetMenuProps {
  readonly blocks: readonly Snippet[];
  /** Place of the one at hand. */
  readonly at: number;
  /** The field that they go into; the list stands below it. */
  readonly field: HTMLElement;
  readonly onPick: (block: Snippet) => void;
  readonly onClose: () => void;
}

const LISTBOX = 'ed-snippets';

/** The reviewer's text blocks to choose from. The focus stays in the field, which says what is at hand. */
export function SnippetMenu({ blocks, at, field, onPick, onClose }: SnippetMenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { bottom, top, left, width } = field.getBoundingClientRect();
    const { current } = list;
    if (!current) return;
    const room = innerHeight - bottom;
    const isBelow = room > Math.min(220, current.scrollHeight) || room > top;
    current.style.cssText = `left:${left}px;width:${width}px;${isBelow ? `top:${bottom + 4}px` : `bottom:${innerHeight - top + 4}px`}`;
  }, [field]);
  useLayoutEffect(() => {
    field.setAttribute('aria-controls', LISTBOX);
    field.addEventListener('blur', onClose);
    return () => {
      field.removeAttribute('aria-controls');
      field.removeAttribute('aria-activedescendant');
      field.removeEventListener('blur', onClose);
    };
  }, [field, onClose]);
  useLayoutEffect(() => {
    field.setAttribute('aria-activedescendant', `${LISTBOX}-${at}`);
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [field, at]);
  return (
    <div ref={list} id={LISTBOX} class="ed-snippets" role="listbox" aria-label="Text blocks">
      {blocks.map((block, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard in the field
        <div
          key={block.id}
          id={`${LISTBOX}-${index}`}
          role="option"
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(block)}
        >
          <strong class="captured">;{block.name}</strong>
          <span class="quiet small captured" dir="auto">
            {block.text}
          </span>
        </div>
      ))}
    </div>
  );
}
