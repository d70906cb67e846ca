import './text-area.css';
import type { Ref } from 'preact';

interface TextAreaProps {
  readonly id: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onBlur?: () => void;
  /** Smallest height, in lines. It grows with its text up to `maxLines`, then scrolls inside. */
  readonly minLines?: number;
  readonly maxLines?: number;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string;
  readonly elementRef?: Ref<HTMLTextAreaElement>;
}

/** A text of so many characters is as high as it may be, whatever it holds: to fit it would lay it out twice. */
const LONG = 20_000;

/** Many lines of text, each in the direction of its own words. */
export function TextArea(props: TextAreaProps) {
  const { minLines = 2, maxLines = 12 } = props;
  return (
    <textarea
      id={props.id}
      ref={props.elementRef ?? null}
      class={props.value.length > LONG ? 'cs-text-area cs-text-area-long' : 'cs-text-area'}
      dir="auto"
      // Neither session restore nor anybody else writes what is typed here to the disk: a form in the document says so too,
      // because Chromium asks only that of a text area.
      autocomplete="off"
      form="unkept"
      rows={minLines}
      style={{ '--min-lines': minLines, '--max-lines': maxLines }}
      value={props.value}
      maxLength={props.maxLength}
      placeholder={props.placeholder}
      readOnly={props.readOnly}
      aria-invalid={props.invalid}
      aria-describedby={props.describedBy}
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onBlur={props.onBlur}
    />
  );
}
