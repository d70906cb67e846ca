import { CircleQuestionMark } from 'lucide';
import { NOTE_LIMIT } from '../../utils/review/limits.ts';
import type { Dimension } from '../../utils/review/rubric.ts';
import { needsReason, type Problem } from '../../utils/review/rubric-use.ts';
import { type Value, valueWords } from '../../utils/review/scale.ts';
import type { Rating } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { AnswerField, answerId } from './answer-field.tsx';

interface DimensionFieldProps {
  readonly dimension: Dimension;
  readonly rating: Rating | undefined;
  readonly problems: readonly Problem[];
  readonly onRate: (value: Value | null, event: Event | null) => void;
  readonly onReason: (text: string) => void;
  /** Shows what the question means; null where nobody has said. */
  readonly onExplain: (() => void) | null;
}

/** Questions that are answered by typing, whose label belongs to a field. */
export const isTyped = ({ scale }: Dimension) => scale.kind === 'text' || scale.kind === 'number';

/** One question of the rubric: its answer, and why, where the answer needs a reason. */
export function DimensionField(props: DimensionFieldProps) {
  const { dimension, rating, problems, onRate, onExplain } = props;
  const { id, name, required } = dimension;
  const value = rating?.value ?? null;
  const wrong = (part: 'dimension' | 'reason') => problems.find(({ where }) => where === `${part}:${id}`);
  const problem = wrong('dimension');
  return (
    <div class="ed-dimension" data-means={`dimension:${id}`}>
      <Field
        label={name}
        {...(isTyped(dimension) && { htmlFor: answerId(id) })}
        aside={
          <span class="ed-aside">
            {required && value === null && <span class="quiet small">required</span>}
            {value !== null && !isTyped(dimension) && (
              <Button kind="quiet" label={`Clear ${name}`} onPress={(event) => onRate(null, event)}>
                Clear
              </Button>
            )}
            {onExplain && (
              <Button
                kind="quiet"
                icon={CircleQuestionMark}
                label={`What “${name}” means`}
                skipped
                onPress={onExplain}
              />
            )}
          </span>
        }
      >
        <div class="ed-rating" data-scale={id} data-problem={problem && ''}>
          <AnswerField
            dimension={dimension}
            value={value}
            describedBy={problem && `ed-problem-${id}`}
            onRate={onRate}
          />
        </div>
        {problem && (
          <p id={`ed-problem-${id}`} class="ed-wrong small">
            {problem.words}
          </p>
        )}
      </Field>
      {value !== null && needsReason(dimension, value) && (
        <Reason {...props} value={value} problem={wrong('reason')} reason={rating?.reason ?? ''} />
      )}
    </div>
  );
}

interface ReasonProps extends Pick<DimensionFieldProps, 'dimension' | 'onReason'> {
  readonly value: Value;
  readonly reason: string;
  readonly problem: Problem | undefined;
}

function Reason({ dimension, value, reason, problem, onReason }: ReasonProps) {
  const id = `ed-reason-${dimension.id}`;
  return (
    <div class="ed-reason">
      <Field
        label={`Why “${valueWords(dimension, value)}”?`}
        htmlFor={id}
        aside={<span class="quiet small">required</span>}
      >
        <TextArea
          id={id}
          value={reason}
          minLines={1}
          maxLines={5}
          maxLength={NOTE_LIMIT}
          invalid={problem !== undefined}
          onInput={onReason}
        />
        {problem && <p class="ed-wrong small">{problem.words}</p>}
      </Field>
    </div>
  );
}
