import { CircleQuestionMark } from 'lucide';
import type { Label, Rubric } from '../../utils/review/rubric.ts';
import { type Problem, withEarlier } from '../../utils/review/rubric-use.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { ToggleChip } from '../controls/toggle-chip.tsx';
import { places } from './view.ts';

interface LabelsFieldProps {
  readonly rubric: Rubric;
  /** Rubrics of earlier revisions, which name what this one does not have. */
  readonly earlier: readonly Rubric[];
  /** Ids of those that are on. */
  readonly on: readonly string[];
  readonly problems: readonly Problem[];
  readonly onToggle: (id: string, event: Event) => void;
  /** Shows what the labels mean; null where nobody has said. */
  readonly onExplain: (() => void) | null;
}

/** What is wrong, or right, with the answer. The first nine have digit keys. */
export function LabelsField({ rubric, earlier, on, problems, onToggle, onExplain }: LabelsFieldProps) {
  const { labels } = rubric;
  const named = withEarlier<Label>((one) => one.labels, rubric, earlier);
  // From an older version of the rubric: still there, and can be taken off.
  const retired = on
    .filter((id) => !labels.some((label) => label.id === id))
    .map((id): Label => ({ id, name: named.find((label) => label.id === id)?.name ?? id }));
  const wrong = problems.filter(({ where }) => where.startsWith('label:'));
  return (
    <Field
      label="Labels"
      aside={
        onExplain && (
          <Button kind="quiet" icon={CircleQuestionMark} label="What the labels mean" skipped onPress={onExplain} />
        )
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in line with other labels */}
      <div
        id={places.labels}
        class="cs-chips"
        role="group"
        aria-label="Labels"
        aria-describedby={wrong.length > 0 ? 'ed-problem-labels' : undefined}
      >
        {[...labels, ...retired].map(({ id, name, critical }, index) => (
          <span key={id} data-means={`label:${id}`} class="ed-label">
            <ToggleChip
              label={name}
              pressed={on.includes(id)}
              onToggle={(event) => onToggle(id, event)}
              {...(critical && { note: 'critical' })}
              {...(index >= labels.length && { note: 'earlier rubric' })}
              {...(index < 9 && index < labels.length && { keys: String(index + 1) })}
            />
          </span>
        ))}
      </div>
      {wrong.length > 0 && (
        <div id="ed-problem-labels" role="status">
          {wrong.map(({ where, words }) => (
            <p key={where + words} class="ed-wrong small">
              {words}
            </p>
          ))}
        </div>
      )}
    </Field>
  );
}
