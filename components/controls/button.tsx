import type { IconNode } from 'lucide';
import type { ComponentChildren, Ref } from 'preact';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';

export interface ButtonProps {
  /** The words on the button. Left out, `label` must say what it does, and only the icon shows. */
  readonly children?: ComponentChildren;
  readonly label?: string;
  /** Gets the event itself: whatever records a judgement must look at its `isTrusted`. */
  readonly onPress: (event: MouseEvent) => void;
  /** `primary` once per view; `quiet` has no border. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconNode;
  /** Key that does the same, as `KeyboardEvent.key` or a chord such as `Control+Enter`. */
  readonly keys?: string;
  /** How the key is shown where it differs from `keys`. */
  readonly keysShown?: string;
  readonly disabled?: boolean;
  /** For a button that switches something on and off. */
  readonly pressed?: boolean;
  /** For a button that opens something; with the id of what it opens. */
  readonly expanded?: boolean;
  readonly controls?: string;
  readonly describedBy?: string;
  /** Left out of the order of Tab, because a key does the same. */
  readonly skipped?: boolean;
  readonly elementRef?: Ref<HTMLButtonElement>;
}

/** A button. Never submits a form. */
export function Button(props: ButtonProps) {
  const { children, kind = 'plain', icon, keys } = props;
  const iconOnly = children === undefined;
  return (
    <button
      type="button"
      ref={props.elementRef ?? null}
      class={`cs-button cs-button-${kind}${iconOnly ? ' cs-button-icon' : ''}`}
      onClick={props.onPress}
      disabled={props.disabled}
      tabIndex={props.skipped ? -1 : undefined}
      aria-label={props.label}
      title={iconOnly ? props.label : undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-controls={props.controls}
      aria-describedby={props.describedBy}
      aria-keyshortcuts={keys}
    >
      {icon && <Icon node={icon} />}
      {!iconOnly && <span>{children}</span>}
      {keys && !iconOnly && <Kbd keys={props.keysShown ?? keys} />}
    </button>
  );
}
