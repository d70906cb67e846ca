import type { Dimension } from '../../utils/review/rubric.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Segmented } from '../controls/segmented.tsx';

interface RatingFieldProps {
  readonly dimension: Dimension;
  readonly value: number | null;
  readonly onRate: (value: number | null, event: Event) => void;
}

/** Scales with more steps than this are picked from a list: a button each would not fit. */
const MOST_BUTTONS = 10;

/** A value on one dimension of the rubric, with the ends of the scale in words. */
export function RatingField({ dimension, value, onRate }: RatingFieldProps) {
  const { min, max, name, ends } = dimension;
  const steps = Array.from({ length: max - min + 1 }, (_, step) => min + step);
  const spoken = (step: number) =>
    step === min ? `${step}, ${ends[0]}` : step === max ? `${step}, ${ends[1]}` : `${step}`;
  return (
    <Field
      label={name}
      aside={
        value === null ? null : (
          <Button kind="quiet" label={`Clear ${name}`} onPress={(event) => onRate(null, event)}>
            Clear
          </Button>
        )
      }
    >
      <div class="ed-rating" data-scale={dimension.id}>
        {steps.length <= MOST_BUTTONS ? (
          <Segmented
            label={name}
            value={value === null ? null : String(value)}
            onPick={(step, event) => onRate(Number(step), event)}
            options={steps.map((step) => ({ value: String(step), label: String(step), spoken: spoken(step) }))}
          />
        ) : (
          <ScaleList label={name} steps={steps} value={value} spoken={spoken} onRate={onRate} />
        )}
        {steps.length <= MOST_BUTTONS && (
          <div class="ed-rating-ends quiet small" aria-hidden="true">
            <span>{ends[0]}</span>
            <span>{ends[1]}</span>
          </div>
        )}
      </div>
    </Field>
  );
}

interface ScaleListProps {
  readonly label: string;
  readonly steps: readonly number[];
  readonly value: number | null;
  readonly spoken: (step: number) => string;
  readonly onRate: (value: number | null, event: Event) => void;
}

/** A long scale. Choosing fills in the form; only "Save" stores anything. */
function ScaleList({ label, steps, value, spoken, onRate }: ScaleListProps) {
  return (
    <select
      class="ed-scale"
      aria-label={label}
      value={value === null ? '' : String(value)}
      onChange={(event) => onRate(event.currentTarget.value === '' ? null : Number(event.currentTarget.value), event)}
    >
      <option value="">Not rated</option>
      {steps.map((step) => (
        <option key={step} value={String(step)}>
          {spoken(step)}
        </option>
      ))}
    </select>
  );
}
