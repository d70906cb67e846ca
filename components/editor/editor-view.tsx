import type { ComponentChildren } from 'preact';
import { REVIEWER_TEXT_LIMIT } from '../../utils/review/limits.ts';
import { Field } from '../controls/field.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { GuidelineNews } from '../guidelines/news.tsx';
import { AnswerTrace } from './answer-trace.tsx';
import { ComparisonNote } from './comparison-note.tsx';
import { CorrectionField } from './correction-field.tsx';
import { FindingsField } from './findings-field.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Help } from './help.tsx';
import { HistoryNote } from './history-note.tsx';
import { RubricFields } from './rubric-fields.tsx';
import { StoredDetails } from './stored-details.tsx';
import { VerdictField } from './verdict-field.tsx';
import { type EditorActions, type EditorModel, places } from './view.ts';

interface EditorViewProps {
  readonly model: EditorModel;
  readonly on: EditorActions;
  /** ms since 1970. */
  readonly now: number;
  /** What stands before them: what is known of answers like this one. */
  readonly before?: ComponentChildren;
  /** What the verdict leads to. */
  readonly after?: ComponentChildren;
  /** What stands behind the reviewer's own fields. */
  readonly children?: ComponentChildren;
}

/** One answer under review: everything that can be said about it, and where that stands. */
export function EditorView({ model, on, now, before, after, children }: EditorViewProps) {
  const { snapshot, rubric, fields, save } = model;
  return (
    <main class="ed">
      <Header
        asked={model.asked}
        snapshot={snapshot}
        onClose={on.close}
        edits={model.edits}
        onEdit={(by, event) => on.edit?.(by, event)}
      />
      <Help {...model} />
      <div class="ed-fields">
        <GuidelineNews guidelines={model.guidelines} onDismiss={on.dismissNews} />
        <HistoryNote history={model.history} now={now} />
        {before}
        {model.comparing !== null && on.compare && (
          <ComparisonNote of={model.comparing} keys={model.singleKeys ? model.keys.compare : null} onGo={on.compare} />
        )}
        <VerdictField value={fields.verdict} keys={model.verdictKeys} onPick={on.pickVerdict} />
        {after}
        <RubricFields {...model} on={on} />
        <FindingsField model={model.findings} on={on.findings} />
        <CorrectionField
          text={fields.correction}
          corrected={model.corrected}
          diff={model.diff}
          snapshot={snapshot}
          invalid={save.refusal === 'correction'}
          onInput={on.correct}
          used={model.used}
          {...(on.use && { onUse: on.use })}
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
        {children}
        <AnswerTrace trace={model.trace} invalid={save.refusal === 'trace'} onLink={on.link} />
        <StoredDetails
          snapshot={snapshot}
          rubric={rubric}
          destinations={model.destinations}
          keepPrompt={model.keepPrompt}
        />
      </div>
      <Footer save={save} saveKeys={model.saveKeys} on={on} />
    </main>
  );
}
