import type { Ref } from 'preact';

interface TextInputProps {
  readonly id?: string;
  /** Needed where no visible label belongs to it. */
  readonly label?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** When the value is done: the focus leaves, or Enter. */
  readonly onCommit?: (value: string) => void;
  /** `secret` hides what is typed, and is kept out of the browser's password store. */
  readonly kind?: 'text' | 'search' | 'url' | 'secret' | 'date';
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly keys?: string;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly elementRef?: Ref<HTMLInputElement>;
}

const types = { text: 'text', search: 'search', url: 'url', secret: 'password', date: 'date' };

/** One line of text. */
export function TextInput(props: TextInputProps) {
  const { kind = 'text', onCommit } = props;
  return (
    <input
      id={props.id}
      ref={props.elementRef ?? null}
      class="cs-input"
      // The union of input types cannot follow a computed one.
      type={types[kind] as 'text'}
      dir={kind === 'date' ? undefined : 'auto'}
      value={props.value}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      spellcheck={kind === 'text' ? undefined : false}
      autocomplete={kind === 'secret' ? 'one-time-code' : 'off'}
      aria-label={props.label}
      aria-invalid={props.invalid}
      aria-describedby={props.describedBy}
      aria-keyshortcuts={props.keys}
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onKeyDown={props.onKeyDown}
      onChange={onCommit && ((event) => onCommit(event.currentTarget.value))}
    />
  );
}
