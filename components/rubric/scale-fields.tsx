import { Plus, X } from 'lucide';
import { useId } from 'preact/hooks';
import type { Dimension, Option, Scale } from '../../utils/review/rubric.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { freshId, replacedAt, withoutAt } from './list-edit.ts';
import { NameField } from './parts.tsx';

type Kind = 'thumb' | 'points-5' | 'points-7' | 'choice' | 'choices' | 'text' | 'number';

const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'thumb', label: 'Thumb up or down' },
  { value: 'points-5', label: 'Scale from 1 to 5' },
  { value: 'points-7', label: 'Scale from 1 to 7' },
  { value: 'choice', label: 'One answer of a list' },
  { value: 'choices', label: 'Several answers of a list' },
  { value: 'text', label: 'Free text' },
  { value: 'number', label: 'A number' },
];

const kindOf = (scale: Scale): Kind => (scale.kind === 'points' ? `points-${scale.max}` : scale.kind);

const someOptions: readonly Option[] = [
  { id: 'yes', name: 'Yes' },
  { id: 'no', name: 'No' },
];

/** A scale of this kind, with as much of the one before as fits. */
function scaleOf(kind: Kind, before: Scale): Scale {
  const options = 'options' in before ? before.options : someOptions;
  const ends = before.kind === 'points' ? before.ends : (['poor', 'excellent'] as const);
  switch (kind) {
    case 'points-5':
      return { kind: 'points', max: 5, ends };
    case 'points-7':
      return { kind: 'points', max: 7, ends };
    case 'choice':
    case 'choices':
      return { kind, options };
    case 'number':
      return { kind, min: 0, max: 100 };
    default:
      return { kind };
  }
}

interface ScaleFieldsProps {
  readonly dimension: Dimension;
  readonly onChange: (part: Partial<Dimension>) => void;
}

/** How a question is answered. */
export function ScaleFields({ dimension, onChange }: ScaleFieldsProps) {
  const { scale } = dimension;
  const id = useId();
  const set = (next: Scale) => onChange({ scale: next });
  return (
    <>
      <Field label="How it is answered" htmlFor={id}>
        <Select
          id={id}
          value={kindOf(scale)}
          options={kinds}
          // Answers that need a reason are answers of the scale before.
          onPick={(kind) => onChange({ scale: scaleOf(kind, scale), reasonFor: undefined })}
        />
      </Field>
      {scale.kind === 'points' && (
        <div class="ru-pair">
          <NameField
            label="1 means"
            maxLength={60}
            value={scale.ends[0]}
            onInput={(text) => set({ ...scale, ends: [text, scale.ends[1]] })}
          />
          <NameField
            label={`${scale.max} means`}
            maxLength={60}
            value={scale.ends[1]}
            onInput={(text) => set({ ...scale, ends: [scale.ends[0], text] })}
          />
        </div>
      )}
      {(scale.kind === 'choice' || scale.kind === 'choices') && (
        <OptionFields options={scale.options} onChange={(options) => set({ ...scale, options })} />
      )}
      {scale.kind === 'number' && (
        <div class="ru-three">
          <NameField
            label="Least"
            value={String(scale.min)}
            onInput={(text) => set({ ...scale, min: Number(text) || 0 })}
          />
          <NameField
            label="Most"
            value={String(scale.max)}
            onInput={(text) => set({ ...scale, max: Number(text) || 0 })}
          />
          <NameField
            label="Unit"
            maxLength={20}
            placeholder="minutes"
            value={scale.unit ?? ''}
            onInput={(text) => set({ ...scale, unit: text === '' ? undefined : text })}
          />
        </div>
      )}
    </>
  );
}

interface OptionFieldsProps {
  readonly options: readonly Option[];
  readonly onChange: (options: Option[]) => void;
}

function OptionFields({ options, onChange }: OptionFieldsProps) {
  return (
    <Field label="Answers to choose from">
      <ul class="ru-options" aria-label="Answers to choose from">
        {options.map((option, index) => (
          <li key={option.id}>
            <TextInput
              label={`Answer ${index + 1}`}
              maxLength={100}
              value={option.name}
              onInput={(name) => onChange(replacedAt(options, index, { ...option, name }))}
            />
            <Button
              kind="quiet"
              icon={X}
              label={`Remove the answer ${option.name}`}
              disabled={options.length === 1}
              onPress={() => onChange(withoutAt(options, index))}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button
          kind="quiet"
          icon={Plus}
          disabled={options.length >= 30}
          onPress={() => {
            const name = `Answer ${options.length + 1}`;
            onChange([...options, { id: freshId(name, options), name }]);
          }}
        >
          Add an answer
        </Button>
      </div>
    </Field>
  );
}
