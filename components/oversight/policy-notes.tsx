import './oversight.css';
import { useId } from 'preact/hooks';
import type { EditorOversight } from '../../utils/review/oversight-view.ts';
import { Field } from '../controls/field.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { verdicts } from '../review/verdicts.ts';

interface PolicyNotesProps {
  readonly policies: EditorOversight['policies'];
  readonly hint: EditorOversight['hint'];
  /** Null where nobody has to agree. */
  readonly approver: string | null;
  readonly onApprover: (name: string) => void;
}

/** What the team has to say before the answer is judged: its policies, and how one like it was ruled. */
export function PolicyNotes({ policies, hint, approver, onApprover }: PolicyNotesProps) {
  const id = useId();
  return (
    <section class="ov" aria-label="What your team says of this answer">
      {policies.map(({ id: policy, words, help, severity }) => (
        <div key={policy} class={`ov-note ov-${severity}`}>
          <p class="captured" dir="auto">
            {words}
          </p>
          {help !== null && (
            <p class="quiet captured" dir="auto">
              {help}
            </p>
          )}
        </div>
      ))}
      {approver !== null && (
        <Field
          label="Who agrees"
          htmlFor={`${id}-approver`}
          hint="Somebody else than you. Needed to approve or correct it."
          hintId={`${id}-hint`}
        >
          <TextInput
            id={`${id}-approver`}
            value={approver}
            maxLength={200}
            describedBy={`${id}-hint`}
            onInput={onApprover}
          />
        </Field>
      )}
      {hint && (
        <div class="ov-note ov-hint">
          <p class="captured" dir="auto">
            {hint.own ? 'Ruled about this answer: ' : 'Ruled about an answer like this one: '}
            <strong>{verdicts[hint.verdict].done}</strong>. {hint.text}
          </p>
          <p class="quiet captured" dir="auto">
            The question was: {hint.question}
          </p>
        </div>
      )}
    </section>
  );
}
