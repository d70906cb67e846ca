import './segmented.css';
import type { IconNode } from 'lucide';
import type { Ref } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';

interface SegmentedOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: IconNode;
  /** Key that picks it, as `KeyboardEvent.key`. */
  readonly keys?: string;
  /** Said to assistive technology instead of `label`. */
  readonly spoken?: string;
  /** Color once picked. */
  readonly tone?: 'good' | 'bad' | 'warn' | 'accent';
}

interface SegmentedProps<T extends string> {
  /** Name of the group. */
  readonly label: string;
  readonly options: readonly SegmentedOption<T>[];
  readonly value: T | null;
  /** Gets the click or key that picked it. */
  readonly onPick: (value: T, event: MouseEvent | KeyboardEvent) => void;
  /** The element that takes the group's focus: the picked option, else the first. */
  readonly focusRef?: Ref<HTMLButtonElement>;
  readonly describedBy?: string;
  /** Stand apart and wrap, for words that do not fit side by side. */
  readonly apart?: boolean;
}

const step: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * One of a few, as a radio group of buttons: one tab stop, arrow keys pick. Made of buttons on purpose: native radio
 * inputs turn a script's `click()` into trusted `change` events.
 */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { options, value, onPick } = props;
  const group = useRef<HTMLDivElement>(null);
  const stop = Math.max(
    0,
    options.findIndex((option) => option.value === value),
  );

  // Where the focus is in the group it goes with the pick, else Tab would lead from the old option to the new one.
  useLayoutEffect(() => {
    const { current } = group;
    if (current?.contains(document.activeElement)) current.querySelectorAll('button')[stop]?.focus();
  }, [stop]);

  const onKeyDown = (event: KeyboardEvent) => {
    const by = step[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const buttons = Array.from(group.current?.querySelectorAll('button') ?? []);
    const from = buttons.indexOf(event.target as HTMLButtonElement);
    const to = (from + by + options.length) % options.length;
    const option = options[to];
    if (!option) return;
    event.preventDefault();
    buttons[to]?.focus();
    onPick(option.value, event);
  };

  return (
    <div
      ref={group}
      class={props.apart ? 'cs-chips cs-apart' : 'cs-segmented'}
      role="radiogroup"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      onKeyDown={onKeyDown}
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useSemanticElements: native radios make forged changes trusted
        <button
          key={option.value}
          ref={index === stop ? (props.focusRef ?? null) : null}
          type="button"
          role="radio"
          class={`${props.apart ? 'cs-chip' : 'cs-segment'} cs-tone-${option.tone ?? 'accent'}`}
          aria-checked={option.value === value}
          aria-label={option.spoken}
          aria-keyshortcuts={option.keys}
          tabIndex={index === stop ? 0 : -1}
          onClick={(event) => onPick(option.value, event)}
        >
          {option.icon && <Icon node={option.icon} />}
          <span>{option.label}</span>
          {option.keys && <Kbd keys={option.keys} />}
        </button>
      ))}
    </div>
  );
}
