import './oversight.css';
import { useId } from 'preact/hooks';
import type { EditorOversight } from '../../utils/review/oversight-view.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Status } from '../controls/status.tsx';
import { TextArea } from '../controls/text-area.tsx';

/** A question, at most. */
const QUESTION = 4000;

interface CaseOfferProps {
  /** The case about this answer; null where there is none. */
  readonly known: EditorOversight['case'];
  readonly question: string;
  /** Just opened, or why that failed. */
  readonly said: { readonly ok: boolean; readonly words: string } | null;
  readonly onQuestion: (text: string) => void;
  readonly onOpen: (event: MouseEvent) => void;
}

const states = { open: 'is open', ruled: 'was ruled', closed: 'was closed' };

/** For who is not sure: asks the team. */
export function CaseOffer({ known, question, said, onQuestion, onOpen }: CaseOfferProps) {
  const id = useId();
  return (
    <section class="ov ov-case" aria-label="Ask your team">
      {known && (
        <p class="captured" dir="auto">
          A case about this answer {states[known.state]}: {known.question}
        </p>
      )}
      {!said?.ok && (
        <>
          <Field
            label={known?.state === 'open' ? 'Another question' : 'What is not clear?'}
            htmlFor={`${id}-question`}
            hint="A case holds the question and this answer, until somebody rules. It stays on this computer."
            hintId={`${id}-hint`}
          >
            <TextArea
              id={`${id}-question`}
              value={question}
              minLines={1}
              maxLines={4}
              maxLength={QUESTION}
              describedBy={`${id}-hint`}
              onInput={onQuestion}
            />
          </Field>
          <div>
            <Button disabled={question.trim() === ''} onPress={onOpen}>
              {known?.state === 'open' ? 'Add it to the case' : 'Open a case'}
            </Button>
          </div>
        </>
      )}
      {said && (
        <Status tone={said.ok ? 'good' : 'bad'} role={said.ok ? 'status' : 'alert'}>
          {said.words}
        </Status>
      )}
    </section>
  );
}
