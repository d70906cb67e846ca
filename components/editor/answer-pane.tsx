import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { MarkedText, placeInText } from '../review/marked-text.tsx';
import { paneCommandOf } from './answer-keys.ts';
import type { FindingsActions, FindingsModel } from './findings-model.ts';
import { places } from './view.ts';

interface AnswerPaneProps {
  readonly model: FindingsModel;
  readonly on: FindingsActions;
}

/** The stretch of the text that the browser's own selection covers inside `pane`; null where it is elsewhere, or nothing. */
function selectionIn(pane: HTMLElement): { start: number; end: number } | null {
  const selection = pane.ownerDocument.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (!pane.contains(startContainer) || !pane.contains(endContainer)) return null;
  const start = placeInText(startContainer, startOffset);
  const end = placeInText(endContainer, endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

const spoken = ({ text, selected }: FindingsModel): string => {
  if (!selected) return '';
  const { start, end } = selected;
  if (start === end) return `The place after “${text.slice(Math.max(0, start - 40), start)}” is selected.`;
  return `“${end - start > 300 ? `${text.slice(start, start + 300)}…` : text.slice(start, end)}” is selected.`;
};

/**
 * The answer, in which the reviewer selects what a finding is about: with the mouse, by touch, or sentence by sentence with
 * the keyboard. What is selected is drawn by us, not by the browser, so that it outlives every redraw.
 */
export function AnswerPane({ model, on }: AnswerPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  const { text, findings, labels, selected, atHand, current, lit, calls } = model;
  const marks = findings
    .filter(({ orphan }) => !orphan)
    .map(({ id, number, utf16, severity }) => ({ id, number, severity, ...utf16 }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected is brought into view when it changes
  useLayoutEffect(() => {
    pane.current?.querySelector('.mk-picked')?.scrollIntoView?.({ block: 'nearest' });
  }, [selected?.start, selected?.end]);

  // With what it shows, not a moment later: the next key may be on its way already.
  useLayoutEffect(() => {
    if (calls > 0) pane.current?.focus();
  }, [calls]);

  useEffect(() => {
    const page = pane.current?.ownerDocument;
    if (!page) return;
    let isDragging = false;
    const take = () => {
      const span = pane.current && selectionIn(pane.current);
      if (span) on.select(span.start, span.end);
      return span !== null;
    };
    const press = ({ pointerType }: PointerEvent) => {
      isDragging = pointerType !== 'touch';
    };
    const release = (event: PointerEvent) => {
      // With a finger the selection has handles, which go on without a pointer: it stays as it is.
      if (isDragging && event.isTrusted && take()) page.getSelection()?.removeAllRanges();
      isDragging = false;
    };
    const change = () => {
      if (!isDragging) take();
    };
    page.addEventListener('pointerdown', press);
    page.addEventListener('pointerup', release);
    page.addEventListener('selectionchange', change);
    return () => {
      page.removeEventListener('pointerdown', press);
      page.removeEventListener('pointerup', release);
      page.removeEventListener('selectionchange', change);
    };
  }, [on]);

  const onKeyDown = (event: KeyboardEvent) => {
    const command = paneCommandOf(event, getComputedStyle(event.currentTarget as Element).direction === 'rtl');
    if (!command) return;
    if (command.do === 'step') on.step(command.step);
    else if (command.do === 'take') {
      const label = command.digit === 0 ? null : labels[command.digit - 1];
      if (label === undefined || event.repeat) return;
      on.take(label?.id ?? null, event);
    } else if (command.do === 'open')
      on.hold(
        findings.find(({ utf16 }) => selected && utf16.start <= selected.start && utf16.end >= selected.end)?.id ??
          null,
      );
    else if (current === null) return;
    else if (command.do === 'severity') on.worsen(current, command.by);
    else on.remove(current, event);
    event.preventDefault();
    event.stopPropagation();
  };
  const findingUnder = ({ target }: Event) =>
    target instanceof Element ? (target.closest<HTMLElement>('[data-finding]')?.dataset.finding ?? null) : null;

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: no text field can show marks */}
      <div
        id={places.finding}
        ref={pane}
        class="ed-answer captured"
        role="textbox"
        tabIndex={0}
        aria-readonly="true"
        aria-multiline="true"
        aria-label="The answer, to select in"
        aria-describedby={atHand === null ? 'ed-answer-hint' : undefined}
        dir="auto"
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (selected === null && event.currentTarget.matches(':focus-visible')) on.step('first');
        }}
        onClick={(event) => {
          const id = findingUnder(event);
          if (id !== null && event.currentTarget.ownerDocument.getSelection()?.isCollapsed !== false) on.hold(id);
        }}
        onPointerOver={(event) => on.hover(findingUnder(event))}
        onPointerLeave={() => on.hover(null)}
        onCopy={(event) => {
          if (!selected || selected.start === selected.end) return;
          event.clipboardData?.setData('text/plain', text.slice(selected.start, selected.end));
          event.preventDefault();
        }}
      >
        <MarkedText text={text} marks={marks} picked={selected} lit={lit ?? atHand} />
      </div>
      <p class="visually-hidden" role="status">
        {spoken(model)}
      </p>
    </>
  );
}
