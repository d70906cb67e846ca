import { X } from 'lucide';
import { REVIEWER_TEXT_LIMIT } from '../../utils/review/limits.ts';
import { afterDigit } from '../../utils/review/scale.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { AnswerTrace } from '../editor/answer-trace.tsx';
import { CorrectionField } from '../editor/correction-field.tsx';
import { FindingsField } from '../editor/findings-field.tsx';
import { Footer } from '../editor/footer.tsx';
import { RubricFields } from '../editor/rubric-fields.tsx';
import { VerdictField } from '../editor/verdict-field.tsx';
import { type EditorActions, type EditorModel, places } from '../editor/view.ts';

interface ReviseFormProps {
  readonly model: EditorModel;
  readonly on: EditorActions;
}

const press = (id: string) => document.querySelector<HTMLButtonElement>(`#${id} button`)?.click();

/** The editor's fields in the workbench: what is saved becomes the next revision. */
export function ReviseForm({ model, on }: ReviseFormProps) {
  const { snapshot, rubric, fields, save } = model;
  /** A digit rates while a scale has the focus, and labels everywhere else, as in the editor. */
  const pressDigit = (digit: number, event: KeyboardEvent) => {
    const scale = event.target instanceof Element ? event.target.closest('[data-scale]') : null;
    const dimension = rubric.dimensions.find(({ id }) => id === scale?.getAttribute('data-scale'));
    const label = rubric.labels[digit - 1];
    if (!dimension) {
      if (label) on.toggleLabel(label.id, event);
      return;
    }
    const rated = fields.ratings.find((rating) => rating.dimension === dimension.id)?.value ?? null;
    const value = afterDigit(dimension.scale, rated, digit);
    if (value !== undefined) on.rate(dimension.id, value, event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const modified = event.ctrlKey || event.metaKey;
    const typing = event.target instanceof Element && event.target.matches('textarea, input, select');
    // The save button's own handler looks at the event, so it gets a click.
    if (event.key === 'Enter' && event.ctrlKey !== event.metaKey) press(places.save);
    else if (event.key === 'Escape') press('revise-close');
    else if (/^[1-9]$/.test(event.key) && !modified && !typing) pressDigit(Number(event.key), event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section class="ed wb-revise" aria-label="Revise" onKeyDown={onKeyDown}>
      <div class="wb-revise-head">
        <p>
          {save.is === 'saved'
            ? `Revision ${save.revision} is saved.`
            : `Saving adds revision ${save.revision + 1}. Earlier ones stay as they are.`}
        </p>
        <span id="revise-close">
          <Button kind="quiet" icon={X} keys="Escape" onPress={on.close}>
            Close
          </Button>
        </span>
      </div>
      <div class="ed-fields">
        <VerdictField value={fields.verdict} keys={null} onPick={on.pickVerdict} />
        <RubricFields {...model} on={on} />
        <FindingsField model={model.findings} on={on.findings} />
        <CorrectionField
          text={fields.correction}
          corrected={model.corrected}
          diff={model.diff}
          snapshot={snapshot}
          invalid={save.refusal === 'correction'}
          onInput={on.correct}
        />
        <Field label="Comment" htmlFor={places.comment}>
          <TextArea
            id={places.comment}
            value={fields.comment}
            minLines={2}
            maxLines={6}
            maxLength={REVIEWER_TEXT_LIMIT}
            placeholder="Why, a source, what to do next"
            onInput={on.comment}
          />
        </Field>
        <AnswerTrace trace={model.trace} invalid={save.refusal === 'trace'} onLink={on.link} />
      </div>
      <Footer save={save} saveKeys={model.saveKeys} on={on} />
    </section>
  );
}
