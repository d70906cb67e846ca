import '../controls/inputs.css';
import { ThumbsDown, ThumbsUp } from 'lucide';
import { useState } from 'preact/hooks';
import { NOTE_LIMIT } from '../../utils/review/limits.ts';
import type { Dimension, Option, Scale } from '../../utils/review/rubric.ts';
import { toggled, type Value } from '../../utils/review/scale.ts';
import { Segmented } from '../controls/segmented.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { ToggleChip } from '../controls/toggle-chip.tsx';

export interface AnswerFieldProps {
  readonly dimension: Dimension;
  readonly value: Value | null;
  /** Id of what says what is wrong, where something is. */
  readonly describedBy?: string | undefined;
  /** `event`: what picked the answer; null where it is typed. */
  readonly onRate: (value: Value | null, event: Event | null) => void;
}

/** Most characters of all options together that stand side by side. */
const ONE_LINE = 36;

const asText = (value: Value | null) => (value === null || Array.isArray(value) ? null : String(value));
const described = (id: string | undefined) => (id === undefined ? {} : { describedBy: id });
/** Id of the field that an answer is typed in. */
export const answerId = (dimension: string) => `ed-answer-${dimension}`;

/** The control with which one question is answered, by its scale. */
export function AnswerField(props: AnswerFieldProps) {
  const { scale } = props.dimension;
  switch (scale.kind) {
    case 'thumb':
      return <Thumb {...props} />;
    case 'points':
      return <Points {...props} scale={scale} />;
    case 'choice':
      return <Choice {...props} options={scale.options} />;
    case 'choices':
      return <Choices {...props} options={scale.options} />;
    case 'text':
      return <Text {...props} />;
    case 'number':
      return <NumberField {...props} scale={scale} />;
  }
}

function Thumb({ dimension, value, describedBy, onRate }: AnswerFieldProps) {
  return (
    <Segmented
      label={dimension.name}
      value={asText(value)}
      onPick={onRate}
      {...described(describedBy)}
      options={[
        { value: 'up', label: 'Up', spoken: 'Thumb up', icon: ThumbsUp, tone: 'good' },
        { value: 'down', label: 'Down', spoken: 'Thumb down', icon: ThumbsDown, tone: 'bad' },
      ]}
    />
  );
}

type Of<Kind extends Scale['kind']> = AnswerFieldProps & { readonly scale: Extract<Scale, { readonly kind: Kind }> };

function Points({ dimension, scale, value, describedBy, onRate }: Of<'points'>) {
  const { max, ends } = scale;
  const steps = Array.from({ length: max }, (_, index) => index + 1);
  const spoken = (step: number) => (step === 1 ? `1, ${ends[0]}` : step === max ? `${step}, ${ends[1]}` : `${step}`);
  return (
    <>
      <Segmented
        label={dimension.name}
        value={asText(value)}
        onPick={(step, event) => onRate(Number(step), event)}
        {...described(describedBy)}
        options={steps.map((step) => ({ value: String(step), label: String(step), spoken: spoken(step) }))}
      />
      <div class="ed-rating-ends quiet small" aria-hidden="true">
        <span class="captured">{ends[0]}</span>
        <span class="captured">{ends[1]}</span>
      </div>
    </>
  );
}

type WithOptions = AnswerFieldProps & { readonly options: readonly Option[] };

function Choice({ dimension, options, value, describedBy, onRate }: WithOptions) {
  const length = options.reduce((sum, { name }) => sum + name.length + 4, 0);
  return (
    <Segmented
      label={dimension.name}
      value={asText(value)}
      onPick={onRate}
      apart={length > ONE_LINE}
      {...described(describedBy)}
      options={options.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}

function Choices({ dimension, options, value, describedBy, onRate }: WithOptions) {
  const on = Array.isArray(value) ? value : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in line with other labels
    <div class="cs-chips cs-apart" role="group" aria-label={dimension.name} aria-describedby={describedBy}>
      {options.map(({ id, name }) => (
        <ToggleChip
          key={id}
          label={name}
          pressed={on.includes(id)}
          onToggle={(event) => onRate(toggled(options, value, id), event)}
        />
      ))}
    </div>
  );
}

function Text({ dimension, value, describedBy, onRate }: AnswerFieldProps) {
  return (
    <TextArea
      id={answerId(dimension.id)}
      value={asText(value) ?? ''}
      minLines={1}
      maxLines={6}
      maxLength={NOTE_LIMIT}
      invalid={describedBy !== undefined}
      {...described(describedBy)}
      onInput={(text) => onRate(text.trim() === '' ? null : text, null)}
    />
  );
}

/** What is typed stays as it is typed; what of it is a number is the answer, and where nothing is, there is none. */
function NumberField({ dimension, scale, value, describedBy, onRate }: Of<'number'>) {
  const [typed, setTyped] = useState(asText(value) ?? '');
  const numberOf = (text: string) => (text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text));
  // Where the answer changed elsewhere, by an undo or a draft that was brought back, what was typed is over.
  const shown = numberOf(typed) === value ? typed : (asText(value) ?? '');
  return (
    <div class="ed-number">
      <input
        id={answerId(dimension.id)}
        class="cs-input"
        inputMode="decimal"
        autocomplete="off"
        maxLength={32}
        value={shown}
        placeholder={`${scale.min} – ${scale.max}`}
        aria-invalid={describedBy !== undefined}
        aria-describedby={describedBy}
        onInput={(event) => {
          const text = event.currentTarget.value.replace(',', '.');
          setTyped(text);
          onRate(numberOf(text), null);
        }}
      />
      {scale.unit && <span class="quiet captured">{scale.unit}</span>}
    </div>
  );
}
