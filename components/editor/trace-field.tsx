import { useEffect, useRef } from 'preact/hooks';
import { traceIn } from '../../utils/review/trace-id.ts';
import { Field } from '../controls/field.tsx';
import { TextInput } from '../controls/text-input.tsx';
import type { TraceView } from './view.ts';

export interface TraceFieldProps {
  readonly trace: TraceView;
  /** A save was refused for what is typed here. */
  readonly invalid: boolean;
  readonly onLink: (text: string) => void;
}

const ID = 'ed-trace-typed';
const HINT = 'ed-trace-hint';

/** What is made of what is typed, in a sentence. */
function hintOf({ text, isOwn }: TraceView): string {
  const found = traceIn(text);
  if (found === undefined) return 'This is no id of a trace, and no link to one.';
  if (found === null) return 'Paste the id, or the link of the trace’s page, from the tool that keeps the runs.';
  const words = `Trace ${found.id}${found.span === undefined ? '' : `, span or run ${found.span}`}`;
  return isOwn ? `${words}.` : `${words}. Empty: none.`;
}

/** The answer's trace, to be read, pasted or changed. */
export function TraceField({ trace, invalid, onLink }: TraceFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  // Whoever opened it wants to type or paste; its code comes a moment after that.
  useEffect(() => input.current?.focus(), []);
  return (
    <Field label="Trace of this answer" htmlFor={ID} hint={hintOf(trace)} hintId={HINT}>
      <TextInput
        id={ID}
        elementRef={input}
        value={trace.text}
        maxLength={2048}
        invalid={invalid}
        describedBy={HINT}
        placeholder="5b8efff798038103d269b633813fc60c"
        onInput={onLink}
      />
    </Field>
  );
}
