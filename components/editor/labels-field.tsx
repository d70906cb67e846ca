import type { Label } from '../../utils/review/rubric.ts';
import { Field } from '../controls/field.tsx';
import { ToggleChip } from '../controls/toggle-chip.tsx';
import { places } from './view.ts';

interface LabelsFieldProps {
  readonly labels: readonly Label[];
  /** Ids of those that are on. */
  readonly on: readonly string[];
  readonly onToggle: (id: string, event: Event) => void;
}

/** What is wrong, or right, with the answer. The first nine have digit keys. */
export function LabelsField({ labels, on, onToggle }: LabelsFieldProps) {
  // From an older version of the rubric: still there, and can be taken off.
  const retired = on.filter((id) => !labels.some((label) => label.id === id)).map((id) => ({ id, name: id }));
  return (
    <Field label="Labels">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in line with other labels */}
      <div id={places.labels} class="cs-chips" role="group" aria-label="Labels">
        {[...labels, ...retired].map(({ id, name }, index) => (
          <ToggleChip
            key={id}
            label={name}
            pressed={on.includes(id)}
            onToggle={(event) => onToggle(id, event)}
            {...(index < 9 && index < labels.length && { keys: String(index + 1) })}
          />
        ))}
      </div>
    </Field>
  );
}
