import { useId } from 'preact/hooks';
import type { Condition, Dimension, Rubric } from '../../utils/review/rubric.ts';
import type { Verdict } from '../../utils/review/schema.ts';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import { toggledIn } from './list-edit.ts';
import { Chips } from './parts.tsx';

type Value = string | number;

/** The answers of a scale that can be listed, each with its name. */
function valuesOf({
  scale,
}: Dimension): readonly { readonly id: string; readonly name: string; readonly value: Value }[] {
  switch (scale.kind) {
    case 'thumb':
      return [
        { id: 'up', name: 'Up', value: 'up' },
        { id: 'down', name: 'Down', value: 'down' },
      ];
    case 'points':
      return Array.from({ length: scale.max }, (_, at) => ({
        id: String(at + 1),
        name: String(at + 1),
        value: at + 1,
      }));
    case 'choice':
    case 'choices':
      return scale.options.map(({ id, name }) => ({ id, name, value: id }));
    default:
      return [];
  }
}

interface ValueChipsProps {
  readonly label: string;
  readonly hint?: string;
  readonly dimension: Dimension;
  readonly on: readonly Value[];
  readonly onChange: (values: Value[]) => void;
}

/** Some of the answers to a question. */
export function ValueChips({ label, hint, dimension, on, onChange }: ValueChipsProps) {
  const values = valuesOf(dimension);
  if (values.length === 0) return null;
  return (
    <Chips
      label={label}
      options={values}
      on={on.map(String)}
      onToggle={(id) => {
        const chosen = toggledIn(on.map(String), id);
        onChange(values.filter((one) => chosen.includes(one.id)).map(({ value }) => value));
      }}
      {...(hint !== undefined && { hint })}
    />
  );
}

interface ConditionFieldsProps {
  readonly dimension: Dimension;
  readonly rubric: Rubric;
  readonly onChange: (condition: Condition | undefined) => void;
}

/** When a question is asked: always, or when all that is chosen here is so. */
export function ConditionFields({ dimension, rubric, onChange }: ConditionFieldsProps) {
  const id = useId();
  const { shownWhen } = dimension;
  const others = rubric.dimensions.filter((one) => one.id !== dimension.id && valuesOf(one).length > 0);
  const other = others.find((one) => one.id === shownWhen?.dimension?.id);
  const change = (part: Condition) => {
    const next = { ...shownWhen, ...part };
    const kept: Condition = {
      ...(next.verdicts?.length && { verdicts: next.verdicts }),
      ...(next.labels?.length && { labels: next.labels }),
      ...(next.dimension && { dimension: next.dimension }),
    };
    onChange(Object.keys(kept).length > 0 ? kept : undefined);
  };
  return (
    <>
      <Chips
        label="Ask it only when the verdict is"
        options={verdictOrder.map((verdict) => ({ id: verdict, name: verdicts[verdict].action }))}
        on={shownWhen?.verdicts ?? []}
        onToggle={(verdict) => change({ verdicts: toggledIn(shownWhen?.verdicts, verdict as Verdict) })}
      />
      {rubric.labels.length > 0 && (
        <Chips
          label="Only with one of these labels"
          options={rubric.labels}
          on={shownWhen?.labels ?? []}
          onToggle={(label) => change({ labels: toggledIn(shownWhen?.labels, label) })}
        />
      )}
      {others.length > 0 && (
        <Field label="Only after another answer" htmlFor={id}>
          <Select
            id={id}
            value={other?.id ?? ''}
            options={[
              { value: '', label: 'No other question' },
              ...others.map((one) => ({ value: one.id, label: one.name })),
            ]}
            onPick={(picked) => {
              const first = others.find((one) => one.id === picked);
              const value = first && valuesOf(first)[0]?.value;
              change({ dimension: first && value !== undefined ? { id: first.id, values: [value] } : undefined });
            }}
          />
        </Field>
      )}
      {other && (
        <ValueChips
          label={`“${other.name}” is`}
          dimension={other}
          on={shownWhen?.dimension?.values ?? []}
          onChange={(values) => change({ dimension: values.length > 0 ? { id: other.id, values } : undefined })}
        />
      )}
    </>
  );
}
